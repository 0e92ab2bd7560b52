"""`saring sites`: listed, and set for themselves."""

import json
from typing import Any

import pytest

from cli.conftest import Run

SITE = "https://alice.example"


@pytest.fixture(autouse=True)
def key(run: Run) -> None:
    run("keys", "create", "--key", "0123456789ab")


def listed(run: Run) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(run("sites", "list", "--json").stdout)
    return found


def test_sites_list_is_empty_at_first(run: Run) -> None:
    assert listed(run) == []


def test_sites_set_keeps_what_was_set_before(run: Run) -> None:
    run("sites", "set", SITE, "--allow", "Alice@Example.org", "--block", "spam.example")
    run("sites", "set", SITE, "--discard")
    run("sites", "set", SITE, "--cutoffs", "0.3", "0.6", "0.99")

    assert listed(run) == [
        {
            "site": "alice.example",
            "key": "0123456789ab",
            "cutoffs": {"unsure": 0.3, "spam": 0.6, "discard": 0.99},
            "budget": None,
            "may_discard": True,
            "allowlist": ["alice@example.org"],
            "blocklist": ["spam.example"],
        }
    ]


def test_sites_set_takes_back_what_was_set(run: Run) -> None:
    run("sites", "set", SITE, "--block", "spam.example", "--discard")
    run("sites", "set", SITE, "--cutoffs", "0.3", "0.6", "0.99")
    run("sites", "set", SITE, "--forget", "SPAM.example", "--no-discard")
    run("sites", "set", SITE, "--default-cutoffs")

    site = listed(run)[0]
    assert (site["blocklist"], site["may_discard"], site["cutoffs"]) == (
        [],
        False,
        None,
    )


def test_sites_list_shows_a_table(run: Run) -> None:
    run("sites", "set", SITE, "--cutoffs", "0.3", "0.6", "0.99")

    table = run("sites", "list", "--key", "0123456789ab").stdout

    assert "alice.example\t0123456789ab\t0.3/0.6/0.99\tno" in table


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (["--cutoffs", "0.9", "0.6", "0.99"], 2, "they must rise"),
        (["--cutoffs", "0.9", "1.6", "2"], 2, "is not in the range"),
        (["--block", "no entry"], 1, "is no entry of a list"),
        (["--key", "ffffffffffff"], 1, "names no key"),
    ],
)
def test_sites_set_refuses_what_cannot_be(
    run: Run, words: list[str], code: int, message: str
) -> None:
    result = run("sites", "set", SITE, *words)

    assert result.exit_code == code
    assert message in result.stderr


def test_sites_set_needs_a_key(run: Run) -> None:
    run("keys", "revoke", "0123456789ab")

    assert "there is no key yet" in run("sites", "set", SITE, "--discard").stderr
