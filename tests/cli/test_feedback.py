"""`saring feedback`: who has taught, rolled back, and listened to again."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from cli.conftest import Run
from saring import Comment, Engine
from saring.classifiers.base import BaseModel
from saring.ledger.records import Event
from saring.ledger.store import Store, open_store
from saring.replay import bake
from saring.verdict import Label

KEY = "0123456789ab"
COMMENTS = ("slot gacor maxwin", "terima kasih infonya", "cheap pills")


@pytest.fixture
def store(run: Run, tmp_path: Path) -> Store:
    """Keep three labels of Mallory's and one of Bob's, all under one key."""
    run("keys", "create", "--key", KEY)
    run("sites", "set", "https://alice.example", "--no-discard")
    (found,) = tmp_path.rglob("*.db")
    store = open_store(f"sqlite:///{found}")
    for text in COMMENTS:
        store.append(event_of(store, text, Label.HAM, "mallory"))
    store.append(event_of(store, "see you there", Label.HAM, "bob"))
    return store


def event_of(store: Store, text: str, label: Label, reporter: str) -> Event:
    key = store.keys()[0]
    site, vault, comment = store.sites(key)[0], store.vault, Comment(content=text)
    return Event(
        at=datetime(2026, 11, 20, tzinfo=UTC),
        owner_id=key.owner_id,
        site_id=site.id,
        key_id=key.id,
        label=label,
        features=Engine("empty").event(comment, label).features,
        reporter=vault.reporter_key(key.id, reporter),
        match=vault.match_key(comment),
    )


def told(run: Run, *words: str) -> Any:  # noqa: ANN401 - any JSON
    result = run("feedback", *words)
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def model(run: Run) -> str:
    return str(json.loads(run("rebuild", "--json").stdout)["model"])


@pytest.mark.usefixtures("store")
def test_feedback_list_tells_who_has_taught(run: Run) -> None:
    mallory, bob = told(run, "list", "--json")["voices"]

    assert (mallory["key"], mallory["labels"], mallory["share"]) == (KEY, 3, 0.75)
    assert (bob["labels"], bob["spam"], bob["unheard"], bob["baked"]) == (1, 0, 0, 0)
    assert (mallory["agreement"], mallory["is_trusted"]) == (None, True)
    assert mallory["reporter"] != bob["reporter"]
    lines = run("feedback", "list").stdout.splitlines()
    assert lines[1].split("\t")[:3] == [KEY, "owner", mallory["reporter"]]


def test_feedback_rolled_back_is_as_if_it_had_never_been(
    run: Run, store: Store
) -> None:
    before = model(run)
    effect = told(run, "rollback", "--key", KEY, "--reporter", "Mallory", "--yes")
    after = model(run)
    listed = told(run, "list", "--key", KEY, "--json")
    table = run("feedback", "list").stdout

    assert effect == {"rollback": 5, "labels": 3, "baked": 0}
    assert listed["voices"][0]["unheard"] == 3
    assert listed["rollbacks"][0]["rollback"] == 5
    assert "\n5\t" in table
    assert [event.reporter for event in store.events_after(0)] == [
        store.vault.reporter_key(1, "bob"),
        b"",
    ]
    restored = told(run, "restore", "5", "--key", KEY)
    assert restored == {"rollback": 5, "labels": 3, "baked": 0}
    assert model(run) == before != after


@pytest.mark.usefixtures("store")
def test_feedback_rollback_asks_first(run: Run) -> None:
    words = ("feedback", "rollback", "--key", KEY)
    trial = json.loads(run(*words, "--dry-run").stdout)
    refused = run(*words, text="n\n")

    assert trial == {"rollback": 0, "labels": 4, "baked": 0}
    assert refused.exit_code == 1
    assert "4 labels would no longer be listened to." in refused.stderr
    assert told(run, "list", "--json")["rollbacks"] == []
    assert run(*words, text="y\n").exit_code == 0


@pytest.mark.usefixtures("store")
def test_feedback_of_a_revoked_key_can_be_rolled_back(run: Run) -> None:
    run("keys", "revoke", KEY)

    assert told(run, "rollback", "--key", KEY, "--yes")["labels"] == 4


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("rollback", "--key", "ffffffffffff", "--yes"), "no such key"),
        (("rollback", "--key", KEY, "--since", "2026-11-21", "--yes"), "no such label"),
        (("restore", "5", "--key", KEY), "no rollback 5"),
    ],
)
def test_feedback_says_what_is_not_there(
    run: Run, words: tuple[str, ...], said: str
) -> None:
    result = run("feedback", *words)

    assert result.exit_code == 1
    assert said in result.output


def test_feedback_that_is_baked_stays(run: Run, store: Store) -> None:
    bake(BaseModel.load_shipped(), store, datetime(2026, 11, 21, tzinfo=UTC))
    refused = run("feedback", "rollback", "--key", KEY, "--yes")
    store.append(event_of(store, "new pills", Label.HAM, "mallory"))
    asked = run("feedback", "rollback", "--key", KEY, text="n\n")

    assert refused.exit_code == 1
    assert "baked into the model" in refused.output
    assert "4 labels of this key and time are baked" in asked.stderr
