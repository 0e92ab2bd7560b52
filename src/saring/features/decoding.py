"""What a reader sees in disguised letters: the skeleton of a text and its squeeze.

Every code point has one entry of 32 bits in a table that is filled as letters are
met: the letter it reads as, whether it belongs to a word, and its class.
"""

import enum
import functools
import json
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from anyascii import anyascii

from saring.features.packages import read_package_file

Codes = npt.NDArray[np.uint32]

CODE_MASK = (1 << 21) - 1
WORD = 1 << 21
DROPPED = 1 << 22
LONG = 1 << 23
UNKNOWN = 1 << 24
DIGIT = 1 << 25
KIND_SHIFT = 26


class Kind(enum.IntEnum):
    """The class of a code point, as `disguise` counts them."""

    OTHER = 0
    LOWER = 1
    UPPER = 2
    CASELESS = 3
    DIGIT = 4
    BLANK = 5
    NEWLINE = 6
    PUNCTUATION = 7
    SYMBOL = 8
    EMOJI = 9
    MATHEMATICAL = 10
    ENCLOSED = 11
    FULL_WIDTH = 12
    MARK = 13
    FORMAT = 14
    SMALL_CAPITAL = 15
    LOOKALIKE = 16
    CYRILLIC = 17
    GREEK = 18
    FOREIGN_MARK = 19


_CONFUSABLES = "confusable_homoglyphs/confusables.json"
_ENCLOSED = ((0x20DD, 0x20E4), (0x2460, 0x24FF), (0x2776, 0x2793), (0x1F100, 0x1F1FF))
_MATHEMATICAL = ((0x2100, 0x214F), (0x1D400, 0x1D7FF))
_FULL_WIDTH = ((0xFF00, 0xFFEF),)
_EMOJI = ((0x2600, 0x27BF), (0x2B00, 0x2BFF), (0x1F000, 0x1F0FF), (0x1F200, 0x1FAFF))
_SMALL_CAPITALS = ((0x250, 0x2FF), (0x1D00, 0x1DBF), (0x2C60, 0x2C7F), (0xA720, 0xA7FF))
# Invisible letters that Unicode does not count among the format characters.
_INVISIBLE = frozenset((0x115F, 0x1160, 0x3164, 0xFFA0, 0x180E, 0xFFFC))
# Some ligatures stand for whole sentences; a reader sees a sign.
_LONGEST_EXPANSION = 4
_MOST_LETTERS = 2
_JAPANESE_MARKS = frozenset((0x3099, 0x309A))
_LOOKALIKE_SCRIPTS = frozenset(
    ("CYRILLIC", "GREEK", "COPTIC", "ARMENIAN", "CHEROKEE", "LISU", "CANADIAN", "OLD")
)
# Against UTS 39: the palochka is drawn as an l, Greek capital nu as an N. Letters that
# would fall together with another of their own script stay as they are.
_LOOKALIKE_EXCEPTIONS = {
    "\u04cf": "l",
    "\u04c0": "l",
    "\u039d": "n",
    **{letter: letter for letter in "\u044c\u042c\u03c3\u03a3\u03c2"},
}
# Symbols, and the punctuation that has an ASCII twin.
_READ_ALOUD = frozenset(("So", "No", "Sm", "Pd", "Pi", "Pf", "Ps", "Pe"))
_KINDS = {
    "Lu": Kind.UPPER,
    "Ll": Kind.LOWER,
    "Lm": Kind.SMALL_CAPITAL,
    "Lo": Kind.CASELESS,
    "Nd": Kind.DIGIT,
    "Nl": Kind.DIGIT,
    "No": Kind.ENCLOSED,
    "Cf": Kind.FORMAT,
    "So": Kind.SYMBOL,
}


def _is_in(code: int, ranges: tuple[tuple[int, int], ...]) -> bool:
    return any(low <= code <= high for low, high in ranges)


def _script(letter: str) -> str:
    return unicodedata.name(letter, "").partition(" ")[0]


@functools.cache
def _confusables() -> dict[str, str]:
    """Map each letter of the UTS 39 data to the first ASCII letter it looks like."""
    # Read as a file: importing the package would load all of its scripts' data too.
    data = json.loads(read_package_file("confusable-homoglyphs", _CONFUSABLES))
    looks = {
        letter: [other["c"] for other in others if _is_ascii_letter(other["c"])]
        for letter, others in data.items()
    }
    return {letter: found[0] for letter, found in looks.items() if found}


def _is_ascii_letter(text: str) -> bool:
    return len(text) == 1 and text.isascii() and text.isalpha()


