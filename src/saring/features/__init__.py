"""Features: what a comment looks like to the classifier, hashed into slots.

Pure: no clock, no store, no network. Names and spans are rebuilt only to explain.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from saring import markup
from saring.comment import Comment
from saring.features import client, disguise, identity, links, text
from saring.features.reading import HEAD_CHARACTERS, read, shorten
from saring.features.slots import (
    FAMILIES,
    FEATURE_VERSION,
    MAX_SLOTS,
    SLOT_BITS,
    Features,
    distinct_slots,
    slot_of,
)

__all__ = [
    "FAMILIES",
    "FEATURE_VERSION",
    "MAX_SLOTS",
    "SLOT_BITS",
    "Features",
    "Named",
    "describe",
    "extract",
    "slot_of",
]

_SLOT_BYTES = 4


class Named(NamedTuple):
    """A feature by its name, to explain a score.

    Attributes:
        family: One of `FAMILIES`.
        name: "links:domain:example.com"; stable once stored.
        slots: What it hashes to; a word has its n-grams' slots too.
        span: Where it stands in the content without its markup, if it stands there.
    """

    family: str
    name: str
    slots: tuple[int, ...]
    span: tuple[int, int] | None = None


def extract(comment: Comment) -> Features:
    """Return the features of a comment.

    Example:
        >>> features = extract(Comment(content="Terima kasih", author="Alice"))
        >>> [name for name, start, end in features.spans() if end > start]
        ['text', 'links', 'identity', 'disguise', 'client']

    """
    reduced = markup.reduce(comment.content)
    reading = read(comment.author, shorten(reduced.text))
    linked = links.extract(reduced, comment.author_url)
    known = identity.extract(comment)
    disguised = disguise.extract(reading)
    sent = client.extract(comment)
    named = (len(linked) + len(known) + len(disguised) + len(sent)) // _SLOT_BYTES
    hashes, groups = text.hash_text(reading).join()
    kinds, grams, words = distinct_slots(hashes, groups, MAX_SLOTS - named)
    # Bytes are put together in a third of the time that arrays would take.
    slots = b"".join(
        (grams.data, words.data, linked, known, kinds.data, disguised, sent)
    )
    word_start = len(grams)
    link_start = word_start + len(words)
    identity_start = link_start + len(linked) // _SLOT_BYTES
    disguise_start = identity_start + len(known) // _SLOT_BYTES
    client_start = disguise_start + len(kinds) + len(disguised) // _SLOT_BYTES
    starts = (0, link_start, identity_start, disguise_start, client_start)
    return Features(
        np.frombuffer(slots, np.uint32), np.array(starts, np.intp), word_start
    )


def describe(comment: Comment) -> Iterator[Named]:
    """Yield the features of a comment by name, each name once.

    Slow, and not sampled: it may name slots that `extract` leaves out.

    Example:
        >>> names = [named.name for named in describe(Comment(content="Slot gacor"))]
        >>> names[:3]
        ['text:word:slot', 'text:word:gacor', 'text:pair:slot gacor']

    """
    known = set()
    for named in _describe_all(comment):
        if named.name not in known:
            known.add(named.name)
            yield named


def _describe_all(comment: Comment) -> Iterator[Named]:
    reduced = markup.reduce(comment.content)
    reading = read(comment.author, shorten(reduced.text), is_traced=True)
    skipped = len(reduced.text) - len(shorten(reduced.text)) + 1
    for passage in text.describe(reading):
        yield Named("text", passage.name, passage.slots, _moved(passage.span, skipped))
    for name, slot in text.describe_kinds(reading):
        yield Named("disguise", name, (slot,))
    for family, names in (
        ("links", links.names(reduced, comment.author_url)),
        ("identity", identity.names(comment)),
        ("disguise", disguise.names(reading)),
        ("client", client.names(comment)),
    ):
        for name in names:
            yield Named(family, name, (slot_of(name),))


def _moved(span: tuple[int, int] | None, skipped: int) -> tuple[int, int] | None:
    """Return where a span of the head and tail stands in the whole text."""
    if span is None or span[0] < HEAD_CHARACTERS:
        return span
    return span[0] + skipped - 1, span[1] + skipped - 1
