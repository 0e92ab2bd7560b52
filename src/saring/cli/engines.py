"""Engines for commands: the base model, with what the store has learned on top."""

from collections.abc import Sequence
from typing import Any

from saring.cli.stores import good_key, open_store_to_look
from saring.engine import LOCAL_SITE, Engine
from saring.errors import NotFoundError
from saring.ledger.records import Site
from saring.ledger.store import Store
from saring.replay import restore
from saring.service import explain_check
from saring.settings import Settings


def restored_engine(settings: Settings, store: Store) -> Engine:
    """Return an engine that has learned what the store holds."""
    engine = Engine(cutoffs=settings.cutoffs)
    engine.subjects = store.vault.subject_keys
    restore(engine.fold, store)
    return engine


def engine_for(settings: Settings, key: str | None) -> tuple[Engine, Site]:
    """Return what judges as the server would for a key's owner.

    Without a store that is the base model alone.
    """
    try:
        with open_store_to_look(settings) as store:
            found = good_key(store, key)
            site = Site(owner_id=found.owner_id) if found else LOCAL_SITE
            return restored_engine(settings, store), site
    except NotFoundError:
        return Engine(cutoffs=settings.cutoffs), LOCAL_SITE


def explanation_of(
    settings: Settings, guid: str, key: str | None, languages: Sequence[str] = ()
) -> dict[str, Any]:
    """Return why a check came out as it did, as JSON values.

    Args:
        settings: Where the store is.
        guid: Of the check.
        key: Look only among the checks of this key's owner; of all owners if None.
        languages: Tags, the dearest first; the site's own follow, then English.

    Raises:
        NotFoundError: There is no store, or no such check.
    """
    with open_store_to_look(settings) as store:
        owner_id = _owner_of(store, guid, key)
        engine = restored_engine(settings, store)
        return explain_check(store, engine, owner_id, guid, languages)


def _owner_of(store: Store, guid: str, key: str | None) -> int:
    found = good_key(store, key) if key is not None else None
    owners = {one.owner_id for one in ([found] if found else store.keys())}
    for owner_id in sorted(owners):
        if store.find_check(owner_id, guid) is not None:
            return owner_id
    raise NotFoundError(f"there is no check {guid[:32]!r}")
