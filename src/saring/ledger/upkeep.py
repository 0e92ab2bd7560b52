"""Upkeep of an SQLite store beside a running writer: the log, and the index of matches.

Both would hold up commits if they were done within them. A thread of its own does them
between, and leaves out what another worker is just doing.
"""

import sqlite3
import threading
import time
from contextlib import suppress
from pathlib import Path

from saring.errors import StoreError
from saring.ledger import matches
from saring.ledger.condition import UPKEEP, Condition
from saring.ledger.database import Database

PERIOD_SECONDS = 0.5
# Between two batches, so that every writer that waits has its turn.
PAUSE_SECONDS = 0.005
# From here on the log is moved even while others write; behind it, they wait for that.
LARGE_LOG_BYTES = 64 * 1024 * 1024
SMALL_LOG_BYTES = 4 * 1024 * 1024


class Upkeep:
    """A thread that looks after an SQLite store until it is stopped.

    Args:
        database: The store's.
        condition: Told how it goes.
    """

    def __init__(self, database: Database, condition: Condition) -> None:
        self._database = database
        self._condition = condition
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="upkeep", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End, after what is just being done."""
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._stop.wait(PERIOD_SECONDS):
            self._look_after()

    def _look_after(self) -> None:
        try:
            run_once(self._database)
        except Exception as error:  # noqa: BLE001 the top of this job: ended, the log would grow without end
            # What passes by, such as a store that is locked, has a next time.
            if not (isinstance(error, StoreError) and error.retryable):
                self._condition.fail(UPKEEP, error)
        else:
            self._condition.succeed(UPKEEP)


def run_once(database: Database) -> None:
    """Index what has come in whole batches, and move the log into the database.

    Raises:
        StoreError: The database fails.
    """
    has_more = True
    while has_more:
        with database.write(is_durable=False) as connection:
            has_more = matches.index_batch(connection)
        if has_more:
            time.sleep(PAUSE_SECONDS)
    size = log_bytes(database)
    if size > SMALL_LOG_BYTES:
        checkpoint(database, "PASSIVE")
    if size > LARGE_LOG_BYTES:
        # Little is left to move now, so that writers wait for a moment only.
        checkpoint(database, "TRUNCATE")


def checkpoint(database: Database, mode: str) -> None:
    """Move SQLite's log into the database; `PASSIVE` holds nobody up."""
    with database.bare() as raw, suppress(sqlite3.OperationalError):
        raw.execute(f"PRAGMA wal_checkpoint({mode})")


def log_bytes(database: Database) -> int:
    """Return the size of SQLite's write-ahead log."""
    log = Path(f"{database.path}-wal")
    return log.stat().st_size if log.exists() else 0
