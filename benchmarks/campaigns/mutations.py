"""Mutations: how each copy of a campaign is made different from the others."""

import random
import re
from collections.abc import Callable

from benchmarks.campaigns import texts

from saring import disguises

Mutation = Callable[[str, random.Random], str]

_BRAND = re.compile(r"\b[A-Z]{4,}[0-9]{2,}\b")


def same(text: str, _chance: random.Random) -> str:
    """Return the text as it is."""
    return text


def signed(text: str, chance: random.Random) -> str:
    """Return the text with emoji or a short word at either end."""
    before = chance.choice((*texts.SIGNS, "", ""))
    after = "".join(chance.choices(texts.SIGNS, k=chance.randrange(4)))
    return f"{before} {text}{after}".strip()


def numbered(text: str, chance: random.Random) -> str:
    """Return the text with other digits in it."""
    return re.sub(
        r"(?<![\d/])\d{2}(?!\d)", lambda _: str(chance.randrange(10, 99)), text
    )


def dressed(text: str, chance: random.Random) -> str:
    """Return the text with its brand or a few words in some disguise."""
    brand = _BRAND.search(text)
    if brand:
        worn = chance.choice(disguises.DISGUISES)(brand[0], chance)
        return text.replace(brand[0], worn)
    return in_letters(text, chance)


def in_letters(text: str, chance: random.Random) -> str:
    """Return the whole text in letters of one other alphabet."""
    method = chance.choice((disguises.mathematical, disguises.full_width, same))
    return method(text, chance)


def reworded(text: str, chance: random.Random) -> str:
    """Return the text with every eighth word changed or added to."""
    words = text.split()
    for _ in range(max(1, len(words) // 8)):
        place = chance.randrange(len(words))
        words[place] = chance.choice(
            (chance.choice(texts.FILLERS), words[place] + "nya")
        )
    return " ".join(words)


def cut(text: str, chance: random.Random) -> str:
    """Return the text without its first or last words."""
    words = text.split()
    first, last = chance.randrange(3), len(words) - chance.randrange(3)
    return " ".join(words[first:last])


def all_at_once(text: str, chance: random.Random) -> str:
    """Return the text after all of it."""
    return signed(dressed(numbered(reworded(text, chance), chance), chance), chance)


def spun(text: str, chance: random.Random) -> str:
    """Return the text with every third word changed: hardly a copy any more."""
    words = text.split()
    for _ in range(max(1, len(words) // 3)):
        words[chance.randrange(len(words))] = chance.choice(texts.FILLERS)
    return " ".join(words)


MUTATIONS: dict[str, Mutation] = {
    "same": same,
    "signs": signed,
    "numbers": numbered,
    "disguised brand": dressed,
    "other letters": in_letters,
    "one word in eight": reworded,
    "cut at the ends": cut,
    "all of these": all_at_once,
    "one word in three": spun,
}
"""By name, from the least change to the greatest."""
