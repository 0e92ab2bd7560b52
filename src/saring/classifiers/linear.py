"""Linear: online logistic regression on hashed features, in whole numbers only.

The margin is the sum of the weights of a comment's slots over the square root of their
number, and the mean of what their sightings say. A label moves the weights by a
logistic step, smaller for slots that were taught often, and at least so far that the
comment lands on the label's side.
"""

import zlib
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

from saring.classifiers.base import (
    WEIGHT_BITS,
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
from saring.classifiers.sightings import LOUDEST, Hasher, Places, Seen, Sightings
from saring.classifiers.space import MAX_LESSONS, Learned, Space
from saring.errors import ModelError
from saring.features.batch import Batch
from saring.features.slots import FAMILIES, SITE_END, Features
from saring.verdict import Clue, Label

SITE_BITS = 18
"""A site's own weights share this many bits of slots with all sites of its owner."""

# However surprising, one label moves a margin by no more than this many steps of 1.
_MAX_AMOUNT = 64 * ONE
_ROOTS = np.array(INVERSE_ROOTS, np.int64)
_RATES = np.array(INVERSE_ROOTS[1 : MAX_LESSONS + 2], np.int64)
# An amount, a root and a rate make three fractions; what is left is a weight's.
_STEP_SHIFT = 3 * FRACTION_BITS - WEIGHT_BITS
_STEP_HALF = 1 << (_STEP_SHIFT - 1)
# A sum of weights by a root and a slope, in log-odds; and a mean by a slope.
_SHARE_UNIT = 1 << (WEIGHT_BITS + 2 * FRACTION_BITS)
_MEAN_UNIT = 1 << (WEIGHT_BITS + FRACTION_BITS)
_MEAN_SHIFT = FRACTION_BITS - WEIGHT_BITS
# The first label's step is 4/10 of the full one, the tenth's 14/20: it grows with the
# lessons of the slot that was taught most (docs/experiments/029).
_WARM_FROM, _WARM_TO = 4, 10

# What a wholly unexpected label adds to the margin of a comment whose slots were never
# taught before; what a margin is multiplied by, in eighths, to be the log-odds by which
# a label was expected; and how far a margin agrees with a label that teaches nothing.
# So what the base model says gives way to what people teach (docs/experiments/027).
_STEP = 20
_SHARPNESS = 6
_ENOUGH = 10 * ONE // 3

_SITE_SHIFT = np.uint32(32 - SITE_BITS)


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


class _State(msgspec.Struct, frozen=True, array_like=True):
    """All that a classifier learned, packed."""

    common: Learned
    own: Learned
    seen: Seen


class _Places(NamedTuple):
    """Where the slots of one comment lie.

    Attributes:
        common: In the common space.
        own: In the sites' own space, what a site weighs for itself.
        site_span: Which of the common ones these are.
    """

    common: Places
    own: Places
    site_span: slice


class _Memory(NamedTuple):
    """What labels changed: the common weights, the sites' own, and the sightings."""

    common: Space
    own: Space
    sightings: Sightings


class LinearClassifier:
    """What one owner's labels have taught, over a base model.

    It shares the base model's arrays until a label changes something; then it has its
    own copy, a space for what single sites weigh differently from the rest, and what it
    saw in which label. The memory is bounded: 12 MiB, less than 1 MiB and 4 MiB.

    Args:
        base: Where it starts from; knowing nothing if left out.
    """

    def __init__(self, base: BaseModel | None = None) -> None:
        self._base = base or BaseModel.empty()
        self._weights = self._base.weights
        self._memory: _Memory | None = None
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
        return self._memory is None

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
        if self._memory is not None:
            places, sizes = batch.site_places()
            multipliers = np.array([*map(_site_multiplier, site_ids)], np.uint32)
            own_slots = batch.slots.take(places)
            own_slots *= np.repeat(multipliers, sizes)
            own_slots >>= _SITE_SHIFT
            # Two weights within the limit never overflow 16 bits.
            values[places] += self._memory.own.weights.take(own_slots)
        starts = batch.starts
        sums = np.add.reduceat(values, starts.ravel(), dtype=np.int64)
        sums = sums.reshape(starts.shape)
        sizes = batch.ends - starts[:, 0]
        roots = _ROOTS.take(sizes)
        line = self._line
        margins = sums.sum(axis=1) * roots >> WEIGHT_BITS
        shares = sums * (roots * line.slope / _SHARE_UNIT)[:, np.newaxis]
        if self._memory is not None:
            ratios = self._memory.sightings.ratios(batch.slots)
            ratio_sums = np.add.reduceat(ratios, starts.ravel(), dtype=np.int64)
            ratio_sums = ratio_sums.reshape(starts.shape)
            margins += (ratio_sums.sum(axis=1) << _MEAN_SHIFT) // sizes
            shares += ratio_sums * (line.slope / _MEAN_UNIT / sizes)[:, np.newaxis]
        return [
            Score(margin, probability(line.log_odds(margin)), tuple(share))
            for margin, share in zip(margins.tolist(), shares.tolist(), strict=True)
        ]

    def margin_of(self, features: Features, site_id: int = 0) -> int:
        """Return the margin of a comment alone, in units of 2**-16 of log-odds."""
        places = _places(features, site_id)
        return self._weighed(places) + self._recalled(places)

    def weigh(self, features: Features, site_id: int = 0) -> NDArray[np.float64]:
        """Return the share of each slot in the calibrated log-odds, in their order."""
        places, slope = _places(features, site_id), self._line.slope
        values = self._values(places)
        shares = values * np.float64(INVERSE_ROOTS[len(values)] * slope / _SHARE_UNIT)
        if self._memory is not None:
            unit = np.float64(slope / _MEAN_UNIT / len(values))
            shares += self._memory.sightings.ratios(places.common) * unit
        return shares

    def learn_one(self, features: Features, label: Label, site_id: int = 0) -> None:
        """Learn one comment's label for a site.

        A label that was expected moves no weight. One that was not moves the margin
        past the cutoff of its side, unless that takes more than any one label may do.
        """
        places, is_spam = _places(features, site_id), label is Label.SPAM
        # The weights learn as if they were alone; only the verdict is both voices'.
        agreement = self._weighed(places) * (1 if is_spam else -1)
        self._remember().sightings.see(places.common, is_spam=is_spam)
        lacking = self._lacking(places, agreement, is_spam=is_spam)
        if agreement < _ENOUGH or lacking > 0:
            self._teach(places, agreement, lacking, is_spam=is_spam)

    def _lacking(self, places: _Places, agreement: int, *, is_spam: bool) -> int:
        """Return how far the margin still is from where the label is in force."""
        target = self._spam_target if is_spam else -self._ham_target
        if agreement - LOUDEST >= target:
            return 0
        recalled = self._recalled(places)
        return target - agreement - (recalled if is_spam else -recalled)

    def _teach(
        self, places: _Places, agreement: int, lacking: int, *, is_spam: bool
    ) -> None:
        """Move the weights by a logistic step, and by what is lacking."""
        memory = self._remember()
        taught = ((memory.common, places.common), (memory.own, places.own))
        lessons = [space.lessons.take(slots) for space, slots in taught]
        root = INVERSE_ROOTS[len(places.common)]
        amount = _STEP * logistic(-agreement * _SHARPNESS >> 3)
        most = int(lessons[0].max())
        amount = amount * (most + _WARM_FROM) // (most + _WARM_TO)
        if lacking > 0:
            rate = sum(int(_RATES.take(before).sum()) for before in lessons)
            # Going a margin's way costs rate * root**2 for each unit of the amount.
            enough = (lacking << 3 * FRACTION_BITS) // (rate * root**2)
            amount = min(max(amount, enough), _MAX_AMOUNT)
        steps = (amount * root * _RATES + _STEP_HALF) >> _STEP_SHIFT
        steps = (steps if is_spam else -steps).astype(np.int32)
        for (space, slots), before in zip(taught, lessons, strict=True):
            space.teach(slots, before, steps)

    def dump(self) -> bytes:
        """Return all that was learned, to be read by `load` over the same base."""
        if self._memory is None:
            return b""
        state = _State(
            common=self._memory.common.dump(self._base.weights),
            own=self._memory.own.dump(np.zeros(1 << SITE_BITS, np.int16)),
            seen=self._memory.sightings.dump(),
        )
        return msgspec.msgpack.encode(state)

    def load(self, state: bytes) -> None:
        """Put what `dump` returned in the place of what was learned so far.

        Raises:
            ModelError: The state is damaged.
        """
        self._weights, self._memory = self._base.weights, None
        if not state:
            return
        try:
            learned = msgspec.msgpack.decode(state, type=_State)
            memory = self._remember()
            memory.common.load(learned.common)
            memory.own.load(learned.own)
            memory.sightings.load(learned.seen)
        except (msgspec.DecodeError, ValueError, zlib.error) as error:
            raise ModelError(f"a classifier's state is damaged: {error}") from error

    def digest_into(self, total: Hasher) -> None:
        """Add every bit of what was learned to a digest; nothing if untouched."""
        for part in self._memory or ():
            part.digest_into(total)

    def _values(self, places: _Places) -> Weights:
        """Return the weight of each slot, with what the site itself adds to it."""
        values = self._weights.take(places.common)
        if self._memory is not None:
            # Two weights within the limit never overflow 16 bits.
            values[places.site_span] += self._memory.own.weights.take(places.own)
        return values

    def _weighed(self, places: _Places) -> int:
        """Return what the weights say."""
        values = self._values(places)
        root = INVERSE_ROOTS[len(values)]
        return int(values.sum(dtype=np.int64)) * root >> WEIGHT_BITS

    def _recalled(self, places: _Places) -> int:
        """Return what the sightings say."""
        if self._memory is None:
            return 0
        ratios = self._memory.sightings.ratios(places.common)
        return (int(ratios.sum(dtype=np.int64)) << _MEAN_SHIFT) // len(ratios)

    def _remember(self) -> _Memory:
        """Return what labels change, made now if none was learned before."""
        if self._memory is None:
            self._memory = _Memory(
                _space(self._base.weights.copy()),
                _space(np.zeros(1 << SITE_BITS, np.int16)),
                Sightings(),
            )
            self._weights = self._memory.common.weights
        return self._memory


def _places(features: Features, site_id: int) -> _Places:
    """Return where to look: numpy takes several times as long with other numbers."""
    own = features.site_slots * _site_multiplier(site_id)
    own >>= _SITE_SHIFT
    return _Places(
        features.slots.astype(np.intp),
        own.astype(np.intp),
        slice(features.word_start, features.starts[SITE_END]),
    )


@lru_cache(maxsize=16_384)
def _site_multiplier(site_id: int) -> np.uint32:
    """Return the odd number that spreads a site's slots (multiply-shift hashing)."""
    mixed = (site_id + 1) * 0x9E3779B97F4A7C15 & 0xFFFFFFFFFFFFFFFF
    mixed = (mixed ^ mixed >> 29) * 0xBF58476D1CE4E5B9 & 0xFFFFFFFFFFFFFFFF
    return np.uint32(mixed >> 32 | 1)


def _space(weights: Weights) -> Space:
    """Return a space in which nothing was taught yet."""
    return Space(weights, np.zeros(len(weights), np.uint8))
