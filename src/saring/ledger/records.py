"""What the ledger keeps, as plain frozen values: owners' keys, sites, checks, events.

The tables these come from are in `schema`; nothing here knows SQL.
"""

from datetime import datetime

import msgspec

from saring.verdict import Cutoffs, Label


class Key(msgspec.Struct, frozen=True, kw_only=True):
    """One API key. Keys of one owner learn from each other, others never do."""

    id: int
    owner_id: int
    owner: str
    key: str
    created_at: datetime
    revoked_at: datetime | None = None


class Site(msgspec.Struct, frozen=True, kw_only=True):
    """Who asks: one normalised address under one key, with its own settings.

    `id` 0 under owner 0 is the site of a filter without a store.
    """

    id: int = 0
    key_id: int = 0
    owner_id: int = 0
    address: str = ""
    cutoffs: Cutoffs | None = None
    may_discard: bool = False
    allowlist: frozenset[str] = frozenset()
    blocklist: frozenset[str] = frozenset()


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """One label that a person gave, with the features that were scored.

    Attributes:
        sequence: Its place in the order in which everything is learned; 0 before
            the ledger has given it one.
        features: `Features.dump()`, in the clear here and encrypted in the store.
    """

    at: datetime
    owner_id: int
    site_id: int
    key_id: int
    label: Label
    features: bytes
    sequence: int = 0
    reporter: bytes = b""
    match: bytes = b""
    subjects: tuple[bytes, ...] = ()
    check_guid: str = ""
    source: str = "feedback"
