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
from saring.features.leetspeak import read_leetspeak

HEAD_CHARACTERS = 3_000
TAIL_CHARACTERS = 1_000
MAX_AUTHOR_CHARACTERS = 200

_LONGEST_GAP = 3
_NO_GAP = 3 * _LONGEST_GAP + 2
_AUTHOR_SALT = 1 << 24
_CODE_MASK = np.uint32(decoding.CODE_MASK)
_WORD = np.uint32(decoding.WORD)
_DIGIT = np.uint32(decoding.DIGIT)
_DROPPED = np.uint32(decoding.DROPPED)
_ONE = np.uint32(1)
_LATIN = np.uint32(decoding.LATIN)
_KIND_SHIFT = np.uint32(decoding.KIND_SHIFT)
_SHAPE_SHIFT = np.uint32(decoding.SHAPE_SHIFT)
_BLANK, _NEWLINE = decoding.look_up(" \n")[1]
_BLANK_CODE = ord(" ")
_LAST_ASCII = np.uint32(127)

Places = npt.NDArray[np.intp]
Owners = npt.NDArray[np.uint32]
Flags = npt.NDArray[np.bool_]


class Readings(NamedTuple):
    """What text and disguise look at, of several comments.

    Attributes:
        comments: How many there are.
        letters: The skeleton of authors and contents, the authors' letters salted, with
            blanks around each and two at the very beginning of a comment.
        owners: The number of the comment that each letter is from.
        edges: By turns the letter before a word and the last one of it.
        digits: Which letters are digits; None if none is.
        is_content: Which letters are of a content, the blanks around it included.
        shapes: The class of each of those (`decoding.Kind`) once it is decoded.
        raw: The contents' code points beyond ASCII that decoding leaves as they are
            and that are no Latin letters.
        raw_owners: The number of the comment that each of them is from.
        decorated: The class of each code point whose decoration decoding took away.
        decorated_owners: The number of the comment that each of them is from.
        places: Where in its content each letter comes from, below 0 for an author's;
            None unless asked for.
    """

    comments: int
    letters: Codes
    owners: Owners
    edges: Places
    digits: Flags | None
    is_content: Flags
    shapes: Codes
    raw: Codes
    raw_owners: Owners
    decorated: Codes
    decorated_owners: Owners
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
    rare = _find_rare(codes, entries, numbers)
    seen = _Seen(entries, numbers, _places(parts) if is_traced else None)
    if flags & decoding.DROPPED:
        seen = seen.keep((entries & _DROPPED) == 0)
    seen = seen._replace(entries=read_leetspeak(seen.entries, seen.numbers))
    seen, edges = _find_words(seen)
    is_content = (seen.numbers & _ONE).astype(np.bool_)
    shapes = decoding.SHAPES.take(seen.entries[is_content] >> _SHAPE_SHIFT)
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
        is_content,
        shapes,
        *rare,
        seen.places,
    )


class _Rare(NamedTuple):
    """Letters beyond ASCII, by whether decoding changed them, and their comments."""

    raw: Codes
    raw_owners: Owners
    decorated: Codes
    decorated_owners: Owners


def _find_rare(codes: Codes, entries: Codes, numbers: Owners) -> _Rare:
    """Return the contents' letters beyond ASCII."""
    places = (codes > _LAST_ASCII).nonzero()[0]
    if not len(places):
        return _Rare(codes[:0], numbers[:0], codes[:0], numbers[:0])
    places = places[(numbers.take(places) & _ONE) != 0]
    found, owners = entries.take(places), numbers.take(places) >> _ONE
    kinds = found >> _KIND_SHIFT
    is_decorated = kinds != decoding.SHAPES.take(found >> _SHAPE_SHIFT)
    is_decorated |= (found & _DROPPED) != 0
    is_raw = ~is_decorated & ((found & _LATIN) == 0)
    return _Rare(
        codes.take(places[is_raw]),
        owners[is_raw],
        kinds[is_decorated],
        owners[is_decorated],
    )


class _Seen(NamedTuple):
    """What can be seen, the part that each letter is from, and its place there."""

    entries: Codes
    numbers: Owners
    places: Places | None

    def keep(self, is_kept: Flags) -> "_Seen":
        """Return some of it."""
        places = self.places
        return _Seen(
            self.entries[is_kept],
            self.numbers[is_kept],
            places[is_kept] if places is not None else None,
        )


