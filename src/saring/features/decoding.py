"""What a reader sees in disguised letters: the skeleton of a text and its squeeze.

Every code point has one entry of 32 bits in a table that is filled as letters are
met: the letter it reads as, whether it belongs to a word, its class, and what of its
class is left once it is decoded (its shape).
"""

import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from saring.features.glyphs import Kind, is_capital, kind_of, read

Codes = npt.NDArray[np.uint32]

CODE_MASK = (1 << 21) - 1
DROPPED = 1 << 21
# Not met before, or written out as several letters.
UNREADY = 1 << 22
LATIN = 1 << 23
WORD = 1 << 24
DIGIT = 1 << 25
# Of Latin letters; on any other entry: that it may stand for a letter inside a word.
CAPITAL = SIMILAR = 1 << 26
KIND_SHIFT = 27
SHAPE_SHIFT = 23


# Some ligatures stand for whole sentences; a reader sees a sign.
_LONGEST_EXPANSION = 4
# Signs that leetspeak puts in the place of letters.
_STAND_FOR_LETTERS = "!+@$€|₳₵₣₲₭₦₱₴₮₩¥£฿"

_EXPANSIONS: dict[int, str] = {}


def _entry(code: int) -> int:
    """Work out the table's entry of one code point."""
    letter = chr(code)
    kind = kind_of(letter) << KIND_SHIFT
    reads = read(letter)
    if not reads:
        return kind | DROPPED
    if len(reads) > 1:
        _EXPANSIONS[code] = reads[:_LONGEST_EXPANSION]
        return kind | UNREADY
    is_word = reads.isalnum() or unicodedata.category(reads)[0] == "M"
    flags = WORD if is_word else 0
    if reads.isdecimal():
        flags |= DIGIT | SIMILAR
    elif reads.isascii() and is_word:
        flags |= LATIN | (CAPITAL if is_capital(letter) else 0)
    elif reads in _STAND_FOR_LETTERS:
        flags |= SIMILAR
    return kind | ord(reads) | flags


def _shape(index: int) -> int:
    """Return the class of a decoded letter, from the upper bits of its entry."""
    entry = index << SHAPE_SHIFT
    if entry & LATIN:
        return Kind.UPPER if entry & CAPITAL else Kind.LOWER
    if entry & DIGIT:
        return Kind.DIGIT
    kind = entry >> KIND_SHIFT
    return Kind.PUNCTUATION if kind == Kind.FULL_WIDTH and not entry & WORD else kind


SHAPES = np.array([_shape(index) for index in range(1 << 9)], np.uint32)
"""The shape of every entry, by its bits from `SHAPE_SHIFT` on."""


def _new_table() -> Codes:
    table = np.full(0x110000, UNREADY, np.uint32)
    table[:128] = [_entry(code) for code in range(128)]
    return table


_TABLE = _new_table()


def code_points(text: str) -> Codes:
    """Return the code points of a text; lone surrogates count as themselves."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


def look_up(text: str) -> tuple[Codes, Codes, int]:
    """Look up every letter of a text that is not empty.

    Returns:
        Its code points, after those that read as several were written out; an entry
        for each of them (none is `UNREADY`, what cannot be seen is `DROPPED`); and the
        flags of all entries together.
    """
    codes, entries, flags, _ = look_up_parts([text])
    return codes, entries, flags


class Found(NamedTuple):
    """What `look_up` gives for several texts, one behind the other.

    Attributes:
        sizes: How many code points each text has, after some were written out.
    """

    codes: Codes
    entries: Codes
    flags: int
    sizes: npt.NDArray[np.intp]


def look_up_parts(parts: Sequence[str]) -> Found:
    """Look up every letter of several texts, at least one of which is not empty."""
    codes = code_points("".join(parts))
    entries = _TABLE.take(codes)
    flags = int(np.bitwise_or.reduce(entries))
    if flags & UNREADY:
        return look_up_parts(_ready(parts, codes, entries))
    return Found(codes, entries, flags, np.array([*map(len, parts)], np.intp))


def _ready(parts: Sequence[str], codes: Codes, entries: Codes) -> Sequence[str]:
    """Fill in the entries that are missing; write out what reads as several letters."""
    places = ((entries & UNREADY) != 0).nonzero()[0]
    met = set(codes.take(places).tolist())
    for code in met - _EXPANSIONS.keys():
        _TABLE[code] = _entry(code)
    if met.isdisjoint(_EXPANSIONS):
        return parts
    stops = np.add.accumulate([*map(len, parts)])
    expanded = [*parts]
    for number in set(stops.searchsorted(places, side="right").tolist()):
        expanded[number] = parts[number].translate(_EXPANSIONS)
    return expanded


def expansion(letter: str) -> str:
    """Return what `look_up` puts in the place of a letter, mostly the letter itself."""
    return _EXPANSIONS.get(ord(letter), letter)


def text_of(entries: Codes) -> str:
    """Return what some entries read as."""
    return (entries & CODE_MASK).tobytes().decode("utf-32-le", "surrogatepass")


def skeleton(text: str) -> str:
    """Return the text as a reader makes it out: undecorated, lower-case, ASCII blanks.

    Accents go from Latin, Greek and Cyrillic letters; the marks of other scripts,
    which their words live by, stay. Letters that look Latin become Latin.

    Example:
        >>> skeleton("\N{SQUARED LATIN CAPITAL LETTER A}\N{CYRILLIC SMALL LETTER ES}é")
        'ace'

    """
    if not text:
        return ""
    entries = look_up(text)[1]
    return text_of(entries[(entries & DROPPED) == 0])


def squeeze(text: str) -> str:
    """Return the letters and digits of a skeleton, without what stands between them.

    Example:
        >>> squeeze("b . o . s - 8 8")
        'bos88'

    """
    if not text:
        return ""
    entries = look_up(text)[1]
    return text_of(entries[(entries & WORD) != 0])
