"""Runs: what came of each comment of a stream, and where that is kept."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, fields
from pathlib import Path
from typing import NamedTuple, Self

import numpy as np
from benchmarks.accuracy.streams import Order, Stream
from numpy.typing import NDArray


class Opinion(NamedTuple):
    """What a filter says of one comment.

    Attributes:
        rank: The higher, the more like spam.
        chance: Probability of spam, 0 to 1.
        is_held: Whether it calls it spam, with the settings it comes with.
    """

    rank: float
    chance: float
    is_held: bool
    is_unsure: bool = False


@dataclass(frozen=True)
class Run:
    """The opinions on all rows of a stream, one array each, in the order of the rows.

    Attributes:
        turns: The numbers of the rows in the order in which they were judged.
    """

    ranks: NDArray[np.float64]
    chances: NDArray[np.float64]
    are_held: NDArray[np.bool_]
    are_unsure: NDArray[np.bool_]
    turns: NDArray[np.int64]

    @classmethod
    def collect(cls, opinions: Iterable[Opinion], turns: list[int]) -> Self:
        """Return the run of opinions that came in the order of these turns."""
        columns = list(zip(*opinions, strict=True)) or [(), (), (), ()]
        back = np.argsort(np.array(turns, np.int64))
        ranks, chances, held, unsure = (np.array(column)[back] for column in columns)
        return cls(
            ranks.astype(float),
            chances.astype(float),
            held.astype(bool),
            unsure.astype(bool),
            np.array(turns, np.int64),
        )

    def only(self, rows: NDArray[np.bool_]) -> "Run":
        """Return the run of some rows, with numbers of their own."""
        numbers = np.cumsum(rows) - 1
        turns = numbers[self.turns[rows[self.turns]]]
        return Run(
            self.ranks[rows],
            self.chances[rows],
            self.are_held[rows],
            self.are_unsure[rows],
            turns,
        )

    def first(self, count: int) -> "Run":
        """Return the run as it would have been of the first rows judged alone."""
        rows = np.zeros(len(self.turns), bool)
        rows[self.turns[:count]] = True
        return self.only(rows)


@dataclass(frozen=True)
class Kept:
    """A folder of runs, each under the hash of all that made it."""

    folder: Path

    def path(self, maker: str, stream: Stream, order: Order) -> Path:
        """Return the file of a run.

        Args:
            maker: Filter, version, settings and protocol, in any words.
            stream: What was judged.
            order: In which order.
        """
        key = f"{maker}\n{stream.digest}\n{order}"
        name = hashlib.sha256(key.encode()).hexdigest()[:40]
        return self.folder / f"{name}.npz"

    def load(self, path: Path) -> Run | None:
        """Return a run, unless there is none."""
        if not path.is_file():
            return None
        with np.load(path) as found:
            return Run(*(found[field.name] for field in fields(Run)))

    def save(self, path: Path, run: Run) -> None:
        """Keep a run; a half-written file is never found."""
        path.parent.mkdir(parents=True, exist_ok=True)
        partial = path.with_suffix(".part")
        with partial.open("wb") as file:
            np.savez_compressed(
                file, **{field.name: getattr(run, field.name) for field in fields(Run)}
            )
        partial.replace(path)
