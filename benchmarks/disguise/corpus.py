"""Plain comments: rows of the dev part that have no disguise of their own.

They are read from SARING_DATA when the benchmark runs and never leave its folder.
"""

import os
import re
import unicodedata
from pathlib import Path

import msgspec

from saring.comment import Comment
from saring.corpus import read_labelled
from saring.verdict import Label

ROOT = Path(__file__).resolve().parents[2]
SETS = ("id_judol_nafi", "blog_stream")

# In emoji, these two are no disguise.
_OF_EMOJI = frozenset(("\ufe0f", "\u200d"))
_APART = re.compile(r"(?:\b\w\b[\W_]{1,3}){3}")
_LEET = re.compile(r"[a-z][0134578@$][a-z]", re.IGNORECASE)
_REFERENCE = re.compile(r"&#?\w{1,32};")


class Labelled(msgspec.Struct, frozen=True):
    """A comment and what people say of it."""

    comment: Comment
    label: Label


def data_folder() -> Path:
    """Return the folder of labelled comments.

    Raises:
        SystemExit: It is not there; the text says how to name it.
    """
    folder = Path(os.environ.get("SARING_DATA", ROOT.parent / "shared" / "data"))
    if not (folder / "dev").is_dir():
        raise SystemExit(
            f"No labelled comments at {folder}: set SARING_DATA to the folder that "
            "holds dev/; the disguise benchmark rewrites real comments."
        )
    return folder


def read_set(folder: Path, name: str) -> list[Labelled]:
    """Return all rows of a set, in the order of its file.

    In `blog_stream` the fields give the label away, since its two sources kept
    different ones; without them only the text is judged.
    """
    rows = []
    for _row, comment, label in read_labelled(folder / "dev" / f"{name}.jsonl.gz"):
        text = comment
        if name.startswith("blog_"):
            text = msgspec.structs.replace(comment, author_url="", author_email="")
        rows.append(Labelled(text, label))
    return rows


def is_plain(text: str) -> bool:
    """Say whether a text is in ASCII letters and hides nothing.

    Example:
        >>> is_plain("Selamat pagi! ❤️"), is_plain("ѕlot"), is_plain("s l o t")
        (True, False, False)

    """
    if any(_is_odd(letter) for letter in set(text) if not letter.isascii()):
        return False
    return not (_APART.search(text) or _LEET.search(text) or _REFERENCE.search(text))


def _is_odd(letter: str) -> bool:
    if letter in _OF_EMOJI:
        return False
    category = unicodedata.category(letter)
    return category[0] in "LMN" or category == "Cf" or _is_enclosed(letter)


def _is_enclosed(letter: str) -> bool:
    return unicodedata.name(letter, "").startswith(
        ("CIRCLED", "NEGATIVE", "PARENTHESIZED", "SQUARED", "REGIONAL")
    )
