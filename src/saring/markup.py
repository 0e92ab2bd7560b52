"""Markup: HTML, BBCode and entities reduced to text plus links."""

import re
from typing import NamedTuple

_BARE = re.compile(r"(?:https?://|www\.)[^\s<>\"'\[\]]{1,500}", re.IGNORECASE)


class Markup(NamedTuple):
    """What is left of a content: its text, and where it links to."""

    text: str
    links: tuple[str, ...] = ()


def reduce(content: str) -> Markup:
    """Return the text of a content and its links."""
    if "://" not in content and "www." not in content:
        return Markup(content)
    return Markup(content, tuple(_BARE.findall(content)))
