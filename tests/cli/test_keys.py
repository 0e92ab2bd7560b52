"""`saring keys`: created, taken over, listed, revoked."""

import json
import re
from pathlib import Path

import pytest

from cli.conftest import Run


def test_keys_create_prints_the_key_alone_on_its_last_line(run: Run) -> None:
    result = run("keys", "create")

    assert result.exit_code == 0
    assert re.fullmatch(r"[0-9a-f]{12}", result.stdout.splitlines()[-1])


def test_keys_create_makes_the_store_and_its_secret(run: Run, tmp_path: Path) -> None:
    run("keys", "create")

    assert (tmp_path / "var" / "saring.db").exists()
    assert (tmp_path / "var" / "saring.secret").exists()


@pytest.mark.parametrize("key", ["0123456789XY", "a_key-of-64" + "x" * 53, "sixsix"])
def test_keys_create_keeps_a_key_from_elsewhere(run: Run, key: str) -> None:
    result = run("keys", "create", "--key", f" {key} ", "--owner", "Alice")

    assert result.stdout.splitlines()[-1] == key


@pytest.mark.parametrize("key", ["", "five5", "x" * 65, "with blank", "schlüssel"])
def test_keys_create_refuses_what_is_no_key(run: Run, key: str) -> None:
    result = run("keys", "create", "--key", key)

    assert result.exit_code == 2
    assert "it must be 6 to 64 of" in " ".join(result.stderr.split())


def test_keys_create_and_revoke_give_json(run: Run) -> None:
    made = json.loads(run("keys", "create", "--owner", "Alice", "--json").stdout)
    revoked = json.loads(run("keys", "revoke", made["key"], "--json").stdout)

    assert (made["owner"], made["revoked_at"]) == ("Alice", None)
    assert revoked["key"] == made["key"]
    assert revoked["revoked_at"]


def test_keys_create_refuses_a_key_that_is_there(run: Run) -> None:
    run("keys", "create", "--key", "0123456789ab")

    assert run("keys", "create", "--key", "0123456789ab").exit_code == 1


def test_keys_list_shows_owner_and_revocation(run: Run) -> None:
    run("keys", "create", "--key", "0123456789ab", "--owner", "Alice")
    run("keys", "create", "--key", "ba9876543210", "--owner", "Mallory")
    run("keys", "revoke", "ba9876543210")

    lines = run("keys", "list").stdout.splitlines()

    assert lines[1].startswith("0123456789ab\tAlice\t20")
    assert lines[1].endswith("\t")
    assert re.fullmatch(r"ba9876543210\tMallory\t\S+\t20\S+", lines[2])


def test_keys_list_gives_json(run: Run) -> None:
    run("keys", "create", "--key", "0123456789ab", "--owner", "Alice")

    (key,) = json.loads(run("keys", "list", "--json").stdout)

    assert (key["key"], key["owner"]) == ("0123456789ab", "Alice")
    assert key["revoked_at"] is None


def test_keys_revoke_says_so_and_fails_for_an_unknown_key(run: Run) -> None:
    run("keys", "create", "--key", "0123456789ab")

    assert run("keys", "revoke", "0123456789ab").stdout == "0123456789ab is revoked\n"
    assert run("keys", "revoke", "ffffffffffff").exit_code == 1


def test_keys_live_in_the_store_that_is_named(run: Run, tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path / 'other.db'}"

    run("keys", "create", "--database", database, "--key", "0123456789ab")

    assert "0123456789ab" in run("keys", "list", "--database", database).stdout
    assert "0123456789ab" not in run("keys", "list").stdout


def test_keys_create_gives_each_key_an_owner_of_its_own(run: Run) -> None:
    for words in ([], [], ["--owner", "Alice"], ["--owner", "Alice"]):
        run("keys", "create", *words)

    owners = [key["owner"] for key in json.loads(run("keys", "list", "--json").stdout)]

    assert owners == ["owner", "owner-2", "Alice", "Alice"]
