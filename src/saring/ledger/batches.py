"""One transaction for a group of checks and the counters they move.

Each kind of database has its own fastest way, found by measurement
(docs/experiments/040-group-commit.md). Sinks are used by one thread at a time.
"""

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import chain
from typing import Any, NamedTuple, Protocol, cast

from saring.ledger.checks import HELD, Line
from saring.ledger.counters import DAY_MILLISECONDS
from saring.ledger.database import Database

COLUMNS = ", ".join(Line._fields)
# SQLite takes 32,766 values in one statement, but far fewer gain as much; and each
# length is a statement of its own, of which the driver keeps 128 prepared.
MAX_ROWS = 64
COUNT = (
    "INSERT INTO counters (site_id, day, api_calls, spam, ham) {values} "
    "ON CONFLICT (site_id, day) DO UPDATE SET "
    "api_calls = counters.api_calls + excluded.api_calls, "
    "spam = counters.spam + excluded.spam, ham = counters.ham + excluded.ham"
)
COUNT_SQLITE = COUNT.format(values="VALUES (?, ?, ?, ?, ?)")
COUNT_POSTGRES = COUNT.format(
    values="SELECT * FROM unnest(%s::bigint[], %s::integer[], %s::bigint[], "
    "%s::bigint[], %s::bigint[])"
)
INSERT_POSTGRES = (
    f"INSERT INTO checks ({COLUMNS}) "  # noqa: S608 our own names
    "SELECT * FROM unnest(%b::bytea[], %b::bigint[], %b::bigint[], %b::text[], "
    "%b::float8[], %b::text[], %b::bytea[], %b::bigint[], %b::bytea[], %b::bytea[], "
    "%b::bigint[])"
)


class Sum(NamedTuple):
    """What a group adds to the counters of one site and day."""

    site_id: int
    day: int
    api_calls: int
    spam: int
    ham: int


class Sink(Protocol):
    """Where groups of checks go."""

    def write(self, lines: Sequence[Line]) -> None:
        """Commit a group, or raise the driver's error with nothing written."""

    def close(self) -> None:
        """Let go of the connection."""


def open_sink(database: Database) -> Sink:
    """Return the way into a database."""
    return SqliteSink(database) if database.is_sqlite else PostgresSink(database)


def add_up(lines: Sequence[Line]) -> list[Sum]:
    """Return what a group adds to the counters.

    They come in one order everywhere, so that two writers never lock crosswise.
    """
    day = DAY_MILLISECONDS
    numbers = Counter([(line[1], line[2] // day, line[3] in HELD) for line in lines])
    places = sorted({(site_id, day) for site_id, day, _ in numbers})
    return [
        Sum(site_id, day, spam + ham, spam, ham)
        for site_id, day in places
        for spam, ham in [(numbers[site_id, day, True], numbers[site_id, day, False])]
    ]


class SqliteSink:
    """Groups into SQLite: one statement for all rows of a group."""

    def __init__(self, database: Database) -> None:
        self._pooled = database.quick.raw_connection()
        self._raw = cast("Any", self._pooled.driver_connection)
        # The writer waits by itself, without holding up a thread or the loop.
        self._raw.execute("PRAGMA busy_timeout = 0")

    def write(self, lines: Sequence[Line]) -> None:
        """Commit a group, or raise the driver's error with nothing written."""
        raw = self._raw
        raw.execute("BEGIN IMMEDIATE")
        try:
            for start in range(0, len(lines), MAX_ROWS):
                part = lines[start : start + MAX_ROWS]
                raw.execute(insert_sqlite(len(part)), tuple(chain.from_iterable(part)))
            for total in add_up(lines):
                raw.execute(COUNT_SQLITE, total)
            raw.execute("COMMIT")
        except BaseException:
            raw.rollback()
            raise

    def close(self) -> None:
        """Let go of the connection, which is nobody else's."""
        self._pooled.invalidate()


class PostgresSink:
    """Groups into PostgreSQL: one array for each column, so that all plans are kept."""

    def __init__(self, database: Database) -> None:
        self._pooled = database.quick.raw_connection()
        self._raw = cast("Any", self._pooled.driver_connection)

    def write(self, lines: Sequence[Line]) -> None:
        """Commit a group, or raise the driver's error with nothing written."""
        with self._raw.transaction(), self._raw.pipeline():
            self._raw.execute(INSERT_POSTGRES, _columns(lines), prepare=True)
            self._raw.execute(COUNT_POSTGRES, _columns(add_up(lines)), prepare=True)

    def close(self) -> None:
        """Let go of the connection."""
        self._pooled.invalidate()


def _columns(rows: Sequence[tuple[object, ...]]) -> list[list[object]]:
    return [list(column) for column in zip(*rows, strict=True)]


@lru_cache(maxsize=MAX_ROWS)
def insert_sqlite(rows: int) -> str:
    """Return the statement that adds so many rows at once."""
    marks = f"({', '.join('?' * len(Line._fields))})"
    return f"INSERT INTO checks ({COLUMNS}) VALUES {', '.join([marks] * rows)}"  # noqa: S608 our own names
