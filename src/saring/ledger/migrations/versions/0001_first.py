"""The first schema: owners, keys, sites, checks, events, counters, checkpoints."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Make the tables."""
    _make_tenants()
    _make_checks()
    _make_events()
    _make_sums()


def _make_tenants() -> None:
    op.create_table(
        "meta",
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_meta"),
    )
    op.create_table(
        "owners",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_owners"),
        sa.UniqueConstraint("name", name="uq_owners_name"),
    )
    op.create_table(
        "keys",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("owner_id", NUMBER, nullable=False),
        sa.Column("hash", sa.LargeBinary, nullable=False),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("revoked_at", sa.BigInteger, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_keys"),
        sa.UniqueConstraint("hash", name="uq_keys_hash"),
        sa.ForeignKeyConstraint(["owner_id"], ["owners.id"], name="fk_keys_owner_id"),
    )
    op.create_index("ix_keys_owner_id", "keys", ["owner_id"])
    op.create_table(
        "sites",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("key_id", NUMBER, nullable=False),
        sa.Column("address", sa.Text, nullable=False),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("deactivated_at", sa.BigInteger, nullable=True),
        sa.Column("cutoff_unsure", sa.Double, nullable=True),
        sa.Column("cutoff_spam", sa.Double, nullable=True),
        sa.Column("cutoff_discard", sa.Double, nullable=True),
        sa.Column("may_discard", sa.Boolean, nullable=False),
        sa.Column("lists", sa.LargeBinary, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_sites"),
        sa.ForeignKeyConstraint(["key_id"], ["keys.id"], name="fk_sites_key_id"),
    )
    op.create_index(
        "ix_sites_key_id_address", "sites", ["key_id", "address"], unique=True
    )


def _make_checks() -> None:
    op.create_table(
        "checks",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("guid", sa.LargeBinary(16), nullable=False),
        sa.Column("site_id", NUMBER, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("verdict", sa.Text, nullable=False),
        sa.Column("score", sa.Double, nullable=False),
        sa.Column("decided_by", sa.Text, nullable=False),
        sa.Column("clues", sa.LargeBinary, nullable=False),
        sa.Column("sequence", sa.BigInteger, nullable=False),
        sa.Column("match_key", sa.LargeBinary(16), nullable=True),
        sa.Column("comment", sa.LargeBinary, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_checks"),
        sa.UniqueConstraint("guid", name="uq_checks_guid"),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name="fk_checks_site_id"),
    )
    if op.get_bind().dialect.name == "postgresql":
        _index_where_set("checks", "match_key")
    op.create_table(
        "matches",
        sa.Column("site_id", NUMBER, nullable=False),
        sa.Column("match_key", sa.LargeBinary(16), nullable=False),
        sa.Column("check_id", NUMBER, nullable=False),
        sa.PrimaryKeyConstraint("site_id", "match_key", "check_id", name="pk_matches"),
        sqlite_with_rowid=False,
    )


def _make_events() -> None:
    op.create_table(
        "events",
        sa.Column("sequence", NUMBER, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("owner_id", NUMBER, nullable=False),
        sa.Column("site_id", NUMBER, nullable=False),
        sa.Column("key_id", NUMBER, nullable=False),
        sa.Column("label", sa.Text, nullable=False),
        sa.Column("counted", sa.Text, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("check_guid", sa.LargeBinary(16), nullable=True),
        sa.Column("match_key", sa.LargeBinary(16), nullable=True),
        sa.Column("reporter", sa.LargeBinary(16), nullable=True),
        sa.Column("subjects", sa.LargeBinary, nullable=True),
        sa.Column("features", sa.LargeBinary, nullable=True),
        sa.PrimaryKeyConstraint("sequence", name="pk_events"),
        sa.ForeignKeyConstraint(["owner_id"], ["owners.id"], name="fk_events_owner_id"),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name="fk_events_site_id"),
        sa.ForeignKeyConstraint(["key_id"], ["keys.id"], name="fk_events_key_id"),
        sqlite_autoincrement=True,
    )
    _index_where_set("events", "match_key")
    _index_where_set("events", "check_guid")


def _make_sums() -> None:
    op.create_table(
        "counters",
        sa.Column("site_id", NUMBER, nullable=False),
        sa.Column("day", sa.Integer, nullable=False),
        *(
            sa.Column(name, sa.BigInteger, nullable=False, server_default="0")
            for name in ("api_calls", "spam", "ham", "missed_spam", "false_positives")
        ),
        sa.PrimaryKeyConstraint("site_id", "day", name="pk_counters"),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name="fk_counters_site_id"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "checkpoints",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("sequence", sa.BigInteger, nullable=False),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("payload", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_checkpoints"),
    )
    op.create_index("ix_checkpoints_kind_sequence", "checkpoints", ["kind", "sequence"])


def _index_where_set(table: str, column: str) -> None:
    where = sa.text(f"{column} IS NOT NULL")
    op.create_index(
        f"ix_{table}_site_id_{column}",
        table,
        ["site_id", column],
        sqlite_where=where,
        postgresql_where=where,
    )
