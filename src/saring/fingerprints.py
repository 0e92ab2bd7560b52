"""Fingerprints: what is left of a comment to know its near-identical copies by.

A fingerprint is MinHash (Broder 1997) over slots that a comment has anyway, so it costs
a few microseconds and needs no text.
"""

import struct
from itertools import accumulate
from operator import eq
from typing import NamedTuple, Self

import numpy as np
import numpy.typing as npt

from saring.features.batch import Batch
from saring.features.slots import FAMILIES, SLOT_BITS, Features, Slots

# Six words and a name: what is shorter is said by many who never heard of each other.
LEAST_WORD_SLOTS = 14
# Where words are not set apart by blanks: some fifty letters and a name.
LEAST_GRAM_SLOTS = 120
MOST_SLOTS = 128

FINGERPRINT_SIZE = 32
BAND_COUNT = 10
BAND_ROWS = 3
# Of the values of two fingerprints, so many are the same where half of the words are.
ALIKE_VALUES = 15
# What more than so many share is made of common words and tells nothing.
MAX_SHARED = 8
# Of those that share a band, the ones with most of them.
MAX_COMPARED = 4

_LINKS = FAMILIES.index("links")
_SAMPLER = np.uint32(0x9E3779B1)

Values = npt.NDArray[np.uint16]


def _multipliers() -> Slots:
    """Return an odd number for each value, the same in every process."""
    state, numbers = 0x9E3779B97F4A7C15, []
    for _ in range(FINGERPRINT_SIZE):
        state = state * 0xD1342543DE82EF95 + 1 & 0xFFFFFFFFFFFFFFFF
        numbers.append((state ^ state >> 29) >> 32 | 1)
    return np.array(numbers, np.uint32)


_MULTIPLIERS = _multipliers()
_LOW = np.uint32(32 - SLOT_BITS)
_VALUES = struct.Struct(f"<{FINGERPRINT_SIZE}H")
_BANDED = BAND_COUNT * BAND_ROWS
_PLACES = np.int64(1) << 16 * np.arange(BAND_ROWS, dtype=np.int64)


class Fingerprint(NamedTuple):
    """What is left of a comment's words to know its like by.

    Attributes:
        values: Two bytes for each of `FINGERPRINT_SIZE` minima; two comments have about
            as great a share of them in common as of their words.
        bands: Parts of it; near-identical comments have at least one in common. As
            numbers, since these are looked up quickest.
    """

    values: bytes
    bands: tuple[int, ...]

    @classmethod
    def load(cls, values: bytes) -> Self:
        """Return the fingerprint with these values.

        Raises:
            ValueError: They are too many or too few.
        """
        if len(values) != _VALUES.size:
            raise ValueError("a fingerprint has another size")
        return cls(values, tuple(_bands(np.frombuffer(values, "<u2")).tolist()))

    def count_alike(self, other: "Fingerprint") -> int:
        """Return how many values two fingerprints share."""
        return sum(map(eq, _VALUES.unpack(self.values), _VALUES.unpack(other.values)))


def fingerprint(features: Features) -> Fingerprint | None:
    """Return a comment's fingerprint, or None for what is too short to be known again.

    Words and pairs of words tell best what was copied, whatever letters it is dressed
    in; the author's name is among them and weighs little in a text that is long enough.
    """
    return fingerprint_many(Batch.of([features]))[0]


def fingerprint_many(batch: Batch) -> list[Fingerprint | None]:
    """Return of each of several comments what `fingerprint` returns."""
    chosen = [
        _choose(batch.slots, *places)
        for places in zip(
            batch.starts[:, 0].tolist(),
            batch.word_starts.tolist(),
            batch.starts[:, _LINKS].tolist(),
            strict=True,
        )
    ]
    long_enough = [slots for slots in chosen if slots is not None]
    if not long_enough:
        return [None] * len(chosen)
    offsets = [0, *accumulate(map(len, long_enough))][:-1]
    mixed = np.concatenate(long_enough)[:, None] * _MULTIPLIERS
    values = _values(np.minimum.reduceat(mixed, offsets, axis=0))
    packed, size = values.tobytes(), _VALUES.size
    made = [
        Fingerprint(packed[size * number : size * (number + 1)], tuple(bands))
        for number, bands in enumerate(_bands(values).tolist())
    ]
    found = iter(made)
    return [None if slots is None else next(found) for slots in chosen]


