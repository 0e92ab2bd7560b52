"""Error budgets of sites, margins of checks, audits and samples."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Add the columns and make the tables."""
    op.add_column("sites", sa.Column("budget_one_in", sa.Integer))
    op.add_column("sites", sa.Column("budget_confidence", sa.Double))
    op.add_column("sites", sa.Column("held_margin", sa.BigInteger))
    op.add_column("sites", sa.Column("discard_margin", sa.BigInteger))
    op.add_column("checks", sa.Column("margin", sa.BigInteger))
    _make_audits()
    _make_samples()


def _make_audits() -> None:
    op.create_table(
        "audits",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("site_id", NUMBER, nullable=False),
        sa.Column("since", sa.BigInteger, nullable=False),
        sa.Column("until", sa.BigInteger, nullable=False),
        sa.Column("published_count", sa.BigInteger, nullable=False),
        sa.Column("held_count", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audits"),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name="fk_audits_site_id"),
    )
    op.create_index("ix_audits_site_id", "audits", ["site_id"])


def _make_samples() -> None:
    op.create_table(
        "samples",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("site_id", NUMBER, nullable=False),
        sa.Column("audit_id", NUMBER, nullable=True),
        sa.Column("place", sa.Integer, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("check_guid", sa.LargeBinary(16), nullable=True),
        sa.Column("match_key", sa.LargeBinary(16), nullable=True),
        sa.Column("is_held", sa.Boolean, nullable=True),
        sa.Column("margin", sa.BigInteger, nullable=True),
        sa.Column("label", sa.Text, nullable=True),
        sa.Column("labelled_at", sa.BigInteger, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_samples"),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name="fk_samples_site_id"),
        sa.ForeignKeyConstraint(
            ["audit_id"], ["audits.id"], name="fk_samples_audit_id"
        ),
    )
    op.create_index("ix_samples_audit_id", "samples", ["audit_id"])
    op.create_index("ix_samples_site_id_match_key", "samples", ["site_id", "match_key"])
