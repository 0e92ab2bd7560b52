"""Fixed-point arithmetic: all a score is made of, in whole numbers.

Floating point may round differently on another processor or library; whole numbers
cannot. The tables are built by integer arithmetic alone when they are imported.
"""

from math import isqrt

FRACTION_BITS = 16
ONE = 1 << FRACTION_BITS
"""One in log-odds, rates and roots: they count in units of 2**-16."""

MAX_COUNT = 2_048

_STEPS_PER_ONE = 64
_MAX_EXPONENT = 40
_STEP_BITS = FRACTION_BITS - 6
_EXP_BITS = 60
_EXP_ONE = 1 << _EXP_BITS


def _falling_powers() -> tuple[int, ...]:
    """Return exp(-k/64) for k from 0 to 40 * 64, in units of 2**-60."""
    # exp(-1/64) in units of 2**-96; its powers lose less than 2**-84 on the way.
    ratio, bits = 77_999_843_705_778_700_105_489_444_522, 96
    power, table = 1 << bits, []
    for _ in range(_MAX_EXPONENT * _STEPS_PER_ONE + 1):
        table.append(power >> (bits - _EXP_BITS))
        power = power * ratio >> bits
    return tuple(table)


_EXP = _falling_powers()

INVERSE_ROOTS = (
    0,
    *(
        isqrt((1 << 4 * FRACTION_BITS) // n) >> FRACTION_BITS
        for n in range(1, MAX_COUNT + 1)
    ),
)
"""1/sqrt(n) for n from 1 to `MAX_COUNT`; 0 for nothing at all."""


def _exp_of_minus(exponent: int) -> int:
    """Return exp(-exponent) in units of 2**-60, by a table and straight lines."""
    index, rest = exponent >> _STEP_BITS, exponent & ((1 << _STEP_BITS) - 1)
    if index >= len(_EXP) - 1:
        return _EXP[-1]
    upper = _EXP[index]
    return upper - ((upper - _EXP[index + 1]) * rest >> _STEP_BITS)


def logistic(log_odds: int) -> int:
    """Return the probability of some log-odds, both in units of 2**-16.

    Example:
        >>> logistic(0), logistic(ONE), logistic(-ONE)
        (32768, 47911, 17625)

    """
    small = _exp_of_minus(abs(log_odds))
    share = (small << FRACTION_BITS) // (_EXP_ONE + small)
    return share if log_odds < 0 else ONE - share


def probability(log_odds: int) -> float:
    """Return the probability of log-odds in units of 2**-16 as a number to show.

    The division of two whole numbers is rounded correctly on every processor. Scores
    close to 1 keep apart what a coarser number would tie.

    Example:
        >>> probability(0)
        0.5

    """
    small = _exp_of_minus(abs(log_odds))
    numerator = small if log_odds < 0 else _EXP_ONE
    return numerator / (_EXP_ONE + small)


def log_odds_of(chance: float) -> int:
    """Return the log-odds of a probability, in units of 2**-16, by halving.

    The smallest log-odds whose `probability` is at least `chance`, from -40 to 40.
    """
    low, high = -_MAX_EXPONENT * ONE, _MAX_EXPONENT * ONE
    while low < high:
        middle = (low + high) >> 1
        if probability(middle) >= chance:
            high = middle
        else:
            low = middle + 1
    return low
