"""`saring evaluate`, `train` and `demo`."""

import json
from pathlib import Path

import pytest

import actors
from cli.conftest import Run
from saring.cli import laboratory

LABELLED = [
    json.dumps({"label": label, "comment_content": f"{text} {number}"})
    for number in range(3)
    for label, texts in (("ham", actors.PLEASANTRIES), ("spam", actors.SPAM))
    for text in (*texts["id"], *texts["en"])
]
KEYS = {
    "file",
    "comments",
    "spam",
    "ham",
    "one_minus_roca_percent",
    "missed_spam_percent_at_fp_percent",
    "accuracy_percent",
    "calibration_error",
    "precision",
    "recall",
    "f1",
    "false_positives",
    "missed_spam",
    "unsure_ham",
    "unsure_spam",
    "comments_per_second",
}


@pytest.fixture
def corpus(tmp_path: Path) -> str:
    folder = tmp_path / "corpus" / "train"
    folder.mkdir(parents=True)
    path = folder / "labelled.jsonl"
    path.write_text("\n".join(LABELLED), encoding="utf-8")
    return str(path)


def test_evaluate_gives_all_numbers_of_each_file(run: Run, corpus: str) -> None:
    result = run("evaluate", corpus, corpus, "--start", "empty", "--json")

    first, second = json.loads(result.stdout)["files"]
    assert set(first) == KEYS
    assert (first["comments"], first["spam"]) == (len(LABELLED), 18)
    assert first["false_positives"] == second["false_positives"]


@pytest.mark.parametrize(
    "words",
    [
        ("--learn", "never"),
        ("--learn", "delayed", "--delay", "3"),
        ("--shuffle", "1"),
        ("--start", "base"),
    ],
)
def test_evaluate_takes_its_options(
    run: Run, corpus: str, words: tuple[str, ...]
) -> None:
    assert run("evaluate", corpus, *words).exit_code == 0


def test_evaluate_learns_only_if_told(run: Run, corpus: str) -> None:
    result = run("evaluate", corpus, "--start", "empty", "--learn", "never", "--json")

    (found,) = json.loads(result.stdout)["files"]
    assert found["one_minus_roca_percent"] == 50.0
    assert found["missed_spam"] == 18


def test_evaluate_prints_a_table_for_people(run: Run, corpus: str) -> None:
    lines = run("evaluate", corpus, "--start", "empty").stdout.splitlines()

    assert lines[0].startswith("file\tspam\tham\t1-ROCA %")
    assert lines[1].startswith(f"{corpus}\t18\t24\t")


def test_evaluate_says_what_cannot_be_told(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "ham.jsonl"
    path.write_text('{"label": "ham", "comment_content": "Halo"}')

    row = run("evaluate", str(path), "--start", "empty").stdout.splitlines()[1]

    assert row.split("\t")[3] == "none"


def test_evaluate_fails_for_a_file_that_is_not_there(run: Run) -> None:
    result = run("evaluate", "nowhere.jsonl")

    assert result.exit_code == 1
    assert "nowhere.jsonl" in result.stderr


def test_evaluate_shows_how_far_it_is_on_a_terminal(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)

    with laboratory._progress() as progress:
        assert progress is not None
        progress("labelled.jsonl", 1, 2)
        progress("labelled.jsonl", 2, 2)

    assert "labelled.jsonl" in capsys.readouterr().err


@pytest.mark.slow
def test_train_writes_the_same_model_each_time(
    run: Run, corpus: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("saring.training_rows._OWN_PER_LINE", 1)
    folder = str(Path(corpus).parent)

    first = run("train", folder, "--out", str(tmp_path / "a.weights"))
    second = run("train", folder, "--out", str(tmp_path / "b.weights"), "--json")

    assert first.stdout == f"sha256:{json.loads(second.stdout)['sha256']}\n"
    weights = (tmp_path / "a.weights").read_bytes()
    assert weights == (tmp_path / "b.weights").read_bytes()


def test_train_fails_for_a_folder_without_labels(run: Run, tmp_path: Path) -> None:
    result = run("train", str(tmp_path), "--out", str(tmp_path / "a.weights"))

    assert result.exit_code == 1
    assert "no labelled files" in result.stderr


def test_train_says_at_once_that_its_result_cannot_be_kept(
    run: Run, corpus: str, tmp_path: Path
) -> None:
    out = tmp_path / "nowhere" / "a.weights"

    result = run("train", str(Path(corpus).parent), "--out", str(out))

    assert result.exit_code == 2
    assert "there is no folder" in result.stderr


def test_train_fails_for_a_folder_that_is_not_there(run: Run) -> None:
    assert run("train", "nowhere", "--out", "a.weights").exit_code == 2


@pytest.mark.slow
def test_demo_shows_comments_and_two_corrections(run: Run) -> None:
    result = run("demo")

    assert result.exit_code == 0
    assert "slot gacor" in result.stdout
    assert "The server has stopped and its store is gone." in result.stdout
