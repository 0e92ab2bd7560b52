"""Linear: online logistic regression on hashed features, in whole numbers only.

The margin is the sum of the weights of a comment's slots over the square root of their
number. A label moves the weights by a logistic step, smaller for slots that were taught
often, and at least so far that the comment lands on the label's side.
"""

import zlib
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple, Protocol

import msgspec
import numpy as np
from numpy.typing import NDArray

from saring.classifiers.base import (
    WEIGHT_BITS,
    WEIGHT_LIMIT,
    BaseModel,
    Weights,
)
from saring.classifiers.calibration import Calibration
from saring.classifiers.fixed import (
    FRACTION_BITS,
    INVERSE_ROOTS,
    ONE,
    logistic,
    probability,
)
from saring.errors import ModelError
from saring.features.batch import Batch
from saring.features.slots import FAMILIES, Features, Slots
from saring.verdict import Clue, Label

SITE_BITS = 18
"""A site's own weights share this many bits of slots with all sites of its owner."""

# However surprising, one label moves a margin by no more than this many steps of 1.
_MAX_AMOUNT = 64 * ONE
_MAX_LESSONS = 255
_ROOTS = np.array(INVERSE_ROOTS, np.int64)
_RATES = np.array(INVERSE_ROOTS[1 : _MAX_LESSONS + 2], np.int64)
# An amount, a root and a rate make three fractions; what is left is a weight's.
_STEP_SHIFT = 3 * FRACTION_BITS - WEIGHT_BITS
_STEP_HALF = 1 << (_STEP_SHIFT - 1)
# A sum of weights by a root and a slope, in log-odds.
_SHARE_UNIT = 1 << (WEIGHT_BITS + 2 * FRACTION_BITS)

_SITE_SHIFT = np.uint32(32 - SITE_BITS)


class Hasher(Protocol):
    """What a digest is added up in, as in hashlib."""

    def update(self, data: bytes, /) -> None:
        """Add bytes."""


class Manner(NamedTuple):
    """How a classifier learns.

    Attributes:
        step: What a wholly unexpected label adds to the margin of a comment whose slots
            were never taught before.
        softness: The margin that counts as log-odds of 1 when it is said how unexpected
            a label was.
        enough: A label that the margin agrees with by this much teaches nothing.
        insists: Whether a label moves its comment past the cutoff at once. A person who
            labels one comment wants that; a corpus with wrong labels is better off
            without (docs/experiments/024).
        has_sites: Whether sites have weights of their own; a base model has none.
    """

    step: int
    softness: int
    enough: int
    insists: bool
    has_sites: bool


# The steps: docs/experiments/020 and 024. What a corpus taught counts half beside what
# people teach on top of it: docs/experiments/027.
FROM_PEOPLE = Manner(step=28, softness=2, enough=5 * ONE, insists=True, has_sites=True)
FROM_CORPUS = Manner(
    step=8, softness=1, enough=5 * ONE // 2, insists=False, has_sites=False
)


class Score(NamedTuple):
    """What a classifier says of one comment.

    Attributes:
        margin: In units of 2**-16 of log-odds, before calibration; it ranks comments.
        probability: Calibrated probability of spam, 0.0 to 1.0; 0.5 is "don't know".
        families: The share of each of `FAMILIES` in the calibrated log-odds.
    """

    margin: int
    probability: float
    families: tuple[float, ...]

    def clues(self) -> tuple[Clue, ...]:
        """Return a clue for each family that says anything, the strongest first."""
        weighed = zip(FAMILIES, self.families, strict=True)
        clues = [Clue(name, weight) for name, weight in weighed if weight]
        return tuple(sorted(clues, key=lambda clue: -abs(clue.weight)))


Lessons = NDArray[np.uint8]


class Learned(msgspec.Struct, frozen=True, array_like=True):
    """What one hash space holds beyond where it began, packed."""

    gaps: bytes
    weights: bytes
    lessons: bytes


