"""The hashed form of features: slots, grouped by family, and their compact bytes."""

import enum
import struct
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple, Self
from zlib import crc32

import numpy as np
import numpy.typing as npt

from saring.errors import ModelError

# It rises with the first change after a release: till then all features are the first.
FEATURE_VERSION = 1
FAMILIES = ("text", "links", "identity", "disguise", "client")
SLOT_BITS = 22
MAX_SLOTS = 2_048
GROUP_BITS = 2

Slots = npt.NDArray[np.uint32]
Hashes = npt.NDArray[np.uint64]

SHIFT = np.uint64(64 - SLOT_BITS)
SLOT_MASK = np.uint32((1 << SLOT_BITS) - 1)
_SLOT_BITS = np.uint32(SLOT_BITS)
_OWNER_SHIFT = np.uint32(SLOT_BITS + GROUP_BITS)

SITE_END = FAMILIES.index("disguise")
_HEADER = struct.Struct("<B6H")
HEAD_BYTES = _HEADER.size
_NAME_MIX = 0x9E3779B97F4A7C15
_ALL_BITS = (1 << 64) - 1
_NAME_SHIFT = 64 - SLOT_BITS
_SAMPLE_MIX = np.uint32(0x9E3779B1)
LOW_BITS = 16


def slot_of(name: str) -> int:
    """Return the slot of a named feature (`family:value`), the same in every process.

    Example:
        >>> slot_of("links:host:example.com") == slot_of("links:host:example.com")
        True
        >>> 0 <= slot_of("identity:author:alice") < 1 << SLOT_BITS
        True

    """
    return slots_of([name])[0]


def slots_of(names: Iterable[str]) -> list[int]:
    """Return the slots of some names, in their order."""
    # Of every new comment a dozen names are new, and a cryptographic digest of each
    # would cost more than the rest of its identity; the product spreads the bits.
    return [
        (crc32(name.encode("utf-8", "replace")) * _NAME_MIX & _ALL_BITS) >> _NAME_SHIFT
        for name in names
    ]


def slots_behind(heads: Iterable[int], tail: str) -> list[int]:
    """Return the slots of names that end alike.

    Args:
        heads: The checksum of what each begins with; see `checksum`.
        tail: What they all end in.

    Example:
        >>> slots_behind([checksum("links:post:")], "a") == [slot_of("links:post:a")]
        True

    """
    end = tail.encode("utf-8", "replace")
    return [(crc32(end, head) * _NAME_MIX & _ALL_BITS) >> _NAME_SHIFT for head in heads]


def checksum(head: str) -> int:
    """Return what `slots_behind` goes on from."""
    return crc32(head.encode())


def pack(names: Iterable[str]) -> bytes:
    """Return the slots of some names as bytes, the form in which they are cached."""
    return pack_slots(slots_of(names))


def pack_slots(slots: Collection[int]) -> bytes:
    """Return some slots as bytes."""
    return struct.pack(f"={len(slots)}I", *slots)


class Group(enum.IntEnum):
    """What the text's slots are kept apart by, in the order of their keys."""

    GRAMS = 0
    WORDS = 1
    KINDS = 2


class Part(NamedTuple):
    """Hashes of one kind, in the order of the comments that they are from.

    Attributes:
        hashes: 64 bits each, of which the upper ones become the slot.
        owners: The number of the comment that each is from, below 255: more
            do not fit into the bits above a slot and its group.
        group: What they are.
    """

    hashes: Hashes
    owners: Slots
    group: Group


class Distinct(NamedTuple):
    """The distinct slots of several comments, sorted within their groups.

    Attributes:
        slots: Of all groups of all comments.
        ends: Where each group ends, `1 << GROUP_BITS` of them for each comment.
    """

    slots: Slots
    ends: list[int]

    def borders(self, comment: int) -> list[int]:
        """Return where each group of a comment begins, and where the last one ends."""
        first = comment << GROUP_BITS
        return [self.ends[first - 1] if first else 0, *self.ends[first : first + 3]]

    def groups(self, comment: int) -> list[Slots]:
        """Return the slots of each group of a comment."""
        return [self.slots[start:end] for start, end in pairwise(self.borders(comment))]


