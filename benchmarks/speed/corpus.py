"""Labelled comments for the load, in a mix of languages near to real traffic.

They are read from SARING_DATA when the benchmark runs and never leave its folder.
"""

import gzip
import json
import os
import random
from pathlib import Path
from typing import Any

from benchmarks.speed.plan import ROOT

Row = dict[str, Any]

# A publisher in Indonesia: half of the readers write Indonesian, a third English,
# and the spam of the world comes on top.
MIX: dict[str, tuple[float, tuple[str, ...]]] = {
    "Indonesian": (0.50, ("train/id_*", "dev/id_*")),
    "English": (0.30, ("train/blog_*", "dev/blog_*", "train/yt_*", "train/en_*")),
    "Russian": (0.08, ("train/ru_*",)),
    "Chinese": (0.06, ("train/zh_*",)),
    "Thai": (0.06, ("train/th_*",)),
}


def data_folder() -> Path:
    """Return the folder of labelled comments.

    Raises:
        SystemExit: It is not there; the text says how to name it.
    """
    folder = Path(os.environ.get("SARING_DATA", ROOT.parent / "shared" / "data"))
    if not (folder / "train").is_dir():
        raise SystemExit(
            f"No labelled comments at {folder}: set SARING_DATA to the folder that "
            "holds train/ and dev/; the speed benchmark sends real comments."
        )
    return folder


def read_rows(path: Path) -> list[Row]:
    """Return the rows of one `.jsonl.gz` file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def read_pools(folder: Path, chance: random.Random) -> dict[str, list[Row]]:
    """Return the shuffled rows of each language of the mix."""
    pools: dict[str, list[Row]] = {}
    for language, (_, patterns) in MIX.items():
        paths = [path for pattern in patterns for path in folder.glob(f"{pattern}.gz")]
        pools[language] = [row for path in sorted(paths) for row in read_rows(path)]
        chance.shuffle(pools[language])
    return pools


def draw(pools: dict[str, list[Row]], count: int, chance: random.Random) -> list[Row]:
    """Take about `count` different rows out of the pools, in the mix of languages.

    The rows taken are gone from the pools, so that what is learned and what is
    checked are different comments. A pool that runs dry gives what it has.
    """
    taken: list[Row] = []
    for language, (share, _) in MIX.items():
        wanted = round(count * share)
        taken += pools[language][:wanted]
        del pools[language][:wanted]
    chance.shuffle(taken)
    return taken
