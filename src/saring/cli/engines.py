"""Engines for commands: the base model, with what the store has learned on top."""

from saring.cli.stores import good_key, open_store_to_look
from saring.engine import LOCAL_SITE, Engine
from saring.errors import NotFoundError
from saring.fold import restore
from saring.ledger.records import Site
from saring.ledger.store import Store
from saring.service import cutoffs_of, explain_check
from saring.settings import Settings


def restored_engine(settings: Settings, store: Store) -> Engine:
    """Return an engine that has learned what the store holds."""
    engine = Engine(cutoffs=cutoffs_of(settings))
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
        return Engine(cutoffs=cutoffs_of(settings)), LOCAL_SITE


def explanation_of(settings: Settings, guid: str, key: str | None) -> dict[str, object]:
    """Return why a check came out as it did, as JSON values.

    Raises:
        NotFoundError: There is no store, or no such check of the key's owner.
    """
    with open_store_to_look(settings) as store:
        found = good_key(store, key)
        if found is None:
            raise NotFoundError("there is no key in the store, and so no check")
        engine = restored_engine(settings, store)
        return explain_check(store, engine, found.owner_id, guid)
