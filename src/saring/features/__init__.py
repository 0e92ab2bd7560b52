"""Features: what a comment looks like to the classifier, hashed into slots.

Pure: no clock, no store, no network. Names and spans are rebuilt only to explain.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from saring import markup
from saring.comment import Comment
from saring.features import client, disguise, identity, links, post, text
from saring.features.batch import Batch, Builder
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
from saring.markup import Markup

__all__ = [
    "BATCH_COMMENTS",
    "FAMILIES",
    "FEATURE_VERSION",
    "MAX_SLOTS",
    "SLOT_BITS",
    "Batch",
    "Features",
    "Named",
    "describe",
    "describe_all",
    "extract",
    "extract_many",
    "slot_of",
]

BATCH_COMMENTS = 64
"""How many comments are read in one pass at most."""


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
    return extract_many([comment])[0]


def extract_many(comments: Sequence[Comment]) -> Batch:
    """Return the features of several comments, of each the same as `extract` does.

    One pass over a few dozen comments takes less than half the time that as many passes
    over single ones take; more than that gains nothing.
    """
    if 0 < len(comments) <= BATCH_COMMENTS:
        return _extract(comments)
    starts = range(0, len(comments), BATCH_COMMENTS)
    return Batch.of(
        [
            features
            for start in starts
            for features in _extract(comments[start : start + BATCH_COMMENTS])
        ]
    )


def _extract(comments: Sequence[Comment]) -> Batch:
    return _extract_reduced(comments, [markup.reduce(one.content) for one in comments])


def _extract_reduced(comments: Sequence[Comment], reduced: Sequence[Markup]) -> Batch:
    """Read as many comments together as can be hashed in one pass."""
    texts = [
        (comment.author, shorten(found.text))
        for comment, found in zip(comments, reduced, strict=True)
    ]
    # What is about too long is not read for nothing.
    is_long = sum([len(content) for _, content in texts]) > text.MAX_CODES
    readings = None if is_long else read(texts)
    if readings is None or len(readings.letters) > text.MAX_CODES:
        middle = len(comments) // 2
        halves = slice(0, middle), slice(middle, None)
        return Batch.of(
            [
                features
                for half in halves
                for features in _extract_reduced(comments[half], reduced[half])
            ]
        )
    parts = text.parts(readings, text.hash_text(readings))
    builder = Builder(distinct_slots(parts, len(comments)), *disguise.extract(readings))
    for comment, found in zip(comments, reduced, strict=True):
        builder.add(
            post.extract(comment, found) + links.extract(found, comment.author_url),
            identity.extract(comment),
            client.extract(comment),
        )
    return builder.build()


def describe(comment: Comment) -> Iterator[Named]:
    """Yield the features of a comment by name, each name once.

    Slow, and not sampled: it may name slots that `extract` leaves out.

    Example:
        >>> names = [named.name for named in describe(Comment(content="Slot gacor"))]
        >>> names[:3]
        ['text:word:slot', 'text:word:gacor', 'text:pair:slot gacor']

    """
    known = set()
    for named in describe_all(comment):
        if named.name not in known:
            known.add(named.name)
            yield named


def describe_all(comment: Comment) -> Iterator[Named]:
    """Yield the features of a comment by name, words at each place where they stand."""
    reduced = markup.reduce(comment.content)
    reading = read([(comment.author, shorten(reduced.text))], is_traced=True)
    skipped = len(reduced.text) - len(shorten(reduced.text)) + 1
    for passage in text.describe(reading):
        yield Named("text", passage.name, passage.slots, _moved(passage.span, skipped))
    for name, slot in text.describe_kinds(reading):
        yield Named("disguise", name, (slot,))
    for family, names in (
        ("links", post.names(comment, reduced)),
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
