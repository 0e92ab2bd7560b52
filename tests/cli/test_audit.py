"""`saring audit`: drawn, labelled blind, and told."""

import asyncio
import json
from pathlib import Path

import pytest

from cli.conftest import Run
from saring import Comment
from saring.desk import Caller
from saring.ledger.store import open_store
from saring.service import Service
from saring.settings import Settings

SITE = "https://alice.example"
KEY = "0123456789ab"
RIVALS_KEY = "ffffffffffff"
COMMENTS = [
    Comment(content=f"Halo, ini komentar nomor {number} \x1b[31m", author="Bob")
    for number in range(6)
]


@pytest.fixture(autouse=True)
def checked(run: Run, tmp_path: Path) -> None:
    """Have some comments judged as the server would."""
    run("keys", "create", "--key", KEY)
    run("keys", "create", "--owner", "Mallory", "--key", RIVALS_KEY)

    async def check() -> None:
        service = Service(Settings(database=f"sqlite:///{tmp_path}/var/saring.db"))
        await service.start()
        try:
            for comment in COMMENTS:
                await service.check(comment, Caller(KEY, SITE))
        finally:
            await service.stop()

    asyncio.run(check())


def test_audit_is_drawn_labelled_and_told(run: Run) -> None:
    drawn = run("audit", "draw", SITE, "--published", "4", "--held", "2")
    assert "4 comments to label, drawn from 6 published and 0 held" in drawn.stdout

    labelled = run("audit", "label", SITE, text="h\ns\nh\n?\n")

    assert labelled.exit_code == 0, labelled.stderr
    assert "honest comments that were held: 0.00%" in labelled.stdout
    assert "published comments that are spam: 33.33%" in labelled.stdout
    told = json.loads(run("audit", "show", SITE, "--json").stdout)
    assert told["is_finished"] is True
    assert told["audit"]["published"]["unclear"] == 1


def test_audit_shows_a_comment_without_verdict_or_escapes(run: Run) -> None:
    run("audit", "draw", SITE)

    shown = run("audit", "label", SITE, text="q\n").stdout

    assert "content: Halo, ini komentar" in shown
    assert "\x1b" not in shown
    assert "verdict" not in shown
    assert "score" not in shown


def test_audit_goes_on_where_it_was_left(run: Run) -> None:
    run("audit", "draw", SITE)
    first = run("audit", "label", SITE, text="h\nh\nq\n").stdout
    assert "4 comments have no answer yet" in first

    second = run("audit", "label", SITE, text="h\nh\nh\nh\n").stdout

    assert "── 3 of 6" in second
    assert "── 2 of 6" not in second
    assert "no answer yet" not in second


def test_audit_leaves_the_house_and_comes_back(run: Run, tmp_path: Path) -> None:
    run("audit", "draw", SITE)
    rows = [json.loads(row) for row in run("audit", "export", SITE).stdout.splitlines()]
    assert set(rows[0]) == {"audit", "place", "label", "comment"}
    assert set(rows[0]["comment"]) <= {
        "type",
        "author",
        "author_email",
        "author_url",
        "permalink",
        "content",
    }
    rows[0]["label"], rows[1]["label"] = "ham", "spam"
    path = tmp_path / "labels.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")

    result = run("audit", "import", SITE, str(path))

    assert "4 comments have no answer yet" in result.stdout
    assert len(run("audit", "export", SITE).stdout.splitlines()) == 4


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"audit": 7, "place": 1, "label": "ham"}, "line 1: not of audit 1"),
        ({"audit": 1, "place": 99, "label": "ham"}, "has no comment 99"),
        ({"audit": 1, "place": 1, "label": "eggs"}, "the answer is 'eggs'"),
    ],
)
def test_audit_import_refuses_what_is_not_its_own(
    run: Run, tmp_path: Path, row: dict[str, object], message: str
) -> None:
    run("audit", "draw", SITE)
    path = tmp_path / "labels.jsonl"
    path.write_text(json.dumps(row), encoding="utf-8")

    result = run("audit", "import", SITE, str(path))

    assert result.exit_code == 1
    assert message in result.stderr


def test_audit_must_be_finished_before_the_next(run: Run) -> None:
    run("audit", "draw", SITE)

    assert "finish it first" in run("audit", "draw", SITE).stderr


def test_audit_of_a_site_is_not_mallorys(run: Run) -> None:
    run("audit", "draw", SITE)

    for words in (["draw"], ["label"], ["show"], ["export"]):
        result = run("audit", *words, SITE, "--key", RIVALS_KEY)
        assert result.exit_code == 1
        assert "there is no site alice.example under this key" in result.stderr


def test_audit_labels_are_learned_and_counted_for_the_budget(
    run: Run, tmp_path: Path
) -> None:
    run("sites", "set", SITE, "--budget", "2", "--confidence", "0.5")
    run("audit", "draw", SITE)
    run("audit", "label", SITE, text="h\n" * 6)

    store = open_store(f"sqlite:///{tmp_path}/var/saring.db")
    events = store.events_after(0)
    assert [event.source for event in events] == ["audit"] * 6
    assert all(event.check_guid for event in events)
    (found,) = json.loads(run("budget", "--json").stdout)
    assert found["held"]["is_kept"] is True
    assert store.counts_by_site(store.keys()[0])[0].counts.false_positives == 0


def test_audit_passes_over_what_is_no_longer_kept(run: Run, tmp_path: Path) -> None:
    run("audit", "draw", SITE)
    store = open_store(f"sqlite:///{tmp_path}/var/saring.db")
    with store.database.write() as connection:
        connection.exec_driver_sql("UPDATE checks SET comment = NULL")

    result = run("audit", "label", SITE)

    assert "published comments that are spam: ?" in result.stdout
