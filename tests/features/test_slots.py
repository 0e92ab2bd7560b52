import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from saring.errors import ModelError
from saring.features.slots import (
    FAMILIES,
    SLOT_BITS,
    Features,
    Group,
    Part,
    distinct_slots,
    pack,
    sample,
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


def part(slots: list[int], group: Group, owners: list[int] | None = None) -> Part:
    hashes = np.array(slots, np.uint64) << np.uint64(64 - SLOT_BITS)
    return Part(hashes, np.array(owners or [0] * len(slots), np.uint32), group)


def test_distinct_slots_keeps_each_once_in_its_group() -> None:
    found = distinct_slots(
        [part([5, 3, 5], Group.GRAMS), part([3, 9, 9], Group.KINDS)], 1
    )

    assert [group.tolist() for group in found.groups(0)] == [[3, 5], [], [3, 9]]


def test_distinct_slots_tells_comments_apart() -> None:
    found = distinct_slots(
        [
            part([5, 3, 5, 3], Group.GRAMS, [0, 0, 2, 2]),
            part([3, 3, 9], Group.GRAMS, [0, 1, 2]),
            part([7, 7], Group.WORDS, [1, 1]),
        ],
        3,
    )

    groups = [[group.tolist() for group in found.groups(place)] for place in range(3)]
    assert groups == [[[3, 5], [], []], [[3], [7], []], [[3, 5, 9], [], []]]


def test_distinct_slots_takes_nothing() -> None:
    found = distinct_slots([part([], Group.GRAMS)], 1)

    assert [group.tolist() for group in found.groups(0)] == [[], [], []]


@given(st.sets(st.integers(0, (1 << SLOT_BITS) - 1), min_size=60, max_size=80))
def test_sample_keeps_of_like_texts_the_like(chosen: set[int]) -> None:
    whole = np.array(sorted(chosen), np.uint32)

    kept = [set(sample([part], 40)[0].tolist()) for part in (whole, whole[2:])]

    assert len(kept[0]) <= 40
    assert len(kept[0] - kept[1]) <= 2


def test_sample_leaves_few_slots_alone() -> None:
    groups = [np.array([3, 4], np.uint32), np.array([5], np.uint32)]

    assert sample(groups, 3) is groups


def test_sample_takes_from_every_group() -> None:
    first, second = sample(
        [
            np.arange(0, 4_000, 2, dtype=np.uint32),
            np.arange(1, 4_001, 2, dtype=np.uint32),
        ],
        500,
    )

    assert len(first) + len(second) == 500
    assert 150 < len(first) < 350
