"""What the ledger keeps, as plain frozen values: owners' keys, sites, checks, events.

The tables these come from are in `schema`; nothing here knows SQL.
"""

from datetime import datetime
from typing import NamedTuple

import msgspec

from saring.comment import Comment
from saring.verdict import Check, Cutoffs, Label

FEEDBACK = "feedback"
IMPORT = "import"
AUDIT = "audit"
# What was decided of a whole campaign, and its being taken back.
CAMPAIGN = "campaign"
UNDO = "undo"
DECISIONS = frozenset({CAMPAIGN, UNDO})
"""Sources of events that are about all copies of a comment at once."""
# What is no longer listened to, and its being listened to again.
ROLLBACK = "rollback"
RESTORE = "restore"
TURNS = frozenset({ROLLBACK, RESTORE})
"""Sources of events that are no label: behind them another past is in force."""
UNSELECTED = frozenset({IMPORT, AUDIT})
"""Sources whose comments nobody chose to label because of what we had said of them."""


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

    Attributes:
        budget_one_in: Its own error budget: one honest comment held in so many; 0 for
            none, None for the server's. `budget_confidence` likewise.
        held_margin: What was promised for the budget: from this margin (in 2**-16) on
            comments are held; None where nothing could be promised.
        discard_margin: The same for what may be dropped.
    """

    id: int = 0
    key_id: int = 0
    owner_id: int = 0
    address: str = ""
    cutoffs: Cutoffs | None = None
    may_discard: bool = False
    budget_one_in: int | None = None
    budget_confidence: float | None = None
    held_margin: int | None = None
    discard_margin: int | None = None
    allowlist: frozenset[str] = frozenset()
    blocklist: frozenset[str] = frozenset()


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """One label that a person gave, with the features that were scored.

    Attributes:
        sequence: Its place in the order in which everything is learned; 0 before
            the ledger has given it one.
        features: `Features.dump()`, in the clear here and encrypted in the store.
        source: `feedback`; one of `UNSELECTED`, of which nothing is counted;
            `campaign` and `undo`, which are about all copies of a comment at once:
            one event without `match` and guid, then one for each recorded copy; or one
            of `TURNS`, whose label and features say nothing.
        was_held: What the client says was answered; counts only where the check is
            not known, and is not kept.
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
    source: str = FEEDBACK
    was_held: bool | None = None


class Rollback(msgspec.Struct, frozen=True, kw_only=True):
    """Labels that are no longer listened to: a key's, or one of its reporters'.

    Attributes:
        sequence: Of the event that tells of it, and its name; 0 before there is one.
        at: When it was rolled back.
        reporter: As in `Event`; empty for all that came with the key.
        since: Only labels given from then on, if told; `until`: only earlier ones.
        restored_at: When they were listened to again; None while they are not.
    """

    owner_id: int
    key_id: int
    at: datetime
    sequence: int = 0
    reporter: bytes = b""
    since: datetime | None = None
    until: datetime | None = None
    restored_at: datetime | None = None


class Voice(msgspec.Struct, frozen=True, kw_only=True):
    """Who has taught: a key, or one reporter of it.

    Attributes:
        reporter: As in `Event`; empty where the client named none, or retention has
            erased it.
        label_count: Labels given, of which `spam_count` were spam.
        unheard_count: Those not in force: rolled back, or said by somebody before.
        baked_count: Those that can no longer be rolled back.
    """

    owner_id: int
    key_id: int
    reporter: bytes
    label_count: int
    spam_count: int
    unheard_count: int
    baked_count: int
    first_at: datetime
    last_at: datetime


class Tenant(msgspec.Struct, frozen=True):
    """Who calls: a key that is good, and the site it speaks for."""

    key: Key
    site: Site


class CheckRow(msgspec.Struct, frozen=True, kw_only=True):
    """One check to be recorded, with its comment (None: not to be kept)."""

    check: Check
    site_id: int
    comment: Comment | None = None


