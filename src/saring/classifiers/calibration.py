"""Calibration: a straight line from a classifier's margin to log-odds (Platt 1999).

The line is fitted on scores given before the label was learned, in floating point,
and kept in fixed point, so that what a server computes is the same everywhere.
"""

import msgspec
import numpy as np
from numpy.typing import ArrayLike, NDArray

from saring.classifiers.fixed import FRACTION_BITS, ONE

_ROUNDS = 50
_SMALLEST_SLOPE = 1e-3


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
