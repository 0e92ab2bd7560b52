"""Rollbacks, and the events that are not in force."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "unheard",
        sa.Column("sequence", NUMBER, nullable=False, autoincrement=False),
        sa.PrimaryKeyConstraint("sequence", name="pk_unheard"),
        sa.ForeignKeyConstraint(
            ["sequence"], ["events.sequence"], name="fk_unheard_sequence"
        ),
    )
    op.create_table(
        "rollbacks",
        sa.Column("sequence", NUMBER, nullable=False, autoincrement=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("owner_id", NUMBER, nullable=False),
        sa.Column("key_id", NUMBER, nullable=False),
        sa.Column("reporter", sa.LargeBinary(16), nullable=True),
        sa.Column("since", sa.BigInteger, nullable=True),
        sa.Column("until", sa.BigInteger, nullable=True),
        sa.Column("restored_at", sa.BigInteger, nullable=True),
        sa.PrimaryKeyConstraint("sequence", name="pk_rollbacks"),
        sa.ForeignKeyConstraint(
            ["sequence"], ["events.sequence"], name="fk_rollbacks_sequence"
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["owners.id"], name="fk_rollbacks_owner_id"
        ),
        sa.ForeignKeyConstraint(["key_id"], ["keys.id"], name="fk_rollbacks_key_id"),
    )
    op.create_index("ix_rollbacks_owner_id", "rollbacks", ["owner_id"])
