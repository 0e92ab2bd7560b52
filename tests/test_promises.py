"""Promises: budgets of sites, from the ham in the store to the cutoffs in force."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from saring import Comment, Engine, Verdict
from saring.budget import Budget
from saring.classifiers.fixed import ONE, log_odds_of
from saring.ledger.records import Judged, Site
from saring.ledger.store import Store, open_store
from saring.promises import budget_of, renew, renew_all, work_out
from saring.settings import Settings

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
SETTINGS = Settings()


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(f"sqlite:///{tmp_path}/saring.db")


def site_of(store: Store, owner: str = "Alice", **wanted: object) -> Site:
    site = store.find_site(store.create_key(owner), f"https://{owner}.example")
    site = msgspec.structs.replace(site, **wanted)
    store.save_site(site)
    return site


def add_ham(store: Store, site: Site, count: int, top: int = 0) -> None:
    """Give a site so much ham, the highest at a margin."""
    store.add_judged(
        [
            Judged(
                site_id=site.id,
                at=NOON,
                match=number.to_bytes(16),
                margin=top - number * ONE // 100,
            )
            for number in range(count)
        ]
    )


def test_site_has_the_servers_budget_unless_it_has_its_own() -> None:
    settings = Settings(error_budget=200, budget_confidence=0.9)

    assert budget_of(Site(), SETTINGS) is None
    assert budget_of(Site(), settings) == Budget(200, 0.9)
    assert budget_of(Site(budget_one_in=0), settings) is None
    own = Site(budget_one_in=1_000, budget_confidence=0.99)
    assert budget_of(own, settings) == Budget(1_000, 0.99)


def test_site_with_too_little_ham_is_told_how_much_is_missing(store: Store) -> None:
    site = site_of(store, budget_one_in=200)
    add_ham(store, site, 500)

    found = renew(store, site, SETTINGS)

    assert found.held is not None
    assert (found.held.is_kept, found.held.missing_count) == (False, 98)
    assert found.site.held_margin is None
    assert Engine().cutoffs_of(found.site) == Engine().cutoffs


def test_site_with_enough_ham_holds_by_its_promise(store: Store) -> None:
    site = site_of(store, budget_one_in=200)
    add_ham(store, site, 598, top=7 * ONE)

    found = renew(store, site, SETTINGS)

    assert found.site.held_margin == 7 * ONE + 1
    assert store.sites(store.keys()[0]) == [found.site]
    engine = Engine()
    cutoffs = engine.cutoffs_of(found.site)
    line = engine.fold.line(found.site)
    assert log_odds_of(cutoffs.spam) == pytest.approx(line.log_odds(7 * ONE), abs=2)


def test_budget_changes_the_verdict(store: Store) -> None:
    site = site_of(store, budget_one_in=20)
    engine = Engine()
    spam = Comment(content="slot gacor maxwin, daftar sekarang, bonus 100%")
    assert engine.check(spam, site).verdict.is_held

    add_ham(store, site, 59, top=20 * ONE)
    found = renew(store, site, SETTINGS)

    assert engine.check(spam, found.site).verdict is Verdict.UNSURE


def test_discard_has_a_budget_ten_times_stricter(store: Store) -> None:
    site = site_of(store, budget_one_in=20, may_discard=True)
    add_ham(store, site, 300)

    short = work_out(store, site, SETTINGS)

    assert short.held is not None
    assert short.held.is_kept
    assert short.discard is not None
    assert (short.discard.one_in, short.discard.missing_count) == (200, 298)
    add_ham(store, msgspec.structs.replace(site, id=site.id), 598)
    assert renew(store, site, SETTINGS).site.discard_margin == 1
    assert Engine().cutoffs_of(renew(store, site, SETTINGS).site) == Engine().cutoffs


def test_site_that_does_not_discard_needs_no_budget_for_it(store: Store) -> None:
    site = site_of(store, budget_one_in=20)

    assert work_out(store, site, SETTINGS).discard is None


def test_promise_goes_with_the_budget(store: Store) -> None:
    site = site_of(store, budget_one_in=20)
    add_ham(store, site, 100)
    bound = renew(store, site, SETTINGS).site
    store.save_site(msgspec.structs.replace(bound, budget_one_in=0))

    renew_all(store, SETTINGS)

    (site,) = store.sites(store.keys()[0])
    assert site.held_margin is None


def test_promise_ends_with_the_base_model_that_judged(store: Store) -> None:
    site = site_of(store, budget_one_in=20)
    add_ham(store, site, 100)
    renew_all(store, SETTINGS)

    store.note_base("sha256:another", NOON + timedelta(days=1))
    renew_all(store, SETTINGS)

    (site,) = store.sites(store.keys()[0])
    assert site.held_margin is None


def test_promise_of_one_site_is_not_moved_by_anothers_ham(store: Store) -> None:
    alice = site_of(store, budget_one_in=20)
    mallory = site_of(store, "Mallory", budget_one_in=20)
    add_ham(store, alice, 100)
    before = renew(store, alice, SETTINGS).site

    add_ham(store, mallory, 5_000, top=30 * ONE)
    renew_all(store, SETTINGS)

    assert store.sites(store.keys()[0]) == [before]


def test_settings_of_the_budget_are_noted_once(store: Store) -> None:
    assert store.note_budget("200 0.95")
    assert not store.note_budget("200 0.95")
