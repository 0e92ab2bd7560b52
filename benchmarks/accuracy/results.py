"""Results: measures of all runs, by stream, filter and protocol."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from benchmarks.accuracy import saring
from benchmarks.accuracy.laboratory import Runs
from benchmarks.accuracy.measures import Labels, Measures, Spread, measure, spread
from benchmarks.accuracy.runs import Run
from benchmarks.accuracy.slices import slices_of
from benchmarks.accuracy.streams import Stream
from benchmarks.accuracy.tasks import Task

FILE, SHUFFLED = "file", "shuffled"


@dataclass(frozen=True)
class Key:
    """What several runs that differ only in their seed have in common.

    Attributes:
        order: The order of the file, or shuffled.
        prefix: Only so many rows of the stream; 0 is all of them.
    """

    filter: str
    protocol: str
    stream: str
    order: str = FILE
    prefix: int = 0


@dataclass(frozen=True)
class Results:
    """Everything that one run of the benchmark found."""

    streams: dict[str, Stream]
    runs: Runs

    @cached_property
    def groups(self) -> dict[Key, list[Run]]:
        """Return the runs by what they have in common."""
        groups: dict[Key, list[Run]] = {}
        for task, run in self.runs.items():
            groups.setdefault(self._key(task, run), []).append(run)
        for key in [key for key in groups if key.prefix]:
            own = Key(saring.NAME, key.protocol, key.stream, key.order)
            if own in groups:
                short = Key(saring.NAME, *_tail(key))
                groups[short] = [run.first(key.prefix) for run in groups[own]]
        return groups

    def _key(self, task: Task, run: Run) -> Key:
        count = len(run.turns)
        prefix = count if count < len(self.streams[task.stream].rows) else 0
        order = FILE if task.order is None else SHUFFLED
        return Key(task.filter, task.protocol, task.stream, order, prefix)

    @cached_property
    def measures(self) -> dict[Key, list[Measures]]:
        """Return the measures of each run of each group."""
        return {
            key: [measure(run, self.labels(key)) for run in runs]
            for key, runs in self.groups.items()
        }

    def labels(self, key: Key) -> Labels:
        """Return the labels that the runs of a group are measured by."""
        labels = self.streams[key.stream].are_spam
        return labels[: key.prefix] if key.prefix else labels

    def spread(self, name: str, key: Key) -> Spread | None:
        """Return one measure over the runs of a group; None where it is not known."""
        return spread(self.measures.get(key, []), name)

    def median(self, name: str, key: Key) -> float | None:
        """Return the median of one measure over the runs of a group."""
        found = self.spread(name, key)
        return found.median if found else None

    def of_slices(self, key: Key) -> dict[str, list[Measures]]:
        """Return the measures of each slice of a group's stream."""
        stream = self.streams[key.stream]
        return {
            one.name: [
                measure(run.only(rows), stream.are_spam[rows])
                for run in self.groups.get(key, [])
            ]
            for one, rows in slices_of(stream)
        }

    def main_order(self, stream: Stream) -> str:
        """Return in which order a stream is run by everybody."""
        return FILE if stream.is_ordered else SHUFFLED

    def filters(self, names: Sequence[str], stream: str, order: str) -> list[Key]:
        """Return the groups of these filters over a stream, learning from nothing."""
        return [
            key
            for name in names
            for key in self.groups
            if (key.filter, key.protocol) == (name, "empty")
            and (key.stream, key.order) == (stream, order)
        ]


def _tail(key: Key) -> tuple[str, str, str, int]:
    return key.protocol, key.stream, key.order, key.prefix
