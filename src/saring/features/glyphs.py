"""Glyphs: what a single code point reads as, and its class.

Slow, and asked once for each: `decoding` keeps the answers in a table.
"""

import enum
import functools
import json
import unicodedata

from anyascii import anyascii

from saring.features.packages import read_package_file


class Kind(enum.IntEnum):
    """The class of a code point."""

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
_MOST_LETTERS = 2
# Of Braille, without a dot: nothing to be seen.
_EMPTY_PATTERN = "\u2800"
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
    "\u03b7": "n",
    "\u0397": "h",
    "\u03c9": "w",
    **{letter: letter for letter in "\u044c\u042c\u03c3\u03a3\u03c2"},
}
# Letters that pages for fancy text draw others with, and letters upside down: what
# they look like, not what they are.
_DRAWN_AS = {
    **dict(zip("ᗩᗷᑕᗪᕮᖴᘜᕼᓰᒍᛕᒪᗰᑎᗝᑭᑫᖇᔕᑌᐯᗯ᙭ᖻᘔ", "abcdefghijklmnopqrsuvwxyz", strict=True)),
    **dict(zip("ᏗᏰᎴᏋᎦᎶᏂᎥᏠᏦᏝᎷᏁᎧᎮᎤᏒᏕᏖᏬᏉᏇᎩ", "abdefghijklmnopqrstuvwy", strict=True)),
    **dict(zip("ⲁⲉⲏⲓⲕⲙⲛⲧⲭⲩꓲցհոսքօզյᏆꭲ", "aehikmntxyighnufoqjit", strict=True)),
    **dict(zip("ɔɟƃɥɾɯʌꞅ", "cfghjmvr", strict=True)),
}
# Symbols, and the punctuation that has an ASCII twin.
_READ_ALOUD = frozenset(("So", "No", "Sm", "Pd", "Pi", "Pf", "Ps", "Pe"))
_WITHOUT_CASE = ("SQUARED", "NEGATIVE", "SMALL CAPITAL", "INDICATOR")
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
    if small in _DRAWN_AS:
        return _DRAWN_AS[small]
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
    if letter in _DRAWN_AS:
        return _DRAWN_AS[letter]
    if script in _LOOKALIKE_SCRIPTS and category[0] == "L":
        return _lookalike(letter)
    if script in ("LATIN", "MODIFIER") or category in _READ_ALOUD:
        return _read_aloud(letter)
    return letter


def _read_aloud(letter: str) -> str:
    """Return a symbol's one or two ASCII letters; emoji and the like stay as is."""
    plain = anyascii(letter)
    if letter.isalpha():
        plain = "".join(filter(str.isalnum, plain))
    return plain if 0 < len(plain) <= _MOST_LETTERS else letter


def read(letter: str) -> str:
    """Return what a code point reads as: lower-case, undecorated, perhaps nothing."""
    if letter.isspace() or letter == _EMPTY_PATTERN:
        return " "
    if letter == "…":
        return "."
    if unicodedata.category(letter) == "Cc":
        return ""
    decomposed = unicodedata.normalize("NFKD", letter)
    plain = "".join(map(_read_letter, decomposed))
    if _is_in(ord(letter), _ENCLOSED):
        # Some are enclosed by brackets, or by a full stop behind a number.
        plain = "".join(filter(str.isalnum, plain)) or plain
    return unicodedata.normalize("NFC", plain).casefold().replace("\u0307", "")


def kind_of(letter: str) -> Kind:
    """Return the class of a code point: by its block, else by its category."""
    code = ord(letter)
    if letter.isspace() or letter == _EMPTY_PATTERN:
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


def is_capital(letter: str) -> bool:
    """Say whether a letter is a capital; of those in boxes nobody can tell."""
    name = unicodedata.name(letter, "")
    return "CAPITAL" in name and not any(map(name.__contains__, _WITHOUT_CASE))
