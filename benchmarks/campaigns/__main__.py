"""`python -m benchmarks.campaigns`: the simulation, its page and its pictures."""

import argparse
import os
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from benchmarks.campaigns import picture, report
from benchmarks.campaigns.backwards import Marking, decide_backwards
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


def run_seed(seed: int) -> tuple[Runs, Marking]:
    """Return what comes of one stream, and of deciding its campaigns backwards."""
    stream = make_stream(seed)
    return run_all(stream), decide_backwards(stream)


def main() -> None:
    """Run all seeds and write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--out", type=Path, default=PAGES)
    options = parser.parse_args()
    began = time.perf_counter()
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        found = [*pool.map(run_seed, range(options.seeds))]
    print(f"{options.seeds} seeds: {time.perf_counter() - began:.0f} s")
    runs, markings = [one for one, _ in found], [one for _, one in found]
    places = {
        name: [outcome for one in runs for outcome in one.outcomes[name]]
        for name in LATER
    }
    shares = {
        name: split(places[name], later, lambda one: one.strength)
        for name, later in LATER.items()
    }
    options.out.mkdir(parents=True, exist_ok=True)
    picture.draw_places(places, options.out / "campaigns-places.svg")
    picture.draw_mutations(
        shares, [*MUTATIONS], options.out / "campaigns-mutations.svg"
    )
    page = options.out / "campaigns.md"
    page.write_text(report.write(runs, markings, make_stream(0)), "utf-8")
    print(page)


if __name__ == "__main__":
    main()
