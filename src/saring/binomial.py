"""Binomial: how likely a count is, and which shares a count leaves possible.

Sums of a handful of terms in logarithms, exact but for rounding: for these three alone
a library of statistics would cost each worker another 75 MB.
"""

import itertools
import math
from collections.abc import Iterator

_HALVINGS = 60


def at_most(count: int, trials: int, share: float) -> float:
    """Return the chance of no more than `count` successes.

    Args:
        count: From 0 to `trials`.
        trials: Independent ones.
        share: Chance of a success in each, 0 to 1.

    Example:
        >>> round(at_most(0, 598, 1 / 200), 5)
        0.04991

    """
    if count >= trials or share <= 0:
        return 1.0
    if share >= 1:
        return 0.0
    *_, total = itertools.islice(_sums(trials, share), count + 1)
    return min(1.0, math.exp(total))


def interval(count: int, trials: int, confidence: float) -> tuple[float, float]:
    """Return the shares that a count leaves possible (Clopper and Pearson 1934).

    Whatever the true share, it lies in the interval in at least `confidence` of all
    repetitions; drawing without replacement only makes it wider than it need be.

    Args:
        count: Of successes, 0 to `trials`.
        trials: None at all leave every share possible.
        confidence: Above 0, below 1.

    Example:
        >>> low, high = interval(0, 100, 0.95)
        >>> low, round(high, 4)
        (0.0, 0.0362)

    """
    tail = (1 - confidence) / 2
    low = 0.0 if count == 0 else 1 - _upper(trials - count, trials, tail)
    high = 1.0 if count == trials else _upper(count, trials, tail)
    return low, high


def _upper(count: int, trials: int, tail: float) -> float:
    """Return the share at which so few successes have only the tail's chance."""
    low, high = count / trials, 1.0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if at_most(count, trials, middle) > tail:
            low = middle
        else:
            high = middle
    return high


def largest_within(trials: int, share: float, tail: float) -> int:
    """Return the largest count of which the chance of no more is within a tail.

    Returns:
        The count, or -1 if even none at all is likelier than the tail.

    Example:
        >>> largest_within(597, 1 / 200, 0.05), largest_within(598, 1 / 200, 0.05)
        (-1, 0)

    """
    within = math.log(tail)
    return sum(1 for _ in itertools.takewhile(within.__ge__, _sums(trials, share))) - 1


def _sums(trials: int, share: float) -> Iterator[float]:
    """Yield the logarithm of the chance of no more than 0, 1, 2 … successes.

    In logarithms since the first terms of many trials are too small for a float.
    """
    step = math.log(share) - math.log1p(-share)
    term = total = trials * math.log1p(-share)
    yield total
    for count in range(1, trials + 1):
        term += math.log(trials - count + 1) - math.log(count) + step
        total = max(total, term) + math.log1p(math.exp(-abs(total - term)))
        yield total
