"""Laboratory: all runs of a benchmark, done on all cores, with a bar."""

import math
import multiprocessing
import os
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor, wait
from contextlib import contextmanager
from typing import TYPE_CHECKING

from benchmarks.accuracy import sources
from benchmarks.accuracy.runs import Run
from benchmarks.accuracy.tasks import LEFT_OUT, Desk, Task
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
TRAINING_COST = 150_000.0
"""Of a base model, in the milliseconds that `cost` counts in."""

Runs = dict[Task, Run]
Job = tuple[Task, ...]
"""What one process does, one after the other."""

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
    print(f"{len(found)} runs are kept from before, {len(missing)} are to be made")
    if missing:
        found |= _make(desk, missing, until)
    return {task: found[task] for task in tasks if task in found}


def arrange(desk: Desk, tasks: Iterable[Task], until: float) -> list[Job]:
    """Return tasks as jobs; those that need the same base model trained are one.

    The longest come first, so that all cores end at about the same time; where time is
    limited the quickest do, so that as few runs as possible are missing.
    """
    jobs: list[Job] = []
    trained: dict[str, Job] = {}
    for task in tasks:
        if task.protocol == LEFT_OUT:
            family = str(sources.family_of(desk.streams[task.stream].name))
            trained[family] = (*trained.get(family, ()), task)
        else:
            jobs.append((task,))
    return sorted(
        [*jobs, *trained.values()],
        key=lambda job: _cost_of_job(desk, job),
        reverse=until == math.inf,
    )


def _cost_of_job(desk: Desk, job: Job) -> float:
    training = TRAINING_COST if job[0].protocol == LEFT_OUT else 0
    return training + sum(cost(desk, task) for task in job)


def cost(desk: Desk, task: Task) -> float:
    """Return about how many milliseconds a task takes once its model is trained."""
    maker = desk.makers.get(task.filter)
    return desk.row_count(task) * (maker.milliseconds if maker else 1.0)


def _make(desk: Desk, tasks: list[Task], until: float) -> Runs:
    context = multiprocessing.get_context("fork")
    counter = context.Value("q", 0)
    total = sum(desk.row_count(task) for task in tasks)
    made: Runs = {}
    with (
        _progress("comments", total) as (bar, number),
        ProcessPoolExecutor(os.cpu_count(), context, _begin, (desk, counter)) as pool,
    ):
        waiting = {
            pool.submit(_perform, job, until) for job in arrange(desk, tasks, until)
        }
        while waiting:
            done, waiting = wait(waiting, POLL_SECONDS)
            bar.update(number, completed=counter.value)
            for future in done:
                made |= future.result()
    return made


def _begin(desk: Desk, counter: "Synchronized[int]") -> None:
    _own.update(desk=desk, counter=counter)
    # A process for each core is enough.
    threadpool_limits(1)


def _perform(job: Job, until: float) -> Runs:
    desk, counter = _own["desk"], _own["counter"]
    assert isinstance(desk, Desk)  # so `_begin` has it
    assert not isinstance(counter, Desk)  # likewise

    def tick() -> None:
        with counter.get_lock():
            counter.value += 1

    return {task: desk.perform(task, tick) for task in job if time.monotonic() <= until}


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
