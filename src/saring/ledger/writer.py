"""Writer: checks into the store, many in one commit, each answered after its commit.

Rows wait for the commit before them; what has gathered by then is the next group. If
the store fails or is too slow, those who wait are told, and so is at once whoever comes
until it works again: nothing hangs, and nothing waits for a store that is gone.
"""

import asyncio

from saring.errors import StoreError
from saring.ledger.batches import SqliteSink
from saring.ledger.checks import Line, encode
from saring.ledger.database import translate
from saring.ledger.records import CheckRow
from saring.ledger.store import Store


class Writer:
    """Records checks in groups; belongs to one event loop.

    Args:
        store: Where they go.
        timeout_seconds: How long `record` waits for its commit.
    """

    def __init__(self, store: Store, *, timeout_seconds: float = 0.5) -> None:
        self._store = store
        self._timeout_seconds = timeout_seconds
        self._waiting: list[tuple[Line, asyncio.Future[None]]] = []
        self._task: asyncio.Task[None] | None = None
        self._sink: SqliteSink | None = None

    async def record(self, row: CheckRow) -> None:
        """Record a check; it is committed when this returns.

        Raises:
            StoreError: The store failed, or took too long; answer without it.
        """
        done = asyncio.get_running_loop().create_future()
        self._waiting.append((encode(self._store.vault, row), done))
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._drain())
        await done

    async def _drain(self) -> None:
        while self._waiting:
            group, self._waiting = self._waiting, []
            try:
                await asyncio.to_thread(self._write, [line for line, _ in group])
            except (StoreError, self._store.database.driver_error) as error:
                failure = translate(error)
                for _, done in group:
                    if not done.done():
                        done.set_exception(failure)
                continue
            for _, done in group:
                if not done.done():
                    done.set_result(None)

    def _write(self, lines: list[Line]) -> None:
        if self._sink is None:
            self._sink = SqliteSink(self._store.database)
        self._sink.write(lines)

    async def close(self) -> None:
        """Write what still waits and let go of the connection."""
        if self._task is not None:
            await self._task
        if self._sink is not None:
            self._sink.close()
            self._sink = None
