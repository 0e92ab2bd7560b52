"""Reliability: is a score of 0.9 right nine times in ten? On streams in time order."""

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import numpy as np
from benchmarks.budget.results import Reliability
from benchmarks.budget.rows import read_rows
from numpy.typing import NDArray

from saring.engine import Engine
from saring.evaluation import CALIBRATION_BINS, calibration_error
from saring.ledger.records import FEEDBACK, IMPORT
from saring.verdict import Label

NAMES = ("id_judol_nafi", "blog_stream")
STARTS: tuple[Literal["shipped", "empty"], ...] = ("shipped", "empty")


def reliabilities(folder: Path) -> list[Reliability]:
    """Return how scores and truth go together, with one line and with one that follows.

    A line follows labels that nobody selected; told that they are feedback it stays.
    """
    return list(_reliabilities(folder))


def _reliabilities(folder: Path) -> Iterator[Reliability]:
    for name in NAMES:
        for start in STARTS:
            for follows in (False, True):
                scores, are_spam = _judged(
                    folder / f"{name}.jsonl.gz", start, follows=follows
                )
                yield Reliability(
                    stream=name,
                    start=start,
                    follows=follows,
                    error=calibration_error(scores, are_spam) or 0.0,
                    bins=_bins(scores, are_spam),
                )


def _judged(
    path: Path, start: Literal["shipped", "empty"], *, follows: bool
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    engine = Engine(start)
    scores, are_spam = [], []
    for comment, label, site, known in read_rows(path):
        scores.append(engine.check(comment, site, extracted=known).score)
        are_spam.append(label is Label.SPAM)
        source = IMPORT if follows else FEEDBACK
        engine.learn(comment, label, site, source=source, extracted=known)
    return np.array(scores), np.array(are_spam)


def _bins(
    scores: NDArray[np.float64], are_spam: NDArray[np.bool_]
) -> list[tuple[float, float, int]]:
    places = np.minimum((scores * CALIBRATION_BINS).astype(int), CALIBRATION_BINS - 1)
    found = []
    for place in range(CALIBRATION_BINS):
        chosen = places == place
        if count := int(chosen.sum()):
            mean, share = scores[chosen].mean(), are_spam[chosen].mean()
            found.append((round(float(mean), 4), round(float(share), 4), count))
    return found
