"""Evaluation: test-then-train over labelled files, with the engine that serves.

Each comment is judged in order of arrival; its label is learned at once, after some
more comments, or never. Nothing here chooses anything: it only counts.
"""

import random
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Literal

import msgspec
import numpy as np
from numpy.typing import NDArray

from saring import features
from saring.classifiers.base import BaseModel
from saring.comment import Comment
from saring.corpus import Row, read_labelled
from saring.engine import Engine
from saring.features import Features
from saring.ledger.records import IMPORT, Site
from saring.verdict import Check, Label, Verdict

CALIBRATION_BINS = 15
"""So many parts of the scores, as wide as each other, are told apart."""

FALSE_POSITIVE_RATES = {"0.1": 0.001, "1": 0.01}
"""At which shares of ham held the missed spam is told, by their names in percent."""

_PROGRESS_EVERY = 256

Progress = Callable[[str, int, int], None]
"""Called with a file's name, the comments done and the comments in all."""


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """How to run.

    Attributes:
        learn: When a label is learned: at once, after `delay` more comments, or never.
        start: What the filter knows before the first comment.
        shuffle: Seed of the order; None keeps that of the file.
        share: Of the labels, 0 to 1, that are ever told; the seed draws which.
    """

    learn: Literal["immediate", "delayed", "never"] = "immediate"
    delay: int = 100
    start: BaseModel | Literal["shipped", "empty"] = "shipped"
    shuffle: int | None = None
    share: float = 1.0


class Outcome(msgspec.Struct, frozen=True):
    """What came of one comment; `margin` ranks it among the others."""

    label: Label
    verdict: Verdict
    score: float
    margin: float


class Result(msgspec.Struct, frozen=True, kw_only=True):
    """The numbers of one file; None is what cannot be told of it.

    Attributes:
        false_positives: Ham that was held.
        missed_spam: Spam that was not.
        calibration_error: How far scores lie from the share of spam among comments of
            about that score, on average (expected calibration error).
    """

    file: str
    comments: int
    spam: int
    ham: int
    one_minus_roca_percent: float | None
    missed_spam_percent_at_fp_percent: dict[str, float | None]
    accuracy_percent: float | None
    calibration_error: float | None
    precision: float | None
    recall: float | None
    f1: float | None
    false_positives: int
    missed_spam: int
    unsure_ham: int
    unsure_spam: int
    comments_per_second: float | None


Labelled = tuple[Comment, Label, Site]


def evaluate(
    files: Sequence[Path], options: Options, progress: Progress | None = None
) -> list[Result]:
    """Return the numbers of each file, each from a fresh start.

    Raises:
        CorpusError: A file cannot be read, or a line is not a labelled comment.
    """
    return [evaluate_file(path, options, progress) for path in files]


def evaluate_file(
    path: Path, options: Options, progress: Progress | None = None
) -> Result:
    """Return the numbers of one file.

    Raises:
        CorpusError: The file cannot be read, or a line is not a labelled comment.
    """
    stream = read_stream(path)
    if options.shuffle is not None:
        random.Random(options.shuffle).shuffle(stream)  # noqa: S311 an order, no secret
    started = time.perf_counter()
    outcomes = []
    for outcome in run(stream, options):
        outcomes.append(outcome)
        if progress and len(outcomes) % _PROGRESS_EVERY == 0:
            progress(path.name, len(outcomes), len(stream))
    seconds = time.perf_counter() - started
    if progress:
        progress(path.name, len(stream), len(stream))
    return summarise(str(path), outcomes, seconds)


def read_stream(path: Path) -> list[Labelled]:
    """Return the comments of a file with their labels and sites.

    Raises:
        CorpusError: The file cannot be read, or a line is not a labelled comment.
    """
    return place(read_labelled(path))


def place(rows: Iterable[tuple[Row, Comment, Label]]) -> list[Labelled]:
    """Return labelled comments with their sites: one, unless their `blog` differs."""
    sites: dict[str, Site] = {}
    stream = []
    for row, comment, label in rows:
        blog = str(row.get("blog") or "")
        site = sites.setdefault(blog, Site(id=len(sites), address=blog))
        stream.append((comment, label, site))
    return stream


def run(stream: Iterable[Labelled], options: Options) -> Iterable[Outcome]:
    """Yield what comes of each comment, learning the labels as the options say."""
    engine = Engine(options.start)
    waiting: deque[tuple[Labelled, Features]] = deque()
    delay = options.delay if options.learn == "delayed" else 0
    chance = random.Random(options.shuffle or 0)  # noqa: S311 a sample, no secret
    for labelled, extracted in _extract(stream):
        comment, label, site = labelled
        check: Check = engine.check(comment, site, extracted=extracted)
        yield Outcome(label, check.verdict, check.score, check.margin)
        if options.learn != "never" and chance.random() < options.share:
            waiting.append((labelled, extracted))
        while len(waiting) > delay:
            # Each comment gets its label, whatever was said of it.
            told, known = waiting.popleft()
            engine.learn(*told, source=IMPORT, extracted=known)


