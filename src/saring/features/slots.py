"""The hashed form of features: slots, grouped by family, and their compact bytes."""

import struct
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple, Self
from zlib import crc32

import numpy as np
import numpy.typing as npt

from saring.errors import ModelError

FEATURE_VERSION = 1
FAMILIES = ("text", "links", "identity", "disguise", "client")
SLOT_BITS = 22
MAX_SLOTS = 2_048

Slots = npt.NDArray[np.uint32]
Hashes = npt.NDArray[np.uint64]

SHIFT = np.uint64(64 - SLOT_BITS)
SLOT_MASK = np.uint32((1 << SLOT_BITS) - 1)

_SITE_END = FAMILIES.index("disguise")
_HEADER = struct.Struct("<B6H")
_NAME_MIX = 0x9E3779B97F4A7C15
_ALL_BITS = (1 << 64) - 1
_SAMPLE_MIX = np.uint32(0x9E3779B1)
_LOW_BITS = 16


@lru_cache(maxsize=65_536)
def slot_of(name: str) -> int:
    """Return the slot of a named feature (`family:value`), the same in every process.

    Example:
        >>> slot_of("links:host:example.com") == slot_of("links:host:example.com")
        True
        >>> 0 <= slot_of("identity:author:alice") < 1 << SLOT_BITS
        True

    """
    # Of every new comment a dozen names are new, and a cryptographic digest of each
    # would cost more than the rest of its identity; the product spreads the bits.
    crc = crc32(name.encode("utf-8", "replace"))
    return (crc * _NAME_MIX & _ALL_BITS) >> (64 - SLOT_BITS)


def pack(names: Iterable[str]) -> bytes:
    """Return the slots of some names as bytes, the form in which they are cached."""
    return pack_slots([slot_of(name) for name in names])


def pack_slots(slots: Collection[int]) -> bytes:
    """Return some slots as bytes."""
    return struct.pack(f"={len(slots)}I", *slots)


def distinct_slots(hashes: Hashes, starts: list[int], limit: int) -> list[Slots]:
    """Return the distinct slots of each of several groups of hashes, sorted.

    Where there are more than `limit` in all, those that mix to the least stay, so that
    two long texts that are nearly the same keep the same slots.

    Args:
        hashes: 64 bits each, of which the upper ones become the slot.
        starts: Where each group begins; it goes on to where the next one does.
        limit: How many slots there may be in all.
    """
    slots = (hashes >> SHIFT).astype(np.uint32)
    spans = [*map(slice, starts, [*starts[1:], len(slots)])]
    for span in spans:
        slots[span].sort()
    # One comparison for all groups; the first slot of each is new whatever precedes.
    is_new = np.empty(len(slots), np.bool_)
    np.not_equal(slots[1:], slots[:-1], out=is_new[1:])
    for start in starts:
        is_new[start : start + 1] = True
    kept = slots[is_new]
    sizes = [int(np.count_nonzero(is_new[span])) for span in spans]
    ends = [*accumulate(sizes)]
    groups = [kept[end - size : end] for end, size in zip(ends, sizes, strict=True)]
    if len(slots) <= limit or len(kept) <= limit:
        return groups
    return _sample(groups, limit)


def _sample(groups: list[Slots], limit: int) -> list[Slots]:
    """Keep at most `limit` slots of all groups, those that mix to the least."""
    keys = [group * _SAMPLE_MIX for group in groups]
    bound = np.partition(np.concatenate(keys), limit)[limit]
    return [group[key < bound] for group, key in zip(groups, keys, strict=True)]


class Features(NamedTuple):
    """The slots of one comment, grouped by family, none of them empty.

    Attributes:
        slots: All slots, each at most once in its family, below 2**SLOT_BITS.
        starts: Where each of `FAMILIES` begins in `slots`, for `np.add.reduceat`.
        word_start: Where the words begin, inside the text family. What a site
            weighs for itself (words, links, identity) runs from here to the start
            of the disguise.
    """

    slots: Slots
    starts: npt.NDArray[np.intp]
    word_start: int

    @property
    def site_slots(self) -> Slots:
        """Return the slots that get a site's own weights: words, links, identity."""
        return self.slots[self.word_start : self.starts[_SITE_END]]

    def spans(self) -> Iterator[tuple[str, int, int]]:
        """Yield each family with where it begins and ends in `slots`."""
        starts = self.starts.tolist()
        yield from zip(FAMILIES, starts, [*starts[1:], len(self.slots)], strict=True)

    def dump(self) -> bytes:
        """Return the features in three bytes a slot, after a short header."""
        slots = self.slots
        head = _HEADER.pack(FEATURE_VERSION, self.word_start, *self.starts.tolist())
        low = slots.astype("<u2").tobytes()
        return head + low + (slots >> _LOW_BITS).astype(np.uint8).tobytes()

    @classmethod
    def load(cls, data: bytes) -> Self:
        """Return the features that `dump` wrote.

        Raises:
            ModelError: The bytes are damaged or of another feature version.
        """
        size, rest = divmod(len(data) - _HEADER.size, 3)
        if rest or size < len(FAMILIES) or data[0] != FEATURE_VERSION:
            raise ModelError(f"features are not of version {FEATURE_VERSION}, or cut")
        _, word_start, *starts = _HEADER.unpack_from(data)
        slots = np.frombuffer(data, np.uint8, size, _HEADER.size + 2 * size).astype(
            np.uint32
        )
        slots <<= _LOW_BITS
        slots |= np.frombuffer(data, "<u2", size, _HEADER.size)
        return cls(slots, np.array(starts, np.intp), word_start)
