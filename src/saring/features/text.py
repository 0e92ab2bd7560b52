"""Text: hashed n-grams of what is read, words, pairs of words, and undecoded letters.

The author's name and the content are hashed in one pass but never share a slot. Digits
are all alike in n-grams and pairs: next month's brand keeps its shape when its number
changes; words keep theirs.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from saring.features.decoding import CODE_MASK, Codes, Kind
from saring.features.reading import Places, Reading
from saring.features.slots import SHIFT, Hashes

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
        kinds: Of sequences of kinds of letters.
        grams: Of n-grams, one array for each of `GRAM_SIZES`.
        raw: Of letters beyond ASCII, undecoded, and of pairs of them.
        words: Of words.
        pairs: Of neighbouring words.
    """

    kinds: Hashes
    grams: list[Hashes]
    raw: list[Hashes]
    words: Hashes
    pairs: Hashes

    def join(self) -> tuple[Hashes, list[int]]:
        """Return all hashes, and where the kinds, the n-grams and the words begin."""
        kinds, grams, raw, words, pairs = self
        gram_start = len(kinds)
        word_start = gram_start + sum(map(len, grams)) + sum(map(len, raw))
        hashes = np.concatenate((kinds, *grams, *raw, words, pairs))
        return hashes, [0, gram_start, word_start]


def hash_text(reading: Reading) -> TextHashes:
    """Return the hashes of a reading's n-grams, kinds of letters and words."""
    letters, edges, digits = reading.letters, reading.edges, reading.digits
    general = letters
    if digits is not None:
        general = letters.copy()
        general[digits] = _ZERO
    middle = len(letters)
    sums = _prefix_sums(np.concatenate((general, reading.kinds)))
    kinds = _hash_spans(sums[middle:], KIND_SIZE, _KIND_INVERSES[middle:])
    sums = sums[:middle]
    grams = [_hash_spans(sums, size, _GRAM_INVERSES) for size in GRAM_SIZES]
    scale = _WORD_INVERSES.take(edges[::2])
    words = _hash_words(sums, edges, scale)
    pairs = words[:-1] * _PAIR_MIX
    pairs += words[1:]
    if digits is not None:
        words = _hash_words(_prefix_sums(letters), edges, scale)
    raw = _hash_raw(reading.raw) if reading.is_beyond_ascii else []
    return TextHashes(kinds, grams, raw, words, pairs)


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


class Passage(NamedTuple):
    """A part of a text by name, with the slots it has a share in.

    Attributes:
        name: Stable, as for other features: "text:word:example".
        slots: Of the word itself and of the n-grams inside it, or of the pair.
        span: Where it stands in the content; None for what is the author's.
    """

    name: str
    slots: tuple[int, ...]
    span: tuple[int, int] | None


def describe(reading: Reading) -> Iterator[Passage]:
    """Yield the words, pairs and undecoded letters of a traced reading."""
    hashes = hash_text(reading)
    grams = [to_slots(part) for part in hashes.grams]
    words, pairs = to_slots(hashes.words), to_slots(hashes.pairs)
    bounds = (reading.edges + 1).tolist()
    found: list[tuple[str, tuple[int, int] | None]] = []
    for number, own in enumerate(words):
        start, stop = bounds[2 * number : 2 * number + 2]
        word, span = _letters_of(reading, start, stop), _span_of(reading, start, stop)
        found.append((word, span))
        # The grams of a word may take in the blank on either side of it.
        inside = [
            gram
            for size, part in zip(GRAM_SIZES, grams, strict=True)
            for gram in part[max(0, start - 2) : max(0, stop - size + 1)]
        ]
        role = "word" if span else "author_word"
        yield Passage(f"text:{role}:{word}", (own, *dict.fromkeys(inside)), span)
    for (one, here), (other, there), slot in zip(found, found[1:], pairs, strict=False):
        if here and there:
            yield Passage(f"text:pair:{one} {other}", (slot,), (here[0], there[1]))
        elif not there:
            yield Passage(f"text:author_pair:{one} {other}", (slot,), None)
    yield from _describe_raw(reading, hashes.raw)


def to_slots(hashes: Hashes) -> list[int]:
    """Return the slots of some hashes, in their order."""
    return [int(slot) for slot in hashes >> SHIFT]


def _letters_of(reading: Reading, start: int, stop: int) -> str:
    codes = (reading.letters[start:stop] & np.uint32(CODE_MASK)).tolist()
    return "".join(map(chr, codes))


def _span_of(reading: Reading, start: int, stop: int) -> tuple[int, int] | None:
    if reading.places is None or reading.places[start] < 0:
        return None
    return int(reading.places[start]), int(reading.places[stop - 1]) + 1


def _describe_raw(reading: Reading, hashes: list[Hashes]) -> Iterator[Passage]:
    high = [code for code in reading.raw.tolist() if code > _LAST_ASCII]
    for size, part in enumerate(hashes, start=1):
        for at, slot in enumerate(to_slots(part)):
            letters = "".join(map(chr, high[at : at + size]))
            yield Passage(f"text:letters:{letters}", (slot,), None)


def describe_kinds(reading: Reading) -> Iterator[tuple[str, int]]:
    """Yield the name and the slot of every sequence of kinds of letters."""
    kinds = [Kind(kind).name.lower() for kind in reading.kinds.tolist()]
    # The first kind of all, a blank, is in no sequence.
    for at, slot in enumerate(to_slots(hash_text(reading).kinds), start=1):
        yield f"disguise:kinds:{' '.join(kinds[at : at + KIND_SIZE])}", slot
