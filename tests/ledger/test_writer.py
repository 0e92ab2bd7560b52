"""The writer: groups, failures and returns. Nothing is lost, nothing hangs."""

import asyncio
import sqlite3
import threading
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

import pytest

from ledger.stores import SPAM, Ledger, make_check
from saring.errors import StoreError
from saring.ledger import writer as writer_module
from saring.ledger.batches import Sink
from saring.ledger.checks import Line
from saring.ledger.database import Database
from saring.ledger.records import CheckRow
from saring.ledger.writer import Writer
from saring.verdict import Verdict

WAIT_SECONDS = 20.0


class FakeSink:
    """A way into no database; what it does with a group is the test's to say."""

    def __init__(self) -> None:
        self.groups: list[int] = []
        self.fault: Exception | None = None
        self.gate: threading.Event | None = None
        self.closed_count = 0

    def write(self, lines: Sequence[Line]) -> None:
        if self.gate is not None:
            self.gate.wait(WAIT_SECONDS)
        if self.fault is not None:
            raise self.fault
        self.groups.append(len(lines))

    def close(self) -> None:
        self.closed_count += 1


@pytest.fixture
def sink(monkeypatch: pytest.MonkeyPatch) -> FakeSink:
    fake = FakeSink()

    def open_fake(_database: Database) -> Sink:
        return fake

    monkeypatch.setattr(writer_module, "open_sink", open_fake)
    return fake


def run(
    ledger: Ledger,
    test: Callable[[Writer], Awaitable[None]],
    *,
    in_loop: bool | None = None,
) -> None:
    async def go() -> None:
        writer = Writer(ledger.store, timeout_seconds=0.2, in_loop=in_loop)
        try:
            await test(writer)
        finally:
            await asyncio.wait_for(writer.close(), WAIT_SECONDS)

    asyncio.run(go())


async def until(is_so: Callable[[], object]) -> None:
    """Wait for a condition; fail loudly where it never comes."""
    async with asyncio.timeout(WAIT_SECONDS):
        while not is_so():  # noqa: ASYNC110 what is waited for knows no events
            await asyncio.sleep(0.005)


def test_writer_takes_those_who_wait_in_one_group(
    sqlite_ledger: Ledger, sink: FakeSink
) -> None:
    async def test(writer: Writer) -> None:
        rows = [sqlite_ledger.row() for _ in range(100)]
        await asyncio.gather(*map(writer.record, rows))

    run(sqlite_ledger, test)

    assert sum(sink.groups) == 100
    assert len(sink.groups) <= 2


def test_writer_writes_groups_longer_than_a_statement(sqlite_ledger: Ledger) -> None:
    rows = [sqlite_ledger.row(Verdict.SPAM) for _ in range(300)]

    async def test(writer: Writer) -> None:
        await asyncio.gather(*map(writer.record, rows))

    run(sqlite_ledger, test)

    [counts] = sqlite_ledger.store.counts_by_day(sqlite_ledger.key).values()
    assert counts.spam == 300


def test_writer_tells_of_a_failure_and_recovers(
    sqlite_ledger: Ledger, sink: FakeSink, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer_module, "RETRY_SECONDS", 0.05)

    async def test(writer: Writer) -> None:
        sink.fault = sqlite3.OperationalError("database or disk is full")
        with pytest.raises(StoreError, match="full"):
            await writer.record(sqlite_ledger.row())
        assert writer.is_failing
        with pytest.raises(StoreError, match="for now"):
            await writer.record(sqlite_ledger.row())

        sink.fault = None
        recovered = asyncio.create_task(_until_recorded(writer, sqlite_ledger))
        await asyncio.wait_for(recovered, WAIT_SECONDS)
        assert not writer.is_failing

    run(sqlite_ledger, test)

    assert sink.closed_count == 2


async def _until_recorded(writer: Writer, ledger: Ledger) -> None:
    while True:
        try:
            await writer.record(ledger.row())
        except StoreError:
            await asyncio.sleep(0.005)
        else:
            return


