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
    revision = revision_of(connection)
    if revision == to:
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
        raise _newer(revision) from error


def refuse_other(revision: str) -> None:
    """Check that a store has the schema of this version; change nothing.

    Raises:
        StoreError: It is older or newer.
    """
    if revision == HEAD:
        return
    # Our revisions are numbers of one length, each greater than the one before.
    if revision > HEAD:
        raise _newer(revision)
    raise StoreError(
        f"the store's schema is at revision {revision}, older than this version's "
        f"{HEAD}; back the store up, then start the server, which brings it up to date",
        retryable=False,
    )


def _newer(revision: str) -> StoreError:
    return StoreError(
        f"the store's schema is at revision {revision}, which this version (revision "
        f"{HEAD}) does not know; run the newer Saring",
        retryable=False,
    )