class Space:
    """Weights by slot, and how often each slot was taught."""

    __slots__ = ("lessons", "weights")

    def __init__(self, weights: Weights, lessons: Lessons) -> None:
        self.weights = weights
        self.lessons = lessons

    def rate(self, slots: Slots) -> int:
        """Return the sum of the rates at which these slots learn now."""
        return int(_RATES.take(self.lessons.take(slots)).sum())

    def teach(self, slots: Slots, steps: NDArray[np.int32]) -> None:
        """Move the weights of some slots by the step for how often each was taught."""
        lessons = self.lessons.take(slots)
        moved = steps.take(lessons)
        moved += self.weights.take(slots)
        np.minimum(moved, WEIGHT_LIMIT, out=moved)
        np.maximum(moved, -WEIGHT_LIMIT, out=moved)
        self.weights[slots] = moved
        self.lessons[slots] = np.minimum(lessons, _MAX_LESSONS - 1) + np.uint8(1)

    def dump(self, start: Weights) -> Learned:
        """Return where this space differs from the weights that it began with."""
        slots = ((self.weights != start) | (self.lessons != 0)).nonzero()[0]
        gaps = np.diff(slots, prepend=0).astype("<u4")
        return Learned(
            gaps=zlib.compress(gaps.tobytes(), 1),
            weights=zlib.compress(self.weights[slots].astype("<i2").tobytes(), 1),
            lessons=zlib.compress(self.lessons[slots].tobytes(), 1),
        )

    def load(self, learned: Learned) -> None:
        """Put in what `dump` returned.

        Raises:
            ValueError: The parts do not fit together.
            zlib.error: A part is damaged.
        """
        gaps = np.frombuffer(zlib.decompress(learned.gaps), "<u4")
        slots = gaps.cumsum(dtype=np.int64)
        if len(slots) and slots[-1] >= len(self.weights):
            raise ValueError("a slot lies outside the space")
        weights = np.frombuffer(zlib.decompress(learned.weights), "<i2")
        lessons = np.frombuffer(zlib.decompress(learned.lessons), np.uint8)
        if not len(slots) == len(weights) == len(lessons):
            raise ValueError("slots, weights and lessons differ in number")
        self.weights[slots] = weights
        self.lessons[slots] = lessons

    def digest_into(self, total: Hasher) -> None:
        """Add every bit of the space to a digest."""
        total.update(self.weights.astype("<i2", copy=False).tobytes())
        total.update(self.lessons.tobytes())


