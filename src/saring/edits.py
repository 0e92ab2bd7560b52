"""Edits: what could be different about a comment, each of them one small thing."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter
from typing import Any, NamedTuple

import msgspec

from saring import lists, markup
from saring.comment import Comment
from saring.features import Named
from saring.features.names import take_apart
from saring.features.reading import HEAD_CHARACTERS, TAIL_CHARACTERS
from saring.ledger.records import Site
from saring.phrases import Phrase, quote
from saring.places import Places, Span, locate
from saring.words import (
    Disguised,
    Shares,
    Weighed,
    Word,
    find_disguised,
    find_heaviest,
    find_words,
    place,
)

# So many of the heaviest words are tried alone, and so many more with others.
MAX_WORDS = 12
MAX_MORE_WORDS = 8
MAX_SENTENCES = 4
MAX_LINKS = 6
# Of the text; what is read of a longer one is no more either.
MAX_CHARACTERS = HEAD_CHARACTERS + TAIL_CHARACTERS

# A name and an address that say nothing of whoever bears them.
PLAIN_NAME = "Ani"
PLAIN_MAIL = "ani@example.org"

_SENTENCE = re.compile(r"\S.*?(?:[.!?]+(?=\s)|(?=\n)|\Z)", re.DOTALL)
_BLANKS = " \t\n\u00a0"


class Edit(NamedTuple):
    """One thing that differs.

    Attributes:
        phrase: The difference in words, to follow "It would have been published".
        size: How many words, links or fields it touches.
        cuts: Spans of the content, and what stands there instead.
        fields: Other fields of the comment, and their values.
        entry: What is no longer in the site's blocklist.
    """

    phrase: Phrase
    size: int = 1
    cuts: tuple[tuple[Span, str], ...] = ()
    fields: tuple[tuple[str, Any], ...] = ()
    entry: str = ""

    @property
    def kind(self) -> str:
        """Return what it changes, in a word: `link`, `word`, `letters`."""
        return self.phrase.message.removeprefix("change-")


class Looked(NamedTuple):
    """What edits are made from.

    Attributes:
        placed: Every place of the words, in the order of the text.
        disguised: The words that are disguised.
        heaviest: The span of the text that weighed most.
        addresses: The words that stand in addresses only.
    """

    comment: Comment
    places: Places
    words: Sequence[Word]
    placed: Sequence[Weighed]
    disguised: Sequence[Disguised]
    heaviest: Weighed | None
    addresses: frozenset[str]


def look(comment: Comment, named: Iterable[Named], shares: Shares) -> Looked:
    """Return what edits of a comment are made from.

    Args:
        comment: As it was judged.
        named: Its features, at every place where they stand.
        shares: Of the slots of its text in the log-odds.
    """
    places = locate(comment.content)
    words = find_words(named, places.text, shares)
    placed = place(words)
    addresses = places.addresses(places.links)
    return Looked(
        comment=comment,
        places=places,
        words=words,
        placed=placed,
        disguised=find_disguised(places.text, words),
        heaviest=find_heaviest(placed),
        addresses=frozenset(w.reads for w in words if w.is_within(addresses)),
    )


def apply(comment: Comment, site: Site, edits: Iterable[Edit]) -> tuple[Comment, Site]:
    """Return the comment and the site as they would be with these edits."""
    edits = tuple(edits)
    fields = {name: value for edit in edits for name, value in edit.fields}
    cuts = [cut for edit in edits for cut in edit.cuts]
    if cuts:
        fields["content"] = _cut(comment.content, cuts)
    entries = frozenset(edit.entry for edit in edits)
    if site.blocklist & entries:
        site = msgspec.structs.replace(site, blocklist=site.blocklist - entries)
    return msgspec.structs.replace(comment, **fields), site


def _cut(content: str, cuts: Iterable[tuple[Span, str]]) -> str:
    """Return the content with spans replaced; what is taken out wins."""
    parts, last = [], 0
    gone = [span for span, instead in cuts if not instead]
    for (start, stop), instead in sorted(cuts):
        if instead and any(a < stop and start < b for a, b in gone):
            continue
        parts += [content[last : max(last, start)], instead]
        last = max(last, stop)
    return "".join([*parts, content[last:]])


def undo(step: str, comment: Comment, site: Site) -> Edit | None:
    """Return the edit without which a step before the classifier holds nothing."""
    if step == "asked":
        return Edit(Phrase("change-asked"), fields=(("asked_verdict", ""),))
    if step == "honeypot":
        return Edit(Phrase("change-honeypot"), fields=(("honeypot", ""),))
    if step == "blocklist":
        entry = lists.compile_list(site.blocklist).find(comment)
        if entry:
            return Edit(Phrase("change-entry", (("value", entry),)), entry=entry)
    return None


def find_edits(looked: Looked) -> Iterator[Edit]:
    """Yield single edits; of two that are as small, the first is the better one."""
    comment = looked.comment
    yield from _edit_links(looked)
    if comment.author_url:
        shown = (("value", quote(comment.author_url)),)
        yield Edit(Phrase("change-site", shown), fields=(("author_url", ""),))
    yield from _edit_words(looked)
    yield from _edit_spans(looked)
    yield from _edit_letters(looked)
    author = comment.author.strip()
    if author != PLAIN_NAME:
        named = (("value", PLAIN_NAME), ("was", quote(author)))
        signed = Phrase("change-author" if author else "change-author-missing", named)
        yield Edit(signed, fields=(("author", PLAIN_NAME),))
    if not comment.author_email:
        yield Edit(Phrase("change-mail"), fields=(("author_email", PLAIN_MAIL),))


def _edit_links(looked: Looked) -> Iterator[Edit]:
    links = looked.places.links
    by_domain: dict[str, list[str]] = {}
    for link in links:
        by_domain.setdefault(take_apart(link).domain or link, []).append(link)
    for domain, targets in [*by_domain.items()][:MAX_LINKS]:
        values = (("host", quote(domain)), ("count", len(targets)))
        yield from _without(looked, targets, Phrase("change-link", values))
    if len(by_domain) > 1:
        phrase = Phrase("change-links", (("count", len(links)),))
        yield from _without(looked, links, phrase)


def _without(looked: Looked, targets: Sequence[str], phrase: Phrase) -> Iterator[Edit]:
    """Yield the edit that takes links out, if afterwards they are out."""
    cuts = tuple((span, "") for span in _link_spans(looked.places, set(targets)))
    edit = Edit(phrase, len(targets), cuts)
    changed, _ = apply(looked.comment, Site(), [edit])
    if cuts and not set(markup.reduce(changed.content).links) & set(targets):
        yield edit


def _link_spans(places: Places, targets: set[str]) -> Iterator[Span]:
    """Yield where the content links to some targets; what a link is called stays."""
    opened: list[bool] = []
    for tag in places.tags:
        if tag.is_closing:
            if opened and opened.pop():
                yield tag.span
        else:
            is_wanted = tag.target in targets
            if tag.name not in ("img", "iframe"):
                opened.append(is_wanted)
            if is_wanted:
                yield tag.span
    for span in places.addresses(targets):
        yield from places.pieces(*span)


def _edit_words(looked: Looked) -> Iterator[Edit]:
    heavy = [word for word in looked.words if word.weight > 0]
    heavy = [word for word in heavy if word.reads not in looked.addresses]
    heavy.sort(key=lambda word: -word.weight)
    for word in heavy[: MAX_WORDS + MAX_MORE_WORDS]:
        start, stop = word.spans[0]
        shown = quote(looked.places.text[start:stop])
        values = (("value", shown), ("count", len(word.spans)))
        cuts = _pieces(looked.places, word.spans)
        if cuts:
            yield Edit(Phrase("change-word", values), len(word.spans), cuts)


def _pieces(places: Places, spans: Iterable[Span]) -> tuple[tuple[Span, str], ...]:
    """Return the cuts that take spans of the text out, with a blank for each."""
    return tuple(
        (piece, "")
        for start, stop in spans
        for piece in places.pieces(start, _with_blank(places.text, start, stop))
    )


def _with_blank(text: str, start: int, stop: int) -> int:
    is_first = start == 0 or text[start - 1] in _BLANKS
    return stop + 1 if is_first and text[stop : stop + 1] == " " else stop


def _edit_spans(looked: Looked) -> Iterator[Edit]:
    """Yield the edits without the heaviest span, and without a sentence."""
    text, places = looked.places.text, looked.places
    heaviest = looked.heaviest
    if heaviest:
        span = (heaviest.start, heaviest.stop)
        if _size(looked, span) > 1:
            yield from _without_span(looked, span, "change-phrase")
    if not places.are_known:
        return
    spans = [found.span() for found in _SENTENCE.finditer(text, 0, MAX_CHARACTERS)]
    weighed = [
        (sum(each.weight for each in _inside(looked, span)), span) for span in spans
    ]
    weighed.sort(key=lambda each: -each[0])
    for weight, span in weighed[:MAX_SENTENCES]:
        if weight > 0 and len(spans) > 1:
            yield from _without_span(looked, span, "change-sentence")


def _without_span(looked: Looked, span: Span, message: str) -> Iterator[Edit]:
    cuts = _pieces(looked.places, [span])
    if cuts:
        shown = quote(looked.places.text[span[0] : span[1]])
        yield Edit(Phrase(message, (("value", shown),)), _size(looked, span), cuts)


def _inside(looked: Looked, span: Span) -> Sequence[Weighed]:
    """Return the words that begin inside of a span."""
    first = bisect_left(looked.placed, span[0], key=attrgetter("start"))
    last = bisect_left(looked.placed, span[1], key=attrgetter("start"))
    return looked.placed[first:last]


def _size(looked: Looked, span: Span) -> int:
    return len(_inside(looked, span))


def _edit_letters(looked: Looked) -> Iterator[Edit]:
    """Yield the edit that writes disguised words in plain letters."""
    cuts: list[tuple[Span, str]] = []
    for (start, stop), _, reads in looked.disguised:
        pieces = looked.places.pieces(start, stop)
        cuts += [(piece, "" if at else reads) for at, piece in enumerate(pieces)]
    if cuts:
        _, written, reads = looked.disguised[0]
        shown = (("written", quote(written)), ("reads", quote(reads)))
        phrase = Phrase("change-letters", shown)
        yield Edit(phrase, len(looked.disguised), tuple(cuts))
