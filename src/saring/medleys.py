"""Medleys: several comments written as one, so that length alone says nothing.

In most labelled files spam is long and ham is short, or the other way round.
"""

import random
from collections.abc import Sequence

MAX_CHARACTERS = 4_000

_JOINTS = (" ", " ", "\n", ". ", "\n\n")
_ENDS = "..!?.,"


def join(contents: Sequence[str], chance: random.Random) -> str:
    """Return some contents as one, tidied here and there.

    Example:
        >>> join(["halo"], random.Random(1))
        'Halo!'

    """
    tidied = [_tidy(content.strip(), chance) for content in contents]
    return chance.choice(_JOINTS).join(tidied)[:MAX_CHARACTERS]


def join_ham(ham: Sequence[str], chance: random.Random) -> str:
    """Return a medley of two to eight of these contents."""
    count = chance.choice((2, 2, 3, 3, 4, 5, 6, 8))
    return join(chance.choices(ham, k=count), chance)


def join_spam(spam: str, ham: Sequence[str], chance: random.Random) -> str:
    """Return a medley of a spam and of what it hides behind."""
    contents = [*chance.choices(ham, k=chance.choice((1, 1, 2))), spam]
    if chance.choice((True, True, False, False, False)):
        chance.shuffle(contents)
    return join(contents, chance)


def _tidy(content: str, chance: random.Random) -> str:
    if chance.choice((True, False)):
        content = content[:1].upper() + content[1:]
    if chance.choice((True, False)) and content[-1:].isalnum():
        content += chance.choice(_ENDS)
    return content
