"""The secret file: made once, whole, for its owner's eyes."""

import threading
from pathlib import Path

import pytest

from saring.errors import SecretError, StoreError
from saring.ledger.database import Database
from saring.ledger.secret import create_vault, load_vault
from saring.ledger.store import default_secret, open_store


def test_secret_is_made_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "saring.secret"

    made = create_vault(path)

    assert path.stat().st_mode & 0o777 == 0o600
    assert load_vault(path).digest == made.digest
    assert [one.name for one in path.parent.iterdir()] == ["saring.secret"]


def test_secret_that_is_there_stays(tmp_path: Path) -> None:
    path = tmp_path / "saring.secret"

    first, second = create_vault(path), create_vault(path)

    assert first.digest == second.digest


def test_secret_made_by_many_at_once_is_one(tmp_path: Path) -> None:
    path, found = tmp_path / "saring.secret", []

    def make() -> None:
        found.append(create_vault(path).digest)

    threads = [threading.Thread(target=make) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(found) == 8
    assert len(set(found)) == 1


@pytest.mark.parametrize(
    "text", ["", "saring-secret-1", "saring-secret-1 zz", "other " + "00" * 32, "é"]
)
def test_secret_that_is_damaged_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "saring.secret"
    path.write_text(text)

    with pytest.raises(SecretError, match=r"damaged|cannot be read"):
        load_vault(path)


def test_secret_that_is_missing_is_said_with_the_way_back(tmp_path: Path) -> None:
    with pytest.raises(SecretError, match=r"missing.*Restore .* backup"):
        load_vault(tmp_path / "saring.secret")


def test_secret_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(SecretError, match="cannot be made"):
        create_vault(tmp_path / "file" / "saring.secret")


def test_secret_lies_beside_its_store(tmp_path: Path) -> None:
    open_store(f"sqlite:///{tmp_path}/var/comments.db").close()

    names = {one.name for one in (tmp_path / "var").iterdir()}
    assert {"comments.db", "comments.secret"} <= names
    assert (tmp_path / "var" / "comments.db").stat().st_mode & 0o077 == 0


def test_secret_of_a_server_has_to_be_named() -> None:
    with pytest.raises(SecretError, match="where its secret file is"):
        default_secret(Database("postgresql://alice@127.0.0.1/saring"))


@pytest.mark.parametrize("address", ["nonsense", "sqlite://", "mysql://h/db", ""])
def test_store_of_another_kind_is_refused(address: str) -> None:
    with pytest.raises(StoreError, match="write sqlite:///PATH") as caught:
        open_store(address)

    assert not caught.value.retryable
