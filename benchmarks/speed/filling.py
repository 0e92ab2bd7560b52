"""Fill a store with labels, many in one transaction.

`saring learn` commits each label by itself, as a label given by a person is; for the
tens of thousands that a rebuild is measured on that takes longer than the benchmark.
Runs in its own process: `python -m benchmarks.speed.filling DATABASE KEY LABELS`.
"""

import json
import random
import sys
import time

import msgspec
from benchmarks.speed.corpus import Row
from benchmarks.speed.judging import comment_of, read_lines

from saring import Engine, Label
from saring.errors import NotFoundError
from saring.ledger import events
from saring.ledger.database import EVENTS_LOCK
from saring.ledger.records import Event, Key
from saring.ledger.store import Store, open_store

TRANSACTION_ROWS = 1_000


class Filler:
    """Makes events of labelled rows for one key's sites."""

    def __init__(self, store: Store, key: Key) -> None:
        self.store, self.key = store, key
        self.engine, self.chance = Engine(), random.Random(11)

    def event_of(self, row: Row) -> Event:
        """Return the event of a label, with all that a real one has."""
        comment = comment_of(row, self.chance)
        site = self.store.find_site(self.key, row["blog"])
        event = self.engine.event(comment, Label(row["label"]), site)
        vault = self.store.vault
        return msgspec.structs.replace(
            event,
            match=vault.match_key(comment),
            subjects=vault.subject_keys(comment, event.at),
        )

    def fill(self, rows: list[Row]) -> int:
        """Append the labels of these rows; return how many were new."""
        taken = 0
        for start in range(0, len(rows), TRANSACTION_ROWS):
            part = rows[start : start + TRANSACTION_ROWS]
            made = [self.event_of(row) for row in part]
            with self.store.database.write(EVENTS_LOCK) as connection:
                stored = [events.append(connection, self.store.vault, e) for e in made]
            taken += sum(event is not None for event in stored)
        return taken


def main() -> None:
    """Fill the store and print how many labels it took, and in what time."""
    database, key_text, path = sys.argv[1:4]
    store = open_store(database)
    key = store.find_key(key_text)
    if key is None:
        raise NotFoundError("the key is not in the store")
    started_at = time.perf_counter()
    taken = Filler(store, key).fill(read_lines(path))
    store.close()
    seconds = time.perf_counter() - started_at
    print(json.dumps({"events": taken, "seconds": seconds}))


if __name__ == "__main__":
    main()
