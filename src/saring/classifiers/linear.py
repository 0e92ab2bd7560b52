"""Linear: online logistic regression on hashed features, in whole numbers only.

The margin is the sum of the weights of a comment's slots over the square root of their
number, and the mean of what their sightings say. A label moves the weights by a
logistic step, smaller for slots that were taught often, and at least so far that the
comment lands on the label's side. A label against what was certain, of a class that is
far ahead of the other, or of a key that is not trusted is learned narrowly: by the
site's own words, and by the rest only where these do not suffice.
"""

import zlib
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

from saring.classifiers.balance import Balance
from saring.classifiers.base import (
    SLOT_COUNT,
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
from saring.classifiers.sightings import (
    LOUDEST,
    Hasher,
    Places,
    Ratios,
    Seen,
    Sightings,
    Tallies,
    ratios_of,
)
from saring.classifiers.space import MAX_LESSONS, Learned, Lessons, Space
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

# So far must the weights disagree with a label to learn it narrowly at first: mistakes
# are made once, and what is said again is less of a surprise (docs/experiments/102).
_CERTAIN = 4 * ONE
# What is learned narrowly moves the words that were taught least, nearly alone: else
# what many comments share would drift (docs/experiments/101).
_NEARLY = ONE >> 4
_MOST_NARROW = 4 * _MAX_AMOUNT
_NARROW_RATES = np.array([ONE // n**2 for n in range(1, MAX_LESSONS + 2)], np.int64)

_SITE_SHIFT = np.uint32(32 - SITE_BITS)
_OWN_START = np.uint32(SLOT_COUNT)


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
    balance: tuple[int, int]


class Spots(NamedTuple):
    """Where in a classifier's space the slots of one comment lie.

    Attributes:
        common: What all sites of the owner share.
        whole: That, and behind it what the site weighs for itself.
    """

    common: Places
    whole: Places


def find_spots(batch: Batch, site_ids: Sequence[int]) -> list[Spots]:
    """Return where the slots of several comments lie.

    Args:
        batch: Their features.
        site_ids: The site of each.
    """
    # numpy takes several times as long with other numbers.
    common = batch.slots.astype(np.intp)
    _, sizes, own_slots = _own_slots(batch, site_ids)
    own = own_slots.astype(np.intp)
    starts = [*batch.starts[:, 0].tolist(), len(common)]
    own_starts = [0, *accumulate(sizes.tolist())]
    found = []
    for here, there in zip(pairwise(starts), pairwise(own_starts), strict=True):
        shared = common[slice(*here)]
        found.append(Spots(shared, np.concatenate((shared, own[slice(*there)]))))
    return found


def _own_slots(
    batch: Batch, site_ids: Sequence[int]
) -> tuple[Places, Places, NDArray[np.uint32]]:
    """Return what sites weigh for themselves.

    Returns:
        The places of these slots in the batch, how many each comment has, and where
        they lie in a classifier's space.
    """
    places, sizes = batch.site_places()
    multipliers = np.array([*map(_site_multiplier, site_ids)], np.uint32)
    own_slots = batch.slots.take(places)
    own_slots *= np.repeat(multipliers, sizes)
    own_slots >>= _SITE_SHIFT
    own_slots += _OWN_START
    return places, sizes, own_slots


class _Memory(NamedTuple):
    """What labels changed: the weights, those that all share first; and what they were.

    What sites weigh for themselves lies behind it in the same arrays, so that a label
    teaches both at once.
    """

    whole: Space
    sightings: Sightings
    balance: Balance

    @property
    def common(self) -> Space:
        """Return the part that all sites share; what is done to it is done to all."""
        return Space(self.whole.weights[:SLOT_COUNT], self.whole.lessons[:SLOT_COUNT])

    @property
    def own(self) -> Space:
        """Return the part of the sites."""
        return Space(self.whole.weights[SLOT_COUNT:], self.whole.lessons[SLOT_COUNT:])


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
        return self._weights if self._memory is None else self._memory.common.weights

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
            places, _, own_slots = _own_slots(batch, site_ids)
            # Two weights within the limit never overflow 16 bits.
            values[places] += self._weights.take(own_slots)
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

    def margin_at(self, spots: Spots) -> int:
        """Return the margin of a comment alone, in units of 2**-16 of log-odds."""
        if self._memory is None:
            return _weighed(self._weights.take(spots.common), len(spots.common))
        ratios = self._memory.sightings.ratios(spots.common)
        values = self._weights.take(spots.whole)
        return _weighed(values, len(spots.common)) + _mean(ratios)

    def weigh(self, features: Features, site_id: int = 0) -> NDArray[np.float64]:
        """Return the share of each slot in the calibrated log-odds, in their order."""
        (spots,) = find_spots(Batch.of([features]), [site_id])
        slope, count = self._line.slope, len(features.slots)
        values = self._weights.take(spots.common)
        if self._memory is not None:
            span = slice(features.word_start, features.starts[SITE_END])
            values[span] += self._weights.take(spots.whole[count:])
        shares = values * np.float64(INVERSE_ROOTS[count] * slope / _SHARE_UNIT)
        if self._memory is not None:
            unit = np.float64(slope / _MEAN_UNIT / count)
            shares += self._memory.sightings.ratios(spots.common) * unit
        return shares

    def learn_one(
        self,
        features: Features,
        label: Label,
        site_id: int = 0,
        *,
        is_trusted: bool = True,
    ) -> None:
        """Learn one comment's label for a site; see `learn_at`."""
        (spots,) = find_spots(Batch.of([features]), [site_id])
        self.learn_at(spots, label, is_trusted=is_trusted)

    def learn_at(self, spots: Spots, label: Label, *, is_trusted: bool = True) -> None:
        """Learn the label of a comment by where its slots lie.

        A label that was expected moves no weight. One that was not moves the margin
        past the cutoff of its side, unless that takes more than any one label may do.

        Args:
            spots: Where they lie.
            label: What the comment is.
            is_trusted: Whether it may move what all sites share.
        """
        is_spam, memory = label is Label.SPAM, self._remember()
        values = memory.whole.weights.take(spots.whole)
        # The weights learn as if they were alone; only the verdict is both voices'.
        agreement = _weighed(values, len(spots.common)) * (1 if is_spam else -1)
        is_broad = is_trusted and memory.balance.take(is_spam=is_spam)
        is_broad = is_broad and agreement > -_CERTAIN
        # What was seen in one class alone would say that everything is of it.
        if is_broad and memory.balance.has_both:
            tallies = memory.sightings.see(spots.common, is_spam=is_spam)
        else:
            tallies = memory.sightings.tallies(spots.common)
        lacking = self._lacking(agreement, tallies, is_spam=is_spam)
        if not is_broad and lacking > 0:
            self._teach_narrowly(spots, values, lacking, is_spam=is_spam)
            values = memory.whole.weights.take(spots.whole)
            agreement = _weighed(values, len(spots.common)) * (1 if is_spam else -1)
            lacking = self._lacking(agreement, tallies, is_spam=is_spam)
            # What few words cannot carry is learned by all that the comment has.
            is_broad = is_trusted and lacking > _NEARLY
        if is_broad and (agreement < _ENOUGH or lacking > 0):
            lessons = memory.whole.lessons.take(spots.whole)
            steps = _steps(lessons, len(spots.common), agreement, lacking)
            steps = steps if is_spam else -steps
            memory.whole.teach(spots.whole, values, lessons, steps)

    def _lacking(self, agreement: int, tallies: Tallies, *, is_spam: bool) -> int:
        """Return how far the margin still is from where a label is in force."""
        target = self._spam_target if is_spam else -self._ham_target
        if agreement - LOUDEST >= target:
            return 0
        recalled = _mean(ratios_of(tallies))
        return target - agreement - (recalled if is_spam else -recalled)

    def _teach_narrowly(
        self, spots: Spots, values: Weights, lacking: int, *, is_spam: bool
    ) -> None:
        """Move what the site weighs for itself by what is lacking."""
        whole, count = self._remember().whole, len(spots.common)
        own = spots.whole[count:]
        lessons, root = whole.lessons.take(own), INVERSE_ROOTS[count]
        rate = max(1, int(_NARROW_RATES.take(lessons).sum()))
        amount = min((lacking << 3 * FRACTION_BITS) // (rate * root**2), _MOST_NARROW)
        steps = (amount * root * _NARROW_RATES + _STEP_HALF) >> _STEP_SHIFT
        steps = (steps if is_spam else -steps).astype(np.int32)
        whole.teach(own, values[count:], lessons, steps)

    def is_surprised(self, spots: Spots, label: Label) -> bool:
        """Say whether what all sites share speaks against a label."""
        margin = _weighed(self._weights.take(spots.common), len(spots.common))
        if self._memory is not None:
            margin += _mean(self._memory.sightings.ratios(spots.common))
        return (self._line.log_odds(margin) > 0) is (label is Label.HAM)

    def dump(self) -> bytes:
        """Return all that was learned, to be read by `load` over the same base."""
        if self._memory is None:
            return b""
        state = _State(
            common=self._memory.common.dump(self._base.weights),
            own=self._memory.own.dump(np.zeros(1 << SITE_BITS, np.int16)),
            seen=self._memory.sightings.dump(),
            balance=(self._memory.balance.ham, self._memory.balance.spam),
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
            memory.balance.ham, memory.balance.spam = learned.balance
        except (msgspec.DecodeError, ValueError, zlib.error) as error:
            raise ModelError(f"a classifier's state is damaged: {error}") from error

    def digest_into(self, total: Hasher) -> None:
        """Add every bit of what was learned to a digest; nothing if untouched."""
        if self._memory is not None:
            memory = self._memory
            for part in (memory.common, memory.own, memory.sightings, memory.balance):
                part.digest_into(total)

    def _remember(self) -> _Memory:
        """Return what labels change, made now if none was learned before."""
        if self._memory is None:
            own = np.zeros(1 << SITE_BITS, np.int16)
            self._weights = np.concatenate((self._base.weights, own))
            lessons = np.zeros(len(self._weights), np.uint8)
            space = Space(self._weights, lessons)
            self._memory = _Memory(space, Sightings(), Balance())
        return self._memory


def _total(values: Weights) -> int:
    return int(np.add.reduce(values, dtype=np.int64))


def _weighed(values: Weights, count: int) -> int:
    """Return what the weights say of a comment with so many slots."""
    return _total(values) * INVERSE_ROOTS[count] >> WEIGHT_BITS


def _steps(
    lessons: Lessons, count: int, agreement: int, lacking: int
) -> NDArray[np.int32]:
    """Return how far a label moves a weight, by how often that was taught before.

    Args:
        lessons: How often each slot was taught, those of the site behind the others.
        count: How many the others are.
        agreement: The margin, as far as it agrees with the label.
        lacking: How far it is from where the label is in force.
    """
    root = INVERSE_ROOTS[count]
    amount = _STEP * logistic(-agreement * _SHARPNESS >> 3)
    most = int(lessons[:count].max())
    amount = amount * (most + _WARM_FROM) // (most + _WARM_TO)
    if lacking > 0:
        rate = int(_RATES.take(lessons).sum())
        # Going a margin's way costs rate * root**2 for each unit of the amount.
        enough = (lacking << 3 * FRACTION_BITS) // (rate * root**2)
        amount = min(max(amount, enough), _MAX_AMOUNT)
    steps = (amount * root * _RATES + _STEP_HALF) >> _STEP_SHIFT
    return steps.astype(np.int32)


def _mean(ratios: Ratios) -> int:
    """Return what the sightings say, in units of 2**-16 of log-odds."""
    return (_total(ratios) << _MEAN_SHIFT) // len(ratios)


@lru_cache(maxsize=16_384)
def _site_multiplier(site_id: int) -> np.uint32:
    """Return the odd number that spreads a site's slots (multiply-shift hashing)."""
    mixed = (site_id + 1) * 0x9E3779B97F4A7C15 & 0xFFFFFFFFFFFFFFFF
    mixed = (mixed ^ mixed >> 29) * 0xBF58476D1CE4E5B9 & 0xFFFFFFFFFFFFFFFF
    return np.uint32(mixed >> 32 | 1)
