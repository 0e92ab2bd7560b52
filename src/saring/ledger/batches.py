"""One transaction for a group of checks and the counters they move.

Each kind of database has its own fastest way, found by measurement: see
docs/experiments/040-group-commit.md.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Any, Protocol

from saring.ledger.checks import Line
from saring.ledger.counters import DAY_MILLISECONDS
from saring.ledger.database import Database
from saring.verdict import Verdict

HELD = frozenset(verdict.value for verdict in Verdict if verdict.is_held)
COLUMNS = ", ".join(Line._fields)
MARKS = f"({', '.join('?' * len(Line._fields))})"
# SQLite takes 32,766 values in one statement, but far fewer gain as much.
MAX_ROWS = 128
COUNT = (
    "INSERT INTO counters (site_id, day, api_calls, spam, ham) VALUES (?, ?, ?, ?, ?) "
    "ON CONFLICT (site_id, day) DO UPDATE SET "
    "api_calls = api_calls + excluded.api_calls, "
    "spam = spam + excluded.spam, ham = ham + excluded.ham"
)

type_sums = list[tuple[int, int, int, int, int]]


class Sink(Protocol):
    """Where groups go; used by one thread at a time."""

    def write(self, lines: Sequence[Line]) -> None:
        """Commit a group, or raise the driver's error with nothing written."""

    def close(self) -> None:
        """Let go of the connection."""


def tally(lines: Sequence[Line]) -> type_sums:
    """Return what a group adds to the counters: site, day, calls, spam, ham."""
    pairs = Counter(
        (line.site_id, line.at // DAY_MILLISECONDS, line.verdict in HELD)
        for line in lines
    )
    sums: dict[tuple[int, int], list[int]] = {}
    for (site_id, day, is_held), number in pairs.items():
        entry = sums.setdefault((site_id, day), [0, 0])
        entry[0 if is_held else 1] += number
    # In one order everywhere, so that two writers on PostgreSQL cannot lock crosswise.
    return [
        (site_id, day, spam + ham, spam, ham)
        for (site_id, day), (spam, ham) in sorted(sums.items())
    ]


class SqliteSink:
    """Groups into SQLite: one statement for all rows."""

    def __init__(self, database: Database) -> None:
        self._pooled = database.quick.raw_connection()
        self._raw: Any = self._pooled.driver_connection

    def write(self, lines: Sequence[Line]) -> None:
        """Commit a group, or raise the driver's error with nothing written."""
        raw = self._raw
        raw.execute("BEGIN IMMEDIATE")
        try:
            for start in range(0, len(lines), MAX_ROWS):
                part = lines[start : start + MAX_ROWS]
                raw.execute(
                    _insert(len(part)), [value for line in part for value in line]
                )
            for sums in tally(lines):
                raw.execute(COUNT, sums)
            raw.execute("COMMIT")
        except BaseException:
            raw.rollback()
            raise

    def close(self) -> None:
        """Let go of the connection."""
        self._pooled.close()


def _insert(rows: int) -> str:
    return f"INSERT INTO checks ({COLUMNS}) VALUES {', '.join([MARKS] * rows)}"  # noqa: S608 our own names