class _Gaps(NamedTuple):
    """What lies between words of one letter: which gaps, and where they are."""

    numbers: Places
    starts: Places
    stops: Places

    @classmethod
    def between(cls, edges: Places, numbers: Places) -> "_Gaps":
        """Return the gaps with these numbers, of all between the words' edges."""
        ends = edges[1:-1].reshape(-1, 2).take(numbers, axis=0) + 1
        return cls(numbers, ends[:, 0], ends[:, 1])

    def may_close(self, seen: _Seen) -> Flags:
        """Say which gaps are short and within one text."""
        of_text = seen.numbers.take
        is_close: Flags = of_text(self.starts - 1) == of_text(self.stops)
        is_close &= self.stops - self.starts <= _LONGEST_GAP
        return is_close

    def divide_words(self, seen: _Seen, is_closed: Flags) -> Flags:
        """Say which gaps divide words that are set apart letter by letter themselves.

        They end in a blank but do not begin with one, or are of blanks alone; and they
        are wider than a gap beside them, as the end of a line always is.
        """
        starts, stops = self.starts, self.stops
        first, last = seen.entries.take(starts), seen.entries.take(stops - 1)
        begins = (first & _CODE_MASK) == _BLANK_CODE
        is_blank = (last & _CODE_MASK) == _BLANK_CODE
        middle = seen.entries.take((starts + stops) // 2) & _CODE_MASK
        is_blank &= ~begins | (middle == _BLANK_CODE)
        widths = (
            2 * (stops - starts)
            + is_blank
            + _LONGEST_GAP * ((first == _NEWLINE) | (last == _NEWLINE))
        )
        padded = np.full(len(widths) + 2, _NO_GAP, np.intp)
        padded[1:-1] = np.where(is_closed, widths, _NO_GAP)
        is_beside = np.diff(self.numbers, prepend=-2, append=-2) == 1
        before = np.where(is_beside[:-1], padded[:-2], _NO_GAP)
        after = np.where(is_beside[1:], padded[2:], _NO_GAP)
        is_wider: Flags = widths > np.minimum(before, after)
        is_wider &= is_blank
        return is_wider


def _find_repeated_blanks(seen: _Seen) -> Places:
    """Return the places of blanks before one more blank, but for a text's first."""
    is_blank, numbers = seen.entries == _BLANK, seen.numbers
    places: Places = (is_blank[1:-1] & is_blank[2:]).nonzero()[0] + 1
    number = numbers.take(places)
    is_inside = number == numbers.take(places - 1)
    is_inside &= number == numbers.take(places + 1)
    repeated: Places = places[is_inside]
    return repeated


def _find_words(seen: _Seen) -> tuple[_Seen, Places]:
    """Find where words begin and end, after joining those that stand apart."""
    while True:
        edges = _find_edges(seen)
        starts, stops = edges[::2], edges[1::2]
        is_single = (stops - starts) == 1
        stand_apart = is_single[1:] & is_single[:-1]
        if not stand_apart.any():
            break
        gaps = _Gaps.between(edges, stand_apart.nonzero()[0])
        is_closed = gaps.may_close(seen)
        is_closed &= ~gaps.divide_words(seen, is_closed)
        if not is_closed.any():
            break
        # Gaps have a letter between them: no place is the start of two, or of none.
        depth = np.zeros(len(seen.entries), np.int8)
        depth[gaps.starts[is_closed]] = 1
        depth[gaps.stops[is_closed]] = -1
        seen = seen.keep(np.add.accumulate(depth, out=depth) == 0)
    repeated = _find_repeated_blanks(seen)
    if len(repeated):
        is_kept = np.ones(len(seen.entries), np.bool_)
        is_kept[repeated] = False
        seen = seen.keep(is_kept)
        edges = _find_edges(seen)
    return seen, edges


def _find_edges(seen: _Seen) -> Places:
    """Return by turns the letter before a word and the last one of it."""
    in_word = seen.entries & _WORD
    edges: Places = (in_word[1:] != in_word[:-1]).nonzero()[0]
    return edges


def _places(parts: Sequence[str]) -> Places:
    """Return where in its content each looked-up code point comes from."""
    found = []
    for author, content in zip(parts[::2], parts[1::2], strict=True):
        letters = author + content
        width_of = {letter: len(decoding.expansion(letter)) for letter in set(letters)}
        widths = [width_of[letter] for letter in letters]
        first = -len(author) - 1
        found.append(np.repeat(np.arange(first, first + len(widths)), widths))
    return np.concatenate(found)
