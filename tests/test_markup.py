import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saring import markup
from saring.comment import MAX_CONTENT_CHARACTERS


@pytest.mark.parametrize(
    "content",
    [
        "",
        "Terima kasih infonya. Salam dari Sleman",
        "if a < b and b > c then swap",
        "I <3 this, see <name> [sic] & co; x &y",
        "the list [b] has [link] in it",
        "selesai.Dan lalu 3.14",
    ],
)
def test_reduce_leaves_plain_text_alone(content: str) -> None:
    assert markup.reduce(content) == markup.Markup(content)


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("s&#108;&#x6f&#0000116", "slot"),
        ("s&shy;lot", "s\u00adlot"),
        ("AT&T &copy=1", "AT&T &copy=1"),
        ("sl<wbr>o<!-- -->t<kbd></kbd>", "slot"),
        ("\u202etols\u202c gacor", "\u202eslot\u202c gacor"),
        ("<b>\u202etols\u202c</b>", "\u202eslot\u202c"),
    ],
)
def test_reduce_shows_what_a_browser_shows(content: str, text: str) -> None:
    assert markup.reduce(content).text == text


def test_reduce_draws_links_out_of_html() -> None:
    reduced = markup.reduce(
        '<p>Nice <b>po</b>st</p><p>My <a href=" http://a.example/x?y=1&amp;z=2 ">site'
        "</a> and <a href=''>nothing</a></p>"
    )

    assert reduced.text.split() == ["Nice", "post", "My", "site", "and", "nothing"]
    assert reduced.links == ("http://a.example/x?y=1&z=2",)
    assert (reduced.html_count, reduced.linked_characters) == (1, 4)


def test_reduce_counts_images_as_links() -> None:
    assert markup.reduce("<img src=http://a.example/1.png>").links == (
        "http://a.example/1.png",
    )


def test_reduce_draws_links_out_of_bbcode() -> None:
    reduced = markup.reduce(
        "See [url=http://a.example/1]cheap pills[/url], [URL]http://b.example[/URL] "
        "and [b]buy[/b]"
    )

    assert reduced.text == "See cheap pills, http://b.example and buy"
    assert reduced.links == ("http://a.example/1", "http://b.example")
    assert reduced.bbcode_count == 1
    assert reduced.linked_characters == len("cheap pills") + len("http://b.example")


def test_reduce_reads_entities_without_tags() -> None:
    assert markup.reduce("R&amp;D &#60;3 &#x1F600;").text == "R&D <3 😀"


@pytest.mark.parametrize(
    ("content", "link"),
    [
        ("visit http://a.example/b, now", "http://a.example/b"),
        ("visit WWW.A.example", "WWW.A.example"),
        ("visit slot-a.example.com/daftar now", "slot-a.example.com/daftar"),
        ("visit hxxp://a.example", "hxxp://a.example"),
        ("kunjungi toko.co.id", "toko.co.id"),
    ],
)
def test_reduce_finds_bare_addresses(content: str, link: str) -> None:
    assert markup.reduce(content).links == (link,)


def test_reduce_names_a_link_once() -> None:
    content = '<a href="http://a.example">http://a.example</a> http://b.example/'

    assert markup.reduce(content).links == ("http://a.example", "http://b.example/")


def test_reduce_bounds_the_links() -> None:
    bare = " ".join(f"a{number}.example.com" for number in range(500))

    assert len(markup.reduce(bare).links) == markup.MAX_LINKS


HOSTILE = [
    "<",
    "<a>",
    "<a><b><font><i><u>",
    "<a href=x>",
    "<!--",
    "<table><tr><td>",
    "[url=",
    "[b]",
    "[url=http://a]",
    "&amp;",
    "&#",
    "&a",
    "http://",
    "www.",
    "a.",
    "a.com",
    ".com",
    "a-",
    "x",
    " ",
    "\x00",
]


@pytest.mark.timeout(60)  # a pattern that blows up takes hours
@pytest.mark.parametrize("piece", HOSTILE)
def test_reduce_bounds_its_work(piece: str) -> None:
    content = (piece * MAX_CONTENT_CHARACTERS)[:MAX_CONTENT_CHARACTERS]

    reduced = markup.reduce(content)

    assert len(reduced.text) <= len(content)


@given(st.text(st.sampled_from("<>/ab[]url=& ;#.:w\n\"'"), max_size=200))
def test_reduce_takes_any_text(content: str) -> None:
    reduced = markup.reduce(content)

    assert len(reduced.links) <= 2 * markup.MAX_LINKS + 1
    assert reduced.linked_characters >= 0


def test_reduce_keeps_nothing_of_the_content_before() -> None:
    open_ended = '<div><a href="http://sam.example/">x<textarea><b>'
    expected = markup.reduce("<p>Halo</p>")

    for _ in range(200):
        markup.reduce(open_ended)
        assert markup.reduce("<p>Halo</p>") == expected


def test_reduce_works_in_several_threads() -> None:
    contents = [
        f'<b>{number}</b> <a href="http://a.example/{number}">x</a>'
        for number in range(300)
    ]
    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(markup.reduce, contents))

    assert found == [markup.reduce(content) for content in contents]


SCHEMES = ["http://", "HTTPS://", "hxxp://", "hXXps://", "fTp://", "WWW.", "httpſ://"]


@given(
    st.lists(
        st.sampled_from([*SCHEMES, "h", "w", "s", "a.b", " ", "://"]), max_size=8
    ).map("".join)
)
def test_reduce_finds_addresses_in_any_case(text: str) -> None:
    plain = r"(?i)(?:https?://|hxxps?://|ftp://|www\.)[^\s<>\"'\[\]{}|\\^`]{1,500}"
    wanted = [match.rstrip(".,;:!?)") for match in re.findall(plain, text)]

    found = markup.reduce(text).links

    assert found[: len(set(wanted))] == tuple(dict.fromkeys(wanted))