def _lookalike(letter: str) -> str:
    """Return the ASCII letter that a letter of another script looks like, or itself.

    The small letter decides for both cases where it looks Latin, else the capital:
    so В and в are both b, and no word changes with the case of its letters.
    """
    if letter in _LOOKALIKE_EXCEPTIONS:
        return _LOOKALIKE_EXCEPTIONS[letter]
    known, small = _confusables(), letter.lower()
    return known.get(small) or known.get(small.upper()) or letter


def _is_inherited_mark(letter: str) -> bool:
    """Say whether this mark sits on letters of any script (accents, strokes, rings)."""
    if not unicodedata.category(letter).startswith("M"):
        return False
    code = ord(letter)
    if code in _JAPANESE_MARKS:
        return False
    return unicodedata.name(letter, "").startswith(("COMBINING", "VARIATION"))


def _read_letter(letter: str) -> str:
    """Return what one letter of a decomposed text reads as, perhaps nothing."""
    category = unicodedata.category(letter)
    if letter.isascii():
        return letter
    if category == "Cf" or ord(letter) in _INVISIBLE or _is_inherited_mark(letter):
        return ""
    script = _script(letter)
    if script in _LOOKALIKE_SCRIPTS and category[0] == "L":
        return _lookalike(letter)
    if script in ("LATIN", "MODIFIER") or category in _READ_ALOUD:
        return _read_aloud(letter)
    return letter


def _read_aloud(letter: str) -> str:
    """Return a symbol's one or two ASCII letters; emoji and the like stay as is."""
    plain = anyascii(letter)
    return plain if 0 < len(plain) <= _MOST_LETTERS else letter


def _read(letter: str) -> str:
    """Return what a code point reads as: lower-case, undecorated, perhaps nothing."""
    if letter.isspace():
        return " "
    if letter == "…":
        return "."
    if unicodedata.category(letter) == "Cc":
        return ""
    decomposed = unicodedata.normalize("NFKD", letter)
    plain = "".join(map(_read_letter, decomposed))
    return unicodedata.normalize("NFC", plain).casefold().replace("\u0307", "")


def _kind(code: int, letter: str) -> Kind:
    """Return the class of a code point: by its block, else by its category."""
    if letter.isspace():
        return Kind.NEWLINE if letter in "\n\r" else Kind.BLANK
    blocks = (
        (Kind.ENCLOSED, _ENCLOSED),
        (Kind.MATHEMATICAL, _MATHEMATICAL),
        (Kind.FULL_WIDTH, _FULL_WIDTH),
        (Kind.EMOJI, _EMOJI),
        (Kind.SMALL_CAPITAL, _SMALL_CAPITALS),
    )
    for kind, ranges in blocks:
        if _is_in(code, ranges):
            return kind
    return _kind_by_category(letter)


def _kind_by_category(letter: str) -> Kind:
    category = unicodedata.category(letter)
    if category[0] == "M":
        return Kind.MARK if _is_inherited_mark(letter) else Kind.FOREIGN_MARK
    script = _script(letter)
    if category[0] == "L" and script in _LOOKALIKE_SCRIPTS:
        named = {"CYRILLIC": Kind.CYRILLIC, "GREEK": Kind.GREEK}
        return named.get(script, Kind.LOOKALIKE)
    if category[0] == "P":
        return Kind.PUNCTUATION
    return _KINDS.get(category, Kind.OTHER)


_EXPANSIONS: dict[int, str] = {}


def _entry(code: int) -> int:
    """Work out the table's entry of one code point."""
    letter = chr(code)
    kind = _kind(code, letter) << KIND_SHIFT
    reads = _read(letter)
    if not reads:
        return kind | DROPPED
    if len(reads) > 1:
        _EXPANSIONS[code] = reads[:_LONGEST_EXPANSION]
        return kind | LONG
    is_word = reads.isalnum() or unicodedata.category(reads)[0] == "M"
    flags = (WORD if is_word else 0) | (DIGIT if reads.isdecimal() else 0)
    return kind | ord(reads) | flags


def _new_table() -> Codes:
    table = np.full(0x110000, UNKNOWN, np.uint32)
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
        for each of them (none is `LONG`, what cannot be seen is `DROPPED`); and the
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
    if flags & UNKNOWN:
        for code in np.unique(codes[(entries & UNKNOWN) != 0]).tolist():
            _TABLE[code] = _entry(code)
        return look_up_parts(parts)
    sizes = np.array([*map(len, parts)], np.intp)
    if flags & LONG:
        places = ((entries & LONG) != 0).nonzero()[0]
        numbers = np.add.accumulate(sizes).searchsorted(places, side="right")
        expanded = [*parts]
        for number in set(numbers.tolist()):
            expanded[number] = parts[number].translate(_EXPANSIONS)
        return look_up_parts(expanded)
    return Found(codes, entries, flags, sizes)


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
