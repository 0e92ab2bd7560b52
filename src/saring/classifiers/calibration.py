"""Calibration: a straight line from a classifier's margin to log-odds (Platt 1999).

The base model's line is fitted in floating point when the model is made; an owner's own
follows it label by label, in whole numbers only, so that what a server computes is the
same everywhere. Both see margins from before the label was learned.
"""

from typing import NamedTuple

import msgspec
import numpy as np
from numpy.typing import ArrayLike, NDArray

from saring.classifiers.fixed import FRACTION_BITS, ONE, logistic
from saring.errors import ModelError

_ROUNDS = 50
_SMALLEST_SLOPE = 1e-3

# The numbers of the online fit: docs/experiments/090.
# Labels count 1/e less after 1,024 others.
_MEMORY_BITS = 10
# As sure of the line it begins with as of so many labels in doubt, at margins of 1.
_TRUST = 16
# Both labels must be in memory so often before the line moves: of ham alone, or spam
# alone, the likeliest line is one that says nothing else.
_LEAST_OF_EACH = 16
_FURTHEST_MARGIN = 16 * ONE
_SLOPES = (ONE // 8, 16 * ONE)
_LARGEST_OFFSET = 8 * ONE


class Calibration(msgspec.Struct, frozen=True):
    """The line; both numbers count in units of 2**-16.

    Example:
        >>> Calibration().log_odds(ONE) == ONE
        True

    """

    slope: int = ONE
    offset: int = 0

    def log_odds(self, margin: int) -> int:
        """Return the calibrated log-odds of a margin, both in units of 2**-16."""
        return (margin * self.slope >> FRACTION_BITS) + self.offset

    def margin(self, log_odds: int) -> int:
        """Return the smallest margin whose log-odds are at least these."""
        return -((self.offset - log_odds) * ONE // self.slope)


def fit(margins: ArrayLike, are_spam: ArrayLike) -> Calibration:
    """Return the line that makes margins (log-odds) the likeliest under the labels.

    Newton's method on the logistic loss, with targets drawn in a little as Platt
    does, so that a perfect separation still gives a finite slope.

    Args:
        margins: In log-odds, not in fixed point.
        are_spam: True or 1 for spam.
    """
    x, spam = np.asarray(margins, float), np.asarray(are_spam, float)
    spam_count, ham_count = spam.sum(), (1 - spam).sum()
    goal = np.where(spam > 0, (spam_count + 1) / (spam_count + 2), 1 / (ham_count + 2))
    line: NDArray[np.float64] = np.array([1.0, 0.0])
    columns = np.stack([x, np.ones_like(x)])
    for _ in range(_ROUNDS):
        line = line + _newton_step(columns, goal, line)
    slope = max(float(line[0]), _SMALLEST_SLOPE)
    return Calibration(round(slope * ONE), round(float(line[1]) * ONE))


def _newton_step(
    columns: NDArray[np.float64],
    goal: NDArray[np.float64],
    line: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Return a step towards the likeliest line, no longer than one in either number."""
    chance = 1 / (1 + np.exp(-np.clip(line @ columns, -40, 40)))
    gradient = columns @ (goal - chance)
    curvature = (columns * (chance * (1 - chance))) @ columns.T
    curvature += np.eye(2) * 1e-6
    step = np.linalg.solve(curvature, gradient)
    return np.asarray(step / max(1.0, float(np.abs(step).max())), np.float64)


class Memory(NamedTuple):
    """All that an online fit remembers.

    Attributes:
        slope: Of the line, as in `Calibration`; `offset` likewise.
        slopes: How sure it is of the slope, of both together (`mixed`) and of the
            offset (`offsets`): the curvature of the loss, in units of 2**-32.
        ham: Ham in memory, in units of 2**-16; `spam` likewise.
    """

    slope: int
    offset: int
    slopes: int
    mixed: int
    offsets: int
    ham: int
    spam: int


class OnlineCalibration:
    """A line that follows the labels of one owner; Newton's method, a step a label.

    It should be shown only labels that nobody chose by the verdict: of a moderator who
    reports errors alone it would learn that every score is wrong.

    Args:
        start: The line to begin with; it is trusted as some labels are.
    """

    def __init__(self, start: Calibration) -> None:
        self._start = start
        self._trust = _TRUST << 2 * FRACTION_BITS - 2
        self._memory = self._fresh()

    def _fresh(self) -> Memory:
        start, trust = self._start, self._trust
        return Memory(start.slope, start.offset, trust, 0, trust, 0, 0)

    @property
    def is_untouched(self) -> bool:
        """Say whether no label was shown yet."""
        return not (self._memory.ham or self._memory.spam)

    @property
    def line(self) -> Calibration:
        """Return the line as it is now."""
        return Calibration(self._memory.slope, self._memory.offset)

    def follow(self, margin: int, *, is_spam: bool) -> None:
        """Learn a label, given the margin (in 2**-16) from before it was learned."""
        x = max(-_FURTHEST_MARGIN, min(_FURTHEST_MARGIN, margin))
        slope, offset, slopes, mixed, offsets, ham, spam = self._memory
        ham += (0 if is_spam else ONE) - (ham >> _MEMORY_BITS)
        spam += (ONE if is_spam else 0) - (spam >> _MEMORY_BITS)
        chance = logistic((x * slope >> FRACTION_BITS) + offset)
        doubt = chance * (ONE - chance)
        slopes += (doubt * x * x >> 2 * FRACTION_BITS) - self._faded(slopes)
        mixed += (doubt * x >> FRACTION_BITS) - (mixed >> _MEMORY_BITS)
        offsets += doubt - self._faded(offsets)
        if min(ham, spam) >= _LEAST_OF_EACH * ONE:
            error = (ONE if is_spam else 0) - chance
            size = slopes * offsets - mixed * mixed
            slope += (offsets * x - mixed * ONE) * error * ONE // size
            offset += (slopes * ONE - mixed * x) * error * ONE // size
            slope = max(_SLOPES[0], min(_SLOPES[1], slope))
            offset = max(-_LARGEST_OFFSET, min(_LARGEST_OFFSET, offset))
        self._memory = Memory(slope, offset, slopes, mixed, offsets, ham, spam)

    def _faded(self, curvature: int) -> int:
        """Return what is forgotten; never the trust in the line it began with."""
        return curvature - self._trust >> _MEMORY_BITS

    def dump(self) -> bytes:
        """Return all that was learned, to be read by `load` over the same start."""
        return b"" if self.is_untouched else msgspec.msgpack.encode(self._memory)

    def load(self, state: bytes) -> None:
        """Put what `dump` returned in the place of what was learned so far.

        Raises:
            ModelError: The state is damaged.
        """
        if not state:
            self._memory = self._fresh()
            return
        try:
            self._memory = msgspec.msgpack.decode(state, type=Memory)
        except msgspec.DecodeError as error:
            raise ModelError(f"a calibration's state is damaged: {error}") from error
