"""One program, one run, one page: the command line of the disguise benchmark."""

import importlib.metadata
import json
import os
import platform
import sys
from datetime import UTC, datetime
from pathlib import Path

import click
from benchmarks.disguise.corpus import ROOT, SETS, data_folder, read_set
from benchmarks.disguise.kindness import greet
from benchmarks.disguise.picture import draw_losses
from benchmarks.disguise.report import bar_rows, write_markdown
from benchmarks.disguise.results import Results
from benchmarks.disguise.trial import Manner, Told, count, judge
from benchmarks.speed.report import table

from saring.classifiers.base import BaseModel

_QUICK_ROWS = 600


@click.command()
@click.option("--quick", is_flag=True, help="The first rows only, for a first look.")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder of the report; docs/benchmarks for a full run, else none.",
)
def main(*, quick: bool, out: Path | None) -> None:
    """Measure what disguise hides from the filter, and whom it harms."""
    folder, base = data_folder(), BaseModel.load_shipped()
    results = Results(facts=_facts(base))
    manners = [
        Manner("base", base, learns=False),
        Manner("base, plain learned", base, learns=True),
        Manner("empty, plain learned", BaseModel.empty(), learns=True),
    ]
    for name in SETS:
        rows = read_set(folder, name)[: _QUICK_ROWS if quick else None]
        plain, judged = judge(rows, manners, _progress(name))
        for manner, margins in zip(manners, judged, strict=True):
            results.outcomes[name, manner.name] = count(plain, margins, base.cutoffs)
    results.kindness = greet(base, read_set(folder, SETS[0]))
    print(table(("what", "bar", "measured", "outcome"), bar_rows(results)))
    out = out or (None if quick else ROOT / "docs/benchmarks")
    if out is not None:
        write(results, out)


def write(results: Results, out: Path) -> None:
    """Write page, numbers and picture into a folder."""
    out.mkdir(parents=True, exist_ok=True)
    (out / "disguise.md").write_text(write_markdown(results), encoding="utf-8")
    text = json.dumps(results.to_json(), indent=1, ensure_ascii=False)
    (out / "disguise.json").write_text(text + "\n", encoding="utf-8")
    draw_losses(results, out / "disguise.svg")
    print(f"written to {out}")


def _facts(base: BaseModel) -> dict[str, str]:
    return {
        "date": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        "machine": f"{platform.machine()}, {os.cpu_count()} cores; "
        "the figures do not depend on it",
        "Python": platform.python_version(),
        "saring": importlib.metadata.version("saring"),
        "base model": base.digest[:23],
        "cutoff as shipped": f"{base.cutoffs.spam:.3f}",
    }


def _progress(name: str) -> Told:
    def tell(done: int, total: int) -> None:
        if sys.stderr.isatty() and done % 100 == 0:
            print(f"\r{name} {done:,} of {total:,}", end="", file=sys.stderr)

    return tell
