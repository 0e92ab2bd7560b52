"""One program, one run, one page: the command line of the accuracy benchmark."""

import dataclasses
import math
import shutil
import time
from pathlib import Path

import click
from benchmarks.accuracy import saring
from benchmarks.accuracy.bars import judge
from benchmarks.accuracy.laboratory import make_runs
from benchmarks.accuracy.looks import Look, add_look, read_looks, write_numbers
from benchmarks.accuracy.peers.table import peers
from benchmarks.accuracy.pictures import draw
from benchmarks.accuracy.plan import CACHE, FULL, OUT, QUICK, Plan
from benchmarks.accuracy.report import Page, to_json, write_markdown
from benchmarks.accuracy.results import Results
from benchmarks.accuracy.runs import Kept
from benchmarks.accuracy.streams import read_streams
from benchmarks.accuracy.tasks import Desk
from benchmarks.accuracy.work import plan_tasks
from benchmarks.speed.corpus import data_folder
from benchmarks.speed.machine import need_tools
from benchmarks.speed.report import table


@click.command()
@click.option("--quick", is_flag=True, help="Some rows of dev only, for a first look.")
@click.option("--dev", is_flag=True, help="All of dev only, which is for trying.")
@click.option("--without", multiple=True, help="Leave a filter out, by its name.")
@click.option(
    "--minutes",
    type=click.FloatRange(min=0),
    default=math.inf,
    help="Begin nothing after so many; what is missing is told as missing.",
)
@click.option(
    "--fresh", is_flag=True, help="Forget the runs that are kept from before."
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder of the report; docs/benchmarks for a full run, else none.",
)
def main(  # noqa: PLR0913 - one for each option
    *,
    quick: bool,
    dev: bool,
    without: tuple[str, ...],
    minutes: float,
    fresh: bool,
    out: Path | None,
) -> None:
    """Measure Saring's judgement beside its peers, on labelled comments."""
    plan = QUICK if quick else FULL
    until = time.monotonic() + 60 * minutes
    if dev:
        plan = dataclasses.replace(plan, parts=("dev",))
    is_full = not (quick or dev or without)
    folder = out or (OUT if is_full else None)
    told = OUT / "accuracy.json"
    is_look = "benchmark" in plan.parts
    looks = add_look(told, saring.identity()) if is_look else read_looks(told)
    desk = open_desk(plan, without, is_fresh=fresh)
    finish(measure(desk, plan, until), looks, folder)


def open_desk(plan: Plan, without: tuple[str, ...], *, is_fresh: bool) -> Desk:
    """Return the streams and the filters, those left out by a name excepted."""
    left = [word.casefold() for word in without]
    makers = {
        maker.name: maker
        for maker in peers()
        if not any(word in maker.name.casefold() for word in left)
    }
    tools = [maker.tool for maker in makers.values() if maker.tool]
    need_tools(dict(zip(tools, tools, strict=True)))
    if is_fresh:
        shutil.rmtree(CACHE, ignore_errors=True)
    data = data_folder()
    identities = {name: maker.identity() for name, maker in makers.items()}
    return Desk(
        data,
        {stream.title: stream for stream in read_streams(data, plan)},
        makers,
        identities | {saring.NAME: saring.identity()},
        Kept(CACHE),
    )


def measure(desk: Desk, plan: Plan, until: float) -> Page:
    """Make every run of the plan."""
    makers = list(desk.makers.values())
    tasks = plan_tasks(desk.streams.values(), makers, plan)
    runs = make_runs(desk, tasks, until)
    return Page(Results(desk.streams, runs), makers, len(tasks) - len(runs))


def finish(page: Page, looks: list[Look], out: Path | None) -> None:
    """Print the bars, and write the report where one is wanted."""
    heads = ("what", "bar", "measured", "outcome")
    print(table(heads, judge(page.results)))
    if out is None:
        return
    out.mkdir(parents=True, exist_ok=True)
    (out / "accuracy.md").write_text(write_markdown(page, looks), encoding="utf-8")
    write_numbers(out / "accuracy.json", to_json(page, looks))
    draw(page.results, out)
    print(f"written to {out}")
