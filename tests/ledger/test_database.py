"""The way to the database: what PostgreSQL promises each connection."""

import pytest
from sqlalchemy import text

from ledger.conftest import Place
from saring.errors import StoreError
from saring.ledger import database as database_module
from saring.ledger.database import Database


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("sqlite:///var/saring.db", "sqlite:///var/saring.db"),
        ("postgresql://alice:secret@db/saring", "postgresql://alice:***@db/saring"),
    ],
)
def test_database_is_named_without_its_password(address: str, name: str) -> None:
    assert Database(address).name == name


@pytest.mark.postgres
def test_postgres_has_every_commit_on_the_disk(postgres_place: Place) -> None:
    database = Database(postgres_place.address)

    for engine in (database.durable, database.quick):
        with engine.connect() as connection:
            found = connection.scalar(text("SHOW synchronous_commit"))
        assert found == "on"
    database.close()


@pytest.mark.postgres
def test_postgres_that_hangs_is_given_up_unless_it_may_take_long(
    postgres_place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database_module, "STATEMENT_SECONDS", 0.05)
    database = Database(postgres_place.address)
    hang = text("SELECT pg_sleep(0.1)")

    with (
        pytest.raises(StoreError, match="timeout") as caught,
        database.write() as connection,
    ):
        connection.execute(hang)
    with database.write(may_take_long=True) as connection:
        connection.execute(hang)

    assert caught.value.retryable
    database.close()
