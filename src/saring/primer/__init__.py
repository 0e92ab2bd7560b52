"""Primer: comments of our own writing, for what the labelled files do not have.

The texts beside this module are ours and nobody's comments: each line stands for many,
`{this|that}` being one of several and `<name>` an entry of a list of that name in the
same file. Both classes are there, honest talk of the same things above all. A language
has a file of its name and, for single kinds of places, others: `english-blogs.txt`.
"""

import hashlib
import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from importlib.resources import files
from typing import NamedTuple

from saring.brands import hide, make_brand
from saring.verdict import Label

LANGUAGES = (
    "arabic",
    "bengali",
    "chinese",
    "dutch",
    "english",
    "filipino",
    "french",
    "german",
    "hindi",
    "indonesian",
    "italian",
    "japanese",
    "javanese",
    "korean",
    "malay",
    "persian",
    "polish",
    "portuguese",
    "russian",
    "spanish",
    "sundanese",
    "thai",
    "turkish",
    "ukrainian",
    "vietnamese",
)
"""What the texts are named after."""

_HEADING = re.compile(r"\[(\w+)\]")
_CHOICE = re.compile(r"\{([^{}]*)\}")
_NAME = re.compile(r"<(\w+)>")
_BLANKS = re.compile(r" +([,.!?]|\Z)")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_SIGNS = _LETTERS + _LETTERS.upper() + "0123456789"
_CONSONANTS, _VOWELS, _CLOSINGS = "bcdfghjklmnprstvwz", "aeiou", "nrslt"

Lists = Mapping[str, Sequence[str]]


class Written(NamedTuple):
    """One comment of our own.

    Attributes:
        content: The text.
        label: Its class.
        language: One of `LANGUAGES`.
    """

    content: str
    label: Label
    language: str


def write(language: str, each: int, chance: random.Random) -> Iterator[Written]:
    """Yield comments in a language: of each line of its texts, so many."""
    for text in _texts(language):
        lists = read(text.decode())
        for label in (Label.SPAM, Label.HAM):
            for line in lists[label]:
                for _ in range(each):
                    yield Written(expand(line, lists, chance), label, language)


def digest(language: str) -> str:
    """Return the sha256 of what is written in a language, in hexadecimal digits."""
    return hashlib.sha256(b"".join(_texts(language))).hexdigest()


def read(text: str) -> Lists:
    r"""Return the lines of a text under their headings.

    Example:
        >>> read("# remark\n[thing]\nsong\nvideo\n")
        {'thing': ['song', 'video']}

    """
    lists: dict[str, list[str]] = {}
    current: list[str] = []
    for line in text.splitlines():
        if heading := _HEADING.fullmatch(line):
            current = lists.setdefault(heading[1], [])
        elif line and not line.startswith("#"):
            current.append(line)
    return lists


def expand(line: str, lists: Lists, chance: random.Random) -> str:
    """Return one of the comments that a line stands for.

    Example:
        >>> expand("{Nice|Nice} <thing> !", {"thing": ["song"]}, random.Random(0))
        'Nice song!'

    """
    while _CHOICE.search(line) or _NAME.search(line):
        line = _CHOICE.sub(partial(_choose, chance), line)
        line = _NAME.sub(partial(_fill, chance, lists), line)
    return " ".join(_BLANKS.sub(r"\1", line).split())


def _texts(language: str) -> list[bytes]:
    """Return the texts in a language, in the order of their names."""
    found = {file.name: file for file in files(__name__).iterdir()}
    pattern = re.compile(rf"{language}(-\w+)?\.txt")
    return [
        found[name].read_bytes() for name in sorted(found) if pattern.fullmatch(name)
    ]


def _choose(chance: random.Random, found: re.Match[str]) -> str:
    options: list[str] = found[1].split("|")
    return chance.choice(options)


def _fill(chance: random.Random, lists: Lists, found: re.Match[str]) -> str:
    name = found[1]
    return _MADE[name](chance) if name in _MADE else chance.choice(lists[name])


def _make_nick(chance: random.Random) -> str:
    syllables = [
        chance.choice(_CONSONANTS)
        + chance.choice(_VOWELS)
        + chance.choice(("", "", chance.choice(_CLOSINGS)))
        for _ in range(chance.randint(2, 4))
    ]
    number = chance.choice(("", "", str(chance.randint(1, 999))))
    return chance.choice((str, str, str, str.title))("".join(syllables) + number)


def _make_code(chance: random.Random) -> str:
    return "".join(chance.choices(_SIGNS, k=chance.randint(6, 11)))


def _make_digits(chance: random.Random) -> str:
    return str(chance.randint(10**4, 10**10))


def _make_hidden_brand(chance: random.Random) -> str:
    return hide(make_brand(chance), chance)


_MADE: Mapping[str, Callable[[random.Random], str]] = {
    "nick": _make_nick,
    "code": _make_code,
    "digits": _make_digits,
    "brand": _make_hidden_brand,
}
