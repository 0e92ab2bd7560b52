"""Single facts about the store: whose secret it needs, and how often settings moved."""

from sqlalchemy import Connection, insert, select, update

from saring.ledger.schema import meta

FINGERPRINT = "secret_fingerprint"
SETTINGS_VERSION = "settings_version"
ERASED_BEFORE = "comments_erased_before"


def get(connection: Connection, name: str) -> str | None:
    """Return a fact, or None if the store does not have it."""
    return connection.scalar(select(meta.c.value).where(meta.c.name == name))


def put(connection: Connection, name: str, value: str) -> None:
    """Keep a fact, in the place of what it was."""
    query = update(meta).where(meta.c.name == name).values(value=value)
    if not connection.execute(query).rowcount:
        connection.execute(insert(meta).values(name=name, value=value))


def settings_version(connection: Connection) -> int:
    """Return a number that moves with every change to a key or a site."""
    return int(get(connection, SETTINGS_VERSION) or 0)


def move_settings_version(connection: Connection) -> None:
    """Tell the caches of all workers that a key or a site has changed."""
    put(connection, SETTINGS_VERSION, str(settings_version(connection) + 1))
