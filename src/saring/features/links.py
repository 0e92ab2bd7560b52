"""Links: where a comment wants its readers to go."""

from urllib.parse import urlsplit

from saring.markup import Markup
from saring.features.slots import slot_of


def extract(reduced: Markup, author_url: str) -> list[int]:
    """Return the slots of the links in the content and of the author's own link."""
    links = reduced.links
    slots = [slot_of(f"links:count:{len(links).bit_length()}")]
    slots += [slot_of(f"links:host:{_host(link)}") for link in links[:20]]
    if author_url:
        slots.append(slot_of(f"links:author_host:{_host(author_url)}"))
    return slots


def _host(link: str) -> str:
    try:
        return urlsplit(link).hostname or ""
    except ValueError:
        return ""
