import numpy as np
import pytest

from saring.comment import Comment
from saring.features import identity
from saring.features.slots import pack


def test_author_names_see_through_disguise() -> None:
    plain, disguised = (identity.author_names(name) for name in ("GACOR", "𝗚𝗔𝗖𝗢𝗥"))

    assert plain[0] == disguised[0] == "identity:author:gacor"
    assert "identity:author_kind:mathematical" in disguised
    assert "identity:author_kind:mathematical" not in plain


@pytest.mark.parametrize(
    ("author", "case"),
    [("alice", "lower"), ("ALICE", "upper"), ("Alice W", "title"), ("aLice", "mixed")],
)
def test_author_names_tell_the_case(author: str, case: str) -> None:
    assert f"identity:author_case:{case}" in identity.author_names(author)


def test_author_names_of_nobody_are_one() -> None:
    assert identity.author_names("  ") == ["identity:author:"]


def test_email_names_hold_no_address() -> None:
    named = identity.email_names("Sam.1987@mail.example.co.id")

    assert "identity:mail:example.co.id" in named
    assert "identity:mail_digits:4" in named
    assert "identity:mail_dots:1" in named
    assert not any("sam" in name for name in named)


def test_email_names_mark_disposable_mail() -> None:
    assert "identity:mail_disposable" in identity.email_names("sam@mailinator.com")
    assert "identity:mail_disposable" not in identity.email_names("a@example.com")


@pytest.mark.parametrize("email", ["", "alice", " "])
def test_email_names_of_no_address_are_none(email: str) -> None:
    assert identity.email_names(email) == []


def test_names_say_nothing_of_an_ip_address() -> None:
    alice = Comment(author="Alice", author_email="a@example.com")
    known = Comment(author="Alice", author_email="a@example.com", address="203.0.113.9")

    assert identity.names(known) == identity.names(alice)


def test_extract_packs_the_names() -> None:
    for comment in (
        Comment(),
        Comment(author="Alice", author_email="a@example.com", address="203.0.113.9"),
    ):
        slots = np.frombuffer(identity.extract(comment), np.uint32).tolist()

        named = np.frombuffer(pack(identity.names(comment)), np.uint32).tolist()
        assert slots == named
