"""Checkpoints: everything learned up to an event, so that a start need not fold it all.

They are encrypted like features: what a classifier learned from few comments can be
read back from its weights.
"""

from sqlalchemy import Connection, delete, func, insert, select

from saring.ledger.database import now_milliseconds, to_instant
from saring.ledger.records import Checkpoint
from saring.ledger.schema import checkpoints
from saring.ledger.vault import Vault

FOLD = "fold"
BAKED = "baked"
# One more than the newest, for the worker that is just reading it.
KEPT = 2


def save(
    connection: Connection, vault: Vault, sequence: int, payload: bytes, kind: str
) -> None:
    """Add a checkpoint and drop the ones of its kind that nobody needs any more."""
    new = insert(checkpoints).values(
        kind=kind,
        sequence=sequence,
        created_at=now_milliseconds(),
        payload=vault.checkpoints.encrypt(_row_name(kind, sequence), payload),
    )
    connection.execute(new)
    same_kind = checkpoints.c.kind == kind
    kept = (
        select(checkpoints.c.id)
        .where(same_kind)
        .order_by(checkpoints.c.sequence.desc(), checkpoints.c.id.desc())
        .limit(KEPT)
    )
    old = connection.scalars(kept).all()
    connection.execute(
        delete(checkpoints).where(same_kind, checkpoints.c.id.not_in(old))
    )


def latest(connection: Connection, vault: Vault, kind: str | None) -> Checkpoint | None:
    """Return the checkpoint of a kind (None: of any) that reaches furthest."""
    query = select(checkpoints).order_by(
        checkpoints.c.sequence.desc(), checkpoints.c.id.desc()
    )
    if kind is not None:
        query = query.where(checkpoints.c.kind == kind)
    row = connection.execute(query.limit(1)).first()
    if row is None:
        return None
    name = _row_name(row.kind, row.sequence)
    return Checkpoint(
        sequence=row.sequence,
        kind=row.kind,
        payload=vault.checkpoints.decrypt(name, row.payload),
        created_at=to_instant(row.created_at),
    )


def latest_sequence(connection: Connection, kind: str | None = None) -> int:
    """Return how far the checkpoints of a kind (or any) reach; 0 if there are none."""
    query = select(func.max(checkpoints.c.sequence))
    if kind is not None:
        query = query.where(checkpoints.c.kind == kind)
    return connection.scalar(query) or 0


def _row_name(kind: str, sequence: int) -> bytes:
    return f"{kind}:{sequence}".encode()
