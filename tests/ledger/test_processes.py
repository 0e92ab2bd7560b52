"""Several processes on one store: nothing is lost, nothing is seen out of order."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from ledger.stores import Ledger
from saring.ledger.records import Event

WORKER = Path(__file__).parent / "worker.py"
COUNT = 40
MANY = 100_000

pytestmark = pytest.mark.slow


def start(ledger: Ledger, what: str, count: int, name: str) -> subprocess.Popen[str]:
    arguments = [ledger.address, ledger.secret, ledger.key.key, ledger.site.address]
    command = [sys.executable, WORKER, what, *arguments, str(count), name]
    return subprocess.Popen(
        [str(part) for part in command],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": str(WORKER.parent.parent)},
    )


def tail(ledger: Ledger, workers: list[subprocess.Popen[str]]) -> list[Event]:
    """Follow the ledger as a worker does, until the writers have ended."""
    seen: list[Event] = []
    is_last = False
    while not is_last:
        is_last = not any(is_running(worker) for worker in workers)
        after = seen[-1].sequence if seen else 0
        seen += ledger.store.events_after(after)
    return seen


def is_running(worker: subprocess.Popen[str]) -> bool:
    """Say whether a worker has not ended within a moment."""
    try:
        worker.wait(0.01)
    except subprocess.TimeoutExpired:
        return True
    return False


def test_two_writers_of_events_leave_no_hole_that_a_reader_sees(ledger: Ledger) -> None:
    workers = [start(ledger, "events", COUNT, name) for name in ("one", "two")]

    seen = tail(ledger, workers)

    acknowledged = [int(line) for one in workers for line in said(one)]
    assert [event.sequence for event in seen] == list(range(1, 2 * COUNT + 1))
    assert sorted(acknowledged) == list(range(1, 2 * COUNT + 1))
    texts = {event.features for event in seen}
    assert texts == {f"{n} {i}".encode() for n in ("one", "two") for i in range(COUNT)}


def test_two_writers_of_checks_lose_none_and_count_all(ledger: Ledger) -> None:
    workers = [start(ledger, "checks", COUNT, name) for name in ("one", "two")]

    guids = [guid for worker in workers for guid in said(worker)]

    assert len(guids) == 2 * COUNT
    assert all(ledger.store.find_check(ledger.key.owner_id, guid) for guid in guids)
    [counts] = ledger.store.counts_by_day(ledger.key).values()
    assert counts.api_calls == 2 * COUNT


@pytest.mark.parametrize("what", ["checks", "events"])
def test_writer_killed_loses_nothing_it_acknowledged(ledger: Ledger, what: str) -> None:
    worker = start(ledger, what, MANY, "one")
    assert worker.stdout is not None
    lines = [worker.stdout.readline().strip() for _ in range(COUNT)]

    worker.kill()
    lines += [line.strip() for line in worker.stdout if line.endswith("\n")]
    worker.wait()
    worker.stdout.close()

    store, owner_id = ledger.store, ledger.key.owner_id
    assert len(lines) >= COUNT
    if what == "events":
        kept = {str(event.sequence) for event in store.events_after(0, limit=MANY)}
        assert set(lines) <= kept
    else:
        assert all(store.find_check(owner_id, guid) for guid in lines)
        [counts] = store.counts_by_day(ledger.key).values()
        assert counts.api_calls >= len(lines)


def said(worker: subprocess.Popen[str]) -> list[str]:
    output, _ = worker.communicate()
    assert worker.returncode == 0
    return output.split()
