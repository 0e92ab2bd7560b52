"""Writer: checks into the store, many in one commit, each answered after its commit.

Rows wait for the commit before them; what has gathered by then is the next group. If
the store fails or is too slow, those who wait are told, and so is at once whoever comes
until it works again: nothing hangs, and nothing waits for a store that is gone.
"""

import asyncio
import random
import sqlite3
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from saring.errors import StoreError
from saring.ledger.batches import Sink, open_sink
from saring.ledger.checks import Line, encode
from saring.ledger.condition import Condition
from saring.ledger.database import translate
from saring.ledger.records import CheckRow
from saring.ledger.store import Store
from saring.ledger.upkeep import Upkeep

TIMEOUT_SECONDS = 0.5
# How soon a store that failed is tried again, with whatever check comes then.
RETRY_SECONDS = 0.25
# Another worker's commit is over within a millisecond or two.
BUSY_SECONDS = 0.0005

type_waiting = tuple[Line, asyncio.Future[None]]


class Writer:
    """Records checks in groups; belongs to one event loop.

    Args:
        store: Where they go.
        timeout_seconds: How long `record` waits for its commit at most.
        in_loop: Commit in the event loop itself, as is best for SQLite, or in a
            thread, as is best for all else; by the kind of store if not said.
        condition: Told how the upkeep of the store goes; what becomes of a check, its
            caller is told.

    Attributes:
        is_failing: Whether the last group was lost; then `record` refuses most checks
            at once, and tries the store with one from time to time.
    """

    def __init__(
        self,
        store: Store,
        *,
        timeout_seconds: float = TIMEOUT_SECONDS,
        in_loop: bool | None = None,
        condition: Condition | None = None,
    ) -> None:
        self.is_failing = False
        self._store = store
        self._condition = condition or Condition()
        self._timeout_seconds = timeout_seconds
        self._waiting: list[type_waiting] = []
        self._task: asyncio.Task[None] | None = None
        self._retry_at = 0.0
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="writer")
        self._writing: asyncio.Future[None] | None = None
        self._sink: Sink | None = None
        self._upkeep: Upkeep | None = None
        self._in_loop = store.database.is_sqlite if in_loop is None else in_loop

    async def record(self, row: CheckRow) -> None:
        """Record a check; it is committed when this returns.

        Raises:
            StoreError: The store failed, or took too long; answer without it.
        """
        loop = asyncio.get_running_loop()
        if self.is_failing and not self._may_try(loop.time()):
            raise StoreError("the store does not take checks for now")
        done = loop.create_future()
        self._waiting.append((encode(self._store.vault, row), done))
        if self._task is None:
            self._begin(loop)
        await done

    def _begin(self, loop: asyncio.AbstractEventLoop) -> None:
        self._task = loop.create_task(self._drain())
        if self._upkeep is None and self._store.database.is_sqlite:
            self._upkeep = Upkeep(self._store.database, self._condition)
            self._upkeep.start()

    def _may_try(self, now: float) -> bool:
        is_stuck = self._writing is not None and not self._writing.done()
        return now >= self._retry_at and not is_stuck

    async def _drain(self) -> None:
        """Commit group after group until nobody waits."""
        try:
            while self._waiting:
                group, self._waiting = self._waiting, []
                await self._settle(group)
        finally:
            self._task = None

    async def _settle(self, group: list[type_waiting]) -> None:
        """Commit a group and tell those who wait for it."""
        error = await self._commit([line for line, _ in group])
        if error and not error.retryable and len(group) > 1:
            # One row that the store refuses must not take the others with it.
            for one in group:
                await self._settle([one])
            return
        self.is_failing = error is not None and error.retryable
        if self.is_failing:
            self._retry_at = asyncio.get_running_loop().time() + RETRY_SECONDS
            # Whoever came meanwhile would only wait for the same.
            group, self._waiting = group + self._waiting, []
        for _, done in group:
            if not done.done():  # done already: its request was cancelled
                done.set_exception(error) if error else done.set_result(None)

    async def _commit(self, lines: Sequence[Line]) -> StoreError | None:
        """Return None when a group is in the store, else why it is not."""
        clock = asyncio.get_running_loop().time
        deadline = clock() + self._timeout_seconds
        while True:
            try:
                await self._attempt(lines, deadline)
            except Exception as error:  # noqa: BLE001 the top of this job: whoever waits must be told
                if not _is_busy(error) or clock() >= deadline:
                    return translate(error)
            else:
                return None
            # Workers that met once would meet again after the same pause.
            await asyncio.sleep(random.uniform(0.5, 1.5) * BUSY_SECONDS)  # noqa: S311 no secret

    async def _attempt(self, lines: Sequence[Line], deadline: float) -> None:
        if self._in_loop:
            self._write(lines)
            return
        loop = asyncio.get_running_loop()
        self._writing = loop.run_in_executor(self._thread, self._write, lines)
        done, _ = await asyncio.wait([self._writing], timeout=deadline - loop.time())
        if not done:
            self._writing.add_done_callback(_look_at)
            raise StoreError("the store is too slow to take checks")
        self._writing.result()

    def _write(self, lines: Sequence[Line]) -> None:
        if self._sink is None:
            self._sink = open_sink(self._store.database)
        try:
            self._sink.write(lines)
        except Exception as error:
            if not _is_busy(error):
                # The connection may be the fault: the next group gets another one.
                self._sink.close()
                self._sink = None
            raise

    async def close(self) -> None:
        """Write what still waits and let go of the connection.

        A store that hangs is not waited for longer than `record` would wait.
        """
        if self._task is not None:
            await self._task
        if self._upkeep is not None:
            await asyncio.to_thread(self._upkeep.stop)
            self._upkeep = None
        is_stuck = self._writing is not None and not self._writing.done()
        self._thread.shutdown(wait=False)
        if self._sink is not None and not is_stuck:
            self._sink.close()
            self._sink = None


def _is_busy(error: Exception) -> bool:
    """Say whether another process is just writing to the SQLite store."""
    return isinstance(error, sqlite3.OperationalError) and "locked" in str(error)


def _look_at(late: asyncio.Future[None]) -> None:
    """Take note of what became of a group that nobody waits for any more."""
    late.exception()
