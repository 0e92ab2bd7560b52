"""One program, one run, one page: the command line of the accuracy benchmark."""

import dataclasses
from pathlib import Path

import click
from benchmarks.accuracy import saring
from benchmarks.accuracy.bars import judge
from benchmarks.accuracy.laboratory import make_runs, train_models
from benchmarks.accuracy.looks import Look, add_look, read_looks, write_numbers
from benchmarks.accuracy.peers.table import TOOLS, peers
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
    "--known-peers", is_flag=True, help="Make no new run of a peer; tell those kept."
)
@click.option("--fresh", is_flag=True, help="Repeat what is kept from earlier runs.")
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
    known_peers: bool,
    fresh: bool,
    out: Path | None,
) -> None:
    """Measure Saring's judgement beside its peers, on labelled comments."""
    plan = dataclasses.replace(QUICK if quick else FULL, has_new_peers=not known_peers)
    if dev:
        plan = dataclasses.replace(plan, parts=("dev",))
    is_full = not (quick or dev or without)
    folder = out or (OUT if is_full else None)
    told = OUT / "accuracy.json"
    is_look = "benchmark" in plan.parts
    looks = add_look(told, saring.identity()) if is_look else read_looks(told)
    finish(measure(plan, without, is_fresh=fresh), looks, folder)


def measure(plan: Plan, without: tuple[str, ...], *, is_fresh: bool) -> Page:
    """Make every run of the plan, and return what came of it."""
    left = [word.casefold() for word in without]
    makers = [
        maker
        for maker in peers()
        if not any(word in maker.name.casefold() for word in left)
    ]
    need_tools({name: package for name, package in TOOLS.items() if makers})
    data = data_folder()
    streams = read_streams(data, plan)
    identities = {maker.name: maker.identity() for maker in makers}
    desk = Desk(
        data,
        {stream.title: stream for stream in streams},
        {maker.name: maker for maker in makers},
        identities | {saring.NAME: saring.identity()},
        Kept(CACHE, is_fresh),
    )
    if plan.has_trainings:
        train_models(desk, is_fresh=is_fresh)
    tasks = plan_tasks(streams, makers, plan)
    if not plan.has_new_peers:
        tasks = [
            task for task in tasks if task.filter == saring.NAME or desk.knows(task)
        ]
    runs = make_runs(desk, tasks)
    return Page(Results(desk.streams, runs), makers, plan)


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
