"""Markup: HTML, BBCode and entities reduced to text plus links.

Plain text passes through almost untouched. The work is bounded: of a long content only
a head and a tail are read, and no pattern here can try more than a line's worth twice.
"""

import re
import threading
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple, cast

from selectolax.lexbor import LexborHTMLParser, LexborNode

from saring.reversal import in_reading_order

HEAD_CHARACTERS = 6_000
TAIL_CHARACTERS = 2_000
MAX_LINKS = 64
_CONTENTS_A_PAGE = 64

# Only tags that comments use: "<name>" and "<3" are text.
_TAG = re.compile(
    r"<(?=[a-zA-Z/])/?(?:a|abbr|b|big|blockquote|br|center|cite|code|del|div|em|font|h[1-6]|hr|i|iframe"
    r"|img|ins|kbd|li|mark|ol|p|pre|q|s|samp|script|small|span|strike|strong|style|sub|sup"
    r"|table|tbody|td|th|tr|tt|u|ul|var|wbr)[\s/>]|<!--",
    re.IGNORECASE,
)
_BREAK = re.compile(
    r"<(?=/?(?:p|br|hr|div|li|ul|ol|tr|td|th|h[1-6]|blockquote|pre|table)\b)",
    re.IGNORECASE,
)
_TARGETS = "a[href],img[src],iframe[src]"
# As browsers do, a number may begin with zeros and end without its semicolon.
_ENTITY = re.compile(
    r"&(?:#0{0,20}[0-9]{1,7};?|#[xX]0{0,20}[0-9a-fA-F]{1,6};?"
    r"|[a-zA-Z][a-zA-Z0-9]{1,31};)"
)
_BBCODE = re.compile(
    r"\[(/?)(url|link|img|email|b|i|u|s|quote|code|color|size|center|list)"
    r"(?:=([^\]\[\s]{1,500}))?\]",
    re.IGNORECASE,
)
# http, https, hxxp, hxxps, ftp and www, whatever the case; "ſ" is a small s too. Spelt
# out from a set of first letters, it goes through a text in a tenth of the time.
_ADDRESS = re.compile(
    r"[hHfFwW](?:"
    r"(?<=[hH])(?:[tT]{2}|[xX]{2})[pP][sSſ]?://|(?<=[fF])[tT][pP]://|(?<=[wW])[wW]{2}\."
    r")[^\s<>\"'\[\]{}|\\^`]{1,500}"
)
# Endings that people write without a scheme; "selesai.Dan" is no domain.
_ENDING = re.compile(
    r"\.(?:com|net|org|info|biz|xyz|site|online|club|vip|top|shop|store|live|link|me|io"
    r"|co|id|ru|cn|tk|cc|pw|win|bet|casino|asia|app|dev|ly|gg|to|us|uk|de|in|tv|ws|pro)"
    r"(?![a-z0-9-])(?:\.[a-z]{2}(?![a-z0-9-]))?(?:/[^\s<>\"'\[\]]{0,200})?",
    re.IGNORECASE,
)
_DOT = re.compile(r"\.[a-zA-Z]")
_HOST_TAIL = re.compile(r"[a-z0-9](?:[a-z0-9.-]{0,62})\Z", re.IGNORECASE)
_LONGEST_HOST = 64


class Markup(NamedTuple):
    """What is left of a content.

    Attributes:
        text: What a reader sees, entities decoded.
        links: Where it links to, in order, as written; bare addresses come last.
        linked_characters: How much of the text is inside links of HTML or BBCode.
        html_count: How many links are HTML's.
        bbcode_count: How many links are BBCode's.
    """

    text: str
    links: tuple[str, ...] = ()
    linked_characters: int = 0
    html_count: int = 0
    bbcode_count: int = 0


def reduce(content: str) -> Markup:
    """Return the text of a content and its links.

    Example:
        >>> reduce('Read <a href="http://example.com/a">this</a> &amp; that')[:2]
        ('Read this & that', ('http://example.com/a',))
        >>> reduce("a < b [sic]").text
        'a < b [sic]'

    """
    if "<" not in content and "&" not in content and "[" not in content:
        content = in_reading_order(content)
        if "://" not in content and not _DOT.search(content):
            return Markup(content)
        return _with_addresses(Markup(content), bound(content))
    content = bound(content)
    reduced = Markup(content)
    if _TAG.search(content):
        reduced = _reduce_html(content)
    elif "&" in content:
        reduced = Markup(_ENTITY.sub(_decode, content))
    if "[" in reduced.text:
        reduced = _reduce_bbcode(reduced)
    reduced = reduced._replace(text=in_reading_order(reduced.text))
    return _with_addresses(reduced, reduced.text)


