"""Base models that have never seen a family of sources, to be judged by that family."""

import hashlib
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.accuracy import saring

from saring.classifiers.base import BaseModel, manifest_path
from saring.training import train

FAMILIES: dict[str, tuple[str, ...]] = {
    "gambling": ("id_judol_", "id_livechat_"),
    "short messages": ("id_sms", "en_sms_", "th_sms"),
    "Telegram": ("ru_telegram", "zh_telegram", "tgspam_"),
    "blogs": ("blog_", "mademistakes_"),
    "social media": ("yt_", "id_instagram", "uci_youtube"),
}


def family_of(name: str) -> str | None:
    """Return the family of a file of labelled comments; None if it has none.

    Example:
        >>> family_of("th_sms.jsonl.gz")
        'short messages'

    """
    for family, beginnings in FAMILIES.items():
        if name.startswith(beginnings):
            return family
    return None


def left_out(folder: Path, family: str) -> Iterator[Path]:
    """Yield the files of train/ and dev/ that belong to a family."""
    for part in ("train", "dev"):
        for path in sorted((folder / part).glob("*.jsonl*")):
            if family_of(path.name) == family:
                yield path


def model_without(folder: Path, family: str, kept: Path) -> Path:
    """Return the file of a base model without a family, trained unless it is kept.

    It is trained as the shipped one is. The family's files of dev, by which cutoffs and
    calibration are chosen, are left out too.
    """
    name = hashlib.sha256(f"{saring.identity()} {family}".encode()).hexdigest()[:40]
    path = kept / f"{name}.weights"
    # The manifest is written last.
    if not manifest_path(path).is_file():
        path.parent.mkdir(parents=True, exist_ok=True)
        train_without(folder, set(left_out(folder, family))).save(path)
    return path


def train_without(folder: Path, files: set[Path]) -> BaseModel:
    """Return a base model of all files of train/ and dev/ but these."""
    with tempfile.TemporaryDirectory(prefix="saring-accuracy-") as temporary:
        for part in ("train", "dev"):
            place = Path(temporary) / part
            place.mkdir()
            for path in (folder / part).glob("*.jsonl*"):
                if path not in files:
                    (place / path.name).symlink_to(path.resolve())
        out = Path(temporary) / "base.weights"
        train(Path(temporary) / "train", out)
        return BaseModel.load(out)
