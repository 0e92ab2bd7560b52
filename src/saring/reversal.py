"""Reversal: letters that are stored last one first and seen in the order of reading.

A direction override turns what follows it round; text that stands on its head is
stored backwards too. What any table of letters can read is left to it.
"""

import re
from collections.abc import Iterator

_OVERRIDDEN = re.compile("\u202e([^\u202c\u202e\u2069\n]{2,4000})")
_MIRRORED = str.maketrans("()[]{}<>", ")(][}{><")

# Letters that hardly anybody meets but upside down: one of them tells a word, or two of
# those that some languages write.
_TELLING = "ɐɥᴉʞןɯɹʇʌʍʎᗡℲ⅁⅂ᴚ⅄"
_HALF_TELLING = "ɔǝɟƃɾꓭƆƎꓘ"
_HINT = re.compile(
    f"[{_TELLING}]|[{_HALF_TELLING}∀⊥].*?[{_HALF_TELLING}∀⊥]"
    "|(?<=[A-Za-z])[ꓭꓘ]|[ꓭꓘ](?=[A-Za-z])"
)
_MAY_TELL = re.compile(f"[{_TELLING}{_HALF_TELLING}∀⊥]")
# These would be turned as well: a stretch of turned letters ends there.
_STRETCH = re.compile(r"[^\s,;:!?]+")
_SEEN_AS = {
    **dict(zip("dpbqnu69MW()", "pdqbun96WM)(", strict=True)),
    **dict(zip("∀ꓭƆᗡƎℲ⅁ſꓘ⅂Ԁტᴚ⊥∩Λ⅄ן", "ABCDEFGJKLPQRTUVYl", strict=True)),
    **dict(zip("ƖᄅƐㄣϛㄥ˙¡¿", "123457.!?", strict=True)),
}
_UPRIGHT = str.maketrans(_SEEN_AS)
_TURNED = frozenset({*_TELLING, *_HALF_TELLING, *_SEEN_AS, *"losxzHINOSXZ08"})


def in_reading_order(text: str) -> str:
    """Return a text as it is seen; as long as it was.

    Example:
        >>> in_reading_order("main \u202etols\u202c ʞɐʇoʞ")
        'main \u202eslot\u202c ʞoʇɐʞ'

    """
    if text.isascii():
        return text
    if "\u202e" in text:
        text = _OVERRIDDEN.sub(_turn_round, text)
    if _MAY_TELL.search(text) and _HINT.search(text):
        text = "\n".join(map(_stand_up, text.split("\n")))
    return text


def _turn_round(overridden: re.Match[str]) -> str:
    return "\u202e" + overridden[1][::-1].translate(_MIRRORED)


def _stand_up(line: str) -> str:
    """Return a line with the words that stand on their heads turned over.

    Several such words in a row are read from the last one to the first.
    """
    words = list(_STRETCH.finditer(line))
    parts, end = [], 0
    for first, last in _find_turned([word[0] for word in words]):
        start, stop = words[first].start(), words[last].end()
        parts += [line[end:start], line[start:stop][::-1].translate(_UPRIGHT)]
        end = stop
    return "".join([*parts, line[end:]])


def _find_turned(words: list[str]) -> Iterator[tuple[int, int]]:
    """Yield the first and last word of each turned stretch."""
    may_be_turned = [
        all(letter in _TURNED or not letter.isalnum() for letter in word)
        for word in words
    ]
    telling = [
        place
        for place, word in enumerate(words)
        if may_be_turned[place] and _HINT.search(word)
    ]
    if telling and all(may_be_turned):
        yield 0, len(words) - 1
        return
    while telling:
        first = last = telling.pop(0)
        while telling and all(may_be_turned[last : telling[0]]):
            last = telling.pop(0)
        yield first, last
