"""Rows: the labelled comments of a stream, with features that are extracted once."""

from functools import cache
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from saring import features
from saring.comment import Comment
from saring.evaluation import read_stream
from saring.features import Features
from saring.ledger.records import Site
from saring.verdict import Label


class Row(NamedTuple):
    """One comment, its label, where it was written, and its features."""

    comment: Comment
    label: Label
    site: Site
    features: Features


@cache
def read_rows(path: Path) -> list[Row]:
    """Return the rows of a stream in its order."""
    stream = iter(read_stream(path))
    rows = []
    while group := [*islice(stream, features.BATCH_COMMENTS)]:
        extracted = features.extract_many([comment for comment, _, _ in group])
        rows += [Row(*one, found) for one, found in zip(group, extracted, strict=True)]
    return rows
