"""The store that a command works on, opened as its settings say."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

from saring.ledger.store import Store
from saring.ledger.store import open_store as open_ledger
from saring.settings import Settings


@contextlib.contextmanager
def open_store(settings: Settings) -> Iterator[Store]:
    """Give the store, made and brought up to date where needed; close it afterwards.

    Raises:
        StoreError: It cannot be opened.
        SecretError: Its secret file is missing, unreadable or another store's.
    """
    secret = Path(settings.secret_file) if settings.secret_file else None
    with contextlib.closing(open_ledger(settings.database, secret)) as store:
        yield store
