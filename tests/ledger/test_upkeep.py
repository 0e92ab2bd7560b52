"""Upkeep of SQLite stores: matches indexed in batches, and the log kept short."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from ledger.stores import HAM, NOON, SPAM, Ledger, make_check
from saring.errors import StoreError
from saring.ledger import matches, upkeep
from saring.ledger.condition import Condition
from saring.ledger.records import CheckRow
from saring.ledger.retention import erase_comments
from saring.ledger.schema import matches as matches_table
from saring.ledger.writer import Writer


def record(ledger: Ledger, rows: list[CheckRow]) -> None:
    async def go() -> None:
        writer = Writer(ledger.store)
        await asyncio.gather(*map(writer.record, rows))
        await writer.close()

    asyncio.run(go())


def indexed_count(ledger: Ledger) -> int:
    with ledger.store.database.read() as connection:
        query = select(func.count()).select_from(matches_table)
        return connection.scalar(query) or 0


@pytest.fixture(autouse=True)
def _small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matches, "BATCH_ROWS", 4)


def test_upkeep_indexes_whole_batches_and_finds_all(sqlite_ledger: Ledger) -> None:
    old, new = sqlite_ledger.row(comment=SPAM), sqlite_ledger.row(comment=HAM)
    blank = CheckRow(check=make_check(), site_id=sqlite_ledger.site.id)
    record(sqlite_ledger, [old, blank, *[blank_row(sqlite_ledger) for _ in range(7)]])
    record(sqlite_ledger, [new])
    store, site = sqlite_ledger.store, sqlite_ledger.site

    upkeep.run_once(store.database)

    by_index = store.find_match(site, store.vault.match_key(SPAM))
    by_rest = store.find_match(site, store.vault.match_key(HAM))
    assert indexed_count(sqlite_ledger) == 1
    assert by_index is not None
    assert by_index.check.guid == old.check.guid
    assert by_rest is not None
    assert by_rest.check.guid == new.check.guid
    assert (
        store.find_match(sqlite_ledger.rival_site, store.vault.match_key(SPAM)) is None
    )


def blank_row(ledger: Ledger) -> CheckRow:
    return CheckRow(check=make_check(), site_id=ledger.site.id)


def test_upkeep_prefers_the_newest_though_an_old_one_is_indexed(
    sqlite_ledger: Ledger,
) -> None:
    rows = [sqlite_ledger.row(comment=SPAM) for _ in range(5)]
    for row in rows:
        record(sqlite_ledger, [row])
    upkeep.run_once(sqlite_ledger.store.database)
    store = sqlite_ledger.store

    found = store.find_match(sqlite_ledger.site, store.vault.match_key(SPAM))

    assert found is not None
    assert found.check.guid == rows[-1].check.guid


def test_erased_checks_leave_the_index(sqlite_ledger: Ledger) -> None:
    record(sqlite_ledger, [sqlite_ledger.row(comment=SPAM) for _ in range(4)])
    upkeep.run_once(sqlite_ledger.store.database)
    assert indexed_count(sqlite_ledger) == 4

    erased = erase_comments(sqlite_ledger.store, NOON + timedelta(days=1))

    assert erased == 4
    assert indexed_count(sqlite_ledger) == 0
    match = sqlite_ledger.store.vault.match_key(SPAM)
    assert sqlite_ledger.store.find_match(sqlite_ledger.site, match) is None


def test_upkeep_moves_a_long_log(
    sqlite_ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upkeep, "SMALL_LOG_BYTES", 0)
    monkeypatch.setattr(upkeep, "LARGE_LOG_BYTES", 0)
    record(sqlite_ledger, [sqlite_ledger.row()])
    database = sqlite_ledger.store.database
    assert upkeep.log_bytes(database) > 0

    upkeep.run_once(database)

    assert upkeep.log_bytes(database) == 0


def test_upkeep_of_a_store_without_a_log_is_quiet(sqlite_ledger: Ledger) -> None:
    upkeep.checkpoint(sqlite_ledger.store.database, "TRUNCATE")

    upkeep.run_once(sqlite_ledger.store.database)


def test_upkeep_thread_works_until_it_is_stopped(
    sqlite_ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upkeep, "PERIOD_SECONDS", 0.001)
    ran = 0

    def run(_database: object) -> None:
        nonlocal ran
        ran += 1

    monkeypatch.setattr(upkeep, "run_once", run)
    keeper = upkeep.Upkeep(sqlite_ledger.store.database, Condition())
    keeper.start()
    while ran < 3:  # the test's own time-out ends it where this never comes
        keeper._thread.join(0.001)

    keeper.stop()

    assert not keeper._thread.is_alive()


@pytest.mark.parametrize(
    ("error", "is_degraded"),
    [
        (OSError("no such device"), True),
        (StoreError("not a database", retryable=False), True),
        (StoreError("locked"), False),
    ],
)
def test_upkeep_goes_on_after_any_error_and_tells_of_it(
    sqlite_ledger: Ledger,
    monkeypatch: pytest.MonkeyPatch,
    error: Exception,
    is_degraded: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    def fail(_database: object) -> None:
        raise error

    condition = Condition()
    keeper = upkeep.Upkeep(sqlite_ledger.store.database, condition)
    with monkeypatch.context() as broken:
        broken.setattr(upkeep, "run_once", fail)
        keeper._look_after()
    assert condition.is_degraded is is_degraded

    keeper._look_after()

    assert not condition.is_degraded
