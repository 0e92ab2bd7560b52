"""The tables of the ledger.

Instants are whole milliseconds since 1970 (UTC): an integer is what both databases and
Python handle fastest, and nothing here is ever computed by the database's calendar.
Every column says what it holds, since the notice to readers is made from that; what may
tell of a person is marked `personal`.
"""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Double,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    text,
)
from sqlalchemy.types import TypeEngine

type_kind = TypeEngine[Any] | type[TypeEngine[Any]]

# The newest revision under migrations/versions; a test keeps it so.
HEAD = "0003"

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# SQLite gives numbers by itself only to a key of the type INTEGER.
Number = BigInteger().with_variant(Integer, "sqlite")


def _column(
    name: str,
    kind: type_kind,
    holds: str,
    *more: ForeignKey,
    **options: Any,  # noqa: ANN401 they are Column's own
) -> Column[Any]:
    """Return a column that says what it holds; `personal=True` marks personal data."""
    options = {"nullable": False, "personal": False} | options
    info = {"holds": holds, "personal": options.pop("personal")}
    return Column(name, kind, *more, info=info, **options)


meta = Table(
    "meta",
    metadata,
    _column("name", Text, "which fact of the store", primary_key=True),
    _column("value", Text, "the fact"),
)

owners = Table(
    "owners",
    metadata,
    _column("id", Number, "number of the owner", primary_key=True),
    _column("name", Text, "the owner's name as typed", unique=True, personal=True),
    _column("created_at", BigInteger, "when the owner was added"),
)

keys = Table(
    "keys",
    metadata,
    _column("id", Number, "number of the API key", primary_key=True),
    _column("owner_id", Number, "whose key it is", ForeignKey("owners.id"), index=True),
    _column("hash", LargeBinary, "keyed hash by which it is found", unique=True),
    _column("sealed", LargeBinary, "the key itself, encrypted"),
    _column("created_at", BigInteger, "when it was made"),
    _column("revoked_at", BigInteger, "when it was revoked", nullable=True),
)

sites = Table(
    "sites",
    metadata,
    _column("id", Number, "number of the site", primary_key=True),
    _column("key_id", Number, "the API key it came with", ForeignKey("keys.id")),
    _column("address", Text, "the site's normalised address"),
    _column("created_at", BigInteger, "when its key was first used for it"),
    _column("deactivated_at", BigInteger, "when it was switched off", nullable=True),
    _column("cutoff_unsure", Double, "its own cutoff for unsure", nullable=True),
    _column("cutoff_spam", Double, "its own cutoff for spam", nullable=True),
    _column("cutoff_discard", Double, "its own cutoff for discard", nullable=True),
    _column("may_discard", Boolean, "whether plain spam may be dropped"),
    _column(
        "budget_one_in",
        Integer,
        "its own error budget: one honest comment held in so many; 0 for none",
        nullable=True,
    ),
    _column("budget_confidence", Double, "how sure its budget must be", nullable=True),
    _column("held_margin", BigInteger, "from where its budget holds", nullable=True),
    _column("discard_margin", BigInteger, "from where its budget drops", nullable=True),
    _column(
        "lists",
        LargeBinary,
        "its allowlist and blocklist, encrypted",
        nullable=True,
        personal=True,
    ),
    Index(None, "key_id", "address", unique=True),
)

checks = Table(
    "checks",
    metadata,
    # A table in the order of arrival, with the guids beside it: a table that is the
    # tree of its guids cost more (docs/experiments/041-match-index.md).
    _column("id", Number, "place in the order of arrival", primary_key=True),
    _column("guid", LargeBinary(16), "number of the check", unique=True),
    _column("site_id", Number, "the site that asked", ForeignKey("sites.id")),
    _column("at", BigInteger, "when it was judged"),
    _column("verdict", Text, "what the site was told", personal=True),
    _column("score", Double, "probability of spam", personal=True),
    _column("decided_by", Text, "the step that settled it", personal=True),
    _column("clues", LargeBinary, "shares of the score by family", personal=True),
    _column("sequence", BigInteger, "the last event that the judgement had learned"),
    _column(
        "match_key",
        LargeBinary(16),
        "keyed hash of content, author, address and permalink",
        nullable=True,
        personal=True,
    ),
    _column(
        "comment",
        LargeBinary,
        "the comment as it was sent, encrypted",
        nullable=True,
        personal=True,
    ),
    _column(
        "margin",
        BigInteger,
        "what the classifier said, before calibration",
        nullable=True,
        personal=True,
    ),
)
# An index over hashes dirties a page of SQLite for each row, which costs more than all
# the rest of it. There, `matches` stands in for the index and is filled in batches.
Index(
    "ix_checks_site_id_match_key",
    checks.c.site_id,
    checks.c.match_key,
    postgresql_where=text("match_key IS NOT NULL"),
).ddl_if("postgresql")

matches = Table(
    "matches",
    metadata,
    _column("site_id", Number, "the site that asked", primary_key=True),
    _column(
        "match_key",
        LargeBinary(16),
        "keyed hash of content, author, address and permalink",
        primary_key=True,
        personal=True,
    ),
    _column("check_id", Number, "the check it belongs to", primary_key=True),
    sqlite_with_rowid=False,
)

