"""Streams: labelled comments in an order in which they could have come.

A file whose order means something (time, or the order of its source) is run in that
order too; one that is sorted by class, or in no order, is only run shuffled.
"""

import hashlib
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import msgspec
import numpy as np
from benchmarks.accuracy.plan import Plan
from benchmarks.speed.corpus import Row, read_rows
from numpy.typing import NDArray

ORDERED = frozenset(
    {
        "blog_stream",
        "id_judol_gbennnn",
        "id_judol_gbennnn_audited",
        "id_judol_nafi",
        "mademistakes_ham",
        "uci_youtube",
    }
)

Order = int | None
"""The seed of a shuffled order; None is the order of the file."""


@dataclass(frozen=True)
class Stream:
    """The rows of one file, or some of them."""

    part: str
    name: str
    rows: tuple[Row, ...]
    is_ordered: bool

    @property
    def title(self) -> str:
        """Return what tells this stream from all others."""
        return f"{self.part}/{self.name}"

    @cached_property
    def are_spam(self) -> NDArray[np.bool_]:
        """Return the labels."""
        return np.array([row["label"] == "spam" for row in self.rows], bool)

    @cached_property
    def digest(self) -> str:
        """Return a hash of everything in the rows."""
        return hashlib.sha256(msgspec.json.encode(self.rows)).hexdigest()

    @property
    def has_both(self) -> bool:
        """Say whether there are ham and spam, without which there is no curve."""
        return bool(self.are_spam.any() and not self.are_spam.all())

    def main_orders(self, plan: Plan) -> tuple[Order, ...]:
        """Return the orders in which everything is run."""
        return (None,) if self.is_ordered else plan.seeds

    def other_orders(self, plan: Plan) -> tuple[Order, ...]:
        """Return the orders in which some are run besides."""
        return plan.seeds if self.is_ordered else ()

    def arrange(self, order: Order) -> list[int]:
        """Return the numbers of the rows in an order, as `saring evaluate` does it."""
        numbers = list(range(len(self.rows)))
        if order is not None:
            random.Random(order).shuffle(numbers)
        return numbers


def blank(row: Row) -> Row:
    """Return a row without the fields that only one of its sources kept."""
    hidden = ("comment_author_url", "comment_author_email")
    return {name: value for name, value in row.items() if name not in hidden}


Variant = Callable[[tuple[Row, ...]], tuple[Row, ...]]

VARIANTS: dict[str, dict[str, Variant]] = {
    "blog_stream": {
        "without URL and e-mail": lambda rows: tuple(map(blank, rows)),
        "rows of blog_haacked": lambda rows: tuple(
            row for row in rows if row["source"] == "blog_haacked"
        ),
    }
}


def read_streams(folder: Path, plan: Plan) -> list[Stream]:
    """Return the streams of all files of the plan's parts.

    Raises:
        SystemExit: There is no such file.
    """
    streams = [
        stream
        for part in plan.parts
        for path in sorted((folder / part).glob("*.jsonl.gz"))
        for stream in _of_file(part, path, plan)
    ]
    if not streams:
        raise SystemExit(f"No labelled comments of {', '.join(plan.parts)} in {folder}")
    return streams


def _of_file(part: str, path: Path, plan: Plan) -> Iterator[Stream]:
    name = path.name.removesuffix(".jsonl.gz")
    rows, is_ordered = tuple(read_rows(path)), name in ORDERED
    yield Stream(part, name, _thin(rows, plan.row_limit), is_ordered)
    for text, change in VARIANTS.get(name, {}).items():
        changed = _thin(change(rows), plan.row_limit)
        yield Stream(part, f"{name}, {text}", changed, is_ordered)


def _thin(rows: tuple[Row, ...], limit: int | None) -> tuple[Row, ...]:
    """Return no more than so many rows, from beginning to end."""
    return rows[:: max(1, len(rows) // limit)][:limit] if limit else rows
