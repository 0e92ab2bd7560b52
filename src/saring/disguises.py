"""Disguises: ways to write a text so that a person still reads it and a filter may not.

Training writes comments of both classes in them, so that decoration alone decides
nothing; `saring.features.decoding` is what reads them again.
"""

import random
import re
from collections.abc import Callable

Disguise = Callable[[str, random.Random], str]

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_WORD = re.compile(r"\w+")

# First capital, first small letter and first digit of each mathematical alphabet that
# has no gap in it; 0 where there are no such digits.
_ALPHABETS = (
    (0x1D400, 0x1D41A, 0x1D7CE),
    (0x1D468, 0x1D482, 0),
    (0x1D4D0, 0x1D4EA, 0),
    (0x1D56C, 0x1D586, 0),
    (0x1D5A0, 0x1D5BA, 0x1D7E2),
    (0x1D5D4, 0x1D5EE, 0x1D7EC),
    (0x1D608, 0x1D622, 0),
    (0x1D63C, 0x1D656, 0),
    (0x1D670, 0x1D68A, 0x1D7F6),
)
_ENCLOSED = (
    (0x24B6, 0x24D0, 0),
    (0x1F130, 0x1F130, 0),
    (0x1F150, 0x1F150, 0),
    (0x1F170, 0x1F170, 0),
    (0x1F1E6, 0x1F1E6, 0),
    (0x249C, 0x249C, 0),
)
_FULL_WIDTH = ((0xFF21, 0xFF41, 0xFF10),)
_SMALL_CAPITALS = dict(
    zip("abcdefghijklmnoprtuvwyz", "ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀᴛᴜᴠᴡʏᴢ", strict=True)
)
_UPSIDE_DOWN = dict(zip(_LETTERS, "ɐqɔpǝɟƃɥᴉɾʞlɯuodbɹsʇnʌʍxʎz", strict=True))
_LOOKALIKES = {
    "a": "аɑα",
    "b": "Ьƅ",
    "c": "сϲ",
    "d": "ԁ",
    "e": "еҽ",
    "g": "ɡ",
    "h": "һ",
    "i": "іι",
    "j": "ј",
    "k": "κк",
    "l": "ӏ",
    "n": "ո",
    "o": "оοо",
    "p": "рρ",
    "q": "ԛ",
    "s": "ѕ",
    "t": "т",
    "u": "υս",
    "v": "ѵν",
    "w": "ԝ",
    "x": "хχ",
    "y": "уγ",
}
_LEET = {"a": "4", "e": "3", "i": "1", "o": "0", "s": "5", "t": "7", "g": "9", "b": "8"}
_MARKS = "\u0332\u0336\u0333\u0305\u0323\u0330\u0338\u035f\u0307\u20dd\u20de"
_INVISIBLE = "\u200b\u200c\u200d\u2060\u00ad\ufeff\u034f"
_BETWEEN = (" ", " ", ".", "-", "_", "*", "·", " . ", "  ")


def _shift(letter: str, starts: tuple[int, int, int]) -> str:
    """Return the letter's twin in an alphabet that begins at these code points."""
    capital, small, digit = starts
    if "A" <= letter <= "Z":
        return chr(capital + ord(letter) - ord("A"))
    if "a" <= letter <= "z":
        return chr(small + ord(letter) - ord("a"))
    if digit and "0" <= letter <= "9":
        return chr(digit + ord(letter) - ord("0"))
    return letter


def _in_alphabet(text: str, starts: tuple[int, int, int]) -> str:
    return "".join([_shift(letter, starts) for letter in text])


def mathematical(text: str, chance: random.Random) -> str:
    """Return the text in bold, italic, script or other letters of formulas."""
    return _in_alphabet(text, chance.choice(_ALPHABETS))


def enclosed(text: str, chance: random.Random) -> str:
    """Return the text in circles, squares or flags."""
    return _in_alphabet(text, chance.choice(_ENCLOSED))


def full_width(text: str, _chance: random.Random) -> str:
    """Return the text in letters as wide as Chinese ones."""
    return _in_alphabet(text, _FULL_WIDTH[0])


def small_capitals(text: str, _chance: random.Random) -> str:
    """Return the text in phonetic small capitals."""
    return "".join([_SMALL_CAPITALS.get(letter, letter) for letter in text.lower()])


def upside_down(text: str, _chance: random.Random) -> str:
    """Return the text as it looks from the other side of the table."""
    return "".join([_UPSIDE_DOWN.get(letter, letter) for letter in text.lower()])[::-1]


def lookalikes(text: str, chance: random.Random) -> str:
    """Return the text with letters of other scripts that look the same."""
    share = chance.uniform(0.3, 1.0)
    return "".join(
        [
            chance.choice(_LOOKALIKES[letter])
            if letter in _LOOKALIKES and chance.random() < share
            else letter
            for letter in text
        ]
    )


def leetspeak(text: str, chance: random.Random) -> str:
    """Return the text with digits for some letters."""
    share = chance.uniform(0.3, 1.0)
    return "".join(
        [
            _LEET[letter] if letter in _LEET and chance.random() < share else letter
            for letter in text
        ]
    )


def spaced(text: str, chance: random.Random) -> str:
    """Return the text with blanks, dots or dashes between the letters of words."""
    between = chance.choice(_BETWEEN)
    return _WORD.sub(lambda word: between.join(word[0]), text)


def marked(text: str, chance: random.Random) -> str:
    """Return the text with a mark under, over or through every letter."""
    mark = chance.choice(_MARKS)
    return "".join([letter + mark if letter.isalnum() else letter for letter in text])


def invisible(text: str, chance: random.Random) -> str:
    """Return the text with letters in it that nobody sees."""
    share = chance.uniform(0.1, 0.6)
    return "".join(
        [
            letter + chance.choice(_INVISIBLE) if chance.random() < share else letter
            for letter in text
        ]
    )


def keycaps(text: str, _chance: random.Random) -> str:
    """Return the text with its digits on keys."""
    return "".join(
        [
            letter + "\ufe0f\u20e3" if letter.isascii() and letter.isdigit() else letter
            for letter in text
        ]
    )


def shouted(text: str, _chance: random.Random) -> str:
    """Return the text in capitals."""
    return text.upper()


DISGUISES: tuple[Disguise, ...] = (
    mathematical,
    mathematical,
    mathematical,
    enclosed,
    full_width,
    small_capitals,
    upside_down,
    lookalikes,
    leetspeak,
    spaced,
    marked,
    invisible,
    keycaps,
)
"""All of them; mathematical letters, which are most of what is seen, three times."""


def disguise(text: str, chance: random.Random) -> str:
    """Return the text with one word, some words or all of it in one disguise.

    Example:
        >>> disguise("halo", random.Random(1)) != "halo"
        True

    """
    method = chance.choice(DISGUISES)
    share = chance.choice((0.0, 0.3, 1.0))
    words = list(_WORD.finditer(text))
    if share == 1 or not words:
        return method(text, chance)
    certain = chance.randrange(len(words))
    chosen = [
        word
        for place, word in enumerate(words)
        if place == certain or chance.random() < share
    ]
    return _rewrite(text, chosen, method, chance)


def _rewrite(
    text: str, words: list[re.Match[str]], method: Disguise, chance: random.Random
) -> str:
    """Return the text with these words rewritten."""
    parts, end = [], 0
    for word in words:
        parts += [text[end : word.start()], method(word[0], chance)]
        end = word.end()
    return "".join([*parts, text[end:]])