class StoredCheck(msgspec.Struct, frozen=True, kw_only=True):
    """One check as the store has it.

    Attributes:
        comment: None where it was not kept, or retention has erased it.
        match: Empty in the same cases.
        margin: The classifier's, in units of 2**-16; None where another step decided,
            or a version that did not keep it.
    """

    check: Check
    site_id: int
    comment: Comment | None = None
    match: bytes = b""
    margin: int | None = None


class Judged(msgspec.Struct, frozen=True, kw_only=True):
    """What was said of an imported ham before it was learned.

    Attributes:
        margin: The classifier's, in units of 2**-16.
        written_at: When the comment was written, where the file tells.
    """

    site_id: int
    at: datetime
    match: bytes
    margin: int
    written_at: datetime | None = None


class SampledHam(NamedTuple):
    """One ham that a budget may count; `weight` as in `budget.Ham`."""

    number: int
    margin: int
    weight: float


class Stratum(msgspec.Struct, frozen=True):
    """The answers on what was published, or on what was held.

    Attributes:
        there: Comments there were to draw from.
        open: Drawn and not yet answered.
    """

    there: int
    ham: int = 0
    spam: int = 0
    unclear: int = 0
    open: int = 0

    @property
    def ham_share(self) -> float | None:
        """Return the share of ham among what could be told; None without any."""
        count = self.ham + self.spam
        return self.ham / count if count else None


class Audit(msgspec.Struct, frozen=True, kw_only=True):
    """Comments drawn by chance from those of a time, and the answers so far."""

    id: int
    site_id: int
    since: datetime
    until: datetime
    published: Stratum
    held: Stratum

    @property
    def open_count(self) -> int:
        """Return how many of its comments have no answer yet."""
        return self.published.open + self.held.open


class AuditItem(msgspec.Struct, frozen=True, kw_only=True):
    """One comment of an audit, as the person who labels it may see it.

    Attributes:
        place: In the random order, from 1.
        answer: `ham`, `spam`, `unclear`, or empty.
        guid: Of its check; empty once its comment is no longer kept.
        comment: None then.
    """

    place: int
    answer: str
    guid: str = ""
    comment: Comment | None = None


class Counts(msgspec.Struct, frozen=True, kw_only=True):
    """What happened at one or several sites in some days.

    Attributes:
        api_calls: Checks and labels taken, without imports.
        spam: Checks answered spam or discard.
        ham: Checks answered ham or unsure.
        missed_spam: Labels spam on what was answered ham, or was never checked; those
            imported are not counted.
        false_positives: Labels ham on what was answered spam, or was never checked, in
            the same way.
        site_count: Sites that had any of these.
    """

    api_calls: int = 0
    spam: int = 0
    ham: int = 0
    missed_spam: int = 0
    false_positives: int = 0
    site_count: int = 0


class SiteCounts(msgspec.Struct, frozen=True, kw_only=True):
    """The counts of one site over some days."""

    address: str
    counts: Counts
    is_revoked: bool = False


class Checkpoint(msgspec.Struct, frozen=True, kw_only=True):
    """What was learned up to an event, as bytes that only the fold understands."""

    sequence: int
    kind: str
    payload: bytes
    created_at: datetime


class StoreHealth(msgspec.Struct, frozen=True, kw_only=True):
    """How a store is, for `saring doctor`.

    Attributes:
        backend: `sqlite` or `postgresql`.
        size_bytes: Of the database, with SQLite's write-ahead log.
        revision: Of the schema in the store; `head` is what this program wants.
        checkpoint_sequence: Of the newest checkpoint; 0 if there is none.
        baked_sequence: Up to here events can no longer be unlearned singly.
        secret: `ok`, or what is wrong with the secret file.
    """

    backend: str
    size_bytes: int
    revision: str
    head: str
    owner_count: int
    key_count: int
    site_count: int
    check_count: int
    event_count: int
    last_sequence: int
    checkpoint_sequence: int
    baked_sequence: int
    secret: str
