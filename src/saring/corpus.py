"""Corpus: labelled comments in files, one JSON object a line, plain or gzipped.

The names are those of the wire. What only keeps the books of a collection (`id`,
`source`, `note`, `label`) never becomes part of a comment, nor does `blog`.
"""

import gzip
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from saring.comment import Comment
from saring.errors import CorpusError
from saring.verdict import Label
from saring.wire.comments import read_row

Row = dict[str, Any]


def comment_from_row(row: Row) -> Comment:
    """Return the comment that a row holds; names that it does not know are left out.

    Example:
        >>> comment_from_row({"comment_content": "Halo", "label": "ham"}).content
        'Halo'

    """
    return read_row(row)


def label_from_row(row: Row) -> Label:
    """Return the label of a row.

    Raises:
        CorpusError: It has none, or none of the two.
    """
    try:
        return Label(row.get("label", ""))
    except ValueError as error:
        found = row.get("label")
        raise CorpusError(f"label is {found!r}; it must be ham or spam") from error


def read_lines(path: Path) -> list[bytes]:
    """Return the lines of a file that are not blank, unpacked if its name ends in .gz.

    Raises:
        CorpusError: It cannot be read.
    """
    try:
        if path.suffix == ".gz":
            with gzip.open(path) as unpacked:
                content = unpacked.read()
        else:
            content = path.read_bytes()
    except (OSError, EOFError, zlib.error) as error:
        raise CorpusError(f"{path}: cannot be read: {error}") from error
    return content.split(b"\n")


def read_rows(path: Path) -> Iterator[tuple[int, Row]]:
    """Yield each row of a file with the number of its line, from 1.

    Raises:
        CorpusError: The file cannot be read, or a line is no JSON object; the text
            names the file and the line.
    """
    for number, line in enumerate(read_lines(path), 1):
        if line.strip():
            yield number, _row(path, number, line)


def read_labelled(path: Path) -> Iterator[tuple[Row, Comment, Label]]:
    """Yield each row of a labelled file with its comment and its label.

    Raises:
        CorpusError: As `read_rows`, or a row has no label.
    """
    for number, row in read_rows(path):
        try:
            yield row, comment_from_row(row), label_from_row(row)
        except CorpusError as error:
            raise CorpusError(f"{path}, line {number}: {error}") from error


def _row(path: Path, number: int, line: bytes) -> Row:
    try:
        row = msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise CorpusError(f"{path}, line {number}: no JSON: {error}") from error
    if not isinstance(row, dict):
        raise CorpusError(f"{path}, line {number}: a row must be a JSON object")
    return row
