"""What it costs to find checks by their comments: docs/experiments/041.

    python benchmarks/ledger/match_index.py [--rows 40000] [--rounds 5]

Rows of real sizes go into SQLite in groups of 32, with one index over the match keys,
with none, and with none but batches into a table of their own.
"""

import argparse
import os
import random
import sqlite3
import tempfile
import time
from pathlib import Path
from statistics import median

GROUP = 32
COLUMNS = (
    "site_id INTEGER NOT NULL REFERENCES sites (id), at BIGINT NOT NULL, "
    "verdict TEXT NOT NULL, score DOUBLE NOT NULL, decided_by TEXT NOT NULL, "
    "clues BLOB NOT NULL, sequence BIGINT NOT NULL, match_key BLOB, comment BLOB"
)
KEYED = f"CREATE TABLE checks (guid BLOB NOT NULL PRIMARY KEY, {COLUMNS}) WITHOUT ROWID"
IN_ORDER = f"CREATE TABLE checks (id INTEGER PRIMARY KEY, guid BLOB UNIQUE, {COLUMNS})"
INDEX = (
    "CREATE INDEX by_match ON checks (site_id, match_key) WHERE match_key IS NOT NULL"
)
MATCHES = (
    "CREATE TABLE matches (site_id INTEGER, match_key BLOB, check_id INTEGER, "
    "PRIMARY KEY (site_id, match_key, check_id)) WITHOUT ROWID"
)
FILL = (
    "INSERT INTO matches SELECT site_id, match_key, id FROM checks "
    "WHERE id > ? AND id <= ? ORDER BY site_id, match_key"
)
WAYS = {
    "tree of guids, index": (KEYED, INDEX, 0),
    "tree of guids, no index": (KEYED, "", 0),
    "in order, index": (IN_ORDER, INDEX, 0),
    "in order, no index": (IN_ORDER, "", 0),
    "in order, batches of 1,024": (IN_ORDER, MATCHES, 1024),
    "in order, batches of 4,096": (IN_ORDER, MATCHES, 4096),
    "in order, batches of 8,192": (IN_ORDER, MATCHES, 8192),
}


def make_rows(count: int) -> list[tuple[object, ...]]:
    """Return rows whose guids rise and whose match keys do not."""
    dice = random.Random(0)
    return [
        (
            (1_790_000_000_000 + number // 4).to_bytes(6, "big") + os.urandom(10),
            1,
            1_790_000_000_000 + number // 4,
            "ham",
            0.123456,
            "classifier",
            bytes(60),
            number,
            os.urandom(16),
            os.urandom(150 + int(dice.expovariate(1 / 450))),
        )
        for number in range(count)
    ]


def measure(way: str, rows: list[tuple[object, ...]]) -> tuple[float, float, float]:
    """Return CPU µs a row, WAL bytes a row, and the longest batch in ms."""
    table, extra, batch = WAYS[way]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "checks.db"
        raw = sqlite3.connect(path, isolation_level=None)
        raw.execute("PRAGMA journal_mode = WAL")
        raw.execute("PRAGMA synchronous = NORMAL")
        raw.execute("PRAGMA wal_autocheckpoint = 0")
        raw.execute("PRAGMA foreign_keys = ON")
        raw.execute("CREATE TABLE sites (id INTEGER PRIMARY KEY)")
        raw.execute("INSERT INTO sites VALUES (1)")
        raw.execute(table)
        if extra:
            raw.execute(extra)
        spent, longest = time.process_time(), 0.0
        done = 0
        for start in range(0, len(rows), GROUP):
            write(raw, rows[start : start + GROUP])
            if batch and start + GROUP - done >= batch:
                begin = time.perf_counter()
                raw.execute(FILL, (done, start + GROUP))
                longest = max(longest, time.perf_counter() - begin)
                done = start + GROUP
        spent = time.process_time() - spent
        log = Path(f"{path}-wal").stat().st_size
        raw.close()
    return spent / len(rows) * 1e6, log / len(rows), longest * 1e3


def write(raw: sqlite3.Connection, rows: list[tuple[object, ...]]) -> None:
    """Commit a group in one statement."""
    marks = ", ".join(["(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"] * len(rows))
    names = "guid, site_id, at, verdict, score, decided_by, clues, sequence"
    raw.execute("BEGIN IMMEDIATE")
    values = [value for row in rows for value in row]
    raw.execute(
        f"INSERT INTO checks ({names}, match_key, comment) VALUES {marks}", values
    )
    raw.execute("COMMIT")


def main() -> None:
    """Measure all ways in turn, and print medians."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=40_000)
    parser.add_argument("--rounds", type=int, default=5)
    chosen = parser.parse_args()
    rows = make_rows(chosen.rows)
    runs: dict[str, list[tuple[float, float, float]]] = {way: [] for way in WAYS}
    for _ in range(chosen.rounds):
        for way in WAYS:
            runs[way].append(measure(way, rows))
    print("| way | CPU µs a check | least | log bytes a check | longest batch, ms |")
    print("|---|---|---|---|---|")
    for way, found in runs.items():
        spent, logs, longest = (median(column) for column in zip(*found, strict=True))
        least = min(one[0] for one in found)
        print(f"| {way} | {spent:.1f} | {least:.1f} | {logs:.0f} | {longest:.0f} |")


if __name__ == "__main__":
    main()
