"""`make bench-budget`: does the error budget keep its promise?

Thousands of sites are made up and the promise of each is held against the truth, which
only a made-up site knows; then the same on labelled streams in time order. What comes
out are docs/benchmarks/budget.md, the pictures beside it and budget.json. Parts that
are named (made_up, streams, reliability) are measured alone, the others stay.
"""

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec
from benchmarks.budget.picture import draw_realised, draw_reliability
from benchmarks.budget.reliability import reliabilities
from benchmarks.budget.report import page
from benchmarks.budget.results import Results
from benchmarks.budget.simulation import made_up_sites
from benchmarks.budget.streams import streams

ROOT = Path(__file__).parents[2]
OUT = ROOT / "docs" / "benchmarks"
JSON = OUT / "budget.json"


def main(parts: Sequence[str]) -> None:
    """Measure all parts, or those that are named, and write the page."""
    data = Path(os.environ.get("SARING_DATA") or ROOT / ".." / "shared" / "data")
    if not (data / "dev").is_dir():
        sys.exit(f"There are no labelled comments in {data}; set SARING_DATA")
    results = read_results()
    measures: dict[str, Callable[[], object]] = {
        "made_up": made_up_sites,
        "streams": lambda: streams(data / "dev"),
        "reliability": lambda: reliabilities(data / "dev"),
    }
    for part in parts or measures:
        results = msgspec.structs.replace(results, **{part: measures[part]()})
    told = msgspec.json.encode(results)
    JSON.write_bytes(msgspec.json.format(told, indent=1) + b"\n")
    draw_realised(results.made_up, OUT / "budget.svg")
    if results.reliability:
        draw_reliability(results.reliability, OUT / "reliability.svg")
    (OUT / "budget.md").write_text(page(results), encoding="utf-8")


def read_results() -> Results:
    """Return what was measured last."""
    if not JSON.exists():
        return Results()
    return msgspec.json.decode(JSON.read_bytes(), type=Results)


if __name__ == "__main__":
    main(sys.argv[1:])
