"""Checks as rows: encoded for the writer, and read again."""

from math import isfinite
from typing import NamedTuple

import msgspec
from sqlalchemy import Connection, RowMapping, select

from saring.comment import Comment
from saring.ledger import matches
from saring.ledger.database import to_instant, to_milliseconds
from saring.ledger.records import CheckRow, StoredCheck
from saring.ledger.schema import checks, keys, sites
from saring.ledger.vault import Vault
from saring.verdict import Check, Clue, Verdict

HELD = frozenset(verdict.value for verdict in Verdict if verdict.is_held)
ENCODE_JSON = msgspec.json.Encoder().encode
ENCODE_CLUES = msgspec.msgpack.Encoder().encode
DECODE_COMMENT = msgspec.json.Decoder(Comment).decode
DECODE_CLUES = msgspec.msgpack.Decoder(tuple[tuple[str, float], ...]).decode


class Line(NamedTuple):
    """The values of one row of `checks`, in the table's order."""

    guid: bytes
    site_id: int
    at: int
    verdict: str
    score: float
    decided_by: str
    clues: bytes
    sequence: int
    match_key: bytes | None
    comment: bytes | None
    margin: int | None


STORED = [checks.c[name] for name in Line._fields]
OWNED = select(*STORED).join_from(checks, sites).join(keys)


def encode(vault: Vault, row: CheckRow) -> Line:
    """Return what the table keeps of a check; its comment encrypted."""
    check, comment = row.check, row.comment
    guid = bytes.fromhex(check.guid)
    match = sealed = None
    if comment is not None:
        match = vault.match_key(comment)
        sealed = vault.comments.encrypt(guid, ENCODE_JSON(comment))
    return Line(
        guid,
        row.site_id,
        to_milliseconds(check.at),
        check.verdict.value,
        check.score,
        check.decided_by,
        ENCODE_CLUES([(clue.family, clue.weight) for clue in check.clues]),
        check.sequence,
        match,
        sealed,
        round(check.margin) if isfinite(check.margin) else None,
    )


def find_by_guid(
    connection: Connection, vault: Vault, owner_id: int, guid: bytes
) -> StoredCheck | None:
    """Return the check of a guid if it is the owner's, or None."""
    query = OWNED.where(checks.c.guid == guid, keys.c.owner_id == owner_id)
    return _stored(vault, connection.execute(query).mappings().first())


def find_by_match(
    connection: Connection, vault: Vault, site_id: int, match: bytes
) -> StoredCheck | None:
    """Return the newest check of a comment at a site, or None."""
    check_id = matches.find_check_id(connection, site_id, match)
    query = select(*STORED).where(checks.c.id == check_id)
    return _stored(vault, connection.execute(query).mappings().first())


def before(
    connection: Connection,
    vault: Vault,
    owner_id: int,
    check_id: int | None,
    limit: int,
) -> list[tuple[int, StoredCheck]]:
    """Return an owner's checks that still have their comments, the newest first.

    Args:
        connection: To read with.
        vault: Decrypts the comments.
        owner_id: Whose checks.
        check_id: Only those recorded before this one, if told.
        limit: How many.
    """
    query = OWNED.add_columns(checks.c.id).where(
        keys.c.owner_id == owner_id, checks.c.comment.is_not(None)
    )
    if check_id is not None:
        query = query.where(checks.c.id < check_id)
    rows = connection.execute(query.order_by(checks.c.id.desc()).limit(limit))
    found = []
    for *line, row_id in rows:
        found.append((row_id, _of_line(vault, Line(*line))))
    return found


def _stored(vault: Vault, row: RowMapping | None) -> StoredCheck | None:
    return None if row is None else _of_line(vault, Line(*row.values()))


def _of_line(vault: Vault, line: Line) -> StoredCheck:
    clues = (Clue(family, weight) for family, weight in DECODE_CLUES(line.clues))
    comment = None
    if line.comment is not None:
        comment = DECODE_COMMENT(vault.comments.decrypt(line.guid, line.comment))
    check = Check(
        guid=line.guid.hex(),
        at=to_instant(line.at),
        verdict=Verdict(line.verdict),
        score=line.score,
        decided_by=line.decided_by,
        clues=tuple(clues),
        sequence=line.sequence,
        margin=float(line.margin or 0),
    )
    return StoredCheck(
        check=check,
        site_id=line.site_id,
        comment=comment,
        match=line.match_key or b"",
        margin=line.margin,
    )
