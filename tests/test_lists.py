"""Tests of allowlists and blocklists."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saring.comment import Comment
from saring.errors import BadRequestError
from saring.lists import compile_list, normalise_entry


def find(entry: str, comment: Comment) -> str:
    return compile_list(frozenset({normalise_entry(entry)})).find(comment)


def test_list_finds_an_email_in_any_letter_case() -> None:
    alice = Comment(author_email=" Alice@Example.org")

    assert find("alice@EXAMPLE.org", alice) == "alice@example.org"
    assert find("bob@example.org", alice) == ""


def test_list_finds_all_of_a_mail_domain_but_not_of_its_neighbour() -> None:
    assert find("@example.org", Comment(author_email="bob@example.org"))
    assert not find("@example.org", Comment(author_email="bob@notexample.org"))
    assert not find("@example.org", Comment(author_email="no address"))


def test_list_finds_an_address_in_a_network() -> None:
    assert find("203.0.113.9/24", Comment(address="203.0.113.77")) == "203.0.113.0/24"
    assert find("2001:db8::/32", Comment(address="2001:db8::1"))
    assert not find("203.0.113.0/24", Comment(address="203.0.114.1"))


def test_list_passes_over_an_address_that_cannot_be_read() -> None:
    assert not find("203.0.113.0/24", Comment(address="ip"))
    assert not find("203.0.113.0/24", Comment())


@pytest.mark.parametrize(
    "link",
    [
        "https://spam.example/page",
        "spam.example",
        "http://WWW.Spam.Example:8080/",
        "//spam.example./",
    ],
)
def test_list_finds_a_host_in_the_authors_url(link: str) -> None:
    assert find("spam.example", Comment(author_url=link)) == "spam.example"


def test_list_finds_a_host_in_a_link_of_the_text() -> None:
    comment = Comment(content='see <a href="https://spam.example/x">this</a>')

    assert find("spam.example", comment) == "spam.example"


def test_list_of_authors_passes_over_links_of_the_text() -> None:
    friends = compile_list(frozenset({"alice.example"}))
    content = 'see <a href="https://alice.example/x">this</a>'
    sam = Comment(author_url="https://sam.example", content=content)
    alice = Comment(author_url="https://blog.alice.example", content=content)

    assert friends.find_author(sam) == ""
    assert friends.find_author(alice) == friends.find(sam) == "alice.example"


def test_list_does_not_take_the_end_of_a_name_for_a_host() -> None:
    assert not find("spam.example", Comment(author_url="https://notspam.example/"))


@pytest.mark.parametrize(
    "entry", ["", "spam", "@", "a b@example.org", "http://x", "x" * 400]
)
def test_list_refuses_what_is_no_entry(entry: str) -> None:
    with pytest.raises(BadRequestError, match="is no entry of a list"):
        normalise_entry(entry)


@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=60))
def test_list_answers_for_any_text(url: str, email: str, address: str) -> None:
    entries = frozenset({"spam.example", "@example.org", "203.0.113.0/24"})
    comment = Comment(author_url=url, author_email=email, address=address)

    assert compile_list(entries).find(comment) in {"", *entries}
