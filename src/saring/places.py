"""Places: where in a content, as it was sent, each letter of its text stands.

A text is what `markup` leaves of a content. Here the content is read once more with its
places kept, and only where that gives the very same text are they trusted.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from html import unescape
from typing import NamedTuple

from saring import markup

Span = tuple[int, int]

_PIECE = re.compile(
    r"(?P<comment><!--.*?(?:-->|\Z))"
    # What a tag does not close, the end of the content does.
    r"|(?P<tag></?[a-zA-Z](?:=\s*\"[^\"]*(?:\"|\Z)|=\s*'[^']*(?:'|\Z)|[^>])*(?:>|\Z))"
    r"|(?P<entity>&(?:\#[0-9]+;?|\#[xX][0-9a-fA-F]+;?|[^\t\n\f <&\#;]{1,32};?))"
    r"|(?P<newline>\r\n?)",
    re.DOTALL,
)
_NAME = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]*)")
_TARGET = re.compile(
    r"\b(?:href|src)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))", re.IGNORECASE
)
_LINKING = frozenset(("a", "img", "iframe", "url", "link"))


class Tag(NamedTuple):
    """A tag of HTML or BBCode that links, or that ends a link.

    Attributes:
        target: Where it links to; empty for an end.
        span: Where it stands in the content.
    """

    name: str
    is_closing: bool
    target: str
    span: Span


class Places(NamedTuple):
    """The text of a content and where each of its letters comes from.

    Attributes:
        spans: Of each letter, in the content; None where they could not be found out,
            or need not be, since the text is the content.
        is_plain: Whether the text is the content.
        tags: What makes links, in the order of the content.
        links: Where the content links to, as `markup` has it.
    """

    text: str
    spans: Sequence[Span] | None
    tags: tuple[Tag, ...] = ()
    links: tuple[str, ...] = ()
    is_plain: bool = False

    @property
    def are_known(self) -> bool:
        """Say whether the letters of the text are found in the content."""
        return self.is_plain or self.spans is not None

    def addresses(self, targets: Iterable[str]) -> list[Span]:
        """Return where some of the links stand in the text, for all to read."""
        # The longest first: a link may be the beginning of another.
        longest_first = sorted(set(targets), key=len, reverse=True)
        pattern = "|".join(map(re.escape, longest_first))
        return [found.span() for found in re.finditer(pattern, self.text) if pattern]

    def of(self, start: int, stop: int) -> Span | None:
        """Return where a span of the text stands in the content."""
        if self.is_plain:
            return start, stop
        if self.spans is None or start >= stop:
            return None
        return self.spans[start][0], self.spans[stop - 1][1]

    def pieces(self, start: int, stop: int) -> list[Span]:
        """Return what to take out of the content to be rid of a span of the text.

        The tags inside stay, so that what is opened is closed.
        """
        if self.is_plain:
            return [(start, stop)]
        if self.spans is None:
            return []
        joined: list[Span] = []
        for one in self.spans[start:stop]:
            if joined and joined[-1][1] == one[0]:
                joined[-1] = joined[-1][0], one[1]
            elif not joined or joined[-1] != one:
                joined.append(one)
        return joined


def locate(content: str) -> Places:
    """Return the text of a content with the places of its letters.

    Example:
        >>> places = locate("<b>Tom</b> &amp; I")
        >>> places.text, places.of(0, 3), places.of(4, 5)
        ('Tom & I', (3, 6), (11, 16))

    """
    text, links = markup.reduce(content)[:2]
    if text == content:
        return Places(text, None, (), links, is_plain=True)
    bounded, origins = _bounded(content)
    letters, tags = _read(bounded)
    letters, more = _read_bbcode(letters)
    skipped = _first_difference(letters, text)
    if "".join([letter for letter, _, _ in letters[skipped:]]) != text:
        return Places(text, None, _moved_tags(tags, origins), links)
    spans = [(start, end) for _, start, end in letters[skipped:]]
    if bounded != content:
        spans = [_moved(span, origins) for span in spans]
    return Places(text, spans, _moved_tags((*tags, *more), origins), links)


Letter = tuple[str, int, int]


def _bounded(content: str) -> tuple[str, Sequence[int]]:
    """Return what `markup` reads of a content, and where each letter of it stands."""
    bounded = markup.bound(content)
    if bounded == content:
        return content, range(len(content) + 1)
    head, tail = markup.HEAD_CHARACTERS, len(content) - markup.TAIL_CHARACTERS
    return bounded, [*range(head + 1), *range(tail, len(content) + 1)]


def _moved(span: Span, origins: Sequence[int]) -> Span:
    start, end = span
    return origins[start], origins[end - 1] + 1 if end > start else origins[start]


def _moved_tags(tags: Iterable[Tag], origins: Sequence[int]) -> tuple[Tag, ...]:
    return tuple(tag._replace(span=_moved(tag.span, origins)) for tag in tags)


def _read(content: str) -> tuple[list[Letter], list[Tag]]:
    """Return the letters outside of HTML's tags, and the tags that link."""
    is_html = markup.has_tags(content)
    letters: list[Letter] = []
    tags: list[Tag] = []
    last = 0
    for piece in _PIECE.finditer(content):
        start, end = piece.span()
        kind = piece.lastgroup
        if not is_html and (kind != "entity" or not markup.is_entity(piece[0])):
            continue
        letters += _letters(content, last, start)
        last = end
        if kind in ("comment", "tag"):
            if markup.is_break(content, start):
                letters.append(("\n", start, start))
            tags += _tags(piece)
        else:
            plain = "\n" if kind == "newline" else unescape(piece[0])
            if plain == piece[0]:
                letters += _letters(content, start, end)
            else:
                letters += [(letter, start, end) for letter in plain]
    letters += _letters(content, last, len(content))
    return letters, tags


def _letters(content: str, start: int, end: int) -> Iterator[Letter]:
    places = range(start, end + 1)
    return zip(content[start:end], places, places[1:], strict=False)


def _tags(piece: re.Match[str]) -> Iterator[Tag]:
    named = _NAME.match(piece[0])
    if named and named[1].lower() in _LINKING:
        found = _TARGET.search(piece[0])
        target = next(filter(None, found.groups()), "") if found else ""
        is_closing = piece[0].startswith("</")
        target = unescape(target).strip()
        yield Tag(named[1].lower(), is_closing, target, piece.span())


def _read_bbcode(letters: list[Letter]) -> tuple[list[Letter], list[Tag]]:
    """Return the letters outside of BBCode's tags, and the tags that link."""
    text = "".join([letter for letter, _, _ in letters])
    kept: list[Letter] = []
    tags: list[Tag] = []
    last = 0
    for tag in markup.find_bbcode(text):
        kept += letters[last : tag.start()]
        last = tag.end()
        name = tag[2].lower()
        if name in _LINKING:
            span = letters[tag.start()][1], letters[last - 1][2]
            target = (tag[3] or "").strip("\"'")
            tags.append(Tag(name, bool(tag[1]), target, span))
    return kept + letters[last:], tags


def _first_difference(letters: list[Letter], text: str) -> int:
    """Return how many blanks at the beginning a parser of HTML leaves out."""
    extra = len(letters) - len(text)
    begin = "".join([letter for letter, _, _ in letters[: max(0, extra)]])
    return extra if extra > 0 and begin.isspace() else 0
