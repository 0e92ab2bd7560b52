"""Measures: from what came of each comment to the numbers that are told."""

import statistics
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from benchmarks.accuracy.runs import Run
from numpy.typing import NDArray
from scipy.special import expit, logit
from scipy.stats import binomtest
from sklearn.metrics import (
    accuracy_score,
    f1_score,
    recall_score,
)

from saring.evaluation import (
    CALIBRATION_BINS,
    calibration_error,
    missed_spam_percent,
    one_minus_roca_percent,
)

CURVE_POINTS = 24
CURVE_START = 50

Measures = dict[str, float | None]
Labels = NDArray[np.bool_]


class Spread(NamedTuple):
    """One measure over several runs."""

    median: float
    low: float
    high: float


def measure(run: Run, are_spam: Labels) -> Measures:
    """Return every measure of one run; None is what cannot be told of it."""
    spam, ham = int(are_spam.sum()), int((~are_spam).sum())
    false_positives = int((run.are_held & ~are_spam).sum())
    missed = int((~run.are_held & are_spam).sum())
    low, high = interval(false_positives, ham) if ham else (None, None)
    return {
        "comments": len(are_spam),
        "spam": spam,
        "ham": ham,
        "one_minus_roca_percent": one_minus_roca_percent(run.ranks, are_spam),
        "lam_percent": lam_percent(false_positives, ham, missed, spam),
        "missed_percent_at_0.1": missed_spam_percent(run.ranks, are_spam, 0.001),
        "missed_percent_at_1": missed_spam_percent(run.ranks, are_spam, 0.01),
        "f1": float(f1_score(are_spam, run.are_held)) if spam else None,
        "recall": float(recall_score(are_spam, run.are_held)) if spam else None,
        "accuracy_percent": 100 * float(accuracy_score(are_spam, run.are_held)),
        "accuracy_percent_at_even_odds": 100
        * float(accuracy_score(are_spam, run.chances >= 0.5)),
        "false_positives": false_positives,
        "missed_spam": missed,
        "held_percent": 100 * false_positives / ham if ham else None,
        "held_percent_low": low,
        "held_percent_high": high,
        "unsure_ham_percent": _percent(run.are_unsure & ~are_spam, ham),
        "unsure_spam_percent": _percent(run.are_unsure & are_spam, spam),
        "calibration_error": calibration_error(run.chances, are_spam),
    }


def _percent(rows: Labels, count: int) -> float | None:
    return 100 * float(rows.sum()) / count if count else None


def interval(count: int, total: int) -> tuple[float, float]:
    """Return the exact 95 % interval (Clopper and Pearson 1934) of a share, in percent.

    Example:
        >>> [round(limit, 2) for limit in interval(0, 100)]
        [0.0, 3.62]

    """
    found = binomtest(count, total).proportion_ci(0.95, method="exact")
    return 100 * float(found.low), 100 * float(found.high)


def lam_percent(false_positives: int, ham: int, missed: int, spam: int) -> float | None:
    """Return TREC's logistic average of both misclassification rates, in percent.

    Half an error is added to each count, and one comment to each total, so that no
    errors at all still have a logarithm.
    """
    if not (ham and spam):
        return None
    rates = [(false_positives + 0.5) / (ham + 1), (missed + 0.5) / (spam + 1)]
    return 100 * float(expit(np.mean(logit(rates))))


class Bin(NamedTuple):
    """Comments whose chances of spam lie close together.

    Attributes:
        chance: The mean of what was said.
        share: The share of them that is spam.
    """

    chance: float
    share: float
    comments: int


def bins(chances: NDArray[np.float64], are_spam: Labels) -> list[Bin]:
    """Return the comments in the bins of the calibration error that are not empty."""
    last = CALIBRATION_BINS - 1
    numbers = np.minimum((chances * CALIBRATION_BINS).astype(int), last)
    return [
        Bin(float(chances[rows].mean()), float(are_spam[rows].mean()), int(rows.sum()))
        for number in range(CALIBRATION_BINS)
        if (rows := numbers == number).any()
    ]


def curve(run: Run, are_spam: Labels) -> list[tuple[int, float]]:
    """Return 1-ROCA % of the first comments judged, for rising numbers of them."""
    total = len(are_spam)
    if total <= CURVE_START:
        return []
    counts = np.unique(np.geomspace(CURVE_START, total, CURVE_POINTS).astype(int))
    points = []
    for count in counts:
        turns = run.turns[:count]
        value = one_minus_roca_percent(run.ranks[turns], are_spam[turns])
        if value is not None:
            points.append((int(count), value))
    return points


def spread(found: Sequence[Measures], name: str) -> Spread | None:
    """Return one measure over several runs; None where it cannot be told."""
    values = [one[name] for one in found]
    known = [value for value in values if value is not None]
    if not known or len(known) < len(values):
        return None
    return Spread(statistics.median(known), min(known), max(known))


def middle(found: Sequence[Measures]) -> Measures:
    """Return the run whose number of false positives is the (lower) median."""
    ordered = sorted(found, key=lambda one: one["false_positives"] or 0)
    return ordered[(len(ordered) - 1) // 2]
