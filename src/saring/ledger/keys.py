"""API keys and their owners."""

import re
import secrets
from collections.abc import Iterator

from sqlalchemy import Connection, RowMapping, func, insert, select, update

from saring.errors import BadRequestError, NotFoundError
from saring.ledger.database import now_milliseconds, to_instant
from saring.ledger.records import Key
from saring.ledger.schema import keys, owners
from saring.ledger.vault import Vault

NEW_KEY_BYTES = 6
ALLOWED = re.compile(r"[A-Za-z0-9_-]{6,64}\Z")

JOINED = select(
    keys.c.id,
    keys.c.owner_id,
    owners.c.name,
    keys.c.hash,
    keys.c.sealed,
    keys.c.created_at,
    keys.c.revoked_at,
).join_from(keys, owners)


def create(connection: Connection, vault: Vault, owner: str, text: str | None) -> Key:
    """Add a key; see `Store.create_key`."""
    owner = owner.strip()
    if not owner:
        raise BadRequestError("a key needs an owner", field="owner")
    text = secrets.token_hex(NEW_KEY_BYTES) if text is None else checked(text)
    hashed = vault.hash_api_key(text)
    if connection.scalar(select(keys.c.id).where(keys.c.hash == hashed)) is not None:
        raise BadRequestError("this key is there already", field="key")
    row = {
        "owner_id": _owner_id(connection, owner),
        "hash": hashed,
        "sealed": vault.api_keys.encrypt(hashed, text.encode()),
        "created_at": now_milliseconds(),
    }
    connection.execute(insert(keys).values(row))
    return _one(connection, vault, hashed)


def checked(text: str) -> str:
    """Return a key without the blanks around it.

    Raises:
        BadRequestError: It is no key, wherever it comes from.
    """
    text = text.strip()
    if not ALLOWED.match(text):
        raise BadRequestError(
            f"a key of {len(text)} characters was given; it must be 6 to 64 of a-z, "
            "A-Z, 0-9, - and _",
            field="key",
        )
    return text


def find(connection: Connection, vault: Vault, text: str) -> Key | None:
    """Return the key of a text, revoked or not, or None."""
    query = JOINED.where(keys.c.hash == vault.hash_api_key(text))
    row = connection.execute(query).mappings().first()
    return _key(vault, row) if row else None


def every(connection: Connection, vault: Vault) -> Iterator[Key]:
    """Yield all keys, revoked ones too, in the order they were made."""
    for row in connection.execute(JOINED.order_by(keys.c.id)).mappings():
        yield _key(vault, row)


def only(connection: Connection, vault: Vault) -> Key | None:
    """Return the one key that is not revoked; None where there are more or none."""
    query = JOINED.where(keys.c.revoked_at.is_(None)).order_by(keys.c.id).limit(2)
    rows = connection.execute(query).mappings().all()
    return _key(vault, rows[0]) if len(rows) == 1 else None


def revoke(connection: Connection, vault: Vault, text: str) -> Key:
    """Refuse a key from now on; see `Store.revoke_key`."""
    hashed = vault.hash_api_key(text)
    now = func.coalesce(keys.c.revoked_at, now_milliseconds())
    query = update(keys).where(keys.c.hash == hashed).values(revoked_at=now)
    if not connection.execute(query).rowcount:
        raise NotFoundError("there is no such key")
    return _one(connection, vault, hashed)


def _owner_id(connection: Connection, name: str) -> int:
    known = connection.scalar(select(owners.c.id).where(owners.c.name == name))
    if known is not None:
        return int(known)
    new = insert(owners).values(name=name, created_at=now_milliseconds())
    return int(connection.execute(new.returning(owners.c.id)).scalar_one())


def _one(connection: Connection, vault: Vault, hashed: bytes) -> Key:
    query = JOINED.where(keys.c.hash == hashed)
    return _key(vault, connection.execute(query).mappings().one())


def _key(vault: Vault, values: RowMapping) -> Key:
    revoked_at = values["revoked_at"]
    return Key(
        id=values["id"],
        owner_id=values["owner_id"],
        owner=values["name"],
        key=vault.api_keys.decrypt(values["hash"], values["sealed"]).decode(),
        created_at=to_instant(values["created_at"]),
        revoked_at=None if revoked_at is None else to_instant(revoked_at),
    )
