"""Finding a check by its comment: an index that is filled in batches on SQLite.

Hashes come in no order, so that an index over them dirties a page for every check;
sorted by the thousand they cost next to nothing. What is not indexed yet is the newest
few thousand rows, which a look-up reads through. PostgreSQL logs index entries, not
pages, and keeps an index of the usual kind.
"""

from typing import Any

from sqlalchemy import Connection, Select, func, insert, select, tuple_

from saring.ledger import facts
from saring.ledger.schema import checks, matches

# A batch holds the write lock for about a hundredth of a second; half of it would
# cost half as much again for each check (docs/experiments/041-match-index.md).
BATCH_ROWS = 4096


def find_check_id(connection: Connection, site_id: int, match: bytes) -> int | None:
    """Return the number of the site's newest check of a comment, or None."""
    newest = select(func.max(checks.c.id)).where(
        checks.c.site_id == site_id, checks.c.match_key == match
    )
    if connection.dialect.name != "sqlite":
        return _number(connection, newest)
    done = facts.number(connection, facts.MATCHED_UPTO)
    indexed = select(func.max(matches.c.check_id)).where(
        matches.c.site_id == site_id, matches.c.match_key == match
    )
    return _number(connection, newest.where(checks.c.id > done)) or _number(
        connection, indexed
    )


def _number(connection: Connection, query: Select[Any]) -> int | None:
    found = connection.scalar(query)
    return None if found is None else int(found)


def index_batch(connection: Connection) -> bool:
    """Index the next batch of checks; say whether there was a whole one to do.

    The connection is in a transaction that writes.
    """
    done = facts.number(connection, facts.MATCHED_UPTO)
    newest = connection.scalar(select(func.max(checks.c.id))) or 0
    upto = done + BATCH_ROWS
    if newest < upto:
        return False
    rows = (
        select(checks.c.site_id, checks.c.match_key, checks.c.id)
        .where(checks.c.id > done, checks.c.id <= upto)
        .where(checks.c.match_key.is_not(None))
        .order_by(checks.c.site_id, checks.c.match_key)
    )
    names = ["site_id", "match_key", "check_id"]
    connection.execute(insert(matches).from_select(names, rows))
    facts.put(connection, facts.MATCHED_UPTO, str(upto))
    return True


def forget(connection: Connection, after: int, upto: int) -> None:
    """Drop what was indexed of the checks from behind one number up to another."""
    rows = select(checks.c.site_id, checks.c.match_key, checks.c.id).where(
        checks.c.id > after, checks.c.id <= upto, checks.c.match_key.is_not(None)
    )
    key = tuple_(matches.c.site_id, matches.c.match_key, matches.c.check_id)
    connection.execute(matches.delete().where(key.in_(rows)))
