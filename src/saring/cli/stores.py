"""The store that a command works on, opened as its settings say."""

import contextlib
from collections.abc import Iterator

from saring.ledger.store import Store
from saring.settings import Settings


@contextlib.contextmanager
def open_store(settings: Settings) -> Iterator[Store]:
    """Give the store, made and brought up to date where needed; close it afterwards.

    Raises:
        StoreError: It cannot be opened.
        SecretError: Its secret file is missing, unreadable or another store's.
    """
    store = Store.open(settings.database, settings.secret_file)
    with contextlib.closing(store):
        yield store
