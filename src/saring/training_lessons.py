"""Training lessons: from features with labels to weights, in whole numbers only.

The learning is that of the classifier, which a person's labels move, with two things
more. Weights decay a little whenever they are taught, so that what was certain in one
source only never stays so (docs/experiments/061). And in the end a weight keeps the
less of itself the less the sources agree on it, each having learned alone: what pulls
one way here and the other way there will mislead elsewhere (docs/experiments/065).
"""

import random
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from saring.classifiers.base import SLOT_COUNT, WEIGHT_BITS, WEIGHT_LIMIT, Weights
from saring.classifiers.fixed import FRACTION_BITS, INVERSE_ROOTS, ONE, logistic
from saring.features.slots import Slots
from saring.verdict import Label

STEP = 8
"""What a wholly unexpected label adds to a margin whose slots are new."""

DECAY = 0.03
"""The share that a new slot's weight loses with a lesson; less the more it had."""

ENOUGH = 5 * ONE // 2
"""A label that the margin agrees with by this much teaches nothing."""

AGREED = 0.7
"""The share of a weight that goes where the sources wholly disagree on it."""

# No source says more than this of a slot, and this much is doubted of all of them.
_LOUDEST, _DOUBT = ONE, ONE // 10
_AGREED = round(AGREED * ONE)
_MAX_LESSONS = 255
_RATES = np.array(INVERSE_ROOTS[1 : _MAX_LESSONS + 2], np.int64)
_LOSSES = _RATES * round(DECAY * ONE) >> FRACTION_BITS
_FINE_BITS = FRACTION_BITS - WEIGHT_BITS
_PROGRESS_EVERY = 1_000

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how much of it is done, and how much there is."""


class Lesson(NamedTuple):
    """The slots of one comment and its label.

    Attributes:
        slots: Of the comment.
        label: Its class.
        voice: The source that it is from, or the sources that speak as one.
    """

    slots: Slots
    label: Label
    voice: str


class _Learner:
    """Weights in units of 2**-16 of log-odds, and how often each was taught."""

    def __init__(self) -> None:
        self.weights = np.zeros(SLOT_COUNT, np.int64)
        self._lessons = np.zeros(SLOT_COUNT, np.uint8)

    def learn(self, lesson: Lesson) -> None:
        """Take a logistic step, unless the label was expected."""
        slots, is_spam = lesson.slots, lesson.label is Label.SPAM
        values, root = self.weights.take(slots), INVERSE_ROOTS[len(slots)]
        margin = int(values.sum()) * root >> FRACTION_BITS
        agreement = margin if is_spam else -margin
        if agreement >= ENOUGH:
            return
        amount = STEP * logistic(-agreement) * root >> FRACTION_BITS
        steps = (amount if is_spam else -amount) * _RATES >> FRACTION_BITS
        taught = self._lessons.take(slots)
        values += steps.take(taught) - (values * _LOSSES.take(taught) >> FRACTION_BITS)
        self.weights[slots] = values
        self._lessons[slots] = np.minimum(taught, _MAX_LESSONS - 1) + np.uint8(1)

    def taught(self) -> NDArray[np.intp]:
        """Return the slots that any lesson has moved."""
        return self._lessons.nonzero()[0]


def learn(
    lessons: Sequence[Lesson], passes: int, seed: int, report: Progress
) -> Weights:
    """Return the weights after some passes, each in another order.

    One pass more is for each voice alone, to find where they agree.
    """
    chance = random.Random(seed)  # noqa: S311 an order, no secret
    together = _learn(lessons, passes, chance, report)
    voices: dict[str, list[Lesson]] = {}
    for lesson in lessons:
        voices.setdefault(lesson.voice, []).append(lesson)
    agreement = _agreement(
        _learn(voices[voice], 1, chance, report) for voice in sorted(voices)
    )
    kept = ONE - _AGREED + (_AGREED * agreement >> FRACTION_BITS)
    weights = together.weights * kept >> FRACTION_BITS
    half = 1 << _FINE_BITS - 1
    rounded = weights + half >> _FINE_BITS
    return rounded.clip(-WEIGHT_LIMIT, WEIGHT_LIMIT).astype(np.int16)


def _learn(
    lessons: Sequence[Lesson], passes: int, chance: random.Random, report: Progress
) -> _Learner:
    """Return what has learned some lessons."""
    learner = _Learner()
    order = list(range(len(lessons)))
    done, total = 0, passes * len(lessons)
    for _ in range(passes):
        chance.shuffle(order)
        for index in order:
            learner.learn(lessons[index])
            done += 1
            if done % _PROGRESS_EVERY == 0:
                report("learning", done, total)
    report("learning", total, total)
    return learner


def _agreement(voices: Iterable[_Learner]) -> NDArray[np.int64]:
    """Return how far some voices agree on each slot, from 0 to less than `ONE`."""
    said = np.zeros(SLOT_COUNT, np.int64)
    loudness = np.full(SLOT_COUNT, _DOUBT, np.int64)
    for learner in voices:
        taught = learner.taught()
        weights = learner.weights[taught].clip(-_LOUDEST, _LOUDEST)
        said[taught] += weights
        loudness[taught] += np.abs(weights)
    return (np.abs(said) << FRACTION_BITS) // loudness
