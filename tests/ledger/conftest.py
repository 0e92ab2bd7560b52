"""The ledger under test, on each kind of database.

Making the tables takes longer than most tests do, so that it is done once a session.
"""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from ledger import stores


@dataclass
class Place:
    """Where a store is, and its secret file."""

    address: str
    secret: Path


@pytest.fixture(scope="session")
def made_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    ledger = stores.make_ledger(
        f"sqlite:///{folder}/saring.db", folder / "saring.secret"
    )
    ledger.store.close()
    return folder


@pytest.fixture(scope="session")
def made_postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    secret = tmp_path_factory.mktemp("made") / "saring.secret"
    with stores.postgres_database() as address:
        stores.make_ledger(address, secret).store.close()
        yield Place(address, secret)


@pytest.fixture
def sqlite_place(made_sqlite: Path, tmp_path: Path) -> Place:
    for name in ("saring.db", "saring.secret"):
        shutil.copy(made_sqlite / name, tmp_path / name)
    return Place(f"sqlite:///{tmp_path}/saring.db", tmp_path / "saring.secret")


@pytest.fixture
def postgres_place(made_postgres: Place, tmp_path: Path) -> Place:
    stores.empty(made_postgres.address)
    secret = tmp_path / "saring.secret"
    shutil.copy(made_postgres.secret, secret)
    return Place(made_postgres.address, secret)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def ledger(request: pytest.FixtureRequest) -> Iterator[stores.Ledger]:
    place: Place = request.getfixturevalue(f"{request.param}_place")
    made = stores.make_ledger(place.address, place.secret)
    yield made
    made.store.close()


@pytest.fixture
def sqlite_ledger(sqlite_place: Place) -> Iterator[stores.Ledger]:
    made = stores.make_ledger(sqlite_place.address, sqlite_place.secret)
    yield made
    made.store.close()
