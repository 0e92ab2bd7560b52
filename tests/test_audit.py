"""The audit: both error rates, with intervals that hold."""

import random
from datetime import UTC, datetime

import pytest

from saring.audit import draw, find, newest
from saring.errors import BadRequestError, NotFoundError
from saring.ledger.records import Audit, Site, Stratum
from saring.ledger.store import open_store

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def audit_of(published: Stratum, held: Stratum) -> Audit:
    return Audit(
        id=1, site_id=1, since=NOON, until=NOON, published=published, held=held
    )


def test_findings_weigh_the_strata_by_what_they_were_drawn_from() -> None:
    findings = find(audit_of(Stratum(9_000, ham=99, spam=1), Stratum(1_000, 1, 99)))

    assert findings.published_spam.estimate == pytest.approx(0.01)
    # 10 honest comments were held, 8,910 published.
    assert findings.honest_held.estimate == pytest.approx(10 / 8_920)
    assert findings.is_finished


def test_findings_of_one_stratum_are_clopper_and_pearsons() -> None:
    rate = find(audit_of(Stratum(9_000, ham=99, spam=1), Stratum(0))).published_spam

    assert (rate.low, rate.high) == pytest.approx((0.000253, 0.054459), abs=1e-6)


def test_findings_put_what_nobody_could_tell_on_the_bad_side_of_each_bound() -> None:
    told = find(audit_of(Stratum(900, 90, 10), Stratum(100, 5, 95)))
    unclear = find(audit_of(Stratum(900, 90, 10, 20), Stratum(100, 5, 95, 20)))

    for rate, wider in (
        (told.published_spam, unclear.published_spam),
        (told.honest_held, unclear.honest_held),
    ):
        assert wider.high > rate.high
        assert wider.estimate == rate.estimate


def test_findings_say_when_answers_are_missing() -> None:
    findings = find(audit_of(Stratum(900, 90, open=1), Stratum(100, 5)))

    assert not findings.is_finished


def test_findings_of_nothing_leave_everything_possible() -> None:
    findings = find(audit_of(Stratum(900, open=9), Stratum(100, open=9)))

    assert findings.honest_held.estimate is None
    assert (findings.honest_held.low, findings.honest_held.high) == (0.0, 1.0)
    assert (findings.published_spam.low, findings.published_spam.high) == (0.0, 1.0)


def test_findings_know_that_nothing_was_held() -> None:
    findings = find(audit_of(Stratum(900, 50, 2), Stratum(0)))

    assert findings.honest_held.estimate == 0
    assert findings.honest_held.high == 0


def test_findings_without_any_ham_know_no_share_of_it() -> None:
    findings = find(audit_of(Stratum(0), Stratum(100, 0, 50)))

    assert findings.honest_held.estimate is None
    assert findings.honest_held.high == 1.0


def test_intervals_hold_as_often_as_they_say() -> None:
    chance, held_ham, published_ham = random.Random(3), 40, 8_800
    truth = held_ham / (held_ham + published_ham)
    held = [True] * held_ham + [False] * 960
    published = [True] * published_ham + [False] * 200
    count = 0
    for _ in range(300):
        ham_held = sum(chance.sample(held, 100))
        ham_published = sum(chance.sample(published, 100))
        findings = find(
            audit_of(
                Stratum(9_000, ham_published, 100 - ham_published),
                Stratum(1_000, ham_held, 100 - ham_held),
            )
        )
        count += findings.honest_held.low <= truth <= findings.honest_held.high

    assert count >= 0.95 * 300 - 8


@pytest.fixture
def site(tmp_path: object) -> Site:
    return open_store(f"sqlite:///{tmp_path}/saring.db").find_site(
        open_store(f"sqlite:///{tmp_path}/saring.db").create_key("Alice"),
        "https://alice.example",
    )


@pytest.mark.parametrize("number", [-1, 10_001])
def test_draw_refuses_numbers_that_are_none(
    tmp_path: object, site: Site, number: int
) -> None:
    store = open_store(f"sqlite:///{tmp_path}/saring.db")

    with pytest.raises(BadRequestError, match="cannot be drawn"):
        draw(store, site, published=5, held=number, span=(NOON, NOON))


def test_newest_says_that_there_is_none(tmp_path: object, site: Site) -> None:
    with pytest.raises(NotFoundError, match="draw one first"):
        newest(open_store(f"sqlite:///{tmp_path}/saring.db"), site)
