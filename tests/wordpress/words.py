"""Words: what ordinary readers write under an article about tomatoes.

The server that is tested judges and learns, so no two comments are the same, and none
carries a mark of ours that no reader would type.
"""

import itertools

OPENINGS = (
    "Nice to read, as always.",
    "I tried it last spring.",
    "We did the same at home.",
    "My neighbour told me about this page.",
    "Good advice.",
    "I had never heard of that.",
    "This made my evening.",
    "It worked for me too.",
)
REMARKS = (
    "Next year I will water them in the morning.",
    "Does it also work for peppers?",
    "I only use rain water, and the leaves stay green.",
    "Mine needed two weeks longer because of the cold nights.",
    "The children picked the first ones yesterday.",
    "The soil here is heavy, so I mixed in some sand.",
    "What do you do about the snails?",
    "I still have some seeds from my grandmother.",
    "The photo of the old greenhouse is lovely.",
    "Half of mine were lost to the storm in June.",
    "I am going to try the small yellow ones.",
)

_pairs = itertools.cycle(itertools.product(OPENINGS, REMARKS))
_numbers = itertools.count(1)


def pleasantry() -> str:
    """Return the next of 88 comments."""
    return " ".join(next(_pairs))


def number() -> int:
    """Return a number that was not given before."""
    return next(_numbers)
