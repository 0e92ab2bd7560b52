"""Brands: made-up names of gambling sites, and comments that name one or another.

A handful of brands stand in most gambling spam that is known, and next month's are not
among them. What is learned from made-up names is how such a name looks and what stands
around it; honest names with numbers, of devices and episodes, are made up beside them.
"""

import random
import re

from saring.disguises import DISGUISES
from saring.features.decoding import skeleton

_BRAND = re.compile(
    r"(?<![a-z0-9])(?:[a-z]{2,12}[ ._-]?[0-9]{1,4}d?"
    r"|[a-z]{3,9}(?:toto|slot|bet|4d|hoki|jp|togel|poker|gaming|play|win|spin)s?)"
    r"(?![a-z0-9])"
)
_STEM_WORDS = (
    "naga dewa raja ratu mega sultan bintang hoki macan garuda king queen royal lucky "
    "golden dragon tiger panda koi mawar melati jaya indo asia bali jawa surya bulan "
    "mentari pusaka sakti mahkota istana kuda elang singa gajah merak phoenix zeus "
    "thor titan neo ultra super max gold silver diamond ruby star moon sky ocean "
    "pulau bola liga arena planet galaxy vegas macau tokyo london paris dubai siam "
    "jakarta medan java borneo dingdong happy joy mantap gas sobat bosku juragan "
    "bandar mpo qq pro vip win play spin bet toto"
)
_END_WORDS = (
    "77 88 99 4d 138 303 168 777 123 69 88 77 99 33 89 365 212 5000 1000 55 66 11 78 7 "
    "8 9 17 21 2 100 888 999 slot toto bet hoki play jp win bola togel"
)
_TAIL_WORDS = (
    "slot slot toto toto toto bet bet bets hoki play jp win win bola togel 4d 4d "
    "gaming game poker spin cuan vip club casino gacor plus online kasino sport betting"
)
_STEMS, _ENDS, _TAILS = _STEM_WORDS.split(), _END_WORDS.split(), _TAIL_WORDS.split()
# Where honest comments have a number behind a name; "#" is a digit.
_MODEL_NAMES = (
    "rtx ##60|rx ##00|gtx ##50|i# 1##00|ryzen # ##00|b##0m|a##|s2#|m##|redmi #|"
    "note ##|poco x#|iphone 1#|galaxy a##|vario 1##|beat 1##|ninja 2##|honda 1##|"
    "cb 1##|nmax 1##|boeing 7#7|airbus a3#0|f-1#|t-#2|su-#7|gta #|fifa 2#|pes 20##|"
    "ps#|windows 1#|v##|python 3.#|php #.#|v#.#.#|net #.0|html5|mp#|usb #.0|ipv6|"
    "utf-8|sha256|http/2|4k|x##|part #|season #|episode ##|eps ##|chapter #|bab #|"
    "vol #|level ##|rank #|menit #:##|jam ##.#0|kelas #|umur ##|tahun 20##|"
    "tahun 19##|sma #|sdn ##|rt 0#|jilid #|surat #|covid-19|g20|u-##|u2#|liga #|"
    "grup #|##kg|##km|##th|##gb|###gb|##fps|###p|mi #|##jt"
)
_MODELS = _MODEL_NAMES.split("|")
_CONSONANTS, _VOWELS, _CLOSINGS = "bcdfghjklmnprstvwyz", "aiueo", "nrslmk"
_PICTURES = "✌☎☸♈㊗⛲⏬✨♣⚜✊⛪☝⏲⁉➡☠⚡⚧♎⛸⚔☘♟☂➗❕♑⬆🔥💎🎰🅰🌟⭐🎯🍀👑🐉🎲🏆💰🔱🌈🌙"
_BETWEEN = (" ", "•", "|", "/", "~", ".", "*", "ㅤ")
_AROUND = ("ᆢ", "ᆞ", "\u036f", "\u0353\u033d", "\u030a\u030a", "\u0336")
_FRAMES = ("**", "*", "_", "✌", "🔥", "♣", "👉", "💎", '"', "✨")
# A stem and a number, mostly; or words that say what is played, with or without one.
_FORMS = (
    "{stem}{gap}{number}",
    "{stem}{gap}{tail}",
    "{stem}{gap}{tail}{number}",
    "{stem}{tail}{gap}{number}",
    "{number}{stem}",
    "{tail}{gap}{stem}",
    "{tail}{stem}{number}",
    "{stem}{number}{gap}{tail}",
)
_FORM_WEIGHTS = (45, 25, 7, 7, 4, 4, 4, 4)
# How often a stem is made of words, and of these or syllables; else of letters.
_OF_WORDS, _OF_WORDS_OR_SYLLABLES = 0.5, 0.9
# How many words are kept around a name.
_EXCERPTS = (1, 2, 3, 4, 5, 6, 8, 10, 12, 16, 24, 40)
_BRACKETS = tuple(
    map(tuple, ("【】", "«»", "()", "[]", "『』", "''", "➡⬅", "👉👈", "★★"))
)
_CASES = (str.lower, str.upper, str.upper, str.title, str.lower)