def bound(content: str) -> str:
    """Return the content, or the head and tail of one that is too long to read."""
    if len(content) <= HEAD_CHARACTERS + TAIL_CHARACTERS:
        return content
    return f"{content[:HEAD_CHARACTERS]}\n{content[-TAIL_CHARACTERS:]}"


def _decode(entity: re.Match[str]) -> str:
    return unescape(entity[0])


class _Page(threading.local):
    """An empty page to put contents into, one after the other; each thread has its own.

    A new page costs four times what a short comment does. What was in a page takes up
    memory until the page goes, so none is kept for long.
    """

    def __init__(self) -> None:
        self._left = 0

    def fill(self, content: str) -> tuple[LexborHTMLParser, LexborNode]:
        """Return page and body with this content in it, good until the next one."""
        if not self._left:
            self._left = _CONTENTS_A_PAGE
            self._page = LexborHTMLParser("")
            # The standard gives every page a body.
            self._body = cast("LexborNode", self._page.body)
        self._left -= 1
        self._body.inner_html = content
        return self._page, self._body


_PAGE = _Page()


def _reduce_html(content: str) -> Markup:
    # Half a surrogate pair is no character, and the page takes none.
    whole = _BREAK.sub("\n<", content).encode("utf-8", "ignore").decode()
    # As in a browser, there are no blanks in front of the first tag or letter.
    page, body = _PAGE.fill(whole.lstrip(" \t\n\f\r"))
    links, characters = [], 0
    for node in _targets(page, content.lower()):
        attributes = node.attributes
        target = (attributes.get("href") or attributes.get("src") or "").strip()
        if target:
            links.append(target)
            characters += len(node.text())
    return Markup(body.text(), tuple(links), characters, len(links))


def _targets(page: LexborHTMLParser, lowered: str) -> list[LexborNode]:
    """Return what leads elsewhere; a look at names is quicker than a selector."""
    if "src" in lowered:
        return page.css(_TARGETS)[:MAX_LINKS]
    return page.tags("a")[:MAX_LINKS] if "href" in lowered else []


def _reduce_bbcode(reduced: Markup) -> Markup:
    """Take the tags of BBCode out of a text, and the links out of the tags."""
    text = reduced.text
    parts, links, characters = [], [], 0
    last, opened = 0, -1
    for tag in find_bbcode(text):
        is_closing, name, target = tag[1], tag[2].lower(), tag[3]
        between = text[last : tag.start()]
        parts.append(between)
        if name in ("url", "link", "img"):
            if not is_closing and target:
                links.append(target.strip("\"'"))
            if is_closing and opened == last:
                characters += len(between)
            opened = tag.end() if not is_closing else -1
        last = tag.end()
    if not last:
        return reduced
    parts.append(text[last:])
    return reduced._replace(
        text="".join(parts),
        links=(*reduced.links, *links[:MAX_LINKS]),
        linked_characters=reduced.linked_characters + characters,
        bbcode_count=len(links),
    )


def find_bbcode(text: str) -> Iterator[re.Match[str]]:
    """Yield the tags of BBCode: whether it ends something, its name, its value.

    A word in brackets is a tag only where it is closed somewhere or has a value.
    """
    closed = {
        name.lower() for is_closing, name, _ in _BBCODE.findall(text) if is_closing
    }
    return (tag for tag in _BBCODE.finditer(text) if tag[3] or tag[2].lower() in closed)


def has_tags(content: str) -> bool:
    """Say whether a content has tags of HTML."""
    return _TAG.search(content) is not None


def is_break(content: str, start: int) -> bool:
    """Say whether the tag that begins here begins a new line."""
    return _BREAK.match(content, start) is not None


def is_entity(text: str) -> bool:
    """Say whether a text is an entity, in a content without tags."""
    return _ENTITY.fullmatch(text) is not None


def _with_addresses(reduced: Markup, text: str) -> Markup:
    """Add the addresses that stand bare in the text and are no link already."""
    found = []
    if "://" in text or "www." in text.lower():
        found = [match.rstrip(".,;:!?)") for match in _ADDRESS.findall(text)]
    if _DOT.search(text) and _ENDING.search(text):
        # What begins with a scheme is counted above.
        found += _bare_domains(_ADDRESS.sub(" ", text))
    known = set(reduced.links)
    fresh = [link for link in dict.fromkeys(found) if link not in known]
    if not fresh:
        return reduced
    return reduced._replace(links=(*reduced.links, *fresh[:MAX_LINKS]))


def _bare_domains(text: str) -> list[str]:
    domains = []
    for ending in _ENDING.finditer(text):
        before = text[max(0, ending.start() - _LONGEST_HOST) : ending.start()]
        host = _HOST_TAIL.search(before)
        if host:
            domains.append(host[0] + ending[0])
        if len(domains) == MAX_LINKS:
            break
    return domains
