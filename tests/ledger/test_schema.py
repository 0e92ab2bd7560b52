"""The schema: every released one becomes this one; every column says what it holds."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from ledger import stores
from saring.errors import NotFoundError, SecretError, StoreError
from saring.ledger import migrate
from saring.ledger.database import Database
from saring.ledger.schema import HEAD, metadata
from saring.ledger.secret import create_vault
from saring.ledger.store import open_store

SCRIPTS = ScriptDirectory(str(migrate.FOLDER))
RELEASED = [script.revision for script in SCRIPTS.walk_revisions()][::-1]
OPEN = """
import sys
from pathlib import Path
from saring.ledger.store import open_store
print(open_store(sys.argv[1], Path(sys.argv[2])).vault.digest.hex())
"""


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def empty_address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/saring.db"
        return
    with stores.postgres_database() as address:
        yield address


def test_schema_head_is_the_newest_revision() -> None:
    assert SCRIPTS.get_heads() == [HEAD]


@pytest.mark.parametrize("released", ["", *RELEASED])
def test_schema_of_every_release_becomes_this_one(
    empty_address: str, released: str
) -> None:
    database = Database(empty_address)
    database.prepare()
    if released:
        with database.write() as connection:
            migrate.upgrade(connection, released)

    with database.write() as connection:
        migrate.upgrade(connection)

    with database.read() as connection:
        assert migrate.revision_of(connection) == HEAD
        context = MigrationContext.configure(
            connection,
            opts={"compare_type": True, "include_object": _is_of(empty_address)},
        )
        assert compare_metadata(context, metadata) == []
    database.close()


def _is_of(address: str) -> Callable[..., bool]:
    """Leave out the index that only PostgreSQL has."""
    only_postgres = "ix_checks_site_id_match_key"
    return lambda _one, name, *_: (
        name != only_postgres or address.startswith("postgresql")
    )


def test_schema_of_a_newer_release_is_refused(
    empty_address: str, tmp_path: Path
) -> None:
    secret = tmp_path / "saring.secret"
    open_store(empty_address, secret).close()
    database = Database(empty_address)
    with database.write() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    database.close()

    with pytest.raises(StoreError, match="run the newer Saring") as caught:
        open_store(empty_address, secret)

    assert not caught.value.retryable


@pytest.mark.slow
def test_store_made_by_two_workers_at_once_is_one(
    empty_address: str, tmp_path: Path
) -> None:
    secret = tmp_path / "saring.secret"
    command = [sys.executable, "-c", OPEN, empty_address, str(secret)]

    workers = [
        subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(3)
    ]
    said = [worker.communicate()[0].strip() for worker in workers]

    assert [worker.returncode for worker in workers] == [0, 0, 0]
    assert len(set(said)) == 1
    assert len(said[0]) == 32


def test_schema_says_of_every_column_what_it_holds() -> None:
    for table in metadata.tables.values():
        for column in table.columns:
            assert column.info["holds"], f"{table.name}.{column.name}"
            assert isinstance(column.info["personal"], bool)


def test_store_that_is_no_database_is_said_at_once(tmp_path: Path) -> None:
    (tmp_path / "saring.db").write_bytes(b"not a database at all, but a file" * 99)

    with pytest.raises(StoreError, match="not a database") as caught:
        open_store(f"sqlite:///{tmp_path}/saring.db")

    assert not caught.value.retryable


def test_store_in_a_place_that_is_no_folder_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(StoreError, match="cannot be opened"):
        open_store(f"sqlite:///{tmp_path}/file/saring.db")


def test_postgres_that_is_not_there_is_said_and_may_come_back(tmp_path: Path) -> None:
    address = "postgresql://alice@127.0.0.1:1/saring"

    with pytest.raises(StoreError) as caught:
        open_store(address, tmp_path / "saring.secret")

    assert caught.value.retryable


def test_store_looked_at_is_not_made(empty_address: str, tmp_path: Path) -> None:
    before = list(tmp_path.iterdir())

    with pytest.raises(NotFoundError, match="there is no store at"):
        open_store(empty_address, tmp_path / "saring.secret", may_change=False)

    assert list(tmp_path.iterdir()) == before
    database = Database(empty_address)
    if not database.is_sqlite:
        with database.read() as connection:
            assert migrate.revision_of(connection) == ""
    database.close()


@pytest.mark.parametrize(
    ("revision", "said"), [("0000", "older than this"), ("9999", "run the newer")]
)
def test_store_looked_at_is_not_changed(
    empty_address: str, tmp_path: Path, revision: str, said: str
) -> None:
    secret = tmp_path / "saring.secret"
    open_store(empty_address, secret).close()
    open_store(empty_address, secret, may_change=False).close()
    database = Database(empty_address)
    with database.write() as connection:
        change = text("UPDATE alembic_version SET version_num = :revision")
        connection.execute(change, {"revision": revision})

    with pytest.raises(StoreError, match=said):
        open_store(empty_address, secret, may_change=False)

    with database.read() as connection:
        assert migrate.revision_of(connection) == revision
    database.close()


def test_store_looked_at_wants_its_own_secret(
    empty_address: str, tmp_path: Path
) -> None:
    open_store(empty_address, tmp_path / "saring.secret").close()
    create_vault(tmp_path / "other.secret")

    with pytest.raises(SecretError, match="another store's"):
        open_store(empty_address, tmp_path / "other.secret", may_change=False)