def distinct_slots(parts: Sequence[Part], count: int) -> Distinct:
    """Return each slot of a group of a comment once.

    Args:
        parts: All hashes.
        count: How many comments there are.
    """
    # A key is a slot with the numbers of its comment and group in the bits above.
    owners = np.concatenate([part.owners for part in parts])
    groups = [np.uint32(part.group << SLOT_BITS) for part in parts]
    keys = (np.concatenate([part.hashes for part in parts]) >> SHIFT).astype(np.uint32)
    keys |= np.repeat(groups, [len(part.owners) for part in parts])
    ends = [len(keys)]
    if count > 1:
        keys |= owners << _OWNER_SHIFT
        keys, ends = _by_comment(keys, parts, count)
    # Dozens of small sorts take a tenth of the time that a large one takes: numpy has
    # networks for few numbers, which never guess wrong where to branch.
    for start, end in pairwise([0, *ends]):
        keys[start:end].sort()
    is_new = np.empty(len(keys), np.bool_)
    is_new[:1] = True
    np.not_equal(keys[1:], keys[:-1], out=is_new[1:])
    kept = keys[is_new]
    borders = np.arange(1, (count << GROUP_BITS) + 1, dtype=np.uint32) << _SLOT_BITS
    return Distinct(kept & SLOT_MASK, kept.searchsorted(borders).tolist())


def _by_comment(
    keys: Slots, parts: Sequence[Part], count: int
) -> tuple[Slots, list[int]]:
    """Return the keys of all parts, comment after comment, and where each ends."""
    counts = np.stack([np.bincount(part.owners, minlength=count) for part in parts])
    here, there = counts.ravel(), counts.T.ravel()
    ends = np.add.accumulate(there)
    starts = (ends - there).reshape(count, -1).T.ravel()
    moves = np.repeat(starts - np.add.accumulate(here) + here, here)
    moves += np.arange(len(moves))
    moved = np.empty_like(keys)
    moved[moves] = keys
    return moved, ends[len(parts) - 1 :: len(parts)].tolist()


def sample(groups: list[Slots], limit: int) -> list[Slots]:
    """Keep at most `limit` slots of all groups, those that mix to the least.

    So two long texts that are nearly the same keep nearly the same slots.
    """
    if sum(map(len, groups)) <= limit:
        return groups
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
        return self.slots[self.word_start : self.starts[SITE_END]]

    def spans(self) -> Iterator[tuple[str, int, int]]:
        """Yield each family with where it begins and ends in `slots`."""
        starts = self.starts.tolist()
        yield from zip(FAMILIES, starts, [*starts[1:], len(self.slots)], strict=True)

    def dump(self) -> bytes:
        """Return the features in three bytes a slot, after a short header."""
        slots = self.slots
        head = _HEADER.pack(FEATURE_VERSION, self.word_start, *self.starts.tolist())
        low = slots.astype("<u2").tobytes()
        return head + low + (slots >> LOW_BITS).astype(np.uint8).tobytes()

    @classmethod
    def load(cls, data: bytes) -> Self:
        """Return the features that `dump` wrote.

        Raises:
            ModelError: The bytes are damaged or of another feature version.
        """
        head = read_head(data)
        size = head.size
        slots = np.frombuffer(data, np.uint8, size, _HEADER.size + 2 * size).astype(
            np.uint32
        )
        slots <<= LOW_BITS
        slots |= np.frombuffer(data, "<u2", size, _HEADER.size)
        return cls(slots, np.array(head.starts, np.intp), head.word_start)


class Head(NamedTuple):
    """What stands in front of dumped slots.

    Attributes:
        size: How many slots follow.
        word_start: As in `Features`; so are the starts.
    """

    size: int
    word_start: int
    starts: list[int]


def read_head(data: bytes) -> Head:
    """Return the head of what `Features.dump` wrote; behind it lie the slots.

    First the lower 16 bits of each, little-endian, then the upper 8 of each.

    Raises:
        ModelError: The bytes are damaged or of another feature version.
    """
    size, rest = divmod(len(data) - HEAD_BYTES, 3)
    if rest or size < len(FAMILIES) or data[0] != FEATURE_VERSION:
        raise ModelError(f"features are not of version {FEATURE_VERSION}, or cut")
    _, word_start, *starts = _HEADER.unpack_from(data)
    return Head(size, word_start, starts)
