"""How a store is, for `saring doctor`: sizes, numbers, and the state of its secret."""

from pathlib import Path

from sqlalchemy import Connection, Table, func, select, text

from saring.errors import SecretError
from saring.ledger import checkpoints, events, facts, migrate
from saring.ledger.records import StoreHealth
from saring.ledger.schema import HEAD, checks, keys, owners, sites
from saring.ledger.schema import events as events_table
from saring.ledger.secret import load_vault
from saring.ledger.store import Store
from saring.ledger.upkeep import log_bytes


def health(store: Store, secret: Path) -> StoreHealth:
    """Return how a store is; nothing is changed.

    Args:
        store: The ledger.
        secret: The file that should hold its secret.

    Raises:
        StoreError: The database fails.
    """
    with store.database.read() as connection:
        return StoreHealth(
            backend=connection.dialect.name,
            size_bytes=_size(connection, store),
            revision=migrate.revision_of(connection),
            head=HEAD,
            owner_count=_count(connection, owners),
            key_count=_count(connection, keys),
            site_count=_count(connection, sites),
            check_count=_count(connection, checks),
            event_count=_count(connection, events_table),
            last_sequence=events.last_sequence(connection),
            checkpoint_sequence=checkpoints.latest_sequence(connection),
            baked_sequence=checkpoints.latest_sequence(connection, checkpoints.BAKED),
            secret=_secret_state(connection, secret),
        )


def _count(connection: Connection, table: Table) -> int:
    return connection.scalar(select(func.count()).select_from(table)) or 0


def _size(connection: Connection, store: Store) -> int:
    path = store.database.path
    if path is not None:
        return path.stat().st_size + log_bytes(store.database)
    query = text("SELECT pg_database_size(current_database())")
    return int(connection.execute(query).scalar_one())


def _secret_state(connection: Connection, secret: Path) -> str:
    """Return `ok`, or what is wrong: the file now, not the one loaded at the start."""
    try:
        vault = load_vault(secret)
    except SecretError as error:
        return str(error)
    if vault.digest.hex() != facts.get(connection, facts.DIGEST):
        return f"the secret file {secret} is another store's"
    if secret.stat().st_mode & 0o077:
        return f"the secret file {secret} can be read by others: chmod 600"
    return "ok"
