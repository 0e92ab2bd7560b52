"""Text: hashed n-grams of what is read, words, pairs of words, and undecoded letters.

The author's name and the content are hashed in one pass but never share a slot. Digits
are all alike in n-grams and pairs: next month's brand keeps its shape when its number
changes; words keep theirs.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from saring.features.decoding import Codes, text_of
from saring.features.glyphs import Kind
from saring.features.reading import Owners, Places, Readings
from saring.features.slots import SHIFT, Group, Hashes, Part

GRAM_SIZES = (3, 5)
KIND_SIZE = 4
MAX_CODES = 1 << 16
"""How many letters can be hashed in one pass; no single comment has as many."""

_MULTIPLIER = 0x9E3779B97F4A7C15
_INVERSE = pow(_MULTIPLIER, -1, 1 << 64)
_GRAM_MIX = 0xD6E8FEB86659FD93
_WORD_MIX = 0xC2B2AE3D27D4EB4F
_PAIR_MIX = np.uint64(0xFF51AFD7ED558CCD)
_RAW_MIX = np.uint64(0xA24BAED4963EE407)
_RAW_PAIR_MIX = np.uint64(0x9FB21C651E98DF25)
_KIND_MIX = 0x8CB92BA72F3D8DD7
_ZERO = np.uint32(ord("0"))


def _powers(base: int, first: int) -> Hashes:
    powers = np.full(MAX_CODES, base, np.uint64)
    powers[0] = first
    return np.multiply.accumulate(powers)


_POWERS = _powers(_MULTIPLIER, 1)
_GRAM_INVERSES = _powers(_INVERSE, _GRAM_MIX)
_KIND_INVERSES = _powers(_INVERSE, _KIND_MIX)
_WORD_INVERSES = _powers(_INVERSE, _WORD_MIX)


class TextHashes(NamedTuple):
    """What readings hash to; the upper bits of a hash are the good ones.

    Parts of several comments hold some hashes across the border of two of them, which
    `parts` leaves out.

    Attributes:
        kinds: Of sequences of shapes of letters.
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


def hash_text(readings: Readings) -> TextHashes:
    """Return the hashes of n-grams, kinds of letters and words.

    Args:
        readings: Of at most `MAX_CODES` letters and code points.
    """
    letters, edges, digits = readings.letters, readings.edges, readings.digits
    general = letters
    if digits is not None:
        general = letters.copy()
        general[digits] = _ZERO
    kinds = _hash_spans(_prefix_sums(readings.shapes), KIND_SIZE, _KIND_INVERSES)
    sums = _prefix_sums(general)
    grams = [_hash_spans(sums, size, _GRAM_INVERSES) for size in GRAM_SIZES]
    scale = _WORD_INVERSES.take(edges[::2])
    words = _hash_words(sums, edges, scale)
    pairs = words[:-1] * _PAIR_MIX
    pairs += words[1:]
    if digits is not None:
        words = _hash_words(_prefix_sums(letters), edges, scale)
    single = readings.raw * _RAW_MIX
    raw_pairs = single[:-1] * _RAW_PAIR_MIX
    raw_pairs += single[1:]
    return TextHashes(kinds, grams, [single, raw_pairs], words, pairs)


def parts(readings: Readings, hashes: TextHashes) -> list[Part]:
    """Return the hashes that lie within one comment, with what they are."""
    owners, high_owners = readings.owners, readings.raw_owners
    word_owners = owners.take(readings.edges[::2])
    grams = zip(GRAM_SIZES, hashes.grams, strict=True)
    single, raw_pairs = hashes.raw
    return [
        *(_spans(part, owners, size, Group.GRAMS) for size, part in grams),
        Part(single, high_owners, Group.GRAMS),
        _spans(raw_pairs, high_owners, 1, Group.GRAMS),
        Part(hashes.words, word_owners, Group.WORDS),
        _spans(hashes.pairs, word_owners, 1, Group.WORDS),
        _spans(hashes.kinds, owners[readings.is_content], KIND_SIZE, Group.KINDS),
    ]


def _spans(hashes: Hashes, owners: Owners, size: int, group: Group) -> Part:
    """Return the spans that begin and end in the same comment.

    Args:
        hashes: Of all spans.
        owners: The comment of each letter, from the one before the first span on.
        size: How many letters a span has.
        group: What they are.
    """
    first = owners[: len(hashes)]
    is_whole = first == owners[size:]
    return Part(hashes[is_whole], first[is_whole], group)


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


def describe(reading: Readings) -> Iterator[Passage]:
    """Yield the words, pairs and undecoded letters of a traced reading."""
    hashes = hash_text(reading)
    grams = [to_slots(part) for part in hashes.grams]
    words, pairs = to_slots(hashes.words), to_slots(hashes.pairs)
    bounds = (reading.edges + 1).tolist()
    letters = text_of(reading.letters)
    places = [] if reading.places is None else reading.places.tolist()
    found: list[tuple[str, tuple[int, int] | None]] = []
    for number, own in enumerate(words):
        start, stop = bounds[2 * number : 2 * number + 2]
        word, span = letters[start:stop], None
        if places and places[start] >= 0:
            span = places[start], places[stop - 1] + 1
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


def _describe_raw(reading: Readings, hashes: list[Hashes]) -> Iterator[Passage]:
    high = reading.raw.tolist()
    for size, part in enumerate(hashes, start=1):
        for at, slot in enumerate(to_slots(part)):
            letters = "".join(map(chr, high[at : at + size]))
            yield Passage(f"text:letters:{letters}", (slot,), None)


def describe_kinds(reading: Readings) -> Iterator[tuple[str, int]]:
    """Yield the name and the slot of each sequence of kinds of letters, once."""
    hashes, first = np.unique(hash_text(reading).kinds, return_index=True)
    order = np.argsort(first)
    slots = to_slots(hashes[order])
    # The first kind of all, a blank, is in no sequence.
    for at, slot in zip((first[order] + 1).tolist(), slots, strict=True):
        kinds = reading.shapes[at : at + KIND_SIZE].tolist()
        names = " ".join([Kind(kind).name.lower() for kind in kinds])
        yield f"disguise:kinds:{names}", slot
