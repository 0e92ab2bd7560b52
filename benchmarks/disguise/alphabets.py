"""Alphabets of the attacks, written down from the Unicode charts.

They share no table with `saring.disguises`, which training draws from, nor with
`saring.features.decoding`, which reads them.
"""

import string
import unicodedata
from collections.abc import Mapping

Alphabet = Mapping[str, str]

SMALL = string.ascii_lowercase
CAPITAL = string.ascii_uppercase


def _named(pattern: str, letters: str = SMALL + CAPITAL) -> dict[str, str]:
    """Return those of the letters that Unicode has under such a name."""
    found = {}
    for letter in letters:
        case = "SMALL" if letter.islower() else "CAPITAL"
        try:
            name = pattern.format(case=case, letter=letter.upper())
            found[letter] = unicodedata.lookup(name)
        except KeyError:
            continue
    return found


def _any_case(small: Alphabet) -> dict[str, str]:
    """Return an alphabet that has one case, for letters of either."""
    return {**small, **{letter.upper(): twin for letter, twin in small.items()}}


def _capitals_only(pattern: str) -> dict[str, str]:
    capitals = _named(pattern, CAPITAL)
    return _any_case({letter.lower(): twin for letter, twin in capitals.items()})


def _digits(ten: str) -> dict[str, str]:
    return dict(zip(string.digits, ten, strict=True))