def test_writer_tells_of_a_fault_of_its_own(
    sqlite_ledger: Ledger, sink: FakeSink
) -> None:
    async def test(writer: Writer) -> None:
        sink.fault = ZeroDivisionError("a mistake of ours")
        with pytest.raises(StoreError, match="mistake"):
            await writer.record(sqlite_ledger.row())

    run(sqlite_ledger, test)


def test_writer_waits_its_turn_behind_another_process(sqlite_ledger: Ledger) -> None:
    other = sqlite3.connect(_path(sqlite_ledger), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    async def test(writer: Writer) -> None:
        waiting = asyncio.create_task(writer.record(sqlite_ledger.row()))
        done, _ = await asyncio.wait([waiting], timeout=0.02)
        assert not done
        other.execute("COMMIT")
        await waiting

    run(sqlite_ledger, test)
    other.close()


def test_writer_does_not_wait_for_ever_behind_another_process(
    sqlite_ledger: Ledger,
) -> None:
    other = sqlite3.connect(_path(sqlite_ledger), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    async def test(writer: Writer) -> None:
        with pytest.raises(StoreError, match="locked") as caught:
            await writer.record(sqlite_ledger.row())
        assert caught.value.retryable

    run(sqlite_ledger, test)
    other.close()


def test_writer_in_a_thread_does_not_wait_for_a_store_that_hangs(
    sqlite_ledger: Ledger, sink: FakeSink, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer_module, "RETRY_SECONDS", 0.0)
    gate = sink.gate = threading.Event()

    async def test(writer: Writer) -> None:
        both = [writer.record(sqlite_ledger.row()) for _ in range(2)]
        done = await asyncio.gather(*both, return_exceptions=True)
        assert [type(one) for one in done] == [StoreError, StoreError]
        with pytest.raises(StoreError, match="for now"):
            await writer.record(sqlite_ledger.row())
        gate.set()
        await until(lambda: writer._may_try(asyncio.get_running_loop().time()))
        await writer.record(sqlite_ledger.row())
        assert not writer.is_failing

    run(sqlite_ledger, test, in_loop=False)


def test_writer_closes_though_its_store_hangs(
    sqlite_ledger: Ledger, sink: FakeSink
) -> None:
    gate = sink.gate = threading.Event()

    async def test(writer: Writer) -> None:
        with pytest.raises(StoreError, match="too slow"):
            await writer.record(sqlite_ledger.row())
        await writer.close()
        gate.set()

    run(sqlite_ledger, test, in_loop=False)


def test_writer_lets_the_others_go_on_when_one_request_is_cancelled(
    sqlite_ledger: Ledger, sink: FakeSink
) -> None:
    gate = sink.gate = threading.Event()

    async def test(writer: Writer) -> None:
        one = asyncio.create_task(writer.record(sqlite_ledger.row()))
        other = asyncio.create_task(writer.record(sqlite_ledger.row()))
        await asyncio.sleep(0)
        one.cancel()
        gate.set()
        await other
        assert one.cancelled() or one.done()

    run(sqlite_ledger, test, in_loop=False)


def test_writer_flushes_when_it_closes(sqlite_ledger: Ledger) -> None:
    row = sqlite_ledger.row(comment=SPAM)

    async def go() -> None:
        writer = Writer(sqlite_ledger.store)
        waiting = asyncio.create_task(writer.record(row))
        await asyncio.sleep(0)
        await writer.close()
        await waiting

    asyncio.run(go())

    store, owner_id = sqlite_ledger.store, sqlite_ledger.key.owner_id
    assert store.find_check(owner_id, row.check.guid) is not None


def test_writer_keeps_no_letter_of_a_comment_in_the_clear(
    sqlite_ledger: Ledger,
) -> None:
    async def test(writer: Writer) -> None:
        check = make_check()
        row = CheckRow(check=check, site_id=sqlite_ledger.site.id, comment=SPAM)
        await writer.record(row)

    run(sqlite_ledger, test)

    folder = _path(sqlite_ledger).parent
    stored = b"".join(one.read_bytes() for one in folder.glob("saring.db*"))
    for part in (SPAM.content, SPAM.author_email, SPAM.address, SPAM.permalink):
        assert part.encode() not in stored


def _path(ledger: Ledger) -> Path:
    path = ledger.store.database.path
    assert path is not None
    return path