def _extract(stream: Iterable[Labelled]) -> Iterator[tuple[Labelled, Features]]:
    """Yield comments with their features, which are quicker to extract together."""
    comments = iter(stream)
    while group := [*islice(comments, features.BATCH_COMMENTS)]:
        batch = features.extract_many([comment for comment, _, _ in group])
        yield from zip(group, batch, strict=True)


def summarise(name: str, outcomes: Sequence[Outcome], seconds: float) -> Result:
    """Return the numbers of one run.

    Args:
        name: Of the file.
        outcomes: In any order.
        seconds: How long it took.
    """
    are_spam = np.array([o.label is Label.SPAM for o in outcomes], bool)
    are_held = np.array([o.verdict.is_held for o in outcomes], bool)
    are_unsure = np.array([o.verdict is Verdict.UNSURE for o in outcomes], bool)
    margins = np.array([o.margin for o in outcomes], float)
    scores = np.array([o.score for o in outcomes], float)
    caught = int((are_spam & are_held).sum())
    missed = int((are_spam & ~are_held).sum())
    false_positives = int((~are_spam & are_held).sum())
    right = len(outcomes) - missed - false_positives
    return Result(
        file=name,
        comments=len(outcomes),
        spam=int(are_spam.sum()),
        ham=int((~are_spam).sum()),
        one_minus_roca_percent=one_minus_roca_percent(margins, are_spam),
        missed_spam_percent_at_fp_percent={
            name: missed_spam_percent(margins, are_spam, rate)
            for name, rate in FALSE_POSITIVE_RATES.items()
        },
        accuracy_percent=_ratio(100 * right, len(outcomes)),
        calibration_error=calibration_error(scores, are_spam),
        precision=_ratio(caught, caught + false_positives),
        recall=_ratio(caught, caught + missed),
        f1=_ratio(2 * caught, 2 * caught + missed + false_positives),
        false_positives=false_positives,
        missed_spam=missed,
        unsure_ham=int((~are_spam & are_unsure).sum()),
        unsure_spam=int((are_spam & are_unsure).sum()),
        comments_per_second=_ratio(len(outcomes), seconds),
    )


def one_minus_roca_percent(
    scores: NDArray[np.float64], are_spam: NDArray[np.bool_]
) -> float | None:
    """Return the area above the ROC curve in percent; 0 is perfect, 50 is guessing.

    It is the share of pairs of a spam and a ham in which the ham scores higher; a tie
    is half a pair. None where one of the labels is missing.

    Example:
        >>> one_minus_roca_percent(np.array([0.1, 0.9]), np.array([False, True]))
        0.0

    """
    spam, ham = scores[are_spam], np.sort(scores[~are_spam])
    higher = len(ham) - ham.searchsorted(spam, "right")
    tied = ham.searchsorted(spam, "right") - ham.searchsorted(spam, "left")
    pairs = len(spam) * len(ham)
    return _ratio(100 * (int(higher.sum()) + int(tied.sum()) / 2), pairs)


def missed_spam_percent(
    scores: NDArray[np.float64], are_spam: NDArray[np.bool_], rate: float
) -> float | None:
    """Return the share of spam missed, in percent, where so much ham may be held.

    The cutoff lies just above the score of the first ham that may not be held, so no
    more than this share of the ham is held, ties included.

    Args:
        scores: Of all comments.
        are_spam: Their labels.
        rate: Share of the ham, 0 to below 1.
    """
    spam, ham = scores[are_spam], np.sort(scores[~are_spam])[::-1]
    if not len(ham):
        return None
    cutoff = ham[int(rate * len(ham))]
    return _ratio(100 * int((spam <= cutoff).sum()), len(spam))


def calibration_error(
    scores: NDArray[np.float64], are_spam: NDArray[np.bool_]
) -> float | None:
    """Return the expected calibration error; 0 is perfect.

    Scores are put into `CALIBRATION_BINS` of equal width; what is returned is the mean
    over all comments of the distance between their bin's mean score and its share of
    spam.

    Example:
        >>> calibration_error(np.array([0.25, 0.25]), np.array([False, True]))
        0.25

    """
    if not len(scores):
        return None
    bins = np.minimum((scores * CALIBRATION_BINS).astype(int), CALIBRATION_BINS - 1)
    gaps = np.bincount(bins, weights=scores - are_spam)
    return float(np.abs(gaps).sum() / len(scores))


def _ratio(part: float, whole: float) -> float | None:
    return part / whole if whole else None
