"""Tests of crowds: how many people posted the same, in a short time."""

import pytest

from saring import Comment, crowds, features
from saring.crowds import WINDOW_SECONDS, Crowds, identity_of, leads_away
from saring.fingerprints import Fingerprint, fingerprint

NOW = 1_800_000_000.0
TEXT = "Makasih kakak yang kemarin kasih tahu NAGA77, sekarang motor saya sudah lunas"
OTHER = (
    "Butuh dana cepat tanpa jaminan? Hubungi ibu Ratna, proses sebentar langsung cair"
)


def fingerprinted(content: str = TEXT) -> Fingerprint:
    found = fingerprint(features.extract(Comment(content=content, author="Sam")))
    assert found is not None
    return found


def test_crowd_counts_identities_and_not_copies() -> None:
    seen = Crowds()
    for identity in (1, 2, 2, 3, 3, 3):
        seen.see(fingerprinted(), 1, identity, NOW)

    assert seen.count(fingerprinted(TEXT + " 🔥"), 1, NOW) == 3
    assert seen.count(fingerprinted(OTHER), 1, NOW) == 0


def test_crowd_is_of_one_owner_alone() -> None:
    seen = Crowds()
    seen.see(fingerprinted(), 1, 1, NOW)

    assert seen.count(fingerprinted(), 2, NOW) == 0


def test_crowd_forgets_who_came_before_the_last_day() -> None:
    seen = Crowds()
    seen.see(fingerprinted(), 1, 1, NOW)
    seen.see(fingerprinted(), 1, 2, NOW + 10)

    assert seen.count(fingerprinted(), 1, NOW + WINDOW_SECONDS) == 1
    assert seen.count(fingerprinted(), 1, NOW + WINDOW_SECONDS + 10) == 0


def test_crowd_remembers_the_newest_of_its_identities() -> None:
    seen = Crowds()
    for identity in range(100):
        seen.see(fingerprinted(), 1, identity, NOW + identity)

    assert seen.count(fingerprinted(), 1, NOW + 100) == crowds.MAX_IDENTITIES


def test_crowds_are_so_many_at_most(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crowds, "MAX_CROWDS", 2)
    seen = Crowds()
    third = "Kemarin hujan deras sekali di kampung saya sampai jembatan kayu itu hanyut"
    seen.see(fingerprinted(TEXT), 1, 1, NOW)
    seen.see(fingerprinted(OTHER), 2, 1, NOW)
    seen.see(fingerprinted(TEXT), 1, 2, NOW)
    seen.see(fingerprinted(third), 1, 1, NOW)

    assert len(seen) == 2
    assert seen.count(fingerprinted(TEXT), 1, NOW) == 2
    assert seen.count(fingerprinted(OTHER), 2, NOW) == 0
    assert seen.count(fingerprinted(third), 1, NOW) == 1


def test_identity_is_the_email_address_before_all_else() -> None:
    alice = Comment(author="Alice", author_email="a@a.example", address="192.0.2.1")
    moved = Comment(author="Al", author_email="A@a.example ", address="192.0.2.2")
    bob = Comment(author="Alice", author_email="b@a.example", address="192.0.2.1")

    assert identity_of(alice) == identity_of(moved)
    assert identity_of(alice) != identity_of(bob)


def test_identity_behind_one_address_is_the_name() -> None:
    alice = Comment(author="Alice", address="198.51.100.7")
    bob = Comment(author="Bob", address="198.51.100.7")

    assert identity_of(alice) != identity_of(bob)
    assert identity_of(alice) == identity_of(Comment(author=" alice", address="x"))


def test_identity_of_the_nameless_is_their_address() -> None:
    one, two = Comment(address="192.0.2.1"), Comment(address="192.0.2.2")

    assert identity_of(one) != identity_of(two)


@pytest.mark.parametrize(
    "content",
    [
        "cek https://naga.example/daftar",
        "<a href='https://naga.example'>di sini</a>",
        "cari di naga-gacor.com saja",
        "hubungi 0812-3456-7890",
        "WA +62 812 3456 7890",
        "write to profit@naga.example",
        "telegram @naga_trades",
        "main di NAGA77 yuk",
        "main di 𝗡𝗔𝗚𝗔𝟳𝟳 yuk",
    ],
)
def test_comment_leads_away_with_a_link_an_address_a_number_or_a_brand(
    content: str,
) -> None:
    assert leads_away(Comment(content=content))


@pytest.mark.parametrize(
    "content",
    [
        "Innalillahi wa inna ilaihi rajiun, semoga husnul khatimah",
        "Dirgahayu Republik Indonesia ke-80, 17 Agustus 2025",
        "harga naik dari 12.500 jadi 13.000 per kilo",
        "𝓢𝓮𝓵𝓪𝓶𝓪𝓽 𝓾𝓵𝓪𝓷𝓰 𝓽𝓪𝓱𝓾𝓷 ❤️❤️",
        "❤️" * 50,
        "",
    ],
)
def test_comment_of_words_alone_leads_nowhere(content: str) -> None:
    assert not leads_away(Comment(content=content))
