"""`saring check`, `learn` and `explain`."""

import asyncio
import gzip
import json
from pathlib import Path

import pytest

import actors
import live
from cli.conftest import Run
from saring import Comment, features
from saring.cli import importing
from saring.desk import Caller
from saring.ledger.store import open_store
from saring.service import Service
from saring.settings import Settings

HAM = actors.PLEASANTRIES["id"]
SPAM = actors.SPAM["id"]


JUDGED = Comment(content=SPAM[0], user_agent="spambot/1.0")


def check_of(folder: Path, key: str) -> str:
    """Have a comment judged as the server would; return its guid."""

    async def check() -> str:
        service = Service(Settings(database=f"sqlite:///{folder}/var/saring.db"))
        await service.start()
        try:
            caller = Caller(key, "https://alice.example")
            return (await service.check(JUDGED, caller)).guid
        finally:
            await service.stop()

    return asyncio.run(check())


def line(content: str, **fields: object) -> str:
    return json.dumps({"comment_content": content, **fields})


def write(path: Path, *lines: str) -> str:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return str(path)


def labelled(path: Path, **fields: object) -> str:
    ham = [line(text, label="ham", **fields) for text in HAM]
    return write(path, *ham, *[line(text, label="spam", **fields) for text in SPAM])


def score(run: Run, content: str, *words: str) -> float:
    result = run("check", *words, text=line(content))
    assert result.exit_code == 0, result.stderr
    return float(json.loads(result.stdout)["score"])


def test_check_answers_a_line_with_a_line(run: Run) -> None:
    result = run("check", text=line(HAM[0], id="a1") + "\n\n" + line(HAM[1]) + "\n")

    first, second = map(json.loads, result.stdout.splitlines())
    assert set(first) == {"id", "verdict", "score", "clues"}
    assert (first["id"], second["id"]) == ("a1", None)
    assert 0 <= first["score"] <= 1


def test_check_reads_a_file_as_it_reads_standard_input(
    run: Run, tmp_path: Path
) -> None:
    path = write(tmp_path / "comments.jsonl", line(HAM[0]), line(SPAM[0]))

    from_file = run("check", path).stdout

    assert from_file == run("check", "-", text=Path(path).read_text()).stdout


def test_check_makes_no_store(run: Run, tmp_path: Path) -> None:
    run("check", text=line(HAM[0]))

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "words",
    [
        ["keys", "list"],
        ["sites", "list"],
        ["explain", "0" * 32],
        ["doctor", "--port", "1"],
    ],
)
def test_commands_that_only_look_make_no_store(
    run: Run, tmp_path: Path, words: list[str]
) -> None:
    result = run(*words)

    assert result.exit_code == 1
    assert "there is no store at sqlite:///var/saring.db" in result.output
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("text", ["no json\n", "[]\n"])
def test_check_fails_for_a_line_that_is_no_comment(run: Run, text: str) -> None:
    result = run("check", text=text)

    assert result.exit_code == 1
    assert "must be" in result.stderr


def test_check_takes_the_cutoffs_of_the_settings(run: Run) -> None:
    cutoffs = ("--unsure-cutoff", "0", "--spam-cutoff", "0", "--discard-cutoff", "1")

    result = run("check", *cutoffs, text=line(HAM[0]))

    assert json.loads(result.stdout)["verdict"] == "spam"


def test_learn_teaches_what_check_then_knows(run: Run, tmp_path: Path) -> None:
    before = score(run, HAM[1])
    path = write(tmp_path / "labels.jsonl", line(HAM[1], label="spam"))

    result = run("learn", path)

    assert result.stdout == "1 of 1 labels were new\n"
    assert score(run, HAM[1]) > before


def test_learn_takes_a_repeated_label_for_no_event(run: Run, tmp_path: Path) -> None:
    path = labelled(tmp_path / "labels.jsonl")
    run("learn", path)

    assert run("learn", path).stdout == "0 of 7 labels were new\n"


def test_learn_counts_each_label_once_whatever_the_batches(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "BATCH_LABELS", 3)
    path = labelled(tmp_path / "labels.jsonl")

    result = run("learn", "--json", path, path)

    assert json.loads(result.stdout) == {"labels": 14, "new": 7}


