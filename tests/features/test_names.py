import pytest

from saring.features.names import (
    Address,
    is_disposable,
    is_shortener,
    registrable,
    take_apart,
)


def test_take_apart_reads_an_address_without_a_scheme() -> None:
    assert take_apart("www.blog.example.co.id/x") == Address(
        "blog.example.co.id", "example.co.id", "co.id", "/x", is_number=False
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