# The letters of these alphabets that stand elsewhere, under older names.
_HOLES = {
    "ITALIC": {"h": "ℎ"},
    "SCRIPT": dict(zip("BEFHILMRego", "ℬℰℱℋℐℒℳℛℯℊℴ", strict=True)),
    "FRAKTUR": dict(zip("CHIRZ", "ℭℌℑℜℨ", strict=True)),
    "DOUBLE-STRUCK": dict(zip("CHNPQRZ", "ℂℍℕℙℚℝℤ", strict=True)),
}
_DOUBLE_STRUCK_DIGITS = _digits("𝟘𝟙𝟚𝟛𝟜𝟝𝟞𝟟𝟠𝟡")
MATHEMATICAL: tuple[Alphabet, ...] = tuple(
    {
        **_named(f"MATHEMATICAL {style} {{case}} {{letter}}"),
        **holes,
        **_DOUBLE_STRUCK_DIGITS,
    }
    for style, holes in _HOLES.items()
)
ENCLOSED: tuple[Alphabet, ...] = (
    {**_named("CIRCLED LATIN {case} LETTER {letter}"), **_digits("⓪①②③④⑤⑥⑦⑧⑨")},
    {**_capitals_only("SQUARED LATIN {case} LETTER {letter}"), **_digits("⓪①②③④⑤⑥⑦⑧⑨")},
    {
        **_capitals_only("NEGATIVE CIRCLED LATIN {case} LETTER {letter}"),
        **_digits("⓿❶❷❸❹❺❻❼❽❾"),
    },
    {
        **_capitals_only("NEGATIVE SQUARED LATIN {case} LETTER {letter}"),
        **_digits("🄌➊➋➌➍➎➏➐➑➒"),
    },
    {
        **_any_case(_named("PARENTHESIZED LATIN {case} LETTER {letter}", SMALL)),
        **_digits("0⑴⑵⑶⑷⑸⑹⑺⑻⑼"),
    },
)
FULL_WIDTH: Alphabet = {
    **_named("FULLWIDTH LATIN {case} LETTER {letter}"),
    **_digits("０１２３４５６７８９"),
    **dict(zip(" !?.,", "\u3000！？．，", strict=True)),
}
SMALL_CAPITALS: Alphabet = {
    **_any_case(_named("LATIN LETTER SMALL CAPITAL {letter}", SMALL)),
    **_any_case({"q": "ꞯ", "s": "ꜱ", "f": "ꜰ"}),
}
RAISED: Alphabet = {
    **_named("MODIFIER LETTER {case} {letter}"),
    **dict(zip("nifqz", "ⁿⁱᶠᵠᶻ", strict=True)),
    **dict(zip("hjlrswxyc", "ʰʲˡʳˢʷˣʸᶜ", strict=True)),
    **_digits("⁰¹²³⁴⁵⁶⁷⁸⁹"),
}
STROKED: Alphabet = {
    **_any_case(dict(zip("abcdefghi", "ⱥƀȼđɇƒǥħɨ", strict=True))),
    **_any_case(dict(zip("jklmnoprs", "ɉꝁłɱꞥøꝑɍş", strict=True))),
    **_any_case(dict(zip("tuvwyz", "ŧʉʋŵɏƶ", strict=True))),
}
ACCENTED: Alphabet = {
    **_any_case(dict(zip("abcdefghi", "ǎḃćďėḟğȟĭ", strict=True))),
    **_any_case(dict(zip("jklmnoprs", "ǰķľṁňőṕřș", strict=True))),
    **_any_case(dict(zip("tuvwxyz", "țůṽẅẍÿž", strict=True))),
}
CYRILLIC: Alphabet = {
    **dict(zip("acdegijlopqsvwxy", "асԁеԍіјӏорԛѕѵԝху", strict=True)),
    **dict(zip("ABCEGHIJKMOPSTWXY", "АВСЕԌНІЈКМОРЅТԜХҮ", strict=True)),
}
GREEK: Alphabet = {
    **dict(zip("aiknopuvwxy", "αικηορυνωχγ", strict=True)),
    **dict(zip("ABEHIKMNOPTXYZ", "ΑΒΕΗΙΚΜΝΟΡΤΧΥΖ", strict=True)),
}
FAR_LOOKALIKES: tuple[Alphabet, ...] = (
    _any_case(dict(zip("abcdehijklmprstvwyz", "ᎪᏴᏟᎠᎬᎻᏆᎫᏦᏞᎷᏢᎡᏚᎢᏙᎳᎩᏃ", strict=True))),
    _any_case(
        dict(zip("abcdefghijklmnop", "ꓮꓐꓚꓓꓰꓝꓖꓧꓲꓙꓗꓡꓟꓠꓳꓑ", strict=True))
        | dict(zip("rstuvwxyz", "ꓣꓢꓔꓴꓦꓪꓫꓬꓜ", strict=True))
    ),
    dict(zip("ghjlnoqsu", "ցհյⅼոօզѕս", strict=True)),
    _any_case(dict(zip("acehikmnoprtxy", "ⲁⲥⲉⲏⲓⲕⲙⲛⲟⲣꞅⲧⲭⲩ", strict=True))),
)
SHAPES: tuple[Alphabet, ...] = (
    _any_case(dict(zip("acefgklnoprstuwy", "₳₵€₣₲₭Ⱡ₦Ø₱Ɽ₴₮Ʉ₩¥", strict=True))),
    _any_case(dict(zip("abcdhijlmprsuvz", "ᗩᗷᑕᗪᕼᓰᒍᒪᗰᑭᖇᔕᑌᐯᘔ", strict=True))),
)
TURNED: Alphabet = {
    **dict(zip(SMALL, "ɐqɔpǝɟƃɥᴉɾʞןɯuodbɹsʇnʌʍxʎz", strict=True)),
    **dict(zip(CAPITAL, "∀ꓭƆᗡƎℲ⅁HIſꓘ⅂WNOԀტᴚS⊥∩ΛMX⅄Z", strict=True)),
    **_digits("0ƖᄅƐㄣϛ9ㄥ86"),
    **dict(zip(".,!?()", "˙'¡¿)(", strict=True)),
}
FLAGS: Alphabet = {
    **_any_case(_named("REGIONAL INDICATOR SYMBOL LETTER {letter}", CAPITAL)),
    **{
        letter: unicodedata.lookup(f"REGIONAL INDICATOR SYMBOL LETTER {letter.upper()}")
        for letter in SMALL
    },
}
SQUARE_EMOJI: Alphabet = _any_case(
    {"a": "🅰️", "b": "🅱️", "o": "🅾️", "p": "🅿️", "m": "Ⓜ️", "i": "ℹ️"}
)
LEET: Mapping[str, str] = dict(zip("aeiostbg", "43105789", strict=True))
LEET_SIGNS: Mapping[str, str] = dict(zip("aeislt", "@€!$|+", strict=True))

MARKS = tuple(chr(code) for code in (*range(0x300, 0x34F), *range(0x350, 0x370), 0x489))
UNSEEN = (
    *("\u200b", "\u200c", "\u200d", "\u2060", "\u2061", "\u2062", "\u2063", "\u2064"),
    *("\u00ad", "\ufeff", "\u034f", "\u180e", "\u115f", "\u3164", "\ufe00", "\ufe0e"),
    *(chr(0xE0061 + number) for number in range(26)),
    *(chr(0xE0100 + number) for number in range(16)),
)
DIRECTIONS = ("\u200e", "\u200f", "\u061c", "\u202a", "\u2066", "\u2068", "\u2069")
BLANKS = (" ", "\u00a0", "\u2002", "\u2005", "\u2009", "\u202f", "\u2800", "\u3000")
DOTS = (".", "·", "•", "-", "_", "~", "|", "/", ",", "'", "*", "+", " . ", " - ")
# What an override shows the other way round.
MIRRORED = str.maketrans("()[]{}<>", ")(][}{><")
