"""Results: what one run came to."""

import msgspec


class Rates(msgspec.Struct, frozen=True):
    """How the filter fared with some comments.

    Attributes:
        false_positives: The share of ham that was held.
        missed_spam: The share of spam that was not.
    """

    f1: float
    false_positives: float
    missed_spam: float


class Run(msgspec.Struct, frozen=True, kw_only=True):
    """One stream, judged and taught in one way.

    Attributes:
        way: How it was taught.
        fifths: The same for each fifth of the stream, in its order.
        targets_held: Of the comments at which an attack was aimed, how many were held.
    """

    stream: str = ""
    way: str = ""
    start: str = "shipped"
    trusts_all: bool = False
    rates: Rates
    fifths: list[Rates]
    targets_held: int = 0


class Undone(msgspec.Struct, frozen=True, kw_only=True):
    """One attack, rolled back in a store.

    Attributes:
        is_equal: Whether the model is that of a store without the attack, to the bit.
        was_equal: Whether it was before.
    """

    way: str
    labels: int
    lies: int
    was_equal: bool
    is_equal: bool


class Results(msgspec.Struct, frozen=True, kw_only=True):
    """All that one run of the benchmark found."""

    noise: list[Run] = []
    attacks: list[Run] = []
    drift: list[Run] = []
    undone: list[Undone] = []
