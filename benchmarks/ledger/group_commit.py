"""Which way of committing groups of checks costs least: docs/experiments/040.

    python benchmarks/ledger/group_commit.py [--rounds 5] [--seconds 2]

Clients in one event loop spend about as much Python on each check as the server does,
then record it and wait for its commit. One process, then two on one store.
"""

import argparse
import asyncio
import json
import multiprocessing
import random
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

import uvloop

from saring.comment import Comment
from saring.gathering import Gatherer
from saring.ledger import batches, writer
from saring.ledger.batches import SqliteSink, add_up
from saring.ledger.checks import Line
from saring.ledger.database import Database
from saring.ledger.guid import new_guid
from saring.ledger.records import CheckRow
from saring.ledger.store import open_store
from saring.ledger.writer import Writer
from saring.verdict import Check, Clue, Verdict

if TYPE_CHECKING:
    from multiprocessing.queues import Queue

CLIENTS = 64
WORK_SECONDS = 150e-6
TURN_SECONDS = 0.002
KEY = "experiment40"
WAYS = ("nothing", "loop", "loop 1", "loop 2", "loop 4", "thread", "many", "json")

CLUES = tuple(Clue(name, 0.123456) for name in ("text", "links", "client", "identity"))


class NoSink(SqliteSink):
    """No database: what all else costs."""

    def write(self, lines: Sequence[Line]) -> None:
        """Do nothing."""


class ManySink(SqliteSink):
    """The driver's executemany: a step, and a lock taken again, for each row."""

    def write(self, lines: Sequence[Line]) -> None:
        """Commit a group."""
        with transaction(self._raw):
            self._raw.executemany(batches.insert_sqlite(1), lines)
            for total in add_up(lines):
                self._raw.execute(batches.COUNT_SQLITE, total)


class JsonSink(SqliteSink):
    """One statement for any number of rows, their values in JSON and one blob."""

    def write(self, lines: Sequence[Line]) -> None:
        """Commit a group."""
        places, blobs, at = [], [], 1
        for line in lines:
            row: list[object] = []
            for value in line:
                if isinstance(value, bytes):
                    row += [at, len(value)]
                    blobs.append(value)
                    at += len(value)
                else:
                    row.append(value)
            places.append(row)
        with transaction(self._raw):
            self._raw.execute(FROM_JSON, (json.dumps(places), b"".join(blobs)))
            for total in add_up(lines):
                self._raw.execute(batches.COUNT_SQLITE, total)


def _from_json() -> str:
    kinds = Line.__annotations__.items()
    columns, place = [], 0
    for _name, kind in kinds:
        one = f"json_extract(value, '$[{place}]')"
        place += 1
        if "bytes" in str(kind):
            columns.append(f"substr(?2, {one}, json_extract(value, '$[{place}]'))")
            place += 1
        else:
            columns.append(one)
    wanted = ", ".join(columns)
    return f"INSERT INTO checks ({batches.COLUMNS}) SELECT {wanted} FROM json_each(?1)"


FROM_JSON = _from_json()
SINKS: dict[str, Callable[[Database], SqliteSink]] = {
    "nothing": NoSink,
    "loop": SqliteSink,
    "thread": SqliteSink,
    "many": ManySink,
    "json": JsonSink,
}


class Counted:
    """Another sink, whose groups are counted."""

    groups = 0

    def __init__(self, sink: SqliteSink) -> None:
        self._sink = sink
        self.close = sink.close

    def write(self, lines: Sequence[Line]) -> None:
        """Commit a group."""
        Counted.groups += 1
        self._sink.write(lines)


@contextmanager
def transaction(raw: sqlite3.Connection) -> Iterator[None]:
    """Commit what is done inside, or nothing of it."""
    raw.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        raw.rollback()
        raise
    raw.execute("COMMIT")


def work(turns: int) -> int:
    """Spend time as the server does, holding the interpreter's lock."""
    total = 0
    for number in range(turns):
        total += number * number & 7
    return total


def turns_for(seconds: float) -> int:
    """Return how many turns of `work` take so long where nobody disturbs."""
    best = min(_timed(3000) for _ in range(300))
    return int(3000 * seconds / best)


def _timed(turns: int) -> float:
    begin = time.perf_counter()
    work(turns)
    return time.perf_counter() - begin


def make_comments(seed: int) -> list[Comment]:
    """Return comments of made-up words in real lengths."""
    dice = random.Random(seed)
    letters = "abcdefghijklmnoprstu"
    words = ["".join(dice.choices(letters, k=dice.randint(2, 9))) for _ in range(3000)]
    return [
        Comment(
            content=" ".join(dice.choices(words, k=3 + int(dice.expovariate(1 / 30)))),
            author=dice.choice(words),
            author_email=f"{dice.choice(words)}@example.org",
            address=f"203.0.113.{dice.randint(1, 254)}",
            user_agent="Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Firefox/140.0",
            permalink=f"https://example.org/2026/11/{dice.choice(words)}",
        )
        for _ in range(2000)
    ]


