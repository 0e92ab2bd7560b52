import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from saring.errors import ModelError
from saring.features.slots import (
    FAMILIES,
    SLOT_BITS,
    Features,
    distinct_slots,
    pack,
    slot_of,
)


def features() -> Features:
    slots = np.array([1, 2, (1 << SLOT_BITS) - 1, 4, 5, 6, 7, 8], np.uint32)
    return Features(slots, np.array([0, 3, 4, 5, 7], np.intp), 2)


def test_slot_of_never_changes() -> None:
    assert slot_of("links:domain:example.com") == 2172810


def test_pack_holds_slots_in_order() -> None:
    assert np.frombuffer(pack(["a:b", "c:d"]), np.uint32).tolist() == [
        slot_of("a:b"),
        slot_of("c:d"),
    ]


def test_features_know_their_families() -> None:
    assert list(features().spans()) == [
        ("text", 0, 3),
        ("links", 3, 4),
        ("identity", 4, 5),
        ("disguise", 5, 7),
        ("client", 7, 8),
    ]
    assert len(FAMILIES) == len(features().starts)


def test_features_give_a_site_its_words_links_and_identity() -> None:
    assert features().site_slots.tolist() == [(1 << SLOT_BITS) - 1, 4, 5]


def test_features_survive_a_dump() -> None:
    loaded = Features.load(features().dump())

    assert loaded.slots.tolist() == features().slots.tolist()
    assert loaded.slots.dtype == np.uint32
    assert loaded.starts.tolist() == features().starts.tolist()
    assert loaded.word_start == 2


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x01",
        features().dump()[:-1],
        b"\x07" + features().dump()[1:],
        features().dump()[:13],
    ],
)
def test_features_refuse_damaged_bytes(data: bytes) -> None:
    with pytest.raises(ModelError, match="version 1"):
        Features.load(data)


def hashes_of(*slots: int) -> list[int]:
    return [slot << (64 - SLOT_BITS) for slot in slots]


def test_distinct_slots_keeps_each_once_in_its_group() -> None:
    hashes = np.array(hashes_of(5, 3, 5, 3, 9, 9), np.uint64)

    groups = distinct_slots(hashes, [0, 3, 3], 100)

    assert [group.tolist() for group in groups] == [[3, 5], [], [3, 9]]


def test_distinct_slots_takes_nothing() -> None:
    groups = distinct_slots(np.zeros(0, np.uint64), [0, 0, 0], 100)

    assert [group.tolist() for group in groups] == [[], [], []]


@given(st.sets(st.integers(0, (1 << SLOT_BITS) - 1), min_size=60, max_size=80))
def test_distinct_slots_samples_like_texts_alike(chosen: set[int]) -> None:
    whole = sorted(chosen)

    kept = [
        set(distinct_slots(np.array(hashes_of(*part), np.uint64), [0], 40)[0].tolist())
        for part in (whole, whole[2:])
    ]

    assert len(kept[0]) <= 40
    assert len(kept[0] - kept[1]) <= 2


def test_distinct_slots_samples_every_group() -> None:
    hashes = np.array(hashes_of(*range(0, 4_000, 2)), np.uint64)

    first, second = distinct_slots(hashes, [0, 1_000], 500)

    assert len(first) + len(second) == 500
    assert 150 < len(first) < 350
