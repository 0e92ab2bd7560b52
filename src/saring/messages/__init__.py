"""Messages: what people read, in Indonesian and English, kept apart from the code.

Each language is a folder of Fluent files (projectfluent.org). Plurals, numbers and
lists follow the rules of the language (CLDR); no sentence is made of halves.
"""

from collections.abc import Iterable
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fluent.runtime import FluentBundle

LANGUAGES = ("en", "id")
DEFAULT = "en"

Argument = str | int | float | datetime

# What clients still send for Indonesian: the code that ISO 639 withdrew in 1989.
_OLD_NAMES = {"in": "id"}


def choose(wanted: Iterable[str]) -> str:
    """Return the first of some language tags that we speak; English if none is.

    Example:
        >>> choose(["fr", "id-ID", "en"]), choose(["id_ID"]), choose([""])
        ('id', 'id', 'en')

    """
    return next(filter(None, map(find, wanted)), DEFAULT)


def find(tag: str) -> str:
    """Return the language of ours that a tag names, or an empty string."""
    main = tag.strip().lower().replace("_", "-").partition("-")[0]
    language = _OLD_NAMES.get(main, main)
    return language if language in LANGUAGES else ""


def accepted(header: str) -> list[str]:
    """Return the tags of an Accept-Language header (RFC 9110), the dearest first.

    Example:
        >>> accepted("fr;q=0.1, id-ID, en;q=0.5, *;q=0, de;q=x")
        ['id-ID', 'en', 'fr']

    """
    weighed = []
    for entry in header[:1_000].split(","):
        tag, _, rest = entry.partition(";")
        name, _, value = rest.strip().partition("=")
        try:
            quality = float(value) if name.strip().lower() == "q" else 1.0
        except ValueError:
            quality = 0.0
        if tag.strip() and quality > 0:
            weighed.append((quality, tag.strip()))
    # The sort is stable: of two that are as dear, the first stays first.
    return [tag for _, tag in sorted(weighed, key=lambda each: -each[0])]


def say(language: str, name: str, **values: Argument) -> str:
    """Return a message in one of `LANGUAGES`.

    Raises:
        LookupError: There is no such message.
    """
    bundle = _bundle(language)
    pattern = bundle.get_message(name).value
    if pattern is None:
        raise LookupError(f"the message {name} says nothing")
    text, _ = bundle.format_pattern(pattern, values)
    return str(text)


def has(name: str) -> bool:
    """Say whether there is a message of this name."""
    return bool(_bundle(DEFAULT).has_message(name))


def enumerate_in(language: str, parts: Iterable[str]) -> str:
    """Return some parts as a list in words.

    Example:
        >>> enumerate_in("en", ["links", "words"]), enumerate_in("id", "abc")
        ('links and words', 'a, b, dan c')

    """
    from babel.lists import format_list  # noqa: PLC0415 - slow to import

    return format_list(list(parts), locale=language)


@cache
def _bundle(language: str) -> "FluentBundle":
    # Only who explains needs it; a server starts faster without.
    from fluent.runtime import FluentBundle, FluentResource  # noqa: PLC0415

    # Answers go to terminals and JSON, where isolating marks would be letters.
    bundle = FluentBundle([language], use_isolating=False)
    for path in sorted((files(__name__) / language).iterdir(), key=str):
        bundle.add_resource(FluentResource(path.read_text(encoding="utf-8")))
    return bundle
