"""`make bench-poison`: wrong labels, hostile labels, and labels of one class alone.

What comes out are docs/benchmarks/poison.md, the picture beside it and poison.json.
Parts that are named (noise, attacks, drift, undone) are measured alone, all others
stay.
"""

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec
from benchmarks.poison.picture import draw
from benchmarks.poison.report import lost, page
from benchmarks.poison.results import Results
from benchmarks.poison.trials import attacks, drift, noise
from benchmarks.poison.undoing import undone

ROOT = Path(__file__).parents[2]
OUT = ROOT / "docs" / "benchmarks"
JSON = OUT / "poison.json"
MEASURES: dict[str, Callable[[Path], object]] = {
    "noise": noise,
    "attacks": attacks,
    "drift": drift,
    "undone": undone,
}


def main(parts: Sequence[str]) -> None:
    """Measure all parts, or those that are named, and write the page."""
    data = Path(os.environ.get("SARING_DATA") or ROOT / ".." / "shared" / "data")
    if not (data / "dev").is_dir():
        sys.exit(f"There are no labelled comments in {data}; set SARING_DATA")
    found = {part: MEASURES[part](data / "dev") for part in parts or MEASURES}
    results = Results()
    if JSON.exists():
        results = msgspec.json.decode(JSON.read_bytes(), type=Results)
    results = msgspec.structs.replace(results, **found)
    told = msgspec.json.encode(results)
    JSON.write_bytes(msgspec.json.format(told, indent=1) + b"\n")
    missing = [part for part in MEASURES if not getattr(results, part)]
    if missing:
        sys.exit(f"The page waits for these parts as well: {' '.join(missing)}")
    straight = {
        (one.stream, one.start): one for one in results.noise if one.way == "0%"
    }
    draw([(one, lost(one, straight)) for one in results.attacks], OUT / "poison.svg")
    (OUT / "poison.md").write_text(page(results), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
