"""Text: hashed n-grams of what is read, words, pairs of words, and undecoded letters.

The author's name and the content are hashed in one pass but never share a slot. Digits
are all alike in n-grams and pairs: next month's brand keeps its shape when its number
changes; words keep theirs.
"""

from typing import NamedTuple

import numpy as np

from saring.features.decoding import Codes
from saring.features.reading import Places, Reading
from saring.features.slots import Hashes

GRAM_SIZES = (3, 5)
KIND_SIZE = 4

_MULTIPLIER = 0x9E3779B97F4A7C15
_INVERSE = pow(_MULTIPLIER, -1, 1 << 64)
_GRAM_MIX = 0xD6E8FEB86659FD93
_WORD_MIX = 0xC2B2AE3D27D4EB4F
_PAIR_MIX = np.uint64(0xFF51AFD7ED558CCD)
_RAW_MIX = np.uint64(0xA24BAED4963EE407)
_RAW_PAIR_MIX = np.uint64(0x9FB21C651E98DF25)
_KIND_MIX = 0x8CB92BA72F3D8DD7
_LONGEST = 40_960
_ZERO = np.uint32(ord("0"))
_LAST_ASCII = np.uint32(127)


def _powers(base: int, first: int) -> Hashes:
    powers = np.full(_LONGEST, base, np.uint64)
    powers[0] = first
    return np.multiply.accumulate(powers)


_POWERS = _powers(_MULTIPLIER, 1)
_GRAM_INVERSES = _powers(_INVERSE, _GRAM_MIX)
_KIND_INVERSES = _powers(_INVERSE, _KIND_MIX)
_WORD_INVERSES = _powers(_INVERSE, _WORD_MIX)


class TextHashes(NamedTuple):
    """What a reading hashes to; the upper bits of a hash are the good ones.

    Attributes:
        hashes: Of sequences of kinds, then of n-grams, then of words and pairs.
        gram_start: Where the n-grams begin.
        word_start: Where the words begin.
    """

    hashes: Hashes
    gram_start: int
    word_start: int


def hash_text(reading: Reading) -> TextHashes:
    """Return the hashes of a reading's n-grams, kinds of letters and words."""
    letters, edges, digits = reading.letters, reading.edges, reading.digits
    general = letters
    if digits is not None:
        general = letters.copy()
        general[digits] = _ZERO
    middle = len(letters)
    sums = _prefix_sums(np.concatenate((general, reading.kinds)))
    parts = [_hash_spans(sums[middle:], KIND_SIZE, _KIND_INVERSES[middle:])]
    sums = sums[:middle]
    parts += [_hash_spans(sums, size, _GRAM_INVERSES) for size in GRAM_SIZES]
    if reading.is_beyond_ascii:
        parts += _hash_raw(reading.raw)
    gram_start, word_start = len(parts[0]), sum(map(len, parts))
    scale = _WORD_INVERSES.take(edges[::2])
    words = _hash_words(sums, edges, scale)
    pairs = words[:-1] * _PAIR_MIX
    pairs += words[1:]
    if digits is not None:
        words = _hash_words(_prefix_sums(letters), edges, scale)
    parts += (words, pairs)
    return TextHashes(np.concatenate(parts), gram_start, word_start)


def _prefix_sums(codes: Codes) -> Hashes:
    """Return the sums from which the hash of any span is one difference away.

    The first code point is in no span: readings begin with a blank too many.
    """
    sums = codes.astype(np.uint64)
    sums *= _POWERS[: len(sums)]
    return np.add.accumulate(sums, out=sums)


def _hash_spans(sums: Hashes, size: int, inverses: Hashes) -> Hashes:
    """Return the hash of every span of `size` code points after the first one."""
    hashes = sums[size:] - sums[:-size]
    hashes *= inverses[: len(hashes)]
    return hashes


def _hash_words(sums: Hashes, edges: Places, scale: Hashes) -> Hashes:
    at_edges = sums.take(edges)
    words = at_edges[1::2] - at_edges[::2]
    words *= scale
    return words


def _hash_raw(raw: Codes) -> list[Hashes]:
    """Return the hashes of letters beyond ASCII, undecoded, and of pairs of them."""
    single = raw[raw > _LAST_ASCII] * _RAW_MIX
    pairs = single[:-1] * _RAW_PAIR_MIX
    pairs += single[1:]
    return [single, pairs]
