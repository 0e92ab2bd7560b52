"""Housekeeping: what is past its time is erased, and promises are worked out anew."""

from datetime import datetime, timedelta

from saring.classifiers.base import BaseModel
from saring.ledger import retention
from saring.ledger.store import Store
from saring.promises import renew_all
from saring.replay import bake
from saring.settings import Settings

# Over all workers of a store.
PERIOD = timedelta(hours=1)


def keep_house(store: Store, settings: Settings, now: datetime) -> None:
    """Erase what is old and renew all promises, unless that was done a while ago."""
    if retention.begin_round(store, now, PERIOD):
        erase_old(store, settings, now)
        renew_all(store, settings)


def erase_old(store: Store, settings: Settings, now: datetime) -> None:
    """Erase comments and bake labels that are older now than the settings allow."""
    checks = timedelta(days=settings.check_retention_days)
    retention.erase_comments(store, now - checks)
    events = timedelta(days=settings.event_retention_days)
    retention.erase_samples(store, now - checks, now - events)
    retention.erase_baked(store)
    bake(BaseModel.load_shipped(), store, now - events)
