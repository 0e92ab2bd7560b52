"""Alembic's way in: run the migrations on the connection that `migrate` hands over."""

from alembic import context

from saring.ledger.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    # The transaction is the caller's: all steps and the secret's fingerprint, or none.
    transactional_ddl=False,
)
context.run_migrations()