def _choose(slots: Slots, start: int, words: int, links: int) -> Slots | None:
    """Return the slots that tell a comment's copies, or None if there are too few."""
    if links - words >= LEAST_WORD_SLOTS:
        found = slots[words:links]
    elif words - start >= LEAST_GRAM_SLOTS:
        found = slots[start:words]
    else:
        return None
    if len(found) > MOST_SLOTS:
        nearest = np.argpartition(found * _SAMPLER, MOST_SLOTS)[:MOST_SLOTS]
        found = found[nearest]
    return found


def _values(minima: Slots) -> Values:
    # The uppermost bits of a minimum are nearly always 0.
    return (minima >> _LOW).astype("<u2")


def _bands(values: Values) -> npt.NDArray[np.int64]:
    """Return the bands of one or several fingerprints, each as one number."""
    rows = values[..., :_BANDED].reshape(*values.shape[:-1], BAND_COUNT, BAND_ROWS)
    return rows.astype(np.int64) @ _PLACES


_NOBODY: tuple[int, ...] = ()


class Index:
    """Fingerprints by number, and the number whose fingerprint is most like another."""

    def __init__(self) -> None:
        self._fingerprints: dict[int, Fingerprint] = {}
        # The collector need not walk through tuples of numbers, as it would lists.
        self._numbers: dict[int, tuple[int, ...]] = {}

    def __len__(self) -> int:
        return len(self._fingerprints)

    def copy(self) -> "Index":
        """Return an index that changes of this one do not reach."""
        other = Index()
        other._fingerprints = dict(self._fingerprints)
        other._numbers = dict(self._numbers)
        return other

    def find_all(self, wanted: Fingerprint) -> list[tuple[int, int]]:
        """Return how much each fingerprint is alike, and its number, if it is alike."""
        known = self._numbers
        # Most comments are like no other.
        if not known or known.keys().isdisjoint(wanted.bands):
            return []
        shared: dict[int, int] = {}
        for band in wanted.bands:
            found = known.get(band, _NOBODY)
            if len(found) <= MAX_SHARED:
                for number in found:
                    shared[number] = shared.get(number, 0) + 1
        nearest = sorted(shared, key=lambda number: (-shared[number], number))
        compared = [
            (self._fingerprints[number].count_alike(wanted), number)
            for number in nearest[:MAX_COMPARED]
        ]
        return [one for one in compared if one[0] >= ALIKE_VALUES]

    def find(self, wanted: Fingerprint) -> int | None:
        """Return the number most alike, of equals the oldest; None if none is alike."""
        found = self.find_all(wanted)
        return min(found, key=_nearest_first)[1] if found else None

    def nearest(self, wanted: Fingerprint) -> list[int]:
        """Return the numbers of all that is alike, the nearest first."""
        found = self.find_all(wanted)
        return [number for _, number in sorted(found, key=_nearest_first)]

    def add(self, number: int, added: Fingerprint) -> None:
        """Add a fingerprint under a number that is not there."""
        self._fingerprints[number] = added
        numbers = self._numbers
        for band in added.bands:
            there = numbers.get(band)
            numbers[band] = (*there, number) if there else (number,)

    def remove(self, number: int) -> None:
        """Remove a number."""
        numbers, alone = self._numbers, (number,)
        for band in self._fingerprints.pop(number).bands:
            # It is not there any more where a fingerprint has a band twice.
            there = numbers.pop(band, _NOBODY)
            if there != alone:
                others = tuple([one for one in there if one != number])
                if others:
                    numbers[band] = others


def _nearest_first(found: tuple[int, int]) -> tuple[int, int]:
    alike, number = found
    return -alike, number
