"""One program, one run, one table: the command line of the speed benchmark."""

import json
import tempfile
from pathlib import Path

import click
from benchmarks.speed import machine
from benchmarks.speed.bars import bar_rows
from benchmarks.speed.bench import Bench
from benchmarks.speed.contestants import RSPAMD, TRIAL, TWO_WORKERS
from benchmarks.speed.picture import draw_rates
from benchmarks.speed.plan import FULL, QUICK, ROOT
from benchmarks.speed.report import (
    RATE_HEADS,
    rate_rows,
    table,
    to_json,
    write_markdown,
)
from benchmarks.speed.results import Results


@click.command()
@click.option(
    "--quick", is_flag=True, help="A run of about a minute, for a first look."
)
@click.option("--without", multiple=True, help="Leave a server out, by its name.")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder of the report; docs/benchmarks for a full run, else none.",
)
@click.option("--profile", is_flag=True, help="Where Saring's time goes, step by step.")
def main(
    *, quick: bool, without: tuple[str, ...], out: Path | None, profile: bool
) -> None:
    """Measure Saring's speed beside its neighbours on this machine."""
    machine.need_tools()
    if profile:
        without = (*without, RSPAMD, TRIAL, TWO_WORKERS)
    with tempfile.TemporaryDirectory(prefix="saring-speed-") as folder:
        bench = Bench(QUICK if quick or profile else FULL, Path(folder), without)
        bench.prepare()
        if profile:
            bench.profile()
            return
        bench.measure_servers()
        bench.measure_singles()
    finish(
        bench.results, out or (None if quick or without else ROOT / "docs/benchmarks")
    )


def finish(results: Results, out: Path | None) -> None:
    """Print the table and the bars, and write the report where one is wanted."""
    print(table(RATE_HEADS, rate_rows(results)), end="\n\n")
    print(table(("what", "bar", "measured", "outcome"), bar_rows(results.numbers())))
    if out is not None:
        write(results, out)
    if faults := results.all_faults():
        # Slow is no failure; an answer that was no verdict, or is not recorded, is one.
        raise SystemExit("Not to be believed: " + "; ".join(faults))


def write(results: Results, out: Path) -> None:
    """Write page, numbers and picture into a folder."""
    out.mkdir(parents=True, exist_ok=True)
    (out / "speed.md").write_text(write_markdown(results), encoding="utf-8")
    text = json.dumps(to_json(results), indent=1, ensure_ascii=False)
    (out / "speed.json").write_text(text + "\n", encoding="utf-8")
    draw_rates(results, out / "speed.svg")
    print(f"written to {out}")
