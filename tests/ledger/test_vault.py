"""The vault: what it hides, what it binds, and what it finds again."""

import multiprocessing
import os
from datetime import UTC, datetime

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.stores import HAM, NOON, SPAM
from saring.comment import Comment
from saring.errors import SecretError
from saring.ledger import vault as vault_module
from saring.ledger.vault import NONCES, Nonces, Vault

VAULT = Vault(b"m" * 32)
OTHER = Vault(b"n" * 32)


@given(st.binary(max_size=8192), st.binary(max_size=32))
def test_box_gives_back_what_it_was_given(data: bytes, row: bytes) -> None:
    assert VAULT.features.decrypt(row, VAULT.features.encrypt(row, data)) == data


def test_box_never_seals_alike_twice() -> None:
    sealed = {VAULT.features.encrypt(b"1", b"same") for _ in range(100)}

    assert len(sealed) == 100


def test_box_opens_nothing_of_another_row_table_or_secret() -> None:
    sealed = VAULT.features.encrypt(b"1", b"data")

    for box, row in [
        (VAULT.features, b"2"),
        (VAULT.comments, b"1"),
        (OTHER.features, b"1"),
    ]:
        with pytest.raises(SecretError):
            box.decrypt(row, sealed)


@pytest.mark.parametrize("sealed", [b"", b"short", b"x" * 12, b"x" * 100])
def test_box_refuses_what_it_did_not_seal(sealed: bytes) -> None:
    with pytest.raises(SecretError):
        VAULT.comments.decrypt(b"1", sealed)


def test_vault_needs_a_master_of_its_length() -> None:
    with pytest.raises(SecretError, match="31 bytes"):
        Vault(b"m" * 31)


def test_vault_hashes_keys_in_any_case() -> None:
    assert VAULT.hash_api_key(" ABC123 ") == VAULT.hash_api_key("abc123")
    assert VAULT.hash_api_key("abc123") != OTHER.hash_api_key("abc123")


def test_match_key_is_blind_to_outer_blanks_and_line_ends_only() -> None:
    lines = msgspec.structs.replace(SPAM, content="satu\ndua")
    crlf = msgspec.structs.replace(SPAM, content=" satu\r\ndua\r\n")
    changed = msgspec.structs.replace(SPAM, address="203.0.113.8")

    assert VAULT.match_key(crlf) == VAULT.match_key(lines)
    assert VAULT.match_key(changed) != VAULT.match_key(SPAM)
    assert OTHER.match_key(SPAM) != VAULT.match_key(SPAM)


def test_match_key_keeps_fields_apart() -> None:
    one, other = Comment(content="ab", author="c"), Comment(content="a", author="bc")

    assert VAULT.match_key(one) != VAULT.match_key(other)


def test_match_key_takes_any_text() -> None:
    assert len(VAULT.match_key(Comment(content="\ud800 \x00"))) == 16


def test_subject_keys_keep_the_email_and_turn_the_address_by_month() -> None:
    december = datetime(2026, 12, 1, tzinfo=UTC)

    email, address = VAULT.subject_keys(SPAM, NOON)
    email_later, address_later = VAULT.subject_keys(SPAM, december)
    lower = msgspec.structs.replace(SPAM, author_email=" sam@spam.example")

    assert email == email_later
    assert address != address_later
    assert VAULT.subject_keys(lower, NOON) == (email, address)
    assert set(VAULT.subject_keys(HAM, NOON)).isdisjoint({email, address})


def test_subject_keys_are_none_for_nobody() -> None:
    assert VAULT.subject_keys(Comment(content="halo"), NOON) == ()


def test_reporter_key_is_one_for_each_name_and_key() -> None:
    assert VAULT.reporter_key(1, "Bob ") == VAULT.reporter_key(1, "bob")
    assert VAULT.reporter_key(2, "Bob") != VAULT.reporter_key(1, "Bob")
    assert VAULT.reporter_key(1, " ") == b""


def test_nonces_begin_anew_before_they_repeat(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(vault_module, "COUNTER_LIMIT", 3)
    nonces = Nonces()

    taken = [nonces.take() for _ in range(10)]

    assert len(set(taken)) == 10
    assert {len(one) for one in taken} == {12}
    assert len({one[:8] for one in taken}) == 4


def test_nonces_of_a_forked_child_are_its_own() -> None:
    reader, writer = os.pipe()

    child = multiprocessing.get_context("fork").Process(
        target=lambda: os.write(writer, NONCES.take())
    )
    child.start()
    child.join()

    theirs = os.read(reader, 12)
    os.close(reader)
    os.close(writer)
    assert theirs[:8] != NONCES.take()[:8]
