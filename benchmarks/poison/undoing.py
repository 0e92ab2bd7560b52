"""Undoing: attacks that are rolled back in a store, and what is left of them."""

import contextlib
import tempfile
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import msgspec
from benchmarks.poison.attacks import ATTACKS
from benchmarks.poison.host import NAMES, ONE_IN, Lie, stream
from benchmarks.poison.results import Undone

from saring.engine import Engine
from saring.fold import Fold
from saring.ledger.records import Event, Site
from saring.ledger.store import Store, open_store
from saring.ledger.vault import Vault
from saring.replay import rebuild, restore
from saring.rollback import Rollbacks, RollbackWish

STREAM = NAMES[1]
ROWS = 1_500
KEYS = 5
MALLORY = KEYS
# The same in all stores: what is learned of campaigns knows comments by it.
VAULT = Vault(bytes(32))
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def undone(folder: Path) -> list[Undone]:
    """Return what is left of each attack after its rollback."""
    rows = stream(folder, STREAM)
    every = rows[:ROWS]
    honest = [
        (number % KEYS, Lie(row.comment, row.label, row.features))
        for number, row in enumerate(every)
    ]
    found = []
    with _store(honest) as without:
        wanted = _rebuilt(without)
    for way, lies_of in ATTACKS.items():
        said = [*honest]
        for number, lie in enumerate(lies_of(rows, ROWS // ONE_IN)):
            said.insert((number + 1) * ONE_IN, (MALLORY, lie))
        with _store(said) as store:
            before = _rebuilt(store)
            base, key = Engine().fold.base, store.keys()[MALLORY]
            effect = Rollbacks(store, base, key).roll_back(
                RollbackWish(), datetime.now(UTC)
            )
            after, restored = _rebuilt(store), Fold(base)
            restore(restored, store)
            found.append(
                Undone(
                    way=way,
                    labels=len(said),
                    lies=effect.labels,
                    was_equal=before == wanted,
                    is_equal=after == wanted == restored.digest(),
                )
            )
    return found


@contextlib.contextmanager
def _store(said: Sequence[tuple[int, Lie]]) -> Iterator[Store]:
    """Give a store into which these labels were written, by the number of the key."""
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(f"sqlite:///{folder}/saring.db")
        keys = [store.create_key("Host") for _ in range(KEYS + 1)]
        sites = [store.find_site(key, "https://one.example") for key in keys]
        engine = Engine(clock=NOON.timestamp)
        store.append_all([_event(engine, sites[by], lie) for by, lie in said])
        yield store
        store.close()


def _event(engine: Engine, site: Site, lie: Lie) -> Event:
    event = engine.event(lie.comment, lie.label, site, extracted=lie.features)
    return msgspec.structs.replace(event, match=VAULT.match_key(lie.comment))


def _rebuilt(store: Store) -> str:
    fold = Fold(Engine().fold.base)
    rebuild(fold, store)
    return fold.digest()
