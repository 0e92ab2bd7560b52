"""`python -m benchmarks.campaigns`: the simulation, its page and its pictures."""

import argparse
import time
from pathlib import Path

from benchmarks.campaigns import picture, report
from benchmarks.campaigns.backwards import decide_backwards
from benchmarks.campaigns.measures import (
    Runs,
    after_crowd,
    after_labels,
    run_all,
    split,
)
from benchmarks.campaigns.mutations import MUTATIONS
from benchmarks.campaigns.stream import make_stream

PAGES = Path(__file__).parents[2] / "docs" / "benchmarks"
LATER = {
    "classifier alone": after_crowd,
    "nobody labels": after_crowd,
    "three labelled, classifier learns nothing": after_labels,
}


def main() -> None:
    """Run all seeds and write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--out", type=Path, default=PAGES)
    options = parser.parse_args()
    runs: list[Runs] = []
    for seed in range(options.seeds):
        began = time.perf_counter()
        runs.append(run_all(make_stream(seed)))
        print(f"seed {seed}: {time.perf_counter() - began:.0f} s")
    stream = make_stream(0)
    marking = decide_backwards(stream)
    shares = {
        name: split(runs[0].outcomes[name], later, lambda one: one.strength)
        for name, later in LATER.items()
    }
    options.out.mkdir(parents=True, exist_ok=True)
    places = {
        name: [outcome for one in runs for outcome in one.outcomes[name]]
        for name in LATER
    }
    picture.draw_places(places, options.out / "campaigns-places.svg")
    picture.draw_mutations(
        shares, [*MUTATIONS], options.out / "campaigns-mutations.svg"
    )
    page = options.out / "campaigns.md"
    page.write_text(report.write(runs, marking, stream), "utf-8")
    print(page)


if __name__ == "__main__":
    main()