def make_brand(chance: random.Random) -> str:
    """Return a name that nobody has, of the kind that gambling sites have."""
    stem, gap = _stem(chance), chance.choice(("", "", "", "", "", " ", "-", "_"))
    number = chance.choice(_ENDS) if _happens(chance, 0.6) else _number(chance)
    tail = chance.choice(_TAILS)
    form = chance.choices(_FORMS, _FORM_WEIGHTS)[0]
    name = form.format(stem=stem, gap=gap, number=number, tail=tail)
    return chance.choice(_CASES)(name)


def make_model(chance: random.Random) -> str:
    """Return a name with a number as honest comments have it.

    Example:
        >>> make_model(random.Random(0))
        'bab7'

    """
    pattern = chance.choice(_MODELS)
    name = "".join(
        [str(chance.randint(1, 9)) if sign == "#" else sign for sign in pattern]
    )
    name = name.replace(" ", "") if _happens(chance, 0.2) else name
    return chance.choice(_CASES)(name)


def graft(content: str, name: str, chance: random.Random) -> str:
    """Return some words of a content with a name between two of them.

    Example:
        >>> graft("Terima kasih", "naga77", random.Random(1))
        'Terima naga77 kasih'

    """
    words = content.split()
    size = min(len(words), chance.choice(_EXCERPTS))
    start = chance.randint(0, len(words) - size)
    words = words[start : start + size]
    words.insert(chance.randint(0, size), name)
    return " ".join(words)


def hide(brand: str, chance: random.Random) -> str:
    """Return a brand as it is written where brands are looked for."""
    method = chance.choices(_WAYS, _WEIGHTS)[0]
    hidden = method(brand, chance)
    return _framed(hidden, chance) if _happens(chance, 0.2) else hidden


def rebrand(content: str, chance: random.Random) -> str | None:
    """Return a content with another brand in the place of its own, None without any.

    Example:
        >>> rebrand("Terima kasih, Alice", random.Random(0)) is None
        True

    """
    lowered = content.lower()
    if len(lowered) != len(content) or not _BRAND.search(lowered):
        content = lowered = skeleton(content)
    brand, parts, end = make_brand(chance), [], 0
    for found in _BRAND.finditer(lowered):
        parts += [content[end : found.start()], hide(brand, chance)]
        end = found.end()
    return "".join([*parts, content[end:]]) if parts else None


def _stem(chance: random.Random) -> str:
    kind = chance.random()
    if kind < _OF_WORDS:
        stem = chance.choice(_STEMS)
        return stem + (chance.choice(_STEMS) if _happens(chance, 0.35) else "")
    if kind < _OF_WORDS_OR_SYLLABLES:
        return "".join([_syllable(chance) for _ in range(chance.randint(2, 3))])
    return "".join(chance.choices(_CONSONANTS + _VOWELS, k=chance.randint(2, 4)))


def _number(chance: random.Random) -> str:
    return str(chance.randint(2, 999))


def _happens(chance: random.Random, share: float) -> bool:
    return chance.random() < share


def _syllable(chance: random.Random) -> str:
    closing = chance.choice(_CLOSINGS) if _happens(chance, 0.25) else ""
    return chance.choice(_CONSONANTS) + chance.choice(_VOWELS) + closing


def _openly(brand: str, _chance: random.Random) -> str:
    return brand


def _in_pictures(brand: str, chance: random.Random) -> str:
    """Return pictures for the letters; the number stays."""
    pictures = chance.choices(_PICTURES, k=chance.randint(4, 8))
    return "".join([*pictures, *filter(str.isdigit, brand)])


def _apart(brand: str, chance: random.Random) -> str:
    return chance.choice(_BETWEEN).join(brand)


def _padded(brand: str, chance: random.Random) -> str:
    pad = chance.choice(_AROUND)
    return "".join([pad + letter + pad for letter in brand])


def _framed(brand: str, chance: random.Random) -> str:
    gap = chance.choice(("", " "))
    if _happens(chance, 0.4):
        left, right = chance.choice(_BRACKETS)
    else:
        left = right = chance.choice(_FRAMES)
        if _happens(chance, 0.5):
            left, right = (
                "".join(chance.choices(_PICTURES, k=chance.randint(1, 3)))
                for _ in range(2)
            )
    return f"{left}{gap}{brand}{gap}{right}"


def _disguised(brand: str, chance: random.Random) -> str:
    return chance.choice(DISGUISES)(brand, chance)


_WAYS = (_openly, _in_pictures, _apart, _padded, _framed, _disguised)
_WEIGHTS = (35, 15, 12, 3, 10, 25)
