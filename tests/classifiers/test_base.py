from pathlib import Path

import msgspec
import numpy as np
import pytest

from saring.classifiers.base import (
    SLOT_COUNT,
    BaseModel,
    Manifest,
    manifest_path,
    pack,
    requantised,
    unpack,
)
from saring.classifiers.fixed import probability
from saring.errors import ModelError


@pytest.fixture
def model() -> BaseModel:
    weights = np.zeros(SLOT_COUNT, np.int16)
    weights[[1, 5, 9]] = [640, -320, 64]
    return BaseModel(Manifest(quantum=64), weights)


@pytest.fixture
def saved(model: BaseModel, tmp_path: Path) -> Path:
    path = tmp_path / "base.weights"
    model.save(path)
    return path


def test_load_gives_what_was_saved(model: BaseModel, saved: Path) -> None:
    loaded = BaseModel.load(saved)

    assert (loaded.weights == model.weights).all()


def test_save_gives_the_same_bytes_twice(model: BaseModel, saved: Path) -> None:
    again = saved.with_name("again.weights")

    model.save(again)

    assert again.read_bytes() == saved.read_bytes()
    assert manifest_path(again).read_bytes() == manifest_path(saved).read_bytes()


def test_weights_are_read_only(model: BaseModel) -> None:
    with pytest.raises(ValueError, match="read-only"):
        model.weights[0] = 1


def test_requantised_is_what_unpacking_gives() -> None:
    weights = np.zeros(SLOT_COUNT, np.int16)
    weights[:5] = [31, 32, -33, 16_000, -16_000]

    unpacked = unpack(pack(weights, 64), 64)

    assert (unpacked == requantised(weights, 64)).all()
    assert unpacked[:5].tolist() == [0, 64, -64, 127 * 64, -127 * 64]


def test_targets_lie_past_the_cutoffs(model: BaseModel) -> None:
    line = model.calibration

    ham, spam = model.targets(line)

    assert probability(line.log_odds(ham)) < model.cutoffs.unsure
    assert probability(line.log_odds(spam)) > model.cutoffs.spam


def test_digest_differs_with_the_calibration(model: BaseModel) -> None:
    changed = msgspec.structs.replace(model.manifest, seed=1)

    assert BaseModel(changed, model.weights).digest != model.digest
    assert model.digest.startswith("sha256:")


def test_load_refuses_other_weights_than_the_manifest_names(saved: Path) -> None:
    saved.write_bytes(saved.read_bytes() + b"x")

    with pytest.raises(ModelError, match="not the file"):
        BaseModel.load(saved)


def test_load_refuses_another_feature_version(saved: Path) -> None:
    path = manifest_path(saved)
    manifest = msgspec.json.decode(path.read_bytes())
    path.write_bytes(msgspec.json.encode({**manifest, "feature_version": 99_999}))

    with pytest.raises(ModelError, match="this program has"):
        BaseModel.load(saved)


@pytest.mark.parametrize("content", [b"", b"[]", b"{\xff}", b'{"cutoffs": 3}'])
def test_load_refuses_what_is_no_manifest(saved: Path, content: bytes) -> None:
    manifest_path(saved).write_bytes(content)

    with pytest.raises(ModelError, match="no manifest"):
        BaseModel.load(saved)


def test_load_refuses_what_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="cannot be read"):
        BaseModel.load(tmp_path / "none.weights")


@pytest.mark.parametrize("change", ["", "short", "long"])
def test_unpack_refuses_damaged_weights(model: BaseModel, change: str) -> None:
    packed = pack(model.weights, 64)
    damaged = {"": b"", "short": packed[:-1], "long": packed + b"x"}[change]

    with pytest.raises(ModelError, match="do not fit"):
        unpack(damaged, 64)


def test_shipped_model_is_small_and_tells_its_inputs() -> None:
    model = BaseModel.load_shipped()

    assert model is BaseModel.load_shipped()
    assert len(model.manifest.inputs) == 16
    assert set(model.manifest.numbers) == set(model.manifest.dev)
    assert model.weights.any()
