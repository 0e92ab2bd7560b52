"""Brands: made-up names of gambling sites, and spam that names another one than it did.

A handful of brands stand in most gambling spam that is known, and next month's are not
among them. What is learned from made-up names is how such a name looks and what stands
around it.
"""

import random
import re

from saring.disguises import DISGUISES
from saring.features.decoding import skeleton

_BRAND = re.compile(
    r"(?<![a-z0-9])(?:[a-z]{3,12}[ ._-]?[0-9]{1,4}d?"
    r"|[a-z]{3,9}(?:toto|slot|bet|4d|hoki|jp|togel|poker|gaming|play|win|spin))"
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
_STEMS, _ENDS = _STEM_WORDS.split(), _END_WORDS.split()
_CONSONANTS, _VOWELS, _CLOSINGS = "bcdfghjklmnprstvwyz", "aiueo", "nrslmk"
_PICTURES = "✌☎☸♈㊗⛲⏬✨♣⚜✊⛪☝⏲⁉➡☠⚡⚧♎⛸⚔☘♟☂➗❕♑⬆🔥💎🎰🅰🌟⭐🎯🍀👑🐉🎲🏆💰🔱🌈🌙"
_BETWEEN = (" ", "•", "|", "/", "~", ".", "*", "ㅤ")
_AROUND = ("ᆢ", "ᆞ")
_FRAMES = ("**", "*", "_", "✌", "🔥", "♣", "👉", "💎", '"', "✨")
_CASES = (str.lower, str.upper, str.upper, str.title, str.lower)


def make_brand(chance: random.Random) -> str:
    """Return a name that nobody has, of the kind that gambling sites have."""
    if _happens(chance, 0.5):
        stem = chance.choice(_STEMS)
        stem += chance.choice(_STEMS) if _happens(chance, 0.35) else ""
    else:
        stem = "".join([_syllable(chance) for _ in range(chance.randint(2, 3))])
    is_usual = _happens(chance, 0.7)
    end = chance.choice(_ENDS) if is_usual else str(chance.randint(2, 999))
    gap = chance.choice(("", "", "", "", " ", "-"))
    return chance.choice(_CASES)(stem + gap + end)


def hide(brand: str, chance: random.Random) -> str:
    """Return a brand as it is written where brands are looked for."""
    method = chance.choices(_WAYS, _WEIGHTS)[0]
    return method(brand, chance)


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
    frame, gap = chance.choice(_FRAMES), chance.choice(("", " "))
    return f"{frame}{gap}{brand}{gap}{frame}"


def _disguised(brand: str, chance: random.Random) -> str:
    return chance.choice(DISGUISES)(brand, chance)


_WAYS = (_openly, _in_pictures, _apart, _padded, _framed, _disguised)
_WEIGHTS = (35, 15, 12, 3, 10, 25)