class LinearClassifier:
    """What one owner's labels have taught, over a base model.

    It shares the base model's arrays until a label changes something; then it has its
    own copy, and a space for what single sites weigh differently from the rest. The
    memory is bounded: 12 MiB for the one and less than 1 MiB for the other.

    Args:
        base: Where it starts from; knowing nothing if left out.
        manner: How it learns.
    """

    def __init__(
        self, base: BaseModel | None = None, manner: Manner = FROM_PEOPLE
    ) -> None:
        self._base = base or BaseModel.empty()
        self._manner = manner
        self._weights = self._base.weights
        self._common: Space | None = None
        self._own: Space | None = None
        self.calibrate(self._base.calibration)

    def calibrate(self, line: Calibration) -> None:
        """Turn margins into probabilities by another line; labels reach as far by it.

        The line is not part of what this dumps, loads and digests: whoever fits it
        keeps it.
        """
        self._line = line
        self._ham_target, self._spam_target = self._base.targets(line)

    @property
    def is_untouched(self) -> bool:
        """Say whether no label has changed anything yet."""
        return self._common is None

    @property
    def weights(self) -> Weights:
        """Return the weight of every common slot; not to be written to."""
        return self._weights

    def score_one(self, features: Features, site_id: int = 0) -> Score:
        """Return what is thought of a comment; nothing is changed by it."""
        return self.score_many(Batch.of([features]), [site_id])[0]

    def score_many(self, batch: Batch, site_ids: Sequence[int]) -> list[Score]:
        """Return what is thought of several comments; nothing is changed by it.

        Args:
            batch: Their features.
            site_ids: The site of each.
        """
        values = self._weights.take(batch.slots)
        if self._own is not None:
            places, sizes = batch.site_places()
            multipliers = np.array([*map(_site_multiplier, site_ids)], np.uint32)
            own_slots = batch.slots.take(places)
            own_slots *= np.repeat(multipliers, sizes)
            own_slots >>= _SITE_SHIFT
            # Two weights within the limit never overflow 16 bits.
            values[places] += self._own.weights.take(own_slots)
        starts = batch.starts
        sums = np.add.reduceat(values, starts.ravel(), dtype=np.int64)
        sums = sums.reshape(starts.shape)
        roots = _ROOTS.take(batch.ends - starts[:, 0])
        line = self._line
        margins = (sums.sum(axis=1) * roots >> WEIGHT_BITS).tolist()
        shares = (sums * (roots * line.slope / _SHARE_UNIT)[:, np.newaxis]).tolist()
        return [
            Score(margin, probability(line.log_odds(margin)), tuple(share))
            for margin, share in zip(margins, shares, strict=True)
        ]

    def margin_of(self, features: Features, site_id: int = 0) -> int:
        """Return the margin of a comment alone, in units of 2**-16 of log-odds."""
        values = self._values(features, site_id)
        root = INVERSE_ROOTS[len(values)]
        return int(values.sum(dtype=np.int64)) * root >> WEIGHT_BITS

    def weigh(self, features: Features, site_id: int = 0) -> NDArray[np.float64]:
        """Return the share of each slot in the calibrated log-odds, in their order."""
        values = self._values(features, site_id)
        unit = INVERSE_ROOTS[len(values)] * self._line.slope / _SHARE_UNIT
        return values * np.float64(unit)

    def learn_one(self, features: Features, label: Label, site_id: int = 0) -> None:
        """Learn one comment's label for a site.

        A label that was expected changes nothing. One that was not moves the margin
        past the cutoff of its side, unless that takes more than any one label may do.
        """
        margin = self.margin_of(features, site_id)
        root = INVERSE_ROOTS[len(features.slots)]
        is_spam = label is Label.SPAM
        agreement = margin if is_spam else -margin
        target = self._spam_target if is_spam else -self._ham_target
        if agreement >= max(self._manner.enough, target):
            return
        common, own = self._spaces()
        taught = [(common, features.slots)]
        if self._manner.has_sites:
            taught.append((own, _own_slots(features, site_id)))
        amount = self._manner.step * logistic(-agreement // self._manner.softness)
        if self._manner.insists and agreement < target:
            rate = sum(space.rate(slots) for space, slots in taught)
            # Going a margin's way costs rate * root**2 for each unit of the amount.
            enough = ((target - agreement) << 3 * FRACTION_BITS) // (rate * root**2)
            amount = min(max(amount, enough), _MAX_AMOUNT)
        steps = (amount * root * _RATES + _STEP_HALF) >> _STEP_SHIFT
        steps = (steps if is_spam else -steps).astype(np.int32)
        for space, slots in taught:
            space.teach(slots, steps)

    def dump(self) -> bytes:
        """Return all that was learned, to be read by `load` over the same base."""
        if self._common is None or self._own is None:
            return b""
        spaces = (
            self._common.dump(self._base.weights),
            self._own.dump(np.zeros(1 << SITE_BITS, np.int16)),
        )
        return msgspec.msgpack.encode(spaces)

    def load(self, state: bytes) -> None:
        """Put what `dump` returned in the place of what was learned so far.

        Raises:
            ModelError: The state is damaged.
        """
        self._weights, self._common, self._own = self._base.weights, None, None
        if not state:
            return
        try:
            learned = msgspec.msgpack.decode(state, type=tuple[Learned, Learned])
            for space, part in zip(self._spaces(), learned, strict=True):
                space.load(part)
        except (msgspec.DecodeError, ValueError, zlib.error) as error:
            raise ModelError(f"a classifier's state is damaged: {error}") from error

    def digest_into(self, total: Hasher) -> None:
        """Add every bit of what was learned to a digest; nothing if untouched."""
        for space in (self._common, self._own):
            if space is not None:
                space.digest_into(total)

    def _values(self, features: Features, site_id: int) -> Weights:
        """Return the weight of each slot, with what the site itself adds to it."""
        values = self._weights.take(features.slots)
        if self._own is not None:
            # Two weights within the limit never overflow 16 bits.
            values[features.word_start : features.starts[3]] += self._own.weights.take(
                _own_slots(features, site_id)
            )
        return values

    def _spaces(self) -> tuple[Space, Space]:
        """Return both spaces, made now if nothing was learned before."""
        if self._common is None or self._own is None:
            self._common = _space(self._base.weights.copy())
            self._own = _space(np.zeros(1 << SITE_BITS, np.int16))
            self._weights = self._common.weights
        return self._common, self._own


def _own_slots(features: Features, site_id: int) -> Slots:
    """Return where a site's own weights lie, for what a site weighs for itself."""
    mixed = features.site_slots * _site_multiplier(site_id)
    mixed >>= _SITE_SHIFT
    return mixed


@lru_cache(maxsize=16_384)
def _site_multiplier(site_id: int) -> np.uint32:
    """Return the odd number that spreads a site's slots (multiply-shift hashing)."""
    mixed = (site_id + 1) * 0x9E3779B97F4A7C15 & 0xFFFFFFFFFFFFFFFF
    mixed = (mixed ^ mixed >> 29) * 0xBF58476D1CE4E5B9 & 0xFFFFFFFFFFFFFFFF
    return np.uint32(mixed >> 32 | 1)


def _space(weights: Weights) -> Space:
    """Return a space in which nothing was taught yet."""
    return Space(weights, np.zeros(len(weights), np.uint8))
