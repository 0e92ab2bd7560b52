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
    CODE_MASK,
    DIGIT,
    KIND_SHIFT,
    LATIN,
    SIMILAR,
    WORD,
    Codes,
    code_points,
    look_up,
    text_of,
)
from saring.features.glyphs import Kind

_LATIN = np.uint32(LATIN)
_LOOKING = np.uint32(LATIN | SIMILAR)
_CODE_MASK = np.uint32(CODE_MASK)
_DIGIT = np.uint32(DIGIT)
_KIND_SHIFT = np.uint32(KIND_SHIFT)
# Of $, € and |, but not of @, which begins so many names.
_SIGN = int(Kind.OTHER)
_JOINED = WORD | SIMILAR
_LONGEST_TOKEN = 40
# At so many places of one text it is enough to read all of it so.
_HABIT = 2
_MONEY = "₳₵₣₲₭₦₱₴₮₩¥£฿"
_WITHOUT_MONEY = str.maketrans(_MONEY, "acfgknpstwylb")
_LETTER = {
    **dict(zip("01345789@$€|!+", "oieastbgaselit", strict=True)),
    **dict(zip(_MONEY, "acfgknpstwylb", strict=True)),
}
# Between letters: one digit, or two that differ ("00" and "33" may be oo and ee, but
# "77" is a brand's number), or three that are vowels and consonants by turns, or signs;
# "4d" and "5k" at the end are units.
_INSIDE = re.compile(
    r"(?<=[a-z])(?![0-9][dgkx]\Z)"
    r"(?:[01345789]|00|33|(?!(.)\1)[013457]{2}|[034][89]|[89][0134]"
    r"|[57][34][579]|[0134][579][0134]"
    r"|[!+]?[@$€|][@$€|!+]{0,2})(?=[a-z])"
)
# Letters with one sign between any two of them are only set apart, if there is a vowel.
_SET_APART = re.compile(
    r"(?=.*[aeiouy0-9])[a-z0-9](?:([@$€|!+])[a-z0-9])(?:\1[a-z0-9])*!*\Z"
)
# An exclamation mark beside what nobody can say ("ma!n", but not "wow!keren").
_SAID_AS_I = re.compile(
    r"(?<=[a-z])!(?!http)(?=[b-df-hj-np-tv-xz]+\Z)|(?:\A|(?<=!))[b-df-hj-np-tv-xz]+!(?=[a-z])"
)
_SIGNS_FIRST = re.compile(r"\A(?:[$€|]{1,2}|@[$€|])(?=[a-z])")
# Where a letter inside was a digit, these are letters too.
_AT_THE_ENDS = re.compile(
    r"\A[01345789@$€|!+]{1,2}(?=[a-z])|(?<=[a-z])[!+]+(?=[a-z])|(?<=[a-z])!?\+\Z"
    r"|(?<=[a-z])(?:[01345$€@|]|(?!(.)\1|1)[013457]{2})\Z"
)
_LONG_END = re.compile(r"(?<=[a-z])(?!(.)\1+\Z)[0134579$€@|]{3}\Z")
_REPEATED_LAST = re.compile(r"(?<=[^0-9])[0-9]*00\Z|([0-9])\1+\Z")
# Beside a number it is money.
_IN_MONEY = re.compile(
    f"(?<=[a-z{_MONEY}€$])[{_MONEY}€$]|[{_MONEY}€$](?=[a-z{_MONEY}€$])"
)
# A name after @ has no more such signs.
_NO_NAME = re.compile(r"@[$€|]|@.*[a-z][@$€|]")
_OF_MAIL = re.compile(r"\.[a-z0-9]")
# Words of letters alone are passed over.
_TOKEN = re.compile(r"[a-z]*+[0-9@$€|!+" + _MONEY + r"][a-z0-9@$€|!+" + _MONEY + "]*")
# In a text that is written so, all but numbers. Those of brands come last and repeat a
# digit, are a teen, or do not go from vowels to consonants by turns.
_ANYWHERE = re.compile(
    r"(?!4d\Z)[01345789@$€|!+" + _MONEY + r"]+(?=.*[a-z])"
    r"|(?<=[a-z])(?:!(?=[@$€|+])|[01345789@$€|+" + _MONEY + r"])+\Z"
)
_PAIR = re.compile(r"([145789])\1+")
_ALL_SIGNS = re.compile(f"(?=.*[@€])[@$€|!+]{{3,}}|[{_MONEY}]+")
_BY_TURNS = (
    r"(?:[0134](?:55|77|99|[5789]))+[0134]?\Z|(?:(?:55|77|99|[5789])[0134])+[5789]?\Z"
)
_NUMBERS_LAST = (
    _REPEATED_LAST,
    re.compile(r"(?<=[^0-9]{3})1[0-9]\Z"),
    re.compile(rf"(?<=[^0-9])(?!{_BY_TURNS})[0-9]{{2,}}\Z"),
)
_AMOUNT = re.compile(
    r"(?:rp)?[0-9]+(?:[bdgkmpx]|jt|rb|rp|cm|kg|km|gb|mb|mbps|am|pm|st|nd|rd|th[n]?|ke"
    r"|jam|hari|juta|ribu|mins?|menit|bulan|tahun|unit)|(?:x|ke)[0-9]+"
)
_AMOUNT_FIRST = re.compile(r"[0-9]*00(?![0-9])")
# A last "!" is a letter where others are, and the sentence goes on behind it.
_GOES_ON = re.compile(r",? [a-z0-9@$€|!]")


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
    with_marks = set()
    for hint in hints:
        if hint < done:
            continue
        start, done = _find_token(entries, hint)
        token = text_of(entries[start:done])
        after = text_of(entries[done : done + 2]) if "@" in token else ""
        read = spell(token, after)
        if read != token:
            number = int(numbers[hint])
            changed = _replace(entries, start, read)
            read_in[number] = read_in.get(number, 0) + changed
            if "!" in token[:-1]:
                with_marks.add(number)
    for number, count in read_in.items():
        if count >= _HABIT:
            start, stop = numbers.searchsorted([number, number + 1]).tolist()
            spell_one = _spell_with_marks if number in with_marks else _spell_any
            text = text_of(entries[start:stop])
            _replace(entries, start, _TOKEN.sub(spell_one, text))
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
        after: The two letters that follow it; addresses of mail are left alone.

    Example:
        >>> spell("m4xw1n"), spell("5l0t"), spell("toko88"), spell("slot4d")
        ('maxwin', 'slot', 'toko88', 'slot4d')

    """
    is_name = token.startswith("@") and not _NO_NAME.match(token)
    if is_name or ("@" in token and _OF_MAIL.match(after)) or _SET_APART.match(token):
        return token
    number = _REPEATED_LAST.search(token)
    end = number.start() if number else len(token)
    return _spell_word(token[:end]) + token[end:]


def _spell_word(token: str) -> str:
    read = token
    if not token.isascii():
        read = _IN_MONEY.sub(_to_letters, token)
    read, count = _INSIDE.subn(_to_letters, read)
    read = _SAID_AS_I.sub(_to_letters, read)
    if read == token:
        return _SIGNS_FIRST.sub(_to_letters, token)
    if count > 1:
        read = _LONG_END.sub(_to_letters, read)
    return _AT_THE_ENDS.sub(_to_letters, read)


def _to_letters(found: re.Match[str]) -> str:
    return "".join([_LETTER.get(sign, sign) for sign in found[0]])


def _spell_any(found: re.Match[str]) -> str:
    return _spell_word_of_many(found[0])


@lru_cache(maxsize=4_096)
def _spell_word_of_many(word: str) -> str:
    """Return a word of a text that is written so, as its readers say it."""
    token = word.rstrip("!")
    shouted = word[len(token) :]
    amount = token.translate(_WITHOUT_MONEY)
    if _AMOUNT.fullmatch(amount) or _SET_APART.match(token):
        return amount + shouted
    if _ALL_SIGNS.fullmatch(token):
        return "".join(map(_LETTER.__getitem__, word))
    found_last = (pattern.search(token) for pattern in _NUMBERS_LAST)
    end = next((number.start() for number in found_last if number), len(token))
    first = _AMOUNT_FIRST.match(token)
    start = min(end, first.end()) if first else 0
    read = _ANYWHERE.sub(_spell_run, token[start:end])
    return token[:start] + read + token[end:] + shouted


def _spell_with_marks(found: re.Match[str]) -> str:
    read = _spell_any(found)
    if read[-1] == "!" != read[-2:-1] and _GOES_ON.match(found.string, found.end()):
        return f"{read[:-1]}i"
    return read


def _spell_run(found: re.Match[str]) -> str:
    return found[0] if _PAIR.fullmatch(found[0]) else _to_letters(found)


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


def _replace(entries: Codes, start: int, read: str) -> int:
    """Put in what is read from a place on; return how many stretches it changes."""
    codes = code_points(read)
    places = ((entries[start : start + len(codes)] & _CODE_MASK) != codes).nonzero()[0]
    if not len(places):
        return 0
    entries[places + start] = look_up("".join(map(read.__getitem__, places)))[1]
    return 1 + int(np.count_nonzero(np.diff(places) > 1))
