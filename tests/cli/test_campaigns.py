"""`saring campaigns`: listed, decided, and taken back."""

import asyncio
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from cli.conftest import Run
from saring import Comment, Engine
from saring.ledger.records import CheckRow
from saring.ledger.store import open_store
from saring.ledger.writer import Writer

COPY = "Makasih kakak yang kemarin kasih tahu NAGA77, sekarang motor saya sudah lunas"


@pytest.fixture
def guids(run: Run, tmp_path: Path) -> list[str]:
    """Record four copies by four people, and return their guids."""
    run("keys", "create", "--key", "0123456789ab")
    run("sites", "set", "https://alice.example", "--no-discard")
    store = open_store(f"sqlite:///{_database(tmp_path)}")
    site = store.sites(store.keys()[0])[0]
    engine, rows = Engine("empty"), []
    for number in range(4):
        comment = Comment(content=COPY, author=f"Sam {number}")
        check = engine.check(comment, site)
        rows.append(CheckRow(check=check, site_id=site.id, comment=comment))

    async def record() -> None:
        writer = Writer(store)
        for row in rows:
            await writer.record(row)
        await writer.close()

    asyncio.run(record())
    store.close()
    return [row.check.guid for row in rows]


def _database(folder: Path) -> Path:
    (found,) = folder.rglob("*.db")
    return found


def listed(run: Run) -> list[dict[str, Any]]:
    result = run("campaigns", "list", "--json")
    found: list[dict[str, Any]] = json.loads(result.stdout)
    return found


def test_campaigns_list_tells_what_many_posted(run: Run, guids: list[str]) -> None:
    (found,) = listed(run)

    assert found["guid"] == guids[-1]
    assert (found["identities"], found["comments"], found["decision"]) == (4, 4, None)
    assert datetime.fromisoformat(found["last_at"]) <= datetime.now(UTC)


def test_campaigns_are_decided_and_taken_back(run: Run, guids: list[str]) -> None:
    decided = json.loads(run("campaigns", "decide", guids[1], "spam").stdout)
    after = listed(run)[0]["decision"]
    table = run("campaigns", "list").stdout
    undone = json.loads(run("campaigns", "undo", guids[2]).stdout)

    assert decided == {"guid": guids[1], "label": "spam", "marked": 4}
    assert after == "spam"
    assert table.splitlines()[1].split("\t")[1:6] == ["4", "4", "0", "", "spam"]
    assert undone == {"guid": guids[2], "label": None, "marked": 4}
    assert listed(run)[0]["decision"] is None


def test_campaigns_undo_says_that_nothing_was_decided(
    run: Run, guids: list[str]
) -> None:
    result = run("campaigns", "undo", guids[0])

    assert result.exit_code == 1
    assert "nothing was decided" in result.output


def test_campaigns_need_a_key(run: Run, tmp_path: Path) -> None:
    open_store(f"sqlite:///{tmp_path}/var/saring.db").close()
    result = run(
        "campaigns", "list", "--database", f"sqlite:///{tmp_path}/var/saring.db"
    )

    assert result.exit_code == 1
    assert "there is no key yet" in result.output
