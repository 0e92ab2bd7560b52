"""Links: where a comment wants its readers to go."""

import re
from functools import lru_cache

from saring.features.names import is_shortener, look_up_host, split_address
from saring.features.slots import pack, pack_slots, slots_of
from saring.markup import Markup

MAX_LINKS = 12
MAX_PATH_WORDS = 6

_WORD = re.compile(r"[^\W_]{2,30}")
_EIGHTHS = 8
# Of a comment without links there is the first alone; with it the links begin.
_MEASURES = ("count", "html", "bbcode", "bare", "share", "addresses", "distinct")

COUNT_SLOTS = frozenset(slots_of(f"links:count:{bucket}" for bucket in range(32)))
"""The slots that a comment's links begin with: how many there are, in buckets."""


def names(reduced: Markup, author_url: str) -> list[str]:
    """Return the names of the features of a comment's links.

    Args:
        reduced: The content, its links drawn out.
        author_url: The site that the author gave as their own.
    """
    named = _measure_names(*_measure(reduced))
    for role, link in _roles(reduced, author_url):
        named += link_names(role, link)
    return list(dict.fromkeys(named))


def _roles(reduced: Markup, author_url: str) -> list[tuple[str, str]]:
    found = [("link", link) for link in dict.fromkeys(reduced.links[:MAX_LINKS])]
    return [*found, ("author", author_url)] if author_url else found


def _measure(reduced: Markup) -> tuple[int, ...]:
    """Return buckets of how many links there are and how much of the text they are."""
    links = reduced.links
    if not links:
        return (0,)
    bare = len(links) - reduced.html_count - reduced.bbcode_count
    length = max(1, len(reduced.text))
    return (
        len(links).bit_length(),
        reduced.html_count.bit_length(),
        reduced.bbcode_count.bit_length(),
        max(0, bare).bit_length(),
        _EIGHTHS * min(length, reduced.linked_characters) // length,
        _EIGHTHS * min(length, sum(map(len, links))) // length,
        len(set(links)).bit_length(),
    )


def _measure_names(*buckets: int) -> list[str]:
    named = zip(_MEASURES, buckets, strict=False)
    return [f"links:{name}:{bucket}" for name, bucket in named]


@lru_cache(maxsize=4_096)
def _measure_slots(*buckets: int) -> list[int]:
    return slots_of(_measure_names(*buckets))


def link_names(role: str, link: str) -> list[str]:
    """Return the names of one link's features.

    The domain is the same feature wherever it stands; the rest is told apart by role.
    """
    host, path = split_address(link)
    if not host:
        return [f"links:{role}:no_host"]
    first, last = _host_names(role, host)
    return [*first, *_path_names(role, path), *last]


def _path_names(role: str, path: str) -> list[str]:
    words = _WORD.findall(path.casefold())[:MAX_PATH_WORDS]
    return [
        f"links:{role}:depth:{min(7, path.count('/'))}",
        *[f"links:{role}:word:{word}" for word in words],
    ]


def _host_names(role: str, host: str) -> tuple[list[str], list[str]]:
    """Return the names that stand before those of a path, and behind them."""
    _, domain, suffix, is_number = look_up_host(host)
    first = [
        f"links:domain:{domain}",
        f"links:{role}:host:{host}",
        f"links:{role}:ending:{suffix}",
    ]
    last = [f"links:{role}:word:{word}" for word in _WORD.findall(domain)[:4]]
    if is_number:
        last.append(f"links:{role}:number")
    if is_shortener(domain) or is_shortener(host):
        last.append(f"links:{role}:shortener")
    if host.startswith("xn--") or ".xn--" in host:
        last.append(f"links:{role}:punycode")
    return first, last


@lru_cache(maxsize=16_384)
def _link_slots(role: str, link: str) -> list[int]:
    host, path = split_address(link)
    if not host:
        return slots_of([f"links:{role}:no_host"])
    first, last = _host_slots(role, host)
    return [*first, *slots_of(_path_names(role, path)), *last]


# Addresses are mostly new, but many lead to the same hosts.
@lru_cache(maxsize=8_192)
def _host_slots(role: str, host: str) -> tuple[list[int], list[int]]:
    first, last = _host_names(role, host)
    return slots_of(first), slots_of(last)


_NO_LINKS = pack(["links:count:0"])


def extract(reduced: Markup, author_url: str) -> bytes:
    """Return the packed slots of `names`."""
    if not reduced.links and not author_url:
        return _NO_LINKS
    slots = dict.fromkeys(_measure_slots(*_measure(reduced)))
    for role, link in _roles(reduced, author_url):
        slots |= dict.fromkeys(_link_slots(role, link))
    return pack_slots(slots)
