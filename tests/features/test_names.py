from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saring.features.names import (
    Address,
    is_disposable,
    is_shortener,
    registrable,
    split_address,
    take_apart,
)


def test_take_apart_reads_an_address_without_a_scheme() -> None:
    assert take_apart("www.blog.example.co.id/x") == Address(
        "blog.example.co.id", "example.co.id", "co.id", is_number=False, path="/x"
    )


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("http://203.0.113.9/x", "203.0.113.9"),
        ("http://[2001:db8::1]:80/", "2001:db8::1"),
    ],
)
def test_take_apart_knows_numbers(address: str, host: str) -> None:
    assert take_apart(address)[:2] == (host, host)
    assert take_apart(address).is_number


@pytest.mark.parametrize("address", ["", "/", "mailto:", "http://[oops", "javascript:"])
def test_take_apart_takes_what_is_no_address(address: str) -> None:
    assert not take_apart(address).is_number


def test_take_apart_takes_a_host_that_ends_in_a_digit() -> None:
    assert take_apart("slot88").host == "slot88"
    assert not take_apart("slot88").is_number


def test_registrable_of_a_suffix_is_itself() -> None:
    assert registrable("co.id") == ("co.id", "co.id")


def test_lists_know_their_domains() -> None:
    assert is_shortener("tinyurl.com")
    assert is_disposable("mailinator.com")
    assert not is_disposable("gmail.com")


PIECES = [
    *("http", "HTTPS", "://", ":", "//", "/", "?", "#", "@", "[", "]", "80", "www."),
    *("a.example", "A-1_b", "%41", "é", " ", "\t", "\n", "\x01", ".", "&", "=", "\\"),
]


@given(st.lists(st.sampled_from(PIECES), max_size=9).map("".join))
def test_split_address_agrees_with_the_standard_library(rest: str) -> None:
    address = f"http://{rest}".strip()
    host, _ = split_address(address)

    try:
        wanted = urlsplit(address).hostname or ""
    except ValueError:
        wanted = ""

    assert host == wanted.rstrip(".").removeprefix("www.")
