"""Links: where a comment wants its readers to go."""

import re
from functools import lru_cache

from saring.features.names import is_shortener, take_apart
from saring.features.slots import pack, pack_slots, slot_of
from saring.markup import Markup

MAX_LINKS = 12
MAX_PATH_WORDS = 6

_WORD = re.compile(r"[^\W_]{2,30}")
_EIGHTHS = 8


def names(reduced: Markup, author_url: str) -> list[str]:
    """Return the names of the features of a comment's links.

    Args:
        reduced: The content, its links drawn out.
        author_url: The site that the author gave as their own.
    """
    named = _shape_names(reduced)
    for role, link in _roles(reduced, author_url):
        named += link_names(role, link)
    return list(dict.fromkeys(named))


def _roles(reduced: Markup, author_url: str) -> list[tuple[str, str]]:
    found = [("link", link) for link in dict.fromkeys(reduced.links[:MAX_LINKS])]
    return [*found, ("author", author_url)] if author_url else found


def _shape_names(reduced: Markup) -> list[str]:
    links = reduced.links
    count = f"links:count:{len(links).bit_length()}"
    if not links:
        return [count]
    bare = len(links) - reduced.html_count - reduced.bbcode_count
    length = max(1, len(reduced.text))
    share = _EIGHTHS * min(length, reduced.linked_characters) // length
    addresses = _EIGHTHS * min(length, sum(map(len, links))) // length
    return [
        count,
        f"links:html:{reduced.html_count.bit_length()}",
        f"links:bbcode:{reduced.bbcode_count.bit_length()}",
        f"links:bare:{max(0, bare).bit_length()}",
        f"links:share:{share}",
        f"links:addresses:{addresses}",
        f"links:distinct:{len(set(links)).bit_length()}",
    ]


def link_names(role: str, link: str) -> list[str]:
    """Return the names of one link's features.

    The domain is the same feature wherever it stands; the rest is told apart by role.
    """
    address = take_apart(link)
    if not address.host:
        return [f"links:{role}:no_host"]
    words = _WORD.findall(address.path.casefold())[:MAX_PATH_WORDS]
    named = [
        f"links:domain:{address.domain}",
        f"links:{role}:host:{address.host}",
        f"links:{role}:ending:{address.suffix}",
        f"links:{role}:depth:{min(7, address.path.count('/'))}",
        *(f"links:{role}:word:{word}" for word in words),
        *(f"links:{role}:word:{word}" for word in _WORD.findall(address.domain)[:4]),
    ]
    if address.is_number:
        named.append(f"links:{role}:number")
    if is_shortener(address.domain) or is_shortener(address.host):
        named.append(f"links:{role}:shortener")
    if address.host.startswith("xn--") or ".xn--" in address.host:
        named.append(f"links:{role}:punycode")
    return named


@lru_cache(maxsize=16_384)
def _link_slots(role: str, link: str) -> tuple[int, ...]:
    return tuple(map(slot_of, link_names(role, link)))


_NO_LINKS = pack(["links:count:0"])


def extract(reduced: Markup, author_url: str) -> bytes:
    """Return the packed slots of `names`."""
    if not reduced.links and not author_url:
        return _NO_LINKS
    slots = dict.fromkeys(map(slot_of, _shape_names(reduced)))
    for role, link in _roles(reduced, author_url):
        slots.update(dict.fromkeys(_link_slots(role, link)))
    return pack_slots(slots)
