"""Base model: the weights that a classifier starts from, and what is known of them.

A model is two files: the quantised weights, packed, and beside them a manifest in JSON
that names its inputs and holds its calibration, its cutoffs and its numbers.
"""

import hashlib
from functools import cache, cached_property
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any, Self

import msgspec
import numpy as np
from numpy.typing import NDArray

from saring.classifiers.calibration import Calibration
from saring.classifiers.fixed import ONE, log_odds_of
from saring.errors import ModelError
from saring.features.slots import FEATURE_VERSION, SLOT_BITS
from saring.verdict import Cutoffs

SLOT_COUNT = 1 << SLOT_BITS
MODEL_FORMAT = 1
WEIGHT_BITS = 10
"""A weight counts in units of 2**-10 of log-odds, before the length is divided out."""

WEIGHT_LIMIT = (1 << 14) - 1
"""No weight lies further from 0; so that two of them still fit into 16 bits."""

UNTAUGHT_CUTOFFS = Cutoffs(unsure=0.5, spam=0.51, discard=0.9999)
"""Of a filter that knows only what its site taught it: 0.5 itself is unsure."""

UNTAUGHT_LINE = Calibration(slope=6 * ONE // 8)
"""Of such a filter: what people teach is learned in margins of 4/3."""

Weights = NDArray[np.int16]

_SHIPPED = "base.weights"
# How far past a cutoff a label moves the comment it was given for, in log-odds.
_CLEARANCE = ONE // 8


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """All about a model but its weights.

    Attributes:
        sha256: Of the file of weights; empty for the model that knows nothing.
        quantum: The unit of the stored weights, in units of a weight.
        inputs: The labelled files it was made from, with the sha256 of each.
        dev: Those that calibration, cutoffs and numbers come from, likewise.
        settings: What it was trained with.
        numbers: What it reaches on files that it was not trained on, without learning.
    """

    format: int = MODEL_FORMAT
    feature_version: int = FEATURE_VERSION
    sha256: str = ""
    quantum: int = 1
    calibration: Calibration = Calibration()
    cutoffs: Cutoffs = UNTAUGHT_CUTOFFS
    seed: int = 0
    inputs: dict[str, str] = {}
    dev: dict[str, str] = {}
    settings: dict[str, Any] = {}
    numbers: dict[str, Any] = {}


class BaseModel:
    """Weights to start from, read-only and shared by every classifier over them."""

    def __init__(self, manifest: Manifest, weights: Weights) -> None:
        self.manifest = manifest
        self.weights = weights
        self.weights.flags.writeable = False
        self.calibration = manifest.calibration
        self.cutoffs = manifest.cutoffs

    def __deepcopy__(self, _memo: object) -> Self:
        """Return itself: it never changes."""
        return self

    def targets(self, line: Calibration) -> tuple[int, int]:
        """Return the margins (in 2**-16) where a comment is surely published and held.

        Args:
            line: What turns margins into log-odds, the base model's own or a later one.
        """
        unsure, spam = self._cutoff_log_odds
        return line.margin(unsure) - _CLEARANCE, line.margin(spam) + _CLEARANCE

    @cached_property
    def _cutoff_log_odds(self) -> tuple[int, int]:
        return log_odds_of(self.cutoffs.unsure), log_odds_of(self.cutoffs.spam)

    @cached_property
    def digest(self) -> str:
        """Return `sha256:…` of all that can change a score."""
        return f"sha256:{hashlib.sha256(encode_manifest(self.manifest)).hexdigest()}"

    @classmethod
    def empty(cls) -> Self:
        """Return the model that knows nothing: every score is 0.5."""
        return cls(Manifest(calibration=UNTAUGHT_LINE), np.zeros(SLOT_COUNT, np.int16))

    @classmethod
    @cache
    def load_shipped(cls) -> Self:
        """Return the model that the package ships.

        Raises:
            ModelError: The package's files are damaged.
        """
        with as_file(files("saring.classifiers") / "data") as folder:
            return cls.load(folder / _SHIPPED)

    @classmethod
    def load(cls, path: Path) -> Self:
        """Return the model in a file of weights and the manifest beside it.

        Raises:
            ModelError: A file is missing or damaged, or was made for another version
                of the features.
        """
        try:
            manifest = read_manifest(path)
            packed = path.read_bytes()
        except OSError as error:
            raise ModelError(f"{path} cannot be read: {error}") from error
        if hashlib.sha256(packed).hexdigest() != manifest.sha256:
            raise ModelError(f"{path} is not the file that its manifest names")
        return cls(manifest, unpack(packed, manifest.quantum))

    def save(self, path: Path) -> Manifest:
        """Write the file of weights and the manifest beside it; return the latter.

        Weights are stored as multiples of the manifest's quantum, as `pack` does.
        """
        packed = pack(self.weights, self.manifest.quantum)
        manifest = msgspec.structs.replace(
            self.manifest, sha256=hashlib.sha256(packed).hexdigest()
        )
        path.write_bytes(packed)
        manifest_path(path).write_bytes(
            msgspec.json.format(encode_manifest(manifest), indent=1) + b"\n"
        )
        return manifest


def manifest_path(path: Path) -> Path:
    """Return where the manifest of a file of weights lies."""
    return path.with_suffix(".json")


def encode_manifest(manifest: Manifest) -> bytes:
    """Return a manifest as JSON, always in the same bytes."""
    return msgspec.json.encode(manifest, order="sorted")


def read_manifest(path: Path) -> Manifest:
    """Return the manifest beside a file of weights.

    Raises:
        ModelError: It is no manifest, or not one for this program.
        OSError: It cannot be read.
    """
    try:
        manifest = msgspec.json.decode(manifest_path(path).read_bytes(), type=Manifest)
    except (msgspec.DecodeError, UnicodeDecodeError, ValueError) as error:
        raise ModelError(f"{manifest_path(path)} is no manifest: {error}") from error
    made_for = (manifest.format, manifest.feature_version)
    if made_for != (MODEL_FORMAT, FEATURE_VERSION):
        raise ModelError(
            f"{path} is of format and features {made_for}; "
            f"this program has {(MODEL_FORMAT, FEATURE_VERSION)}"
        )
    return manifest


def pack(weights: Weights, quantum: int) -> bytes:
    """Return weights as packed multiples of a quantum, of one byte each.

    First one bit for each slot, set where there is a weight, then those weights: nearly
    as small as zlib makes them, and read in a fifth of the time. What lies past 127
    quanta is cut; what is closest to none is dropped.
    """
    quanta = _quanta(weights, quantum)
    packed: bytes = np.packbits(quanta != 0).tobytes() + quanta[quanta != 0].tobytes()
    return packed


def requantised(weights: Weights, quantum: int) -> Weights:
    """Return weights as they are after `pack` and `unpack`."""
    return _quanta(weights, quantum) * np.int16(quantum)


def _quanta(weights: Weights, quantum: int) -> NDArray[np.int8]:
    nearest = (weights.astype(np.int32) + quantum // 2) // quantum
    return np.clip(nearest, -127, 127).astype(np.int8)


def unpack(packed: bytes, quantum: int) -> Weights:
    """Return the weights that `pack` wrote.

    Raises:
        ModelError: The bytes are damaged.
    """
    bits, quanta = packed[: SLOT_COUNT // 8], packed[SLOT_COUNT // 8 :]
    is_set = np.unpackbits(np.frombuffer(bits, np.uint8)).view(np.bool_)
    slots = is_set.nonzero()[0]
    if len(is_set) != SLOT_COUNT or len(slots) != len(quanta):
        raise ModelError("the file of weights is damaged: its parts do not fit")
    weights = np.zeros(SLOT_COUNT, np.int16)
    weights[slots] = np.frombuffer(quanta, np.int8) * np.int16(quantum)
    return weights
