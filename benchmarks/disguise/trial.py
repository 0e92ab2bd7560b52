"""A trial: every plain comment judged as it is and in every disguise.

The rows come in order of time; where the filter learns, it learns each row in plain
letters only, after the row was judged in all of its forms (test-then-train).
"""

import random
import zlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

import msgspec
import numpy as np
from benchmarks.disguise.attacks import ATTACKS
from benchmarks.disguise.corpus import Labelled, is_plain
from benchmarks.disguise.extents import EXTENTS, attack
from numpy.typing import NDArray

from saring import features
from saring.classifiers.base import BaseModel
from saring.classifiers.linear import LinearClassifier
from saring.comment import Comment
from saring.verdict import Cutoffs, Label

PLAIN = ("plain", "")
FORMS = [PLAIN, *[(how.name, extent) for how in ATTACKS for extent in EXTENTS]]
FALSE_POSITIVE_RATE = 0.001

Form = tuple[str, str]
Told = Callable[[int, int], None]


@dataclass
class Manner:
    """What the filter knows before a trial, and whether it learns during it."""

    name: str
    start: BaseModel
    learns: bool


@dataclass
class Margins:
    """What one manner said of all rows: a column for each form, in log-odds units.

    Attributes:
        scores: The calibrated scores, in the same places.
    """

    margins: NDArray[np.float64]
    scores: NDArray[np.float64]


@dataclass(frozen=True)
class Loss:
    """What one attack did.

    Attributes:
        recall: Share of the spam held, in percent, at the cutoff that holds 0.1 % of
            the plain ham.
        lost: Points of recall lost by the disguise.
        ham_held: Decorated ham held at that cutoff.
        shipped_ham_held: Decorated ham held at the shipped cutoff.
        newly_held: Of those, what is published in plain letters.
    """

    recall: float
    lost: float
    ham_held: int
    shipped_recall: float
    shipped_ham_held: int
    newly_held: int


@dataclass
class Outcome:
    """The numbers of one set and one manner."""

    spam: int
    ham: int
    losses: dict[Form, Loss] = field(default_factory=dict)


def rewritten(comment: Comment, number: int) -> list[Comment]:
    """Return a comment in all forms, plain first; the same for the same number."""
    found = [comment]
    for how in ATTACKS:
        for extent in EXTENTS:
            seed = zlib.crc32(f"{number} {how.name} {extent}".encode())
            content = attack(comment.content, how, extent, random.Random(seed))
            found.append(msgspec.structs.replace(comment, content=content))
    return found


def judge(
    rows: Sequence[Labelled], manners: Iterable[Manner], told: Told
) -> tuple[list[Labelled], list[Margins]]:
    """Return the plain rows, and what each manner says of them in every form."""
    plain = [row for row in rows if is_plain(row.comment.content)]
    classifiers = [(manner, LinearClassifier(manner.start)) for manner in manners]
    shape = (len(plain), len(FORMS))
    found = [Margins(np.zeros(shape), np.zeros(shape)) for _ in classifiers]
    for number, row in enumerate(plain):
        extracted = features.extract_many(rewritten(row.comment, number))
        for (manner, classifier), kept in zip(classifiers, found, strict=True):
            judged = classifier.score_many(extracted, [0] * len(FORMS))
            kept.margins[number] = [score.margin for score in judged]
            kept.scores[number] = [score.probability for score in judged]
            if manner.learns:
                classifier.learn_one(extracted[0], row.label)
        told(number + 1, len(plain))
    return plain, found


def count(rows: Sequence[Labelled], judged: Margins, cutoffs: Cutoffs) -> Outcome:
    """Return what was lost and who was harmed, attack by attack."""
    are_spam = np.array([row.label is Label.SPAM for row in rows], bool)
    ham = judged.margins[~are_spam]
    cutoff = np.sort(ham[:, 0])[::-1][int(FALSE_POSITIVE_RATE * len(ham))]
    held = judged.margins > cutoff
    shipped = judged.scores >= cutoffs.spam
    outcome = Outcome(int(are_spam.sum()), int((~are_spam).sum()))
    plain_recall = 100 * held[are_spam, 0].mean()
    was_published = ~shipped[~are_spam, 0]
    for column, form in enumerate(FORMS):
        recall = 100 * float(held[are_spam, column].mean())
        ham_shipped = shipped[~are_spam, column]
        outcome.losses[form] = Loss(
            recall=recall,
            lost=float(plain_recall) - recall,
            ham_held=int(held[~are_spam, column].sum()),
            shipped_recall=100 * float(shipped[are_spam, column].mean()),
            shipped_ham_held=int(ham_shipped.sum()),
            newly_held=int((ham_shipped & was_published).sum()),
        )
    return outcome
