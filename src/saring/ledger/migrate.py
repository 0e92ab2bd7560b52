"""Bringing a store's schema up to date: in one transaction, one process at a time."""

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, inspect, text

from saring.errors import StoreError
from saring.ledger.schema import HEAD

FOLDER = Path(__file__).parent / "migrations"
VERSION_TABLE = "alembic_version"


def revision_of(connection: Connection) -> str:
    """Return the revision of the store's schema; empty for a new store."""
    if not inspect(connection).has_table(VERSION_TABLE):
        return ""
    query = text(f"SELECT version_num FROM {VERSION_TABLE}")  # noqa: S608 our own constant
    return str(connection.execute(query).scalar() or "")


def upgrade(connection: Connection, to: str = HEAD) -> None:
    """Bring the schema up to a revision, within the caller's transaction.

    Raises:
        StoreError: The store was written by a newer Saring.
    """
    if revision_of(connection) == to:
        return
    # Alembic is slow to import, and most starts have nothing to migrate.
    from alembic.config import Config  # noqa: PLC0415
    from alembic.runtime.environment import EnvironmentContext  # noqa: PLC0415
    from alembic.script import ScriptDirectory  # noqa: PLC0415
    from alembic.util import CommandError  # noqa: PLC0415

    scripts = ScriptDirectory(str(FOLDER))

    def steps(now: str, _context: object) -> list[Any]:
        return scripts._upgrade_revs(to, now)  # noqa: SLF001 the way Alembic's own documentation shows

    environment = EnvironmentContext(Config(), scripts, fn=steps, destination_rev=to)
    try:
        with environment:
            # The transaction is the caller's: all steps together, or none.
            environment.configure(connection=connection, transactional_ddl=False)
            environment.run_migrations()
    except CommandError as error:
        raise StoreError(
            f"the store's schema is at revision {revision_of(connection)}, which this "
            f"version (revision {HEAD}) does not know; run the newer Saring",
            retryable=False,
        ) from error
