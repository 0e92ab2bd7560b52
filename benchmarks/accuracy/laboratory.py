"""Laboratory: all runs of a benchmark, done on all cores, with a bar."""

import math
import multiprocessing
import os
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, as_completed, wait
from contextlib import contextmanager
from typing import TYPE_CHECKING

from benchmarks.accuracy import sources
from benchmarks.accuracy.runs import Run
from benchmarks.accuracy.tasks import Desk, Task
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from threadpoolctl import (
    threadpool_limits,
)

if TYPE_CHECKING:
    from multiprocessing.sharedctypes import Synchronized

POLL_SECONDS = 0.5
PEER_COST = 60.0

Runs = dict[Task, Run]

# Set in a worker process when it starts, since a pool passes on nothing else.
_own: dict[str, "Desk | Synchronized[int]"] = {}


def make_runs(desk: Desk, tasks: Iterable[Task], until: float = math.inf) -> Runs:
    """Return the runs of all tasks; what is kept from before is not repeated.

    Args:
        desk: With what.
        tasks: Any.
        until: No run begins later, by `time.monotonic`; what is left has no run.
    """
    tasks = list(tasks)
    found = {task: run for task in tasks if (run := desk.find(task)) is not None}
    missing = [task for task in tasks if task not in found]
    missing.sort(key=lambda task: cost(desk, task))
    print(f"{len(found)} runs are kept from before, {len(missing)} are to be made")
    if missing:
        found |= _make(desk, missing, until)
    return {task: found[task] for task in tasks if task in found}


def cost(desk: Desk, task: Task) -> float:
    """Return about how long a task takes; the quickest are begun first."""
    count = desk.row_count(task)
    return PEER_COST * count if task.filter in desk.makers else count


def _make(desk: Desk, tasks: list[Task], until: float) -> Runs:
    context = multiprocessing.get_context("fork")
    counter = context.Value("q", 0)
    total = sum(desk.row_count(task) for task in tasks)
    made: Runs = {}
    with (
        _progress("comments", total) as (bar, number),
        ProcessPoolExecutor(os.cpu_count(), context, _begin, (desk, counter)) as pool,
    ):
        futures = {pool.submit(_perform, task, until): task for task in tasks}
        waiting: set[Future[Run | None]] = set(futures)
        while waiting:
            done, waiting = wait(waiting, POLL_SECONDS)
            bar.update(number, completed=counter.value)
            for future in done:
                if (run := future.result()) is not None:
                    made[futures[future]] = run
    return made


def _begin(desk: Desk, counter: "Synchronized[int]") -> None:
    _own.update(desk=desk, counter=counter)
    # A process for each core is enough.
    threadpool_limits(1)


def _perform(task: Task, until: float) -> Run | None:
    if time.monotonic() > until:
        return None
    desk, counter = _own["desk"], _own["counter"]
    assert isinstance(desk, Desk)  # so `_begin` has it
    assert not isinstance(counter, Desk)  # likewise

    def tick() -> None:
        with counter.get_lock():
            counter.value += 1

    return desk.perform(task, tick)


def train_models(desk: Desk) -> None:
    """Train the base models without a family that the streams need, unless kept."""
    found = (sources.family_of(stream.name) for stream in desk.streams.values())
    families = sorted({family for family in found if family})
    with (
        _progress("base models", len(families)) as (bar, number),
        ProcessPoolExecutor(os.cpu_count()) as pool,
    ):
        trained = [
            pool.submit(
                sources.model_without,
                desk.data,
                family,
                desk.models,
                is_fresh=desk.kept.is_fresh,
            )
            for family in families
        ]
        for done in as_completed(trained):
            done.result()
            bar.advance(number)


@contextmanager
def _progress(what: str, total: int) -> Iterator[tuple[Progress, TaskID]]:
    """Give a bar on standard error and the number of its task."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True)) as bar:
        yield bar, bar.add_task(what, total=total)
