"""Guids: they rise with time and are read in any case."""

from hypothesis import given
from hypothesis import strategies as st

from saring.ledger.guid import new_guid, parse_guid


@given(st.floats(0, 2**47 / 1000), st.floats(0, 2**47 / 1000))
def test_guids_rise_with_time(one: float, other: float) -> None:
    early, late = sorted((one, other))

    assert new_guid(early)[:12] <= new_guid(late)[:12]
    assert parse_guid(new_guid(early)) is not None


def test_guids_of_one_moment_differ() -> None:
    assert len({new_guid(0.0) for _ in range(1000)}) == 1000


def test_guid_begins_with_its_millisecond() -> None:
    assert new_guid(1.5).startswith(f"{1500:012x}")


@given(st.text(max_size=40))
def test_guid_parse_takes_any_text(text: str) -> None:
    parsed = parse_guid(text)

    assert parsed is None or len(parsed) == 16


def test_guid_without_a_time_is_of_now() -> None:
    assert new_guid() > new_guid(1.7e9)
