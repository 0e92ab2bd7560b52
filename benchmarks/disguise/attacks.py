"""Attacks: ways to hide a text from a filter that its readers still make out.

Each rewrites a stretch of visible text; what is between tags or in addresses never
comes here. They are seeded, and not the code that training decorates its rows with.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass

from benchmarks.disguise import alphabets
from benchmarks.disguise.alphabets import Alphabet

Method = Callable[[str, random.Random], str]


@dataclass(frozen=True)
class Attack:
    """One way to write.

    Attributes:
        name: As the report calls it.
        example: What it is, in a few words.
        seen: Whether training decorates rows in a like way ("yes"), in a like way but
            with other signs or more of them ("in part"), or in none ("no").
    """

    name: str
    example: str
    seen: str
    method: Method


def _spell(text: str, alphabet: Alphabet) -> str:
    return "".join([alphabet.get(letter, letter) for letter in text])


def _one_of(*choices: Alphabet) -> Method:
    return lambda text, chance: _spell(text, chance.choice(choices))


def _after_letters(text: str, draw: Callable[[], str]) -> str:
    return "".join([letter + draw() if letter.isalnum() else letter for letter in text])


def _between_letters(text: str, draw: Callable[[], str]) -> str:
    """Put something between any two letters of a word."""
    parts = []
    for here, there in zip(text, [*text[1:], " "], strict=True):
        parts.append(here)
        if here.isalnum() and there.isalnum():
            parts.append(draw())
    return "".join(parts)


def stack_marks(text: str, chance: random.Random) -> str:
    """Return the text with one to four marks on every letter."""
    return _after_letters(
        text,
        lambda: "".join(chance.choices(alphabets.MARKS, k=chance.randint(1, 4))),
    )


def sow_unseen(text: str, chance: random.Random) -> str:
    """Return the text with code points between its letters that nobody sees."""
    return _between_letters(text, lambda: chance.choice(alphabets.UNSEEN))


def reverse_direction(text: str, chance: random.Random) -> str:
    """Return each word written backwards, with an override that turns it again."""
    marks = alphabets.DIRECTIONS
    words = text.split(" ")
    if chance.random() < 0.5:
        words = [text]
    mirrored = [word[::-1].translate(alphabets.MIRRORED) for word in words]
    turned = [f"\u202e{word}\u202c" if word else "" for word in mirrored]
    return " ".join(turned) + chance.choice(marks)


def sow_directions(text: str, chance: random.Random) -> str:
    """Return the text with marks of direction between its letters."""
    return _between_letters(text, lambda: chance.choice(alphabets.DIRECTIONS))


def space_out(text: str, chance: random.Random) -> str:
    """Return the text with a blank between letters, and more of them between words."""
    blank, between_words = chance.choice(alphabets.BLANKS), chance.choice(("  ", "   "))
    return _between_letters(text.replace(" ", between_words), lambda: blank)


def dot_out(text: str, chance: random.Random) -> str:
    """Return the text with one sign between the letters of its words."""
    dot = chance.choice(alphabets.DOTS)
    text = text.replace(" ", "   " if " " in dot else chance.choice((" ", "  ")))
    return _between_letters(text, lambda: dot)


def leet(text: str, chance: random.Random) -> str:
    """Return the text with digits for two in three of the letters that have one."""
    return "".join(
        [
            alphabets.LEET[letter.lower()]
            if letter.lower() in alphabets.LEET and chance.random() < 2 / 3
            else letter
            for letter in text
        ]
    )


def leet_signs(text: str, chance: random.Random) -> str:
    """Return the text with signs for two in three of the letters that have one."""
    return "".join(
        [
            alphabets.LEET_SIGNS[letter.lower()]
            if letter.lower() in alphabets.LEET_SIGNS and chance.random() < 2 / 3
            else letter
            for letter in text
        ]
    )


def turn_over(text: str, _chance: random.Random) -> str:
    """Return the text as one sees it standing on one's head, line by line."""
    lines = text.split("\n")
    return "\n".join([_spell(line, alphabets.TURNED)[::-1] for line in lines])


def fly_flags(text: str, chance: random.Random) -> str:
    """Return the text in letters of flags, some of them kept apart."""
    apart = chance.choice(("", "\u200c", "\u200b"))
    flags = _between_letters(text, lambda: apart)
    return _spell(flags, alphabets.FLAGS)


def square_emoji(text: str, _chance: random.Random) -> str:
    """Return the text with emoji for the letters that have one, small ones spelled."""
    return _spell(text, {**alphabets.ENCLOSED[3], **alphabets.SQUARE_EMOJI})


def keycaps(text: str, chance: random.Random) -> str:
    """Return the text with its letters and digits on keys."""
    style = chance.choice(("\ufe0f\u20e3", "\u20e3", "\u20de"))
    return _after_letters(text, lambda: style)


def entities(text: str, chance: random.Random) -> str:
    """Return the text in numeric references, with or without their end."""
    forms = ("&#{};", "&#{:05};", "&#x{:x};", "&#X{:04X};", "&#{}")
    form = chance.choice(forms)
    parts = []
    for letter, after in zip(text, [*text[1:], " "], strict=True):
        closes = form.endswith(";") or not (after.isalnum() or after == ";")
        spelt = form.format(ord(letter))
        parts.append(spelt if closes or form == "&#{}" else letter)
        if not closes and after.isdigit():
            parts.append(";")
    return "".join(parts)


