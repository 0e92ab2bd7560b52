"""Batch: the features of several comments in one array, as they are scored together."""

from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Self, overload

import numpy as np
import numpy.typing as npt

from saring.features.slots import (
    FAMILIES,
    HEAD_BYTES,
    LOW_BITS,
    MAX_SLOTS,
    SITE_END,
    Distinct,
    Features,
    Slots,
    read_head,
    sample,
)

_SLOT_BYTES = 4

Starts = npt.NDArray[np.intp]

_NOTHING = np.zeros(0, np.uint32)


class Batch(Sequence[Features]):
    """Features of several comments, one behind the other.

    Attributes:
        slots: Of all comments.
        starts: Where each of `FAMILIES` begins, in one row for each comment.
        word_starts: Where the words of each comment begin.
        ends: Where each comment ends.
    """

    __slots__ = ("ends", "slots", "starts", "word_starts")

    def __init__(self, slots: Slots, starts: Starts, word_starts: Starts) -> None:
        self.slots = slots
        self.starts = starts
        self.word_starts = word_starts
        self.ends = np.append(starts[:, 0], len(slots))[1:]

    @classmethod
    def of(cls, features: Sequence[Features]) -> Self:
        """Return features as one batch."""
        sizes = np.array([len(one.slots) for one in features], np.intp)
        offsets = np.add.accumulate(sizes) - sizes
        starts = np.array([one.starts for one in features], np.intp)
        word_starts = np.array([one.word_start for one in features], np.intp)
        return cls(
            np.concatenate([_NOTHING, *(one.slots for one in features)]),
            starts.reshape(-1, len(FAMILIES)) + offsets[:, np.newaxis],
            word_starts + offsets,
        )

    @classmethod
    def load(cls, dumps: Sequence[bytes]) -> Self:
        """Return what `Features.dump` wrote of several comments.

        Raises:
            ModelError: One of them is damaged or of another feature version.
        """
        heads = [read_head(data) for data in dumps]
        sizes = np.array([head.size for head in heads], np.intp)
        offsets = np.add.accumulate(sizes) - sizes
        middles = [HEAD_BYTES + 2 * head.size for head in heads]
        cut = list(zip(dumps, middles, strict=True))
        low = b"".join([data[HEAD_BYTES:middle] for data, middle in cut])
        high = b"".join([data[middle:] for data, middle in cut])
        slots = np.frombuffer(high, np.uint8).astype(np.uint32)
        slots <<= LOW_BITS
        slots |= np.frombuffer(low, "<u2")
        starts = np.array([head.starts for head in heads], np.intp)
        word_starts = np.array([head.word_start for head in heads], np.intp)
        return cls(
            slots,
            starts.reshape(-1, len(FAMILIES)) + offsets[:, np.newaxis],
            word_starts + offsets,
        )

    def __len__(self) -> int:
        """Return how many comments there are."""
        return len(self.ends)

    @overload
    def __getitem__(self, place: int) -> Features: ...

    @overload
    def __getitem__(self, place: slice) -> list[Features]: ...

    def __getitem__(self, place: int | slice) -> Features | list[Features]:
        """Return the features of one comment, or of several."""
        if isinstance(place, slice):
            return [self[number] for number in range(*place.indices(len(self)))]
        row = self.starts[place]
        start, end = int(row[0]), int(self.ends[place])
        word_start = int(self.word_starts[place]) - start
        return Features(self.slots[start:end], row - start, word_start)

    def __iter__(self) -> Iterator[Features]:
        """Go through the comments."""
        return map(self.__getitem__, range(len(self)))

    def site_places(self) -> tuple[Starts, Starts]:
        """Return what sites weigh for themselves: words, links and identity.

        Returns:
            The places of these slots in `slots`, and how many each comment has.
        """
        sizes = self.starts[:, SITE_END] - self.word_starts
        firsts = self.word_starts - (np.add.accumulate(sizes) - sizes)
        return np.arange(sizes.sum()) + np.repeat(firsts, sizes), sizes


class Builder:
    """Puts a batch together, comment by comment.

    Args:
        texts: The slots of the text.
        disguises: The slots of how contents are written.
        disguise_sizes: How many of these each comment has.
    """

    def __init__(
        self, texts: Distinct, disguises: Slots, disguise_sizes: Sequence[int]
    ) -> None:
        self._texts, self._text_slots = texts, texts.slots.data
        self._disguises = disguises.data
        self._disguise_sizes = disguise_sizes
        self._disguise_end = 0
        self._parts: list[bytes | memoryview] = []
        self._starts: list[int] = []
        self._word_starts: list[int] = []
        self._end = 0

    def add(self, linked: bytes, known: bytes, sent: bytes) -> None:
        """Add the next comment, given the packed slots of its other families."""
        number = len(self._word_starts)
        disguised = self._next_disguise(number)
        link_size, known_size = len(linked) // _SLOT_BYTES, len(known) // _SLOT_BYTES
        sent_size = len(sent) // _SLOT_BYTES
        room = MAX_SLOTS - link_size - known_size - sent_size - len(disguised)
        slots, borders = self._text_slots, self._texts.borders(number)
        if borders[-1] - borders[0] > room:
            groups = sample(self._texts.groups(number), room)
            slots, borders = (
                np.concatenate(groups).data,
                [0, *accumulate(map(len, groups))],
            )
        grams_at, words_at, kinds_at, end = borders
        # Bytes are put together in a third of the time that arrays would take.
        self._parts += (
            slots[grams_at:kinds_at],
            linked,
            known,
            slots[kinds_at:end],
            disguised,
            sent,
        )
        start = self._end
        word_start = start + words_at - grams_at
        link_start = start + kinds_at - grams_at
        known_start = link_start + link_size
        disguise_start = known_start + known_size
        sent_start = disguise_start + end - kinds_at + len(disguised)
        self._end = sent_start + sent_size
        self._word_starts.append(word_start)
        self._starts += (start, link_start, known_start, disguise_start, sent_start)

    def _next_disguise(self, number: int) -> memoryview:
        start = self._disguise_end
        self._disguise_end += self._disguise_sizes[number]
        return self._disguises[start : self._disguise_end]

    def build(self) -> Batch:
        """Return the batch."""
        starts = np.array(self._starts, np.intp).reshape(-1, len(FAMILIES))
        slots = np.frombuffer(b"".join(self._parts), np.uint32)
        return Batch(slots, starts, np.array(self._word_starts, np.intp))
