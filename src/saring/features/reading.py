"""Reading: one author and content looked up letter by letter, for text and disguise."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from saring.features import decoding
from saring.features.decoding import Codes

HEAD_CHARACTERS = 3_000
TAIL_CHARACTERS = 1_000
MAX_AUTHOR_CHARACTERS = 200

_LONGEST_GAP = 3
_AUTHOR_SALT = np.uint32(1 << 24)
_CODE_MASK = np.uint32(decoding.CODE_MASK)
_WORD = np.uint32(decoding.WORD)
_DIGIT = np.uint32(decoding.DIGIT)
_KIND_SHIFT = np.uint32(decoding.KIND_SHIFT)

Places = npt.NDArray[np.intp]


class Reading(NamedTuple):
    """What text and disguise look at.

    Attributes:
        letters: The skeleton of author and content, the author's letters salted, with
            blanks around each and two at the very beginning.
        edges: By turns the letter before a word and the last one of it.
        lengths: Of the words, in letters.
        digits: Which letters are digits; None if none is.
        raw: The content's code points, as they came, with a blank on either side.
        kinds: The class of each of them (`decoding.Kind`).
        is_beyond_ascii: Whether a code point of author or content is not ASCII.
        places: Where in the content each letter comes from, below 0 for the author's;
            None unless asked for.
    """

    letters: Codes
    edges: Places
    lengths: list[int]
    digits: npt.NDArray[np.bool_] | None
    raw: Codes
    kinds: Codes
    is_beyond_ascii: bool
    places: Places | None = None


def shorten(text: str) -> str:
    """Return the text, or the head and tail of one that is too long to read whole."""
    if len(text) <= HEAD_CHARACTERS + TAIL_CHARACTERS:
        return text
    return f"{text[:HEAD_CHARACTERS]} {text[-TAIL_CHARACTERS:]}"


def read(author: str, content: str, *, is_traced: bool = False) -> Reading:
    """Look up an author and a (shortened) content.

    Words that stand apart letter by letter ("b . o . s") are joined, so that the
    blanks between their letters hide nothing.

    Args:
        author: The author's name.
        content: The text, without markup.
        is_traced: Whether to keep the places of the letters as well (slow).
    """
    head, body = f"  {author[:MAX_AUTHOR_CHARACTERS]} ", f" {content} "
    codes, entries, flags = decoding.look_up(head + body)
    places = _places(head, body) if is_traced else None
    split = len(head)
    if len(codes) != split + len(body):
        split = len(decoding.look_up(head)[0])
    raw, kinds = codes[split:], entries[split:] >> _KIND_SHIFT
    if flags & decoding.DROPPED:
        is_seen = (entries & decoding.DROPPED) == 0
        split = int(np.count_nonzero(is_seen[:split]))
        entries = entries[is_seen]
        places = places[is_seen] if places is not None else None
    seen = _find_words(entries, split, places)
    letters = seen.entries & _CODE_MASK
    if author:
        letters[: seen.split] |= _AUTHOR_SALT
    digits = (seen.entries & _DIGIT) != 0 if flags & decoding.DIGIT else None
    return Reading(
        letters,
        seen.edges,
        seen.lengths,
        digits,
        raw,
        kinds,
        not (author.isascii() and content.isascii()),
        seen.places,
    )


class _Seen(NamedTuple):
    """What can be seen of an author and a content, and where the content begins."""

    entries: Codes
    split: int
    places: Places | None
    edges: Places
    lengths: list[int]


def _find_words(entries: Codes, split: int, places: Places | None) -> _Seen:
    """Find where words begin and end, after joining those that stand apart."""
    in_word = entries & _WORD
    edges = (in_word[1:] != in_word[:-1]).nonzero()[0]
    lengths = (edges[1::2] - edges[::2]).tolist()
    if not _stand_apart(lengths):
        return _Seen(entries, split, places, edges, lengths)
    is_kept = np.ones(len(entries), np.bool_)
    for start, stop in _gaps_to_close(edges, lengths):
        is_kept[start:stop] = False
    if is_kept.all():
        return _Seen(entries, split, places, edges, lengths)
    split = int(np.count_nonzero(is_kept[:split]))
    places = places[is_kept] if places is not None else None
    return _find_words(entries[is_kept], split, places)


def _stand_apart(lengths: list[int]) -> bool:
    """Say whether two words in a row have one letter; mostly not, and so in C."""
    at = -2
    for _ in range(lengths.count(1)):
        found = lengths.index(1, at + 1 if at >= 0 else 0)
        if found == at + 1:
            return True
        at = found
    return False


def _gaps_to_close(edges: Places, lengths: list[int]) -> Iterator[tuple[int, int]]:
    """Yield the spans between two words of one letter that stand near each other."""
    bounds = edges.tolist()
    for number in range(len(lengths) - 1):
        if lengths[number] == lengths[number + 1] == 1:
            start, stop = bounds[2 * number + 1] + 1, bounds[2 * number + 2] + 1
            if stop - start <= _LONGEST_GAP:
                yield start, stop


def _places(head: str, body: str) -> Places:
    """Return where in the content each looked-up code point comes from."""
    widths = [len(decoding.expansion(letter)) for letter in head + body]
    first = -len(head) - 1
    return np.repeat(np.arange(first, first + len(widths)), widths)
