"""`saring budget`: promises told, and those that cannot be made."""

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest

from cli.conftest import Run
from saring import Comment
from saring.desk import Caller
from saring.service import Service
from saring.settings import Settings

SITE = "https://alice.example"


@pytest.fixture(autouse=True)
def key(run: Run) -> None:
    run("keys", "create", "--key", "0123456789ab")


def learn_ham(run: Run, folder: Path, count: int) -> None:
    path = folder / "ham.jsonl"
    rows = [
        {"comment_content": f"Halo, ini komentar nomor {number}", "label": "ham"}
        for number in range(count)
    ]
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    result = run("learn", str(path), "--site", SITE)
    assert result.exit_code == 0, result.stderr


def told(run: Run) -> dict[str, Any]:
    (found,) = json.loads(run("budget", "--json").stdout)
    assert isinstance(found, dict)
    return found


def test_budget_tells_that_none_is_set(run: Run) -> None:
    run("sites", "set", SITE, "--discard")

    assert told(run) == {"site": "alice.example", "held": None, "discard": None}
    assert "no budget is set" in run("budget").stdout


def test_budget_tells_what_is_missing_and_claims_nothing(run: Run) -> None:
    run("sites", "set", SITE, "--budget", "200")

    held = told(run)["held"]

    assert held["is_kept"] is False
    assert (held["needed"], held["missing"]) == (598, 598)
    table = run("budget").stdout
    assert "no guarantee: 598 of 598 confirmed hams are missing" in table


def test_budget_is_kept_once_enough_ham_is_imported(run: Run, tmp_path: Path) -> None:
    run("sites", "set", SITE, "--budget", "10", "--confidence", "0.9")

    learn_ham(run, tmp_path, 30)

    assert told(run)["held"] == {
        "one_in": 10,
        "confidence": 0.9,
        "is_kept": True,
        "ham": 30,
        "needed": 22,
        "missing": 0,
    }
    assert "kept" in run("budget").stdout


def test_budget_counts_an_imported_file_once(run: Run, tmp_path: Path) -> None:
    run("sites", "set", SITE, "--budget", "10")

    learn_ham(run, tmp_path, 12)
    learn_ham(run, tmp_path, 12)

    assert told(run)["held"]["ham"] == 12


def test_sites_set_answers_with_the_promise(run: Run) -> None:
    shown = json.loads(run("sites", "set", SITE, "--budget", "200").stdout)

    assert shown["budget"] == 200
    assert shown["promise"]["held"]["missing"] == 598


def test_sites_set_takes_a_budget_back(run: Run) -> None:
    run("sites", "set", SITE, "--budget", "200", "--confidence", "0.99")

    shown = json.loads(run("sites", "set", SITE, "--default-budget").stdout)

    assert (shown["budget"], shown["promise"]["held"]) == (None, None)


def test_sites_set_refuses_a_budget_that_nobody_can_promise(run: Run) -> None:
    result = run("sites", "set", SITE, "--budget", "1")

    assert result.exit_code == 1
    assert "it must lie between" in result.stderr


def test_settings_refuse_a_budget_of_one_in_one(run: Run) -> None:
    result = run("budget", "--error-budget", "1")

    assert result.exit_code == 2
    assert "error_budget is 1" in result.stderr


def test_budget_counts_no_import_of_what_was_checked(run: Run, tmp_path: Path) -> None:
    run("sites", "set", SITE, "--budget", "10")
    text = "Halo, ini komentar nomor 3"

    async def check() -> None:
        service = Service(Settings(database=f"sqlite:///{tmp_path}/var/saring.db"))
        await service.start()
        try:
            await service.check(Comment(content=text), Caller("0123456789ab", SITE))
        finally:
            await service.stop()

    asyncio.run(check())
    learn_ham(run, tmp_path, 12)

    assert told(run)["held"]["ham"] == 11
