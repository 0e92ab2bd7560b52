"""The hashed form of features: slots, grouped by family, and their compact bytes."""

import functools
import hashlib
import struct
from typing import NamedTuple, Self

import numpy as np
import numpy.typing as npt

from saring.errors import ModelError

FEATURE_VERSION = 1
FAMILIES = ("text", "links", "identity", "disguise", "client")
SLOT_BITS = 22
MAX_SLOTS = 2_048

Slots = npt.NDArray[np.uint32]

_HEADER = struct.Struct("<B6H")
_SLOT_MASK = (1 << SLOT_BITS) - 1


@functools.lru_cache(maxsize=65_536)
def slot_of(name: str) -> int:
    """Return the slot of a named feature (`family:value`), the same in every process.

    Example:
        >>> slot_of("links:host:example.com") == slot_of("links:host:example.com")
        True
        >>> 0 <= slot_of("identity:author:alice") < 1 << SLOT_BITS
        True

    """
    digest = hashlib.blake2b(name.encode("utf-8", "replace"), digest_size=8).digest()
    return int.from_bytes(digest, "little") & _SLOT_MASK


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
        return self.slots[self.word_start : self.starts[3]]

    def family_sums(self, values: npt.NDArray[np.number]) -> npt.NDArray[np.number]:
        """Return the sum over each family of one value for each slot."""
        return np.add.reduceat(values, self.starts)

    def dump(self) -> bytes:
        """Return the features in three bytes a slot, after a short header."""
        slots = self.slots
        head = _HEADER.pack(FEATURE_VERSION, self.word_start, *self.starts.tolist())
        low = slots.astype(np.uint16).tobytes()
        return head + low + (slots >> 16).astype(np.uint8).tobytes()

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
        low = np.frombuffer(data, "<u2", size, _HEADER.size)
        high = np.frombuffer(data, np.uint8, size, _HEADER.size + 2 * size)
        slots = high.astype(np.uint32)
        slots <<= 16
        slots |= low
        return cls(slots, np.array(starts, np.intp), word_start)
