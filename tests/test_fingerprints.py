"""Tests of fingerprints: copies are known again, and nobody else is."""

import random

import pytest

from saring import Comment, disguises, features
from saring.features import Features
from saring.fingerprints import (
    BAND_COUNT,
    FINGERPRINT_SIZE,
    Fingerprint,
    Index,
    fingerprint,
)

COPY = "Baru kemarin coba NAGA77 depo 50 ribu langsung cair 12 juta, cek aja sendiri"


def extract(content: str, author: str = "Alice") -> Features:
    return features.extract(Comment(content=content, author=author))


def fingerprinted(content: str, author: str = "Alice") -> Fingerprint:
    found = fingerprint(extract(content, author))
    assert found is not None
    return found


def test_fingerprint_of_equal_comments_is_equal() -> None:
    assert fingerprinted(COPY) == fingerprinted(COPY)


def test_fingerprint_is_read_from_its_values() -> None:
    known = fingerprinted(COPY)

    assert Fingerprint.load(known.values) == known
    assert len(known.values) == 2 * FINGERPRINT_SIZE
    assert len(known.bands) == BAND_COUNT


def test_fingerprint_of_other_size_is_refused() -> None:
    with pytest.raises(ValueError, match="size"):
        Fingerprint.load(b"\0" * 7)


@pytest.mark.parametrize(
    "content",
    [
        "",
        "Mantap",
        "Terima kasih banyak min",
        "❤️❤️❤️❤️❤️❤️❤️❤️❤️❤️❤️❤️",
        "Selamat ulang tahun kak",
        "haha " * 200,
    ],
)
def test_fingerprint_of_a_pleasantry_is_none(content: str) -> None:
    assert fingerprint(extract(content)) is None


@pytest.mark.parametrize(
    "copy",
    [
        f"🔥 {COPY} 🚀🚀",
        COPY.replace("77", "138").replace("50", "25"),
        COPY.replace("NAGA77", "GARUDA99"),
        disguises.mathematical(COPY, random.Random(1)),
        disguises.full_width(COPY, random.Random(1)),
        disguises.spaced("NAGA77", random.Random(2)).join(COPY.split("NAGA77")),
        COPY.replace("langsung", "langsung banget"),
    ],
)
def test_index_finds_a_changed_copy(copy: str) -> None:
    index = Index()
    index.add(7, fingerprinted(COPY))

    assert index.find(fingerprinted(copy, "Sam Wijaya")) == 7


@pytest.mark.parametrize(
    "other",
    [
        "Baru kemarin saya coba resep ini, ternyata anak-anak suka sekali makan sayur",
        "Terima kasih artikelnya jelas sekali dan membantu saya yang baru belajar",
        "I have never been to Malang but the pictures make me want to go there soon",
    ],
)
def test_index_finds_no_other_comment(other: str) -> None:
    index = Index()
    index.add(7, fingerprinted(COPY))

    assert index.find(fingerprinted(other)) is None


def test_index_finds_copies_where_no_blanks_are() -> None:
    text = (
        "昨天我在这个平台充值五百元当天就提现了三千元客服态度很好大家可以放心注册试试看"
    )
    text += (
        "名额有限先到先得请尽快联系我们的客服人员领取新人红包奖励活动截止到本月底为止"
    )
    index = Index()
    index.add(1, fingerprinted(text))

    assert index.find(fingerprinted(text.replace("五百", "八百"), "Sam")) == 1


def test_fingerprint_of_a_long_text_is_of_a_sample_that_copies_share() -> None:
    chance = random.Random(0)
    words = ["".join(chance.choices("abcdefghij", k=6)) for _ in range(600)]
    changed = [*words[:300], "lain", *words[301:]]
    index = Index()
    index.add(1, fingerprinted(" ".join(words)))

    assert index.find(fingerprinted(" ".join(changed))) == 1


def test_index_finds_the_nearest_and_of_equals_the_oldest() -> None:
    index = Index()
    near, far = (
        fingerprinted(COPY),
        fingerprinted(COPY.replace("cek aja sendiri", "mantap jiwa")),
    )
    index.add(1, far)
    index.add(2, near)
    index.add(3, near)

    assert index.find(near) == 2
    assert index.find(far) == 1


def test_index_forgets_what_is_removed_and_nothing_else() -> None:
    index = Index()
    known = fingerprinted(COPY)
    index.add(1, known)
    index.add(2, known)
    before = index.copy()

    index.remove(1)

    assert index.find(known) == 2
    assert before.find(known) == 1
    index.remove(2)
    assert index.find(known) is None
    assert len(index) == 0


def test_index_keeps_the_others_of_a_band_that_stands_twice() -> None:
    index = Index()
    once, twice = fingerprinted(COPY), Fingerprint.load(bytes(2 * FINGERPRINT_SIZE))
    shared = Fingerprint(once.values, (*twice.bands[:1], *once.bands[1:]))
    index.add(1, shared)
    index.add(2, twice)

    index.remove(2)

    assert index.find(Fingerprint(once.values, twice.bands)) == 1
