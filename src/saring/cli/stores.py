"""The store that a command works on, opened as its settings say."""

import contextlib
import itertools
from collections.abc import Iterator
from pathlib import Path

from saring.errors import KeyRefusedError, NotFoundError
from saring.ledger.records import Key
from saring.ledger.store import Store, default_secret
from saring.ledger.store import open_store as open_ledger
from saring.settings import Settings

SQLITE = "sqlite:///"
FIRST_OWNER = "owner"


@contextlib.contextmanager
def open_store(settings: Settings) -> Iterator[Store]:
    """Give the store, made and brought up to date where needed; close it afterwards.

    Raises:
        StoreError: It cannot be opened.
        SecretError: Its secret file is missing, unreadable or another store's.
    """
    opened = open_ledger(settings.database, _secret(settings))
    with contextlib.closing(opened) as store:
        yield store


@contextlib.contextmanager
def open_existing_store(settings: Settings) -> Iterator[Store]:
    """Give the store as `open_store` does, but never make one.

    Raises:
        NotFoundError: There is none.
    """
    if not has_store(settings):
        raise NotFoundError(f"there is no store at {settings.masked_database}")
    with open_store(settings) as store:
        yield store


@contextlib.contextmanager
def open_store_to_look(settings: Settings) -> Iterator[Store]:
    """Give the store for a command that changes nothing; close it afterwards.

    Raises:
        NotFoundError: There is none.
        StoreError: It is older or newer than this version, or cannot be opened.
        SecretError: Its secret file is missing, unreadable or another store's.
    """
    opened = open_ledger(settings.database, _secret(settings), may_change=False)
    with contextlib.closing(opened) as store:
        yield store


def _secret(settings: Settings) -> Path | None:
    return Path(settings.secret_file) if settings.secret_file else None


def has_store(settings: Settings) -> bool:
    """Say whether the store is there, as far as that can be told without opening it."""
    if not settings.database.startswith(SQLITE):
        return True
    return Path(settings.database.removeprefix(SQLITE)).exists()


def secret_path(settings: Settings, store: Store) -> Path:
    """Return where the store's secret file lies."""
    return _secret(settings) or default_secret(store.database)


def new_owner(store: Store) -> str:
    """Return a name that no owner in the store has yet."""
    every = store.keys()
    taken = {key.owner for key in every}
    numbered = (f"{FIRST_OWNER}-{number}" for number in itertools.count(2))
    names = itertools.chain([FIRST_OWNER], numbered)
    return next(name for name in names if name not in taken)


def good_key(store: Store, text: str | None) -> Key | None:
    """Return the key with this text; with None the oldest in force, if there is one.

    Raises:
        KeyRefusedError: The key is unknown or revoked.
    """
    if text is None:
        return next(iter(keys_in_force(store)), None)
    key = store.find_key(text)
    if key is None:
        raise KeyRefusedError("--key names no key that is in force")
    return key


def keys_in_force(store: Store) -> list[Key]:
    """Return the keys that are not revoked, in the order they were made."""
    every = store.keys()
    return [key for key in every if key.revoked_at is None]
