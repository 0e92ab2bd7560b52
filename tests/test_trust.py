"""Tests of trust: who surprises too often is heard at its own sites only."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saring import trust as trust_module
from saring.errors import ModelError
from saring.trust import FORGIVEN, OTHERS_NEEDED, PATIENCE, Trust

MALLORY = 99


def told(trust: Trust, key_id: int, labels: int, surprises: int = 0) -> None:
    for number in range(labels):
        trust.note(key_id, is_surprising=number < surprises)


def host(keys: int = 10, labels: int = 20, surprises: int = 1) -> Trust:
    trust = Trust()
    for key_id in range(1, keys + 1):
        told(trust, key_id, labels, surprises)
    return trust


def test_sole_key_is_sole_until_another_comes() -> None:
    trust = Trust()

    assert [trust.is_sole(1), trust.is_sole(1), trust.is_sole(2)] == [True, True, False]
    trust.note(2, is_surprising=True)
    assert not trust.is_sole(1)
    assert trust.digest() != b"" == Trust().digest()


def test_key_that_surprises_like_others_is_trusted() -> None:
    trust = host(surprises=5)

    assert all(trust.has(key_id) for key_id in range(1, 11))


def test_key_that_surprises_too_often_is_not_trusted_any_more() -> None:
    trust = host()
    told(trust, MALLORY, FORGIVEN + PATIENCE, FORGIVEN + PATIENCE)
    assert trust.has(MALLORY)

    trust.note(MALLORY, is_surprising=True)

    assert not trust.has(MALLORY)
    assert trust.agreement(MALLORY) == 0.0
    assert trust.agreement(1) == 0.95
    assert trust.agreement(1000) is None


def test_key_that_labels_more_may_surprise_more() -> None:
    trust = host(surprises=2)
    told(trust, MALLORY, 180, 30)

    assert trust.has(MALLORY)


def test_key_is_not_the_odd_one_out_among_few() -> None:
    trust = host(keys=OTHERS_NEEDED - 1)
    told(trust, MALLORY, 30, 30)
    assert trust.has(MALLORY)

    told(trust, 3, 20, 1)

    assert not trust.has(MALLORY)


def test_key_that_labels_most_is_what_others_are_measured_by() -> None:
    trust = host(labels=2, surprises=0)
    told(trust, MALLORY, 30, 30)

    assert trust.has(MALLORY)


def test_trust_comes_back_as_labels_go_by(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trust_module, "WINDOW_LABELS", 250)
    trust = host()
    told(trust, MALLORY, 12, 12)
    assert not trust.has(MALLORY)

    told(trust, 1, 38, 1)

    assert trust.has(MALLORY)


keys = st.integers(0, 5)


@given(st.lists(st.tuples(keys, st.booleans())), st.integers(0, 20))
def test_trust_goes_on_from_a_dump(story: list[tuple[int, bool]], cut: int) -> None:
    whole, first, second = Trust(), Trust(), Trust()

    def tell(trust: Trust, part: list[tuple[int, bool]]) -> None:
        for key_id, is_surprising in part:
            if not trust.is_sole(key_id):
                trust.note(key_id, is_surprising=is_surprising)

    tell(whole, story)
    tell(first, story[:cut])
    second.load(first.dump())
    copied = first.copy()
    for one in (second, copied):
        tell(one, story[cut:])

    assert second.digest() == copied.digest() == whole.digest()
    assert [second.has(key_id) for key_id in range(6)] == [
        whole.has(key_id) for key_id in range(6)
    ]


def test_trust_refuses_a_damaged_state() -> None:
    with pytest.raises(ModelError, match="damaged"):
        Trust().load(b"\xc1")
