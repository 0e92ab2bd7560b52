import gzip
import json
from pathlib import Path

import numpy as np
import pytest

from saring.classifiers.base import BaseModel, manifest_path
from saring.classifiers.calibration import Calibration
from saring.classifiers.fixed import ONE, probability
from saring.comment import Comment
from saring.engine import Engine
from saring.errors import CorpusError
from saring.training import Margins, choose_cutoffs, train
from saring.verdict import Verdict


def write(path: Path, first: int, count: int) -> None:
    """Write as many spam and ham comments of our own."""
    path.parent.mkdir(exist_ok=True)
    rows = [
        {"comment_content": text, "label": label}
        for number in range(first, first + count)
        for text, label in (
            (f"Bonus gacor {number} daftar sekarang juga di situs kami", "spam"),
            (f"Resep nomor {number} enak sekali, terima kasih Bu Alice", "ham"),
        )
    ]
    packed = gzip.compress("\n".join(map(json.dumps, rows)).encode())
    path.write_bytes(packed)


@pytest.fixture(autouse=True)
def few_lines_of_our_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """Write each line out once instead of twenty times: in seconds, not in minutes."""
    monkeypatch.setattr("saring.training_rows._OWN_PER_LINE", 1)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    write(tmp_path / "train" / "a.jsonl.gz", 0, 40)
    write(tmp_path / "train" / "b.jsonl.gz", 40, 40)
    write(tmp_path / "dev" / "c.jsonl.gz", 80, 40)
    return tmp_path


def test_train_gives_the_same_bytes_twice(data: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "first.weights", tmp_path / "second.weights"

    train(data / "train", first, seed=3)
    train(data / "train", second, seed=3)

    assert first.read_bytes() == second.read_bytes()
    assert manifest_path(first).read_bytes() == manifest_path(second).read_bytes()


def test_train_makes_a_model_that_judges(data: Path, tmp_path: Path) -> None:
    out = tmp_path / "base.weights"
    train(data / "train", out)

    engine = Engine(BaseModel.load(out))

    spam = engine.check(Comment(content="Daftar bonus gacor di situs kami"))
    ham = engine.check(Comment(content="Terima kasih, resep enak sekali"))
    assert spam.verdict.is_held
    assert ham.verdict is Verdict.HAM


def test_train_names_its_inputs_and_its_numbers(data: Path, tmp_path: Path) -> None:
    manifest = train(data / "train", tmp_path / "base.weights")

    assert set(manifest.inputs) == {"a.jsonl.gz", "b.jsonl.gz"}
    assert set(manifest.dev) == {"c.jsonl.gz"}
    assert manifest.numbers["c.jsonl.gz"]["f1"] > 0.9
    assert 0 < manifest.cutoffs.unsure <= manifest.cutoffs.spam < 1


def test_train_without_dev_keeps_the_usual_cutoffs(data: Path, tmp_path: Path) -> None:
    manifest = train(data / "dev", tmp_path / "base.weights")

    assert manifest.calibration == Calibration()
    assert manifest.numbers == {}


def test_train_tells_how_far_it_is(data: Path, tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []

    train(
        data / "train",
        tmp_path / "base.weights",
        progress=lambda *step: told.append(step),
    )

    assert {what for what, done, total in told if done == total} == {
        "reading",
        "learning",
        "measuring",
    }


def test_train_refuses_a_folder_without_labelled_files(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="no labelled files"):
        train(tmp_path, tmp_path / "base.weights")


def test_cutoffs_keep_to_their_shares_in_every_file() -> None:
    chance = np.random.default_rng(0)
    judged = [
        Margins(
            np.sort(chance.normal(mean, 1, 2_000)), np.sort(chance.normal(2, 1, 999))
        )
        for mean in (-3, -2)
    ]

    cutoffs = choose_cutoffs(judged, [0.01, 0.01], Calibration())

    for ham, spam in judged:
        scores, spam_scores = (
            np.array([probability(round(margin * ONE)) for margin in part])
            for part in (ham, spam)
        )
        assert (scores >= cutoffs.spam).mean() <= 0.01
        assert (scores >= cutoffs.discard).mean() <= 0.0005
        for part in (scores, spam_scores):
            is_unsure = (part >= cutoffs.unsure) & (part < cutoffs.spam)
            assert is_unsure.mean() <= 0.026


def test_cutoffs_of_files_of_one_class_are_in_order() -> None:
    nothing, some = np.array([]), np.array([-1.0, 0.0, 1.0])

    cutoffs = choose_cutoffs(
        [Margins(some, nothing), Margins(some, some)], [0.01, 0.01], Calibration()
    )

    assert cutoffs.unsure <= cutoffs.spam <= cutoffs.discard
