"""Disguise: how a text is written, not what it says, in log2 buckets."""

import numpy as np

from saring.features import decoding
from saring.features.slots import slot_of

_KINDS = list(decoding.Kind)


def _bucket_slots(name: str) -> list[int]:
    return [slot_of(f"disguise:{name}:{bucket}") for bucket in range(20)]


_KIND_SLOTS = [_bucket_slots(kind.name.lower()) for kind in _KINDS]
_LENGTH_SLOTS = _bucket_slots("length")


def extract(content: str) -> list[int]:
    """Return the slots of how the content is written."""
    entries = decoding.entries_of(content)
    kinds = (entries >> decoding.CLASS_SHIFT).astype(np.uint8)
    counts = np.bincount(kinds).tolist()
    slots = [_LENGTH_SLOTS[len(content).bit_length()]]
    for table, count in zip(_KIND_SLOTS, counts, strict=False):
        if count:
            slots.append(table[count.bit_length()])
    return slots