def run_worker(
    way: str,
    address: str,
    seconds: float,
    turns: int,
    out: "Queue[Any]",
) -> None:
    """Run one process's clients and put its numbers into a queue."""
    open_way = SINKS[way.partition(" ")[0]]
    patch = {"open_sink": lambda database: Counted(open_way(database))}
    vars(writer).update(patch)
    random.seed()
    out.put(uvloop.run(_serve(way, address, seconds, turns)))


async def _serve(way: str, address: str, seconds: float, turns: int) -> dict[str, Any]:
    store = open_store(address)
    key = store.find_key(KEY)
    assert key is not None
    site_id, comments = store.find_site(key, "example.org").id, make_comments(0)
    in_loop = way.startswith(("loop", "nothing"))
    recorder = Writer(store, timeout_seconds=5, in_loop=in_loop)
    gather = way.partition(" ")[2] or ("2" if way == "nothing" else "0")
    gatherer = Gatherer[CheckRow, CheckRow](lambda rows: rows, int(gather) / 1000)
    waits: list[float] = []
    end = time.perf_counter() + seconds

    async def ask(client: int) -> None:
        number = client * 31
        while time.perf_counter() < end:
            await asyncio.sleep(random.random() * TURN_SECONDS)
            begin, number = time.perf_counter(), number + 1
            work(turns)
            now = time.time()
            check = Check(
                guid=new_guid(now),
                at=datetime.fromtimestamp(now, UTC),
                verdict=Verdict.HAM if number % 3 else Verdict.SPAM,
                score=0.123456,
                decided_by="classifier",
                clues=CLUES,
            )
            comment = comments[number % len(comments)]
            row = CheckRow(check=check, site_id=site_id, comment=comment)
            await recorder.record(await gatherer.ask(row))
            waits.append(time.perf_counter() - begin)

    spent, begun = time.process_time(), time.perf_counter()
    await asyncio.gather(*map(ask, range(CLIENTS)))
    spent, took = time.process_time() - spent, time.perf_counter() - begun
    await recorder.close()
    return {
        "waits": waits,
        "cpu": spent,
        "rate": len(waits) / took,
        "groups": Counted.groups,
    }


def measure(way: str, workers: int, seconds: float, turns: int) -> dict[str, float]:
    """Return the numbers of one run on a new store."""
    with tempfile.TemporaryDirectory() as folder:
        address = f"sqlite:///{Path(folder)}/saring.db"
        store = open_store(address)
        store.create_key("Alice", KEY)
        store.close()
        spawn = multiprocessing.get_context("spawn")
        out = spawn.Queue()
        given = (way, address, seconds, turns, out)
        running = [spawn.Process(target=run_worker, args=given) for _ in range(workers)]
        for one in running:
            one.start()
        found = [out.get(timeout=60) for _ in running]
        for one in running:
            one.join()
    waits = sorted(chain.from_iterable(one["waits"] for one in found))
    return {
        "checks/s": sum(one["rate"] for one in found),
        "CPU µs": sum(one["cpu"] for one in found) / len(waits) * 1e6,
        "rows": len(waits) / sum(one["groups"] for one in found),
        "p50 ms": waits[len(waits) // 2] * 1e3,
        "p99 ms": waits[len(waits) * 99 // 100] * 1e3,
        "max ms": waits[-1] * 1e3,
    }


def main() -> None:
    """Measure all ways in turn, and print medians."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=2)
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--ways", nargs="+")
    chosen = parser.parse_args()
    turns = turns_for(WORK_SECONDS)
    names = ("checks/s", "CPU µs", "rows", "p50 ms", "p99 ms", "max ms")
    heads = (*names, "least CPU µs", "least p50 ms")
    print(f"| workers | way | {' | '.join(heads)} |")
    print("|---|---|" + "---|" * len(heads))
    for workers in chosen.workers:
        ways = chosen.ways or WAYS
        runs: dict[str, list[dict[str, float]]] = {way: [] for way in ways}
        for _ in range(chosen.rounds):
            for way in ways:
                runs[way].append(measure(way, workers, chosen.seconds, turns))
        for way in ways:
            medians = [median(run[name] for run in runs[way]) for name in names]
            # On a machine that others use, the least is nearest to the truth.
            medians.append(min(run["CPU µs"] for run in runs[way]))
            medians.append(min(run["p50 ms"] for run in runs[way]))
            cells = [f"{one:.0f}" if one > 99 else f"{one:.1f}" for one in medians]
            print(f"| {workers} | {way} | {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main()
