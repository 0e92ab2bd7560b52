"""`make bench-budget`: does the error budget keep its promise?

Thousands of sites are made up and the promise of each is held against the truth, which
only a made-up site knows; then the same on labelled streams in time order. What comes
out are docs/benchmarks/budget.md, the pictures beside it and budget.json.
"""

import os
import sys
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


def main() -> None:
    """Measure and write the page."""
    data = Path(os.environ.get("SARING_DATA") or ROOT / ".." / "shared" / "data")
    if not (data / "dev").is_dir():
        sys.exit(f"There are no labelled comments in {data}; set SARING_DATA")
    results = Results(
        made_up=made_up_sites(),
        streams=streams(data / "dev"),
        reliability=reliabilities(data / "dev"),
    )
    told = msgspec.json.encode(results)
    (OUT / "budget.json").write_bytes(msgspec.json.format(told, indent=1) + b"\n")
    draw_realised(results.made_up, OUT / "budget.svg")
    draw_reliability(results.reliability, OUT / "reliability.svg")
    (OUT / "budget.md").write_text(page(results), encoding="utf-8")


if __name__ == "__main__":
    main()
