"""Peer: what the benchmark asks of every other filter."""

import hashlib
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from benchmarks.accuracy import mails
from benchmarks.accuracy.runs import Opinion
from benchmarks.speed.corpus import Row


class Peer(Protocol):
    """A filter that begins empty, and is taught after each comment it has judged."""

    def judge(self, row: Row) -> Opinion:
        """Return what the filter says of a comment."""

    def learn(self, *, is_spam: bool) -> None:
        """Teach the label of the comment that was judged last."""


@dataclass(frozen=True)
class Maker:
    """How to get a new peer, and what is said of it.

    Attributes:
        name: As the tables show it.
        setup: How it is set up, in a few sentences.
        open: Gives a new peer that works in an empty folder.
        version: Asks for its version.
        tool: The program that it needs, by the name of its Debian package too.
        milliseconds: About how long it takes to judge and learn a comment.
        row_limit: It is run on so many rows of a stream; None is all.
        has_other_orders: Whether it is also run in shuffled orders of ordered streams.
    """

    name: str
    setup: str
    open: Callable[[Path], AbstractContextManager[Peer]]
    version: Callable[[], str]
    tool: str = ""
    milliseconds: float = 1.0
    row_limit: int | None = None
    has_other_orders: bool = False

    def identity(self) -> str:
        """Return what a kept result of this peer depends on."""
        own = Path(str(sys.modules[self.open.__module__].__file__))
        parts = (own, *own.parent.glob(f"{own.stem}.pl"), Path(str(mails.__file__)))
        code = hashlib.sha256(b"".join(part.read_bytes() for part in parts))
        return f"{self.name} {self.version()} {code.hexdigest()}"
