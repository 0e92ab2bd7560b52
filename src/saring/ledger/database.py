"""The way to the database: engines for SQLite or PostgreSQL, and their transactions.

There are two engines over one database. `durable` commits are on the disk when they
return (labels, keys, settings). `quick` ones (checks, of which nothing is learned) are
so on PostgreSQL too; on SQLite they survive the death of every process, but not the
last moments of a machine that loses power.
"""

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError
from sqlalchemy.pool import ConnectionPoolEntry

from saring.errors import StoreError

BUSY_SECONDS = 5.0
CONNECT_SECONDS = 3
# PostgreSQL gives a statement up after this; and we a network that swallows all.
STATEMENT_SECONDS = 10
# Any two numbers; what counts is that all our workers take the same.
EVENTS_LOCK = 0x5A121
MIGRATION_LOCK = 0x5A122
SETTINGS_LOCK = 0x5A123
# Locks, full disks, vanished servers pass by; a file that is no database does not.
# The names are those of PEP 249, the same in all drivers.
REFUSALS = ("IntegrityError", "DataError", "ProgrammingError", "NotSupportedError")
PASSING = ("locked", "busy", "full", "disk i/o", "readonly", "unable to open")


class Database:
    """The engines of one store.

    Args:
        address: `sqlite:///PATH` or `postgresql://USER@HOST/NAME`.

    Raises:
        StoreError: The address is of another kind, or its driver is not installed.
    """

    def __init__(self, address: str) -> None:
        self.url = _parse(address)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.path = Path(self.url.database or "") if self.is_sqlite else None
        self.durable = self._engine(is_durable=True)
        self.quick = self._engine(is_durable=False)
        self.driver_error: type[Exception] = self.durable.dialect.loaded_dbapi.Error

    def _engine(self, *, is_durable: bool) -> Engine:
        if self.is_sqlite:
            return _sqlite_engine(self.url, "FULL" if is_durable else "NORMAL")
        # Without a flush for each group, checks that were acknowledged would be lost
        # whenever PostgreSQL itself is killed.
        return _postgres_engine(self.url)

    @property
    def name(self) -> str:
        """The address without its password."""
        plain = self.url.set(drivername=self.url.get_backend_name())
        return plain.render_as_string(hide_password=True)

    def prepare(self) -> None:
        """Make the folder and the empty file of an SQLite store, for its owner only."""
        if self.path is None:
            return
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            # A file that is there is not opened: closing it again would drop the locks
            # that SQLite holds on it for this process, and the next process to close
            # the store would take itself for the last and delete the log under us.
            with suppress(FileExistsError):
                os.close(os.open(self.path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        except OSError as error:
            raise StoreError(
                f"the store {self.path} cannot be opened: {error}"
            ) from error

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Give a connection whose reads are of one moment.

        Raises:
            StoreError: The database fails.
        """
        with self._translated(), self.durable.connect() as connection:
            yield connection

    @contextmanager
    def write(
        self,
        lock: int | None = None,
        *,
        is_durable: bool = True,
        may_take_long: bool = False,
    ) -> Iterator[Connection]:
        """Give a connection in a transaction that is on the disk when this ends.

        Args:
            lock: On PostgreSQL, the lock that keeps such writers in a row until their
                commit; on SQLite there is only ever one writer.
            is_durable: Whether it must outlive a loss of power; without, it is short
                on SQLite.
            may_take_long: Whether it may take any time, on PostgreSQL.

        Raises:
            StoreError: The database fails; nothing is written.
        """
        engine = self.durable if is_durable else self.quick
        with self._translated(), engine.connect() as plain:
            connection = plain.execution_options(saring_writes=True)
            with connection.begin():
                if may_take_long and not self.is_sqlite:
                    connection.execute(text("SET LOCAL statement_timeout = 0"))
                if lock is not None and not self.is_sqlite:
                    take = text("SELECT pg_advisory_xact_lock(:lock)")
                    connection.execute(take, {"lock": lock})
                yield connection

    @contextmanager
    def bare(self) -> Iterator[Any]:
        """Give the driver's own connection, in no transaction.

        Raises:
            StoreError: The database fails.
        """
        with self._translated():
            pooled = self.durable.raw_connection()
            try:
                yield pooled.driver_connection
            finally:
                pooled.close()

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except (SQLAlchemyError, self.driver_error) as error:
            raise translate(error) from error

    def close(self) -> None:
        """Close all connections; the next use opens new ones."""
        self.durable.dispose()
        self.quick.dispose()


def translate(error: Exception) -> StoreError:
    """Return what a failure means for the caller, without the data in it."""
    if isinstance(error, StoreError):
        return error
    cause = (error.orig or error) if isinstance(error, DBAPIError) else error
    message = str(cause).partition("\n")[0]
    if isinstance(cause, sqlite3.Error):
        retryable = any(word in message.lower() for word in PASSING)
    else:
        retryable = not any(kind.__name__ in REFUSALS for kind in type(cause).__mro__)
    return StoreError(f"the store failed: {message}", retryable=retryable)


def to_milliseconds(at: datetime) -> int:
    """Return an aware instant as milliseconds since 1970."""
    return int(at.timestamp() * 1000)


def to_instant(milliseconds: int) -> datetime:
    """Return milliseconds since 1970 as an instant in UTC."""
    return datetime.fromtimestamp(milliseconds / 1000, UTC)


def now_milliseconds() -> int:
    """Return the clock's time in milliseconds since 1970."""
    return time.time_ns() // 1_000_000


def _parse(address: str) -> URL:
    try:
        url = make_url(address)
    except ArgumentError as error:
        raise StoreError(
            "the store's address cannot be read; write sqlite:///PATH or "
            "postgresql://USER@HOST/NAME",
            retryable=False,
        ) from error
    backend = url.get_backend_name()
    if backend == "postgresql":
        return url.set(drivername="postgresql+psycopg")
    if backend == "sqlite" and url.database not in (None, "", ":memory:"):
        return url.set(drivername="sqlite+pysqlite")
    raise StoreError(
        f"the store's address is of the kind {url.drivername}; write sqlite:///PATH "
        "or postgresql://USER@HOST/NAME",
        retryable=False,
    )


def _sqlite_engine(url: URL, synchronous: str) -> Engine:
    engine = create_engine(
        url,
        hide_parameters=True,
        connect_args={"check_same_thread": False, "timeout": BUSY_SECONDS},
    )

    @event.listens_for(engine, "connect")
    def set_up(raw: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
        # We say BEGIN ourselves: the driver's own comes too late to hold a read lock.
        raw.isolation_level = None
        raw.execute("PRAGMA journal_mode = WAL")
        raw.execute(f"PRAGMA synchronous = {synchronous}")
        raw.execute("PRAGMA foreign_keys = ON")
        if synchronous == "NORMAL":
            # Left to `upkeep`: a commit that has to move the log holds up all others.
            raw.execute("PRAGMA wal_autocheckpoint = 0")
        # What retention erases is overwritten, not only unlinked.
        raw.execute("PRAGMA secure_delete = ON")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # A reader that became a writer half-way would fail instead of waiting.
        writes = connection.get_execution_options().get("saring_writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _postgres_engine(url: URL) -> Engine:
    milliseconds = int(STATEMENT_SECONDS * 1000)
    options: dict[str, Any] = {
        "connect_timeout": CONNECT_SECONDS,
        "tcp_user_timeout": milliseconds,
        "options": f"-c synchronous_commit=on -c statement_timeout={milliseconds}",
    }
    try:
        return create_engine(
            url, hide_parameters=True, pool_pre_ping=True, connect_args=options
        )
    except ModuleNotFoundError as error:
        raise StoreError(
            "PostgreSQL needs a driver: install saring[postgresql]", retryable=False
        ) from error
