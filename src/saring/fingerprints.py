"""Fingerprints: what is left of a comment to know its near-identical copies by.

A fingerprint is MinHash (Broder 1997) over slots that a comment has anyway, so it costs
a few microseconds and needs no text.
"""

import struct
from collections.abc import Iterator
from itertools import accumulate
from operator import eq
from typing import NamedTuple, Self

import numpy as np

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
_BAND_BYTES = 2 * BAND_ROWS


class Fingerprint(NamedTuple):
    """What is left of a comment's words to know its like by.

    Attributes:
        values: Two bytes for each of `FINGERPRINT_SIZE` minima; two comments have about
            as great a share of them in common as of their words.
        bands: Parts of it; near-identical comments have at least one in common.
    """

    values: bytes
    bands: tuple[bytes, ...]

    @classmethod
    def load(cls, values: bytes) -> Self:
        """Return the fingerprint with these values.

        Raises:
            ValueError: They are too many or too few.
        """
        if len(values) != _VALUES.size:
            raise ValueError("a fingerprint has another size")
        ends = range(_BAND_BYTES, BAND_COUNT * _BAND_BYTES + 1, _BAND_BYTES)
        bands = tuple([values[end - _BAND_BYTES : end] for end in ends])
        return cls(values, bands)

    def count_alike(self, other: "Fingerprint") -> int:
        """Return how many values two fingerprints share."""
        return sum(map(eq, _VALUES.unpack(self.values), _VALUES.unpack(other.values)))


def fingerprint(features: Features) -> Fingerprint | None:
    """Return a comment's fingerprint, or None for what is too short to be known again.

    Words and pairs of words tell best what was copied, whatever letters it is dressed
    in; the author's name is among them and weighs little in a text that is long enough.
    """
    links = int(features.starts[_LINKS])
    slots = _choose(features.slots, 0, features.word_start, links)
    if slots is None:
        return None
    minima = (slots[:, None] * _MULTIPLIERS).min(axis=0)
    return Fingerprint.load(_pack(minima))


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
    packed = _pack(np.minimum.reduceat(mixed, offsets, axis=0))
    made = iter(range(0, len(packed), _VALUES.size))
    return [
        None
        if slots is None
        else Fingerprint.load(packed[(start := next(made)) : start + _VALUES.size])
        for slots in chosen
    ]


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


def _pack(minima: Slots) -> bytes:
    # The uppermost bits of a minimum are nearly always 0.
    return (minima >> _LOW).astype("<u2").tobytes()


_NOBODY: list[int] = []


class Index:
    """Fingerprints by number, and the number whose fingerprint is most like another."""

    def __init__(self) -> None:
        self._fingerprints: dict[int, Fingerprint] = {}
        self._numbers: dict[bytes, list[int]] = {}

    def __len__(self) -> int:
        return len(self._fingerprints)

    def copy(self) -> "Index":
        """Return an index that changes of this one do not reach."""
        other = Index()
        other._fingerprints = dict(self._fingerprints)
        other._numbers = {band: [*found] for band, found in self._numbers.items()}
        return other

    def find_all(self, wanted: Fingerprint) -> Iterator[tuple[int, int]]:
        """Yield how much each fingerprint is alike, and its number, if it is alike."""
        known = self._numbers
        # Most comments are like no other.
        if known.keys().isdisjoint(wanted.bands):
            return
        shared: dict[int, int] = {}
        for band in wanted.bands:
            found = known.get(band, _NOBODY)
            if len(found) <= MAX_SHARED:
                for number in found:
                    shared[number] = shared.get(number, 0) + 1
        if not shared:
            return
        nearest = sorted(shared, key=lambda number: (-shared[number], number))
        for number in nearest[:MAX_COMPARED]:
            alike = self._fingerprints[number].count_alike(wanted)
            if alike >= ALIKE_VALUES:
                yield alike, number

    def find(self, wanted: Fingerprint) -> int | None:
        """Return the number most alike, of equals the oldest; None if none is alike."""
        best = max(
            ((alike, -number) for alike, number in self.find_all(wanted)), default=None
        )
        return None if best is None else -best[1]

    def add(self, number: int, added: Fingerprint) -> None:
        """Add a fingerprint under a number that is not there."""
        self._fingerprints[number] = added
        for band in added.bands:
            self._numbers.setdefault(band, []).append(number)

    def remove(self, number: int) -> None:
        """Remove a number."""
        for band in self._fingerprints.pop(number).bands:
            left = self._numbers[band]
            left.remove(number)
            if not left:
                del self._numbers[band]
