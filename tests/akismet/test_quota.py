import csv
import io
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saring.akismet import quota
from saring.ledger.records import Counts, SiteCounts

TODAY = date(2026, 11, 22)
COUNTS = Counts(spam=149, ham=242, missed_spam=10, false_positives=10, site_count=2)
SITES = [
    SiteCounts(address="alice.example", counts=Counts(spam=2069, ham=3)),
    SiteCounts(
        address="mallory.example",
        counts=Counts(spam=1, ham=9000, missed_spam=7, false_positives=4),
    ),
    SiteCounts(address="bob.example", counts=Counts(), is_revoked=True),
]


def names(shape: quota.Json, month: str = "2026-11") -> list[object]:
    sites = shape[month]
    assert isinstance(sites, list)
    return [site["site"] for site in sites]


def test_usage_has_the_four_keys_in_their_types() -> None:
    assert quota.usage([COUNTS, COUNTS]) == {
        "limit": 2_147_483_647,
        "usage": 782,
        "percentage": "0.00",
        "throttled": False,
    }


def test_usage_extended_adds_level_and_upgrade() -> None:
    shape = quota.usage([], is_extended=True)

    assert shape["notice_level"] == "NOTICE_NONE"
    assert shape["upgrade"] is False


def test_sites_lists_the_largest_first_with_counters_as_text() -> None:
    shape = quota.sites(SITES, quota.read_page({"limit": "1"}, TODAY))

    assert shape == {
        "2026-11": [
            {
                "site": "mallory.example",
                "api_calls": "9001",
                "spam": "1",
                "ham": "9000",
                "missed_spam": "7",
                "false_positives": "4",
                "is_revoked": False,
            }
        ],
        "limit": 1,
        "offset": 0,
        "total": 3,
    }


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ({"order": "spam"}, ["alice.example", "mallory.example", "bob.example"]),
        ({"order": "nonsense"}, ["mallory.example", "alice.example", "bob.example"]),
        ({"order": "missed_spam", "limit": "1"}, ["mallory.example"]),
        ({"filter": "BOB"}, ["bob.example"]),
        ({"offset": "2"}, ["bob.example"]),
        ({"offset": "99"}, []),
        ({"limit": "-1", "offset": "x"}, ["mallory.example", "alice.example"]),
    ],
)
def test_sites_orders_filters_and_pages(
    values: dict[str, str], found: list[str]
) -> None:
    shape = quota.sites(SITES, quota.read_page(values, TODAY))

    assert names(shape)[: len(found)] == found


def test_sites_extended_adds_hash_and_revocation() -> None:
    shape = quota.sites(SITES[:1], quota.read_page({"extended": "true"}, TODAY))

    sites = shape["2026-11"]
    assert isinstance(sites, list)
    assert len(sites[0]["hash"]) == 32
    assert sites[0]["eligible_for_revoke"] is False


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2026-12", date(2026, 12, 1), date(2026, 12, 31)),
        ("2026-13", date(2026, 11, 1), date(2026, 11, 30)),
        ("0000-01", date(2026, 11, 1), date(2026, 11, 30)),
        ("9999-12", date(9999, 12, 1), date(9999, 12, 31)),
        ("", date(2026, 11, 1), date(2026, 11, 30)),
    ],
)
def test_page_has_a_month(asked: str, first: date, last: date) -> None:
    page = quota.read_page({"month": asked}, TODAY)

    assert (page.month, page.last_day) == (first, last)


def test_sites_csv_has_the_documented_lines() -> None:
    page = quota.read_page({"limit": "10", "format": "csv"}, TODAY)

    lines = quota.sites_csv(SITES, page, "0123456789ab").splitlines()

    assert page.is_csv
    assert lines == [
        "Active sites for 0123456789ab during 2026-11 (limit:10, offset: 0, total: 3)",
        "Site,Total API Calls,Spam,Ham,Missed Spam,False Positives,Is Revoked",
        "mallory.example,9001,1,9000,7,4,false",
        "alice.example,2072,2069,3,0,0,false",
        "bob.example,0,0,0,0,0,true",
    ]


def test_sites_csv_quotes_what_would_break_a_row() -> None:
    odd = SiteCounts(address='a,"b".example', counts=Counts())

    text = quota.sites_csv([odd], quota.read_page({}, TODAY), "k")

    assert list(csv.reader(io.StringIO(text)))[2][0] == 'a,"b".example'


@pytest.mark.parametrize(
    ("span", "since"),
    [
        ("60-days", date(2026, 9, 24)),
        ("6-months", date(2026, 6, 1)),
        ("year", date(2025, 12, 1)),
        ("all", None),
        ("nonsense", date(2026, 6, 1)),
    ],
)
def test_stats_reach_back_as_asked(span: str, since: date | None) -> None:
    assert quota.stats_since(span, TODAY) == since


def test_stats_have_the_documented_shape() -> None:
    days = {date(2026, 1, 2): Counts(spam=5, ham=5), date(2026, 2, 3): COUNTS}

    assert quota.stats(days, "6-months") == {
        "spam": 154,
        "ham": 247,
        "missed_spam": 10,
        "false_positives": 10,
        "accuracy": "95.01",
        "time_saved": 1540,
        "breakdown": {
            "2026-01": {
                "spam": "5",
                "ham": "5",
                "missed_spam": "0",
                "false_positives": "0",
                "da": "2026-01-01",
            },
            "2026-02": {
                "spam": "149",
                "ham": "242",
                "missed_spam": "10",
                "false_positives": "10",
                "da": "2026-02-01",
            },
        },
    }


@pytest.mark.parametrize(
    ("span", "name"),
    [("60-days", "2026-02-03"), ("year", "2026-02"), ("all", "2026")],
)
def test_stats_break_down_by_an_interval_that_fits(span: str, name: str) -> None:
    breakdown = quota.stats({date(2026, 2, 3): COUNTS}, span)["breakdown"]

    assert isinstance(breakdown, dict)
    assert list(breakdown) == [name]


def test_stats_of_a_key_tell_the_number_of_sites() -> None:
    breakdown = quota.stats({TODAY: COUNTS}, "all", has_sites=True)["breakdown"]

    assert isinstance(breakdown, dict)
    assert breakdown["2026"]["blogs"] == "2"


def test_stats_of_nothing_are_numbers_too() -> None:
    shape = quota.stats({}, "all")

    assert shape["accuracy"] == "100.00"
    assert shape["breakdown"] == {}


@given(st.integers(0, 9), st.integers(0, 9), st.integers(0, 99), st.dates())
def test_stats_accuracy_stays_a_percentage(
    spam: int, ham: int, missed_spam: int, day: date
) -> None:
    counts = Counts(spam=spam, ham=ham, missed_spam=missed_spam)

    accuracy = quota.stats({day: counts}, "all")["accuracy"]

    assert 0 <= float(str(accuracy)) <= 100


@given(st.dates(min_value=date(2, 1, 1)), st.text())
def test_stats_since_is_never_after_today(today: date, span: str) -> None:
    since = quota.stats_since(span, today)

    assert since is None or timedelta(0) <= today - since < timedelta(days=366)