events = Table(
    "events",
    metadata,
    _column("sequence", Number, "place in the order of learning", primary_key=True),
    _column("at", BigInteger, "when the label was given"),
    _column("owner_id", Number, "the owner who learns it", ForeignKey("owners.id")),
    _column("site_id", Number, "the site it was given for", ForeignKey("sites.id")),
    _column("key_id", Number, "the API key it came with", ForeignKey("keys.id")),
    _column("label", Text, "ham or spam", personal=True),
    _column("counted", Text, "the counter it went into, if any"),
    _column("source", Text, "how it came: feedback, import …"),
    _column(
        "check_guid",
        LargeBinary(16),
        "the check it is about",
        nullable=True,
        personal=True,
    ),
    _column(
        "match_key",
        LargeBinary(16),
        "keyed hash of content, author, address and permalink",
        nullable=True,
        personal=True,
    ),
    _column(
        "reporter",
        LargeBinary(16),
        "keyed hash of the name of who gave the label",
        nullable=True,
        personal=True,
    ),
    _column(
        "subjects",
        LargeBinary,
        "keyed hashes of the writer's e-mail and, by month, IP address",
        nullable=True,
        personal=True,
    ),
    _column(
        "features",
        LargeBinary,
        "the features that were scored, encrypted",
        nullable=True,
        personal=True,
    ),
    # AUTOINCREMENT: the number of an erased event is never given again.
    sqlite_autoincrement=True,
)
for _name in ("match_key", "check_guid"):
    Index(
        f"ix_events_site_id_{_name}",
        events.c.site_id,
        events.c[_name],
        sqlite_where=text(f"{_name} IS NOT NULL"),
        postgresql_where=text(f"{_name} IS NOT NULL"),
    )

unheard = Table(
    "unheard",
    metadata,
    _column(
        "sequence",
        Number,
        "an event that teaches nothing: rolled back, or said before by somebody else",
        ForeignKey("events.sequence"),
        primary_key=True,
        autoincrement=False,
    ),
)

rollbacks = Table(
    "rollbacks",
    metadata,
    _column(
        "sequence",
        Number,
        "the event that tells of it",
        ForeignKey("events.sequence"),
        primary_key=True,
        autoincrement=False,
    ),
    _column("at", BigInteger, "when it was rolled back"),
    _column("owner_id", Number, "whose labels", ForeignKey("owners.id"), index=True),
    _column("key_id", Number, "the API key they came with", ForeignKey("keys.id")),
    _column(
        "reporter",
        LargeBinary(16),
        "keyed hash of the name of who gave them; none for all of the key",
        nullable=True,
        personal=True,
    ),
    _column("since", BigInteger, "from when on they were given", nullable=True),
    _column("until", BigInteger, "up to when", nullable=True),
    _column("restored_at", BigInteger, "when it was taken back", nullable=True),
)

counters = Table(
    "counters",
    metadata,
    _column("site_id", Number, "the site", ForeignKey("sites.id"), primary_key=True),
    _column("day", Integer, "days since 1970-01-01, UTC", primary_key=True),
    _column("api_calls", BigInteger, "checks and labels taken", server_default="0"),
    _column("spam", BigInteger, "checks answered spam", server_default="0"),
    _column("ham", BigInteger, "checks answered ham", server_default="0"),
    _column("missed_spam", BigInteger, "spam answered ham", server_default="0"),
    _column("false_positives", BigInteger, "ham answered spam", server_default="0"),
    sqlite_with_rowid=False,
)

audits = Table(
    "audits",
    metadata,
    _column("id", Number, "number of the audit", primary_key=True),
    _column("site_id", Number, "the site audited", ForeignKey("sites.id"), index=True),
    _column("since", BigInteger, "from when on comments were drawn from"),
    _column("until", BigInteger, "up to when"),
    _column("published_count", BigInteger, "comments published in that time"),
    _column("held_count", BigInteger, "comments held in that time"),
)

samples = Table(
    "samples",
    metadata,
    _column("id", Number, "number of the sample", primary_key=True),
    _column("site_id", Number, "the site it is of", ForeignKey("sites.id")),
    _column(
        "audit_id",
        Number,
        "the audit it was drawn for; none for an import",
        ForeignKey("audits.id"),
        nullable=True,
        index=True,
    ),
    _column("place", Integer, "its place in the audit's random order"),
    _column("at", BigInteger, "when it was judged"),
    _column(
        "check_guid",
        LargeBinary(16),
        "the check it is about, for as long as its comment is kept",
        nullable=True,
        personal=True,
    ),
    _column(
        "match_key",
        LargeBinary(16),
        "keyed hash of content, author, address and permalink",
        nullable=True,
        personal=True,
    ),
    _column("is_held", Boolean, "whether it was held", nullable=True),
    _column(
        "margin",
        BigInteger,
        "what the classifier said before the label was learned",
        nullable=True,
    ),
    _column(
        "label", Text, "ham, spam or unclear, once a person said so", nullable=True
    ),
    _column("labelled_at", BigInteger, "when that was said", nullable=True),
    Index(None, "site_id", "match_key"),
)

checkpoints = Table(
    "checkpoints",
    metadata,
    _column("id", Number, "number of the checkpoint", primary_key=True),
    _column("kind", Text, "fold, or baked"),
    _column("sequence", BigInteger, "the last event in it"),
    _column("created_at", BigInteger, "when it was saved"),
    _column("payload", LargeBinary, "everything learned, encrypted", personal=True),
    Index(None, "kind", "sequence"),
)
