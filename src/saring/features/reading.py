"""Reading: authors and contents looked up letter by letter, for text and disguise.

Several comments are read in one pass, one behind the other in every array, since most
of the time goes into beginning a step and not into the letters.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from saring.features import decoding
from saring.features.decoding import Codes

HEAD_CHARACTERS = 3_000
TAIL_CHARACTERS = 1_000
MAX_AUTHOR_CHARACTERS = 200

_LONGEST_GAP = 3
_AUTHOR_SALT = 1 << 24
_CODE_MASK = np.uint32(decoding.CODE_MASK)
_WORD = np.uint32(decoding.WORD)
_DIGIT = np.uint32(decoding.DIGIT)
_DROPPED = np.uint32(decoding.DROPPED)
_ONE = np.uint32(1)
_KIND_SHIFT = np.uint32(decoding.KIND_SHIFT)

Places = npt.NDArray[np.intp]
Owners = npt.NDArray[np.uint32]


class Readings(NamedTuple):
    """What text and disguise look at, of several comments.

    Attributes:
        comments: How many there are.
        letters: The skeleton of authors and contents, the authors' letters salted, with
            blanks around each and two at the very beginning of a comment.
        owners: The number of the comment that each letter is from.
        edges: By turns the letter before a word and the last one of it.
        digits: Which letters are digits; None if none is.
        raw: The contents' code points, as they came, with a blank on either side.
        raw_owners: The number of the comment that each of them is from.
        raw_sizes: How many of them each comment has.
        kinds: The class of each of them (`decoding.Kind`).
        places: Where in its content each letter comes from, below 0 for an author's;
            None unless asked for.
    """

    comments: int
    letters: Codes
    owners: Owners
    edges: Places
    digits: npt.NDArray[np.bool_] | None
    raw: Codes
    raw_owners: Owners
    raw_sizes: Places
    kinds: Codes
    places: Places | None = None


def shorten(text: str) -> str:
    """Return the text, or the head and tail of one that is too long to read whole."""
    if len(text) <= HEAD_CHARACTERS + TAIL_CHARACTERS:
        return text
    return f"{text[:HEAD_CHARACTERS]} {text[-TAIL_CHARACTERS:]}"


def read(texts: Sequence[tuple[str, str]], *, is_traced: bool = False) -> Readings:
    """Look up authors and (shortened) contents.

    Words that stand apart letter by letter ("b . o . s") are joined, so that the
    blanks between their letters hide nothing.

    Args:
        texts: The author's name and the text without markup, of each comment.
        is_traced: Whether to keep the places of the letters as well (slow).
    """
    parts = [
        part
        for author, content in texts
        for part in (f"  {author[:MAX_AUTHOR_CHARACTERS]} ", f" {content} ")
    ]
    codes, entries, flags, sizes = decoding.look_up_parts(parts)
    # Even parts are authors', odd ones contents'.
    numbers = np.repeat(np.arange(len(parts), dtype=np.uint32), sizes)
    is_content = (numbers & _ONE).astype(np.bool_)
    raw, kinds = codes[is_content], entries[is_content] >> _KIND_SHIFT
    raw_owners = numbers[is_content] >> _ONE
    seen = _Seen(entries, numbers, _places(parts) if is_traced else None)
    if flags & decoding.DROPPED:
        seen = seen.keep((entries & _DROPPED) == 0)
    seen, edges = _find_words(seen)
    salts = [salt for author, _ in texts for salt in (_AUTHOR_SALT * bool(author), 0)]
    letters = seen.entries & _CODE_MASK
    letters |= np.array(salts, np.uint32).take(seen.numbers)
    digits = (seen.entries & _DIGIT) != 0 if flags & decoding.DIGIT else None
    return Readings(
        len(texts),
        letters,
        seen.numbers >> _ONE,
        edges,
        digits,
        raw,
        raw_owners,
        sizes[1::2],
        kinds,
        seen.places,
    )


class _Seen(NamedTuple):
    """What can be seen, the part that each letter is from, and its place there."""

    entries: Codes
    numbers: Owners
    places: Places | None

    def keep(self, is_kept: npt.NDArray[np.bool_]) -> "_Seen":
        places = self.places
        return _Seen(
            self.entries[is_kept],
            self.numbers[is_kept],
            places[is_kept] if places is not None else None,
        )


def _find_words(seen: _Seen) -> tuple[_Seen, Places]:
    """Find where words begin and end, after joining those that stand apart."""
    while True:
        in_word = seen.entries & _WORD
        edges = (in_word[1:] != in_word[:-1]).nonzero()[0]
        starts, stops = edges[::2], edges[1::2]
        is_single = (stops - starts) == 1
        stand_apart = is_single[1:] & is_single[:-1]
        if not stand_apart.any():
            return seen, edges
        gap_starts, gap_stops = stops[:-1][stand_apart] + 1, starts[1:][stand_apart] + 1
        owners = seen.numbers >> _ONE
        is_closed = gap_stops - gap_starts <= _LONGEST_GAP
        is_closed &= owners.take(gap_starts - 1) == owners.take(gap_stops)
        if not is_closed.any():
            return seen, edges
        # Gaps have a letter between them: no place is the start of two, or of none.
        depth = np.zeros(len(seen.entries), np.int8)
        depth[gap_starts[is_closed]] = 1
        depth[gap_stops[is_closed]] = -1
        seen = seen.keep(np.add.accumulate(depth, out=depth) == 0)


def _places(parts: Sequence[str]) -> Places:
    """Return where in its content each looked-up code point comes from."""
    found = []
    for author, content in zip(parts[::2], parts[1::2], strict=True):
        widths = [len(decoding.expansion(letter)) for letter in author + content]
        first = -len(author) - 1
        found.append(np.repeat(np.arange(first, first + len(widths)), widths))
    return np.concatenate(found)
