"""Text: hashed n-grams of the skeleton and its squeeze, words and pairs of words.

The name of the author and the content are read in one pass but never share a slot.
"""

import numpy as np
import numpy.typing as npt

from saring.features import decoding
from saring.features.decoding import Entries
from saring.features.slots import SLOT_BITS, Slots

HEAD_CHARACTERS = 3_000
TAIL_CHARACTERS = 1_000

SKELETON_SIZES = (3, 4, 5)
SQUEEZED_SIZES = (3, 4, 5, 6)

_AUTHOR_SALT = 1 << 24
_SQUEEZED_SALT = 1 << 25
_SHIFT = 64 - SLOT_BITS
_MULTIPLIER = 0x9E3779B97F4A7C15
_GRAM_MIX = 0xD6E8FEB86659FD93
_WORD_MIX = 0xC2B2AE3D27D4EB4F
_PAIR_MIX = np.uint64(0xFF51AFD7ED558CCD)
_LONGEST = 32_768
_WORD_FLAG = np.uint32(1 << SLOT_BITS)
_SLOT_MASK = np.uint32((1 << SLOT_BITS) - 1)

Hashes = npt.NDArray[np.uint64]


def _powers(base: int, first: int) -> Hashes:
    powers = np.full(_LONGEST, base, np.uint64)
    powers[0] = first
    return np.multiply.accumulate(powers)


_POWERS = _powers(_MULTIPLIER, 1)
_INVERSE = pow(_MULTIPLIER, -1, 1 << 64)
_GRAM_INVERSES = _powers(_INVERSE, _GRAM_MIX)
_WORD_INVERSES = _powers(_INVERSE, _WORD_MIX)


def prefix_sums(codes: npt.NDArray[np.uint32]) -> Hashes:
    """Return the sums from which the hash of any span is one difference away."""
    sums = np.zeros(len(codes) + 1, np.uint64)
    np.cumsum(codes * _POWERS[: len(codes)], out=sums[1:])
    return sums


def gram_hashes(sums: Hashes, size: int, start: int, stop: int) -> Hashes:
    """Return the hash of every n-gram inside [start, stop); the upper bits are good."""
    last = max(start, stop - size + 1)
    hashes = sums[start + size : last + size] - sums[start:last]
    hashes *= _GRAM_INVERSES[start:last]
    return hashes


def word_hashes(sums: Hashes, is_word: npt.NDArray[np.bool_]) -> tuple[Hashes, Hashes]:
    """Return the hashes of words and of pairs of neighbouring words."""
    edges = (is_word[1:] != is_word[:-1]).nonzero()[0] + 1
    starts, ends = edges[::2], edges[1::2]
    words = sums.take(ends) - sums.take(starts)
    words *= _WORD_INVERSES.take(starts)
    pairs = words[:-1] * _PAIR_MIX + words[1:]
    return words, pairs


def _visible(text: str) -> Entries:
    """Return the table entries of what can be seen of a text."""
    entries = decoding.entries_of(text)
    return entries if text.isascii() else entries[(entries & decoding.DROPPED) == 0]


def unique_slots(
    grams: list[Hashes], words: list[Hashes], limit: int
) -> tuple[Slots, int]:
    """Return the distinct slots, words last, and where the words begin.

    Where there are more than `limit`, those with the smallest second hash stay, so that
    two long texts that are nearly the same keep the same slots.
    """
    every = np.concatenate(grams + words)
    slots = (every >> _SHIFT).astype(np.uint32)
    slots[sum(map(len, grams)) :] |= _WORD_FLAG
    if len(slots) > limit:
        slots = slots[_is_sampled(every, limit)]
    slots.sort()
    keep = np.empty(len(slots), np.bool_)
    keep[:1] = True
    np.not_equal(slots[1:], slots[:-1], out=keep[1:])
    slots = slots[keep]
    word_start = int(slots.searchsorted(_WORD_FLAG))
    slots &= _SLOT_MASK
    return slots, word_start


def _is_sampled(hashes: Hashes, limit: int) -> npt.NDArray[np.bool_]:
    """Say which hashes are among the `limit` distinct ones that mix to the least."""
    keys = (hashes >> np.uint64(_SHIFT - 32)).astype(np.uint32)
    distinct = np.unique(keys)
    return keys <= distinct[min(limit, len(distinct)) - 1]


def shorten(text: str) -> str:
    """Return the text, or the head and tail of one that is too long to read whole."""
    if len(text) <= HEAD_CHARACTERS + TAIL_CHARACTERS:
        return text
    return f"{text[:HEAD_CHARACTERS]} {text[-TAIL_CHARACTERS:]}"


def extract(author: str, content: str, limit: int) -> tuple[Slots, int]:
    """Return the slots of the text, and where its words begin.

    Args:
        author: The author's name.
        content: The text without markup.
        limit: How many slots there may be at most.

    """
    head = _visible(f" {author} ")
    entries = np.concatenate((head, _visible(f" {shorten(content)} ")))
    is_word = (entries & decoding.WORD) != 0
    codes = entries & decoding.CODE_MASK
    codes[: len(head)] |= _AUTHOR_SALT
    squeezed = codes[is_word]
    squeezed |= _SQUEEZED_SALT
    middle, end = len(codes), len(codes) + len(squeezed)
    sums = prefix_sums(np.concatenate((codes, squeezed)))
    grams = [gram_hashes(sums, size, 0, middle) for size in SKELETON_SIZES]
    grams += [gram_hashes(sums, size, middle, end) for size in SQUEEZED_SIZES]
    words, pairs = word_hashes(sums, is_word)
    slots, word_start = unique_slots(grams, [words, pairs], limit)
    return slots, word_start
