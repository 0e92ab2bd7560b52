"""Tasks: one filter over one stream in one order, each done in a process of its own."""

import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.accuracy import folds, saring, sources
from benchmarks.accuracy.peers.peer import Maker, Peer
from benchmarks.accuracy.runs import Kept, Opinion, Run
from benchmarks.accuracy.streams import Order, Stream

from saring.classifiers.base import BaseModel
from saring.evaluation import Options

LEFT_OUT = "left out"


@dataclass(frozen=True)
class Task:
    """One run to be had.

    Attributes:
        filter: Saring, or the name of a peer.
        protocol: When labels are learned and what is known at the start.
        stream: The title of the stream.
    """

    filter: str
    protocol: str
    stream: str
    order: Order


@dataclass(frozen=True)
class Desk:
    """What every task needs; each worker process has its own copy.

    Attributes:
        data: The folder of labelled comments.
    """

    data: Path
    streams: dict[str, Stream]
    makers: dict[str, Maker]
    identities: dict[str, str]
    kept: Kept

    @property
    def models(self) -> Path:
        """Return the folder of base models without a family."""
        return self.kept.folder / "models"

    def row_count(self, task: Task) -> int:
        """Return how many comments a task judges."""
        count = len(self.streams[task.stream].rows)
        maker = self.makers.get(task.filter)
        return min(count, maker.row_limit or count) if maker else count

    def find(self, task: Task) -> Run | None:
        """Return the run of a task, if it is kept."""
        return self.kept.load(self._path(task))

    def perform(self, task: Task, tick: saring.Tick) -> Run:
        """Return the run of a task, and keep it."""
        stream = self.streams[task.stream]
        if task.filter in self.makers:
            run = follow_peer(self.makers[task.filter], stream, task.order, tick)
        else:
            run = self._perform_saring(task, stream, tick)
        self.kept.save(self._path(task), run)
        return run

    def _perform_saring(self, task: Task, stream: Stream, tick: saring.Tick) -> Run:
        what, _, start = task.protocol.partition(", ")
        if what in folds.SPLITS:
            base = BaseModel.empty() if start == "empty" else BaseModel.load_shipped()
            splits = folds.SPLITS[what](stream, task.order or 0)
            return saring.hold_out(stream, splits, base, tick)
        if what == LEFT_OUT:
            options = Options(learn="never", start=self._model_without(stream))
        else:
            options = saring.PROTOCOLS[task.protocol]
        return saring.follow(stream, task.order, options, tick)

    def _model_without(self, stream: Stream) -> BaseModel:
        family = sources.family_of(stream.name)
        assert family is not None  # such a stream gets no such task
        path = sources.model_without(self.data, family, self.models)
        return BaseModel.load(path)

    def _path(self, task: Task) -> Path:
        maker = f"{self.identities[task.filter]} {task.protocol}"
        return self.kept.path(maker, self.streams[task.stream], task.order)


def follow_peer(maker: Maker, stream: Stream, order: Order, tick: saring.Tick) -> Run:
    """Let a new peer judge a stream, or its beginning, and learn each label."""
    stream = replace(stream, rows=stream.rows[: maker.row_limit])
    turns = stream.arrange(order)
    with (
        tempfile.TemporaryDirectory(prefix="saring-peer-", dir=_in_memory()) as folder,
        maker.open(Path(folder)) as peer,
    ):
        return Run.collect(_take(peer, stream, turns, tick), turns)


def _in_memory() -> str | None:
    """Return a folder in memory, where there is one: a peer's disk is not measured."""
    return "/dev/shm" if Path("/dev/shm").is_dir() else None


def _take(
    peer: Peer, stream: Stream, turns: Iterable[int], tick: saring.Tick
) -> Iterator[Opinion]:
    for turn in turns:
        yield peer.judge(stream.rows[turn])
        peer.learn(is_spam=bool(stream.are_spam[turn]))
        tick()
