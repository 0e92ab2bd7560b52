"""Slices: the parts of a stream that its notes tell apart.

A slice of the spam is measured against all ham of its stream, since the ham beside it
is what a filter could confuse it with.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from benchmarks.accuracy.streams import Stream
from numpy.typing import NDArray

Note = dict[str, Any]


@dataclass(frozen=True)
class Slice:
    """Some spam with all ham, or some ham alone."""

    name: str
    label: str
    is_meant: Callable[[Note], bool]

    def rows(self, stream: Stream) -> NDArray[np.bool_]:
        """Return which rows of the stream belong to the slice."""
        are_meant = np.array(
            [
                row["label"] == self.label and self.is_meant(row.get("note", {}))
                for row in stream.rows
            ],
            bool,
        )
        return are_meant | ~stream.are_spam if self.label == "spam" else are_meant


SLICES = (
    Slice("plain letters", "spam", lambda note: note.get("slice") == "plain"),
    Slice("decorated letters", "spam", lambda note: note.get("slice") == "font"),
    Slice("unseen brand", "spam", lambda note: note.get("unseen_brand") is True),
    Slice(
        "unseen brand, plain letters",
        "spam",
        lambda note: note.get("unseen_brand") is True and note.get("slice") == "plain",
    ),
    Slice("known brand", "spam", lambda note: note.get("unseen_brand") is False),
    Slice("seen wording", "spam", lambda note: note.get("seen_wording") is True),
    Slice("ham in decorated letters", "ham", lambda note: note.get("slice") == "font"),
)


def slices_of(stream: Stream) -> list[tuple[Slice, NDArray[np.bool_]]]:
    """Return the slices that the stream has, with their rows."""
    found = []
    for one in SLICES:
        rows = one.rows(stream)
        are_spam = stream.are_spam[rows]
        if are_spam.any() if one.label == "spam" else rows.any():
            found.append((one, rows))
    return found