def soft_entities(text: str, chance: random.Random) -> str:
    """Return the text with references to invisible letters inside its words."""
    names = ("&shy;", "&zwnj;", "&zwj;", "&#8203;", "&#x2060;", "&ZeroWidthSpace;")
    return _between_letters(text, lambda: chance.choice(names))


def tags(text: str, chance: random.Random) -> str:
    """Return the text with its words split by tags that show nothing."""
    choices = ("<b></b>", "<i></i>", "<!-- -->", "<wbr>", "<span></span>", "<em></em>")
    tag = chance.choice(choices)
    return _between_letters(text, lambda: tag)


def bold_letters(text: str, chance: random.Random) -> str:
    """Return the text with every other letter in a tag of its own."""
    name = chance.choice(("b", "i", "em", "strong", "u"))
    return "".join(
        [
            f"<{name}>{letter}</{name}>" if letter.isalnum() and place % 2 else letter
            for place, letter in enumerate(text)
        ]
    )


def bbcode(text: str, chance: random.Random) -> str:
    """Return the text with every other letter in a tag of forums."""
    name = chance.choice(("b", "i", "u"))
    return "".join(
        [
            f"[{name}]{letter}[/{name}]" if letter.isalnum() and place % 2 else letter
            for place, letter in enumerate(text)
        ]
    )


_ANY = (
    *alphabets.MATHEMATICAL,
    *alphabets.ENCLOSED[:4],
    alphabets.FULL_WIDTH,
    alphabets.SMALL_CAPITALS,
    alphabets.RAISED,
    alphabets.CYRILLIC,
    alphabets.GREEK,
    alphabets.ACCENTED,
)


def ransom(text: str, chance: random.Random) -> str:
    """Return the text with each letter cut from another alphabet."""
    return "".join(
        [
            chance.choice(_ANY).get(letter, letter) if letter != " " else letter
            for letter in text
        ]
    )


def _mixed_scripts(text: str, chance: random.Random) -> str:
    share = chance.choice((0.5, 1.0))
    either = {**alphabets.GREEK, **alphabets.CYRILLIC}
    return "".join(
        [
            either.get(letter, letter) if chance.random() < share else letter
            for letter in text
        ]
    )


ATTACKS = (
    Attack(
        "mathematical letters",
        "italic, script, black letter, double-struck",
        "yes",
        _one_of(*alphabets.MATHEMATICAL),
    ),
    Attack(
        "enclosed letters",
        "circles, squares, brackets",
        "yes",
        _one_of(*alphabets.ENCLOSED),
    ),
    Attack(
        "full width",
        "with full-width signs and blanks",
        "yes",
        _one_of(alphabets.FULL_WIDTH),
    ),
    Attack("small capitals", "", "yes", _one_of(alphabets.SMALL_CAPITALS)),
    Attack(
        "raised letters",
        "letters of phonetics, raised",
        "no",
        _one_of(alphabets.RAISED),
    ),
    Attack("Cyrillic look-alikes", "", "in part", _one_of(alphabets.CYRILLIC)),
    Attack("Greek look-alikes", "", "in part", _one_of(alphabets.GREEK)),
    Attack("both in one word", "Cyrillic, Greek and Latin", "yes", _mixed_scripts),
    Attack(
        "far look-alikes",
        "Cherokee, Lisu, Armenian, Coptic",
        "no",
        _one_of(*alphabets.FAR_LOOKALIKES),
    ),
    Attack(
        "shapes",
        "currency signs, syllabics of Canada",
        "no",
        _one_of(*alphabets.SHAPES),
    ),
    Attack(
        "strokes and accents",
        "letters of other Latin alphabets",
        "no",
        _one_of(alphabets.STROKED, alphabets.ACCENTED),
    ),
    Attack("combining marks", "one to four on every letter", "in part", stack_marks),
    Attack(
        "zero-width characters", "also tags, selectors, fillers", "in part", sow_unseen
    ),
    Attack("marks of direction", "between letters", "no", sow_directions),
    Attack(
        "reversed by an override", "shown in the right order", "no", reverse_direction
    ),
    Attack("blanks between letters", "eight kinds", "in part", space_out),
    Attack("dots between letters", "and other signs", "in part", dot_out),
    Attack("leetspeak", "digits", "yes", leet),
    Attack("leetspeak in signs", "@, $, €, !, |, +", "no", leet_signs),
    Attack("upside down", "turned letters, last one first", "in part", turn_over),
    Attack("flags", "regional indicators", "yes", fly_flags),
    Attack("emoji letters", "squares and single emoji", "in part", square_emoji),
    Attack("keycaps", "letters too", "in part", keycaps),
    Attack("HTML entities", "numbers, also without semicolon", "no", entities),
    Attack("invisible entities", "&shy; and its like", "no", soft_entities),
    Attack("words split by tags", "empty tags, comments", "no", tags),
    Attack("letters in tags", "every other one", "no", bold_letters),
    Attack("letters in BBCode", "every other one", "no", bbcode),
    Attack("ransom note", "each letter from another alphabet", "in part", ransom),
)
"""All of them, in the order of the report."""
