"""Single facts about the store: whose secret it needs, and how often settings moved."""

from sqlalchemy import Connection, insert, select, update

from saring.ledger.schema import meta

DIGEST = "secret_fingerprint"
SETTINGS_VERSION = "settings_version"
ERASED_UPTO = "comments_erased_upto"
BAKED_ERASED_UPTO = "baked_events_erased_upto"
MATCHED_UPTO = "matched_upto"
HOUSEKEPT_AT = "housekept_at"
BUDGET = "error_budget"
BASE_MODEL = "base_model"
BASE_SINCE = "base_model_since"
TURNED_AT = "turned_at"


def get(connection: Connection, name: str) -> str | None:
    """Return a fact, or None if the store does not have it."""
    return connection.scalar(select(meta.c.value).where(meta.c.name == name))


def put(connection: Connection, name: str, value: str) -> None:
    """Keep a fact, in the place of what it was."""
    query = update(meta).where(meta.c.name == name).values(value=value)
    if not connection.execute(query).rowcount:
        connection.execute(insert(meta).values(name=name, value=value))


def number(connection: Connection, name: str) -> int:
    """Return a fact that is a number; 0 if the store does not have it."""
    return int(get(connection, name) or 0)


def move_settings_version(connection: Connection) -> None:
    """Tell the caches of all workers that a key or a site has changed."""
    put(connection, SETTINGS_VERSION, str(number(connection, SETTINGS_VERSION) + 1))
