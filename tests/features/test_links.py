import numpy as np

from saring import markup
from saring.features import links
from saring.features.slots import pack


def names(content: str, author_url: str = "") -> list[str]:
    return links.names(markup.reduce(content), author_url)


def test_names_of_no_link_are_one() -> None:
    assert names("Terima kasih") == ["links:count:0"]


def test_names_say_where_a_link_leads() -> None:
    named = names('<a href="http://www.slot.example.co.id/daftar-akun">ini</a>')

    assert {
        "links:count:1",
        "links:html:1",
        "links:bare:0",
        "links:share:8",
        "links:domain:example.co.id",
        "links:link:host:slot.example.co.id",
        "links:link:ending:co.id",
        "links:link:word:daftar",
        "links:link:depth:1",
    } <= set(named)


def test_names_share_a_domain_between_content_and_author() -> None:
    assert "links:domain:example.com" in names("see http://a.example.com/")
    assert "links:domain:example.com" in names("see", "http://b.example.com/")


def test_names_mark_shorteners_numbers_and_punycode() -> None:
    named = names("http://bit.ly/x http://203.0.113.9/ http://xn--slt-hoa.example/")

    assert "links:link:shortener" in named
    assert "links:link:number" in named
    assert "links:link:punycode" in named


def test_names_mark_a_link_without_host() -> None:
    assert "links:author:no_host" in names("", "http:///x")


def test_names_are_bounded_and_given_once() -> None:
    many = names(" ".join(f"http://a{number}.example/x" for number in range(60)))

    assert len(many) == len(set(many))
    assert len(many) < 200


def test_extract_packs_the_names() -> None:
    for content, author_url in (
        ("plain", ""),
        ("plain", "http://b.example/me"),
        ("http://a.example/x", "http://b.example/me"),
    ):
        reduced = markup.reduce(content)
        packed = links.extract(reduced, author_url)

        slots = np.frombuffer(packed, np.uint32).tolist()
        named = np.frombuffer(pack(links.names(reduced, author_url)), np.uint32)
        assert slots == named.tolist()
