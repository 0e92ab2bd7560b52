"""Work: every run that a plan asks for."""

from collections.abc import Iterable, Iterator, Sequence

from benchmarks.accuracy import folds, saring, sources
from benchmarks.accuracy.peers.peer import Maker
from benchmarks.accuracy.plan import Plan
from benchmarks.accuracy.streams import Stream
from benchmarks.accuracy.tasks import LEFT_OUT, Task

IN_ALL_ORDERS = ("empty",)
"""Saring's protocols that are also run shuffled where the order means something."""

OF_COPIES = ("empty", "base", "cold")
"""What is run on an audited file, which differs from the other by some dozen labels."""

FROM_BASE = ("base", "cold")
"""What can be told of ham alone; learning from nothing but ham says nothing."""


def plan_tasks(
    streams: Iterable[Stream], makers: Sequence[Maker], plan: Plan
) -> list[Task]:
    """Return every run of all filters over all streams."""
    return [
        task
        for stream in streams
        for task in (*_of_saring(stream, plan), *_of_peers(stream, makers, plan))
    ]


def _of_saring(stream: Stream, plan: Plan) -> Iterator[Task]:
    protocols = tuple(saring.PROTOCOLS) if stream.has_both else FROM_BASE
    if _is_copy(stream):
        protocols = OF_COPIES
    elif plan.has_trainings and sources.family_of(stream.name):
        protocols = (*protocols, LEFT_OUT)
    for protocol in protocols:
        # What never learns says the same in every order.
        is_still = protocol in ("cold", LEFT_OUT)
        orders = (None,) if is_still else stream.main_orders(plan)
        if protocol in IN_ALL_ORDERS and stream.part == "benchmark":
            orders += stream.other_orders(plan)
        for order in orders:
            yield Task(saring.NAME, protocol, stream.title, order)
    if stream.title == folds.STREAM:
        yield from _of_folds(stream, plan)


def _of_folds(stream: Stream, plan: Plan) -> Iterator[Task]:
    for start in ("base", "empty"):
        for seed in plan.seeds:
            protocol = f"{folds.POOLED}, {start}"
            yield Task(saring.NAME, protocol, stream.title, seed)
        yield Task(saring.NAME, f"{folds.BY_VIDEO}, {start}", stream.title, None)


def _of_peers(stream: Stream, makers: Sequence[Maker], plan: Plan) -> Iterator[Task]:
    for maker in makers if stream.has_both else ():
        orders = () if _is_copy(stream) else stream.main_orders(plan)
        if maker.has_other_orders and stream.part == "benchmark":
            orders = (*stream.main_orders(plan), *stream.other_orders(plan))
        for order in orders:
            yield Task(maker.name, "empty", stream.title, order)


def _is_copy(stream: Stream) -> bool:
    return stream.name.endswith("_audited")
