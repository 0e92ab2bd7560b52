"""Places: letters of a text, found again in the content as it was sent."""

from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saring import markup
from saring.places import locate


@pytest.mark.parametrize(
    ("content", "word", "sent"),
    [
        ("plain slot here", "slot", "slot"),
        ("<p>Tom &amp; <b>slot</b></p>", "slot", "slot"),
        ("a &lt;b&gt; &#115;lot", "slot", "&#115;lot"),
        ("<b>s</b>lot", "slot", "s</b>lot"),
        ("\n <p>slot</p>", "slot", "slot"),
        ("[url=http://x.example]slot[/url] [sic]", "slot", "slot"),
        ("[b]<i>slot</i>[/b]", "slot", "slot"),
        ("one\r\n<br>slot", "slot", "slot"),
        ("<!-- x --><b title='>'>slot</b>", "slot", "slot"),
    ],
)
def test_locate_finds_a_word_in_the_content(content: str, word: str, sent: str) -> None:
    places = locate(content)
    start = places.text.index(word)

    found = places.of(start, start + len(word))

    assert found is not None
    assert content[slice(*found)] == sent


def test_locate_finds_the_tail_of_a_content_that_is_too_long_to_read() -> None:
    content = "<b>x</b> " + "a " * 6_000 + "slot"
    places = locate(content)

    assert places.of(len(places.text) - 4, len(places.text)) == (
        len(content) - 4,
        len(content),
    )


def test_locate_owns_up_where_it_cannot_tell() -> None:
    places = locate("<script>x</script><style>b</style> y <p")

    assert places.of(0, 0) is None
    if not places.are_known:
        assert places.of(0, 1) is None
        assert places.pieces(0, 1) == []


def test_pieces_leave_the_tags_that_stand_inside() -> None:
    places = locate("a <b>s</b>lot &amp; b")

    pieces = places.pieces(2, 6)

    assert pieces == [(5, 6), (10, 13)]


def test_tags_tell_where_the_content_links_to() -> None:
    places = locate(
        "<a href='http://x.example/?a=1&amp;b=2'>x</a><img src=http://i.example>"
        '[url="http://z.example"]z[/url]'
    )

    assert [(tag.name, tag.is_closing, tag.target) for tag in places.tags] == [
        ("a", False, "http://x.example/?a=1&b=2"),
        ("a", True, ""),
        ("img", False, "http://i.example"),
        ("url", False, "http://z.example"),
        ("url", True, ""),
    ]


MARKS = [
    "slot",
    "<b>",
    "</b>",
    "<p>",
    "&amp;",
    "&#115;",
    "&",
    "<",
    ">",
    "[",
    "</a>",
    "[b]",
    "[/b]",
    "é",
    "𝗦",
    "<!--",
    "-->",
    "<br/>",
    "&notanentity;",
    "&lt;b&gt;",
    "http://y.example/z",
    '<ahref="x">',
]
MORE = [" ", "\n", "\r\n", '"', "<a href='http://x.example'>", "'"]
MARKED = st.lists(st.sampled_from([*MARKS, *MORE]), max_size=30).map("".join)


@given(MARKED)
def test_located_letters_are_those_of_the_content(content: str) -> None:
    places = locate(content)

    assert places.text == markup.reduce(content).text
    for at, letter in enumerate(places.text if places.are_known else ""):
        found = places.of(at, at + 1)
        assert found is not None
        sent = content[slice(*found)]
        # A break before a tag is no letter of the content, a new line may be two.
        assert letter in unescape(sent) or (letter == "\n" and sent in ("", "\r\n"))