def test_learn_takes_the_place_of_a_checked_comment_and_counts_nothing(
    run: Run, tmp_path: Path
) -> None:
    key = run("keys", "create").stdout.strip()
    store = open_store(f"sqlite:///{tmp_path}/var/saring.db")
    guid = check_of(tmp_path, key)
    path = labelled(tmp_path / "labels.jsonl", blog="https://alice.example")

    result = run("learn", path)

    (about,) = [one for one in store.events_after(0) if one.check_guid]
    (counts,) = store.counts_by_day(store.keys()[0]).values()
    assert result.stdout == "7 of 7 labels were new\n"
    assert (about.check_guid, about.source) == (guid, "import")
    assert about.features == features.extract(JUDGED).dump()
    assert (counts.api_calls, counts.missed_spam, counts.false_positives) == (1, 0, 0)
    checkpoint = store.latest_checkpoint()
    assert checkpoint is not None
    assert checkpoint.sequence == 7
    store.close()


def test_learn_unpacks_a_file(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "labels.jsonl.gz"
    path.write_bytes(gzip.compress(line(SPAM[0], label="spam").encode()))

    assert run("learn", str(path)).stdout == "1 of 1 labels were new\n"


def test_learn_fails_for_a_line_without_label(run: Run, tmp_path: Path) -> None:
    path = write(tmp_path / "labels.jsonl", line(SPAM[0]))

    result = run("learn", path)

    assert result.exit_code == 1
    assert "line 1" in result.stderr


def test_learn_teaches_one_owner_only(run: Run, tmp_path: Path) -> None:
    run("keys", "create", "--owner", "Alice", "--key", "aaaaaaaaaaaa")
    run("keys", "create", "--owner", "Mallory", "--key", "bbbbbbbbbbbb")
    before = score(run, SPAM[0], "--key", "aaaaaaaaaaaa")
    wrong = write(tmp_path / "wrong.jsonl", line(SPAM[0], label="ham"))

    run("learn", wrong, "--key", "bbbbbbbbbbbb")

    assert score(run, SPAM[0], "--key", "aaaaaaaaaaaa") == before


def test_learn_refuses_an_unknown_key(run: Run, tmp_path: Path) -> None:
    run("keys", "create")

    path = labelled(tmp_path / "labels.jsonl")

    assert run("learn", path, "--key", "ffffffffffff").exit_code == 1


@pytest.mark.slow
def test_explain_tells_of_a_check(tmp_path: Path) -> None:
    with live.serving(tmp_path) as server:
        form = actors.spam(number=1)
        guid = server.call("comment-check", form).headers["x-akismet-guid"]

        told = server.run("explain", guid, "--language", "en", check=False)
        found = json.loads(server.run("explain", guid, "--json", "--language", "en"))

        assert found["guid"] == guid
        lines = told.splitlines()
        assert lines[0].startswith("Held as spam: ")
        assert lines[-1].startswith("When it was checked, ")
        heads = ["As sent", "Reads", "Weighed most", "Speaks for spam"]
        assert all(any(line.startswith(head) for line in lines) for head in heads)
        assert found["now"]["change"] in " ".join(told.split())

        # The site is Indonesian.
        assert server.run("explain", guid).startswith("Ditahan sebagai spam: ")


def test_explain_fails_for_a_check_that_is_not_there(run: Run) -> None:
    assert run("explain", "0" * 32).exit_code == 1
    run("keys", "create")

    result = run("explain", "0" * 32)

    assert result.exit_code == 1
    assert "there is no check" in result.stderr


def test_explain_fails_for_a_store_without_keys(run: Run, tmp_path: Path) -> None:
    (tmp_path / "var").mkdir()
    open_store(f"sqlite:///{tmp_path}/var/saring.db").close()

    assert "there is no check" in run("explain", "0" * 32).stderr


def test_explain_looks_among_all_owners_but_for_a_key(run: Run, tmp_path: Path) -> None:
    run("keys", "create", "--owner", "Alice", "--key", "aaaaaaaaaaaa")
    run("keys", "create", "--owner", "Mallory", "--key", "bbbbbbbbbbbb")
    guid = check_of(tmp_path, "bbbbbbbbbbbb")

    found = json.loads(run("explain", guid, "--json").stdout)
    told = run("explain", guid, "--key", "bbbbbbbbbbbb").stdout
    others = run("explain", guid, "--key", "aaaaaaaaaaaa")

    assert found["guid"] == guid
    assert "When it was checked, " in told
    assert others.exit_code == 1
    assert "there is no check" in others.stderr
