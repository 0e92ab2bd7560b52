"""Leetspeak: digits and signs inside words that readers take for letters.

A digit or sign right before a letter gives it away. Most comments have none, and then
no more is done. Numbers behind a word ("toko88") or before one ("3jam") stay numbers,
unless the whole text is written so.
"""

import re
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from saring.features.decoding import (
    DIGIT,
    KIND_SHIFT,
    LATIN,
    SIMILAR,
    WORD,
    Codes,
    look_up,
    text_of,
)
from saring.features.glyphs import Kind

_LATIN = np.uint32(LATIN)
_LOOKING = np.uint32(LATIN | SIMILAR)
_DIGIT = np.uint32(DIGIT)
_KIND_SHIFT = np.uint32(KIND_SHIFT)
# Of $, € and |, but not of @, which begins so many names.
_SIGN = int(Kind.OTHER)
_JOINED = WORD | SIMILAR
_LONGEST_TOKEN = 40
# So many words of one text are enough to read all of it so.
_HABIT = 2
_MONEY = "₳₵₣₲₭₦₱₴₮₩¥£฿"
_LETTER = {
    **dict(zip("01345789@$€|!+", "oieastbgaselit", strict=True)),
    **dict(zip(_MONEY, "acfgknpstwylb", strict=True)),
}
# Between letters: one digit, or two that differ ("00" and "33" may be oo and ee, but
# "77" is a brand's number), or signs; "4d" and "5k" at the end are units.
_INSIDE = re.compile(
    r"(?<=[a-z])(?![0-9][dgkx]\Z)"
    r"(?:[01345789]|00|33|(?!(.)\1)[013457]{2}|[!+]?[@$€|][@$€|!+]{0,2})(?=[a-z])"
)
# Letters with one sign between any two of them are only set apart.
_SET_APART = re.compile(r"[a-z0-9](?:([@$€|!+])[a-z0-9])(?:\1[a-z0-9])*\Z")
_SIGNS_FIRST = re.compile(r"\A[$€|]{1,2}(?=[a-z])")
# Where a letter inside was a digit, these are letters too.
_AT_THE_ENDS = re.compile(
    r"\A[01345789$€|!+]{1,2}(?=[a-z])|(?<=[a-z])[!+](?=[a-z])"
    r"|(?<=[a-z])(?:[01345$€@|]|(?!(.)\1)[013457]{2})\Z"
)
_LONG_END = re.compile(r"(?<=[a-z])(?!(.)\1+\Z)[0134579$€@|]{3}\Z")
# Beside a number it is money.
_IN_MONEY = re.compile(
    f"(?<=[a-z{_MONEY}€$])[{_MONEY}€$]|[{_MONEY}€$](?=[a-z{_MONEY}€$])"
)
_TOKEN = re.compile(r"[a-z0-9@$€|!+" + _MONEY + "]+")
# In a text that is written so, all but the numbers of brands.
_ANYWHERE = re.compile(
    r"[01345789@$€|!+" + _MONEY + r"]+(?=.*[a-z])|(?<=[a-z])[01345789@$€|+]+\Z"
)
_NUMBERS_LAST = (re.compile(r"([0-9])\1+\Z"), re.compile(r"(?<=[a-z])[0-9]{3,}\Z"))


def read_leetspeak(entries: Codes, numbers: npt.NDArray[np.uint32]) -> Codes:
    """Return the entries with letters in the place of what stands for letters.

    Args:
        entries: As `decoding.look_up` gives them, of letters that can be seen.
        numbers: Of the text that each of them is from.
    """
    hints = _find_hints(entries)
    if not hints:
        return entries
    entries, done = entries.copy(), 0
    read_in: dict[int, int] = {}
    for hint in hints:
        if hint < done:
            continue
        start, done = _find_token(entries, hint)
        token = text_of(entries[start:done])
        read = spell(token, text_of(entries[done : done + 1]))
        if read != token:
            _replace(entries, start, token, read)
            number = int(numbers[hint])
            read_in[number] = read_in.get(number, 0) + 1
    for number, count in read_in.items():
        if count >= _HABIT:
            _read_all(entries, *numbers.searchsorted([number, number + 1]).tolist())
    return entries


def _find_hints(entries: Codes) -> list[int]:
    """Return the places of what may be a letter, between letters or a sign."""
    looks = entries & _LOOKING
    is_hint = looks[1:].astype(np.bool_)
    is_hint &= looks[:-1] == SIMILAR
    hints = is_hint.nonzero()[0]
    if not len(hints):
        return []
    # Texts begin with a blank: no hint is in the first place, and blanks wrap round.
    before, second = looks.take(hints - 1), looks.take(hints - 2)
    after = entries.take(hints + 1)
    is_inside = (before & _LATIN) | ((before == SIMILAR) * (second & _LATIN))
    is_inside &= after
    is_sign = (entries.take(hints) >> _KIND_SHIFT) == _SIGN
    is_sign &= (after & _DIGIT) == 0
    found: list[int] = hints[(is_inside != 0) | is_sign].tolist()
    return found


@lru_cache(maxsize=4_096)
def spell(token: str, after: str = "") -> str:
    """Return a token as its readers say it; as long as it was.

    Args:
        token: Letters, digits and signs without a blank, in small letters.
        after: What follows it; addresses of mail are left alone.

    Example:
        >>> spell("m4xw1n"), spell("5l0t"), spell("toko88"), spell("slot4d")
        ('maxwin', 'slot', 'toko88', 'slot4d')

    """
    if token.startswith("@") or ("@" in token and after == "."):
        return token
    if _SET_APART.match(token):
        return token
    read = token
    if not token.isascii():
        read = _IN_MONEY.sub(_to_letters, token)
    read, count = _INSIDE.subn(_to_letters, read)
    if read == token:
        return _SIGNS_FIRST.sub(_to_letters, token)
    if count > 1:
        read = _LONG_END.sub(_to_letters, read)
    return _AT_THE_ENDS.sub(_to_letters, read)


def _to_letters(found: re.Match[str]) -> str:
    return "".join([_LETTER[sign] for sign in found[0]])


def _spell_any(found: re.Match[str]) -> str:
    token = found[0]
    found_last = (pattern.search(token) for pattern in _NUMBERS_LAST)
    end = next((number.start() for number in found_last if number), len(token))
    return _ANYWHERE.sub(_to_letters, token[:end]) + token[end:]


def _read_all(entries: Codes, start: int, stop: int) -> None:
    """Read every word of a text that is written so."""
    text = text_of(entries[start:stop])
    _replace(entries, start, text, _TOKEN.sub(_spell_any, text))


def _find_token(entries: Codes, at: int) -> tuple[int, int]:
    """Return where the token around a place begins and ends."""
    first = max(0, at - _LONGEST_TOKEN)
    window = entries[first : at + _LONGEST_TOKEN].tolist()
    start = stop = at - first
    while start > 0 and window[start - 1] & _JOINED:
        start -= 1
    while stop < len(window) and window[stop] & _JOINED:
        stop += 1
    return first + start, first + stop


def _replace(entries: Codes, start: int, token: str, read: str) -> None:
    changed = [
        place
        for place, (old, new) in enumerate(zip(token, read, strict=True))
        if old != new
    ]
    if changed:
        letters = look_up("".join(map(read.__getitem__, changed)))[1]
        entries[np.add(changed, start)] = letters
