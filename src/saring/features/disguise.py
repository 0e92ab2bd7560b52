"""Disguise: how a content is written, not what it says, in buckets."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from saring.features.decoding import Codes
from saring.features.glyphs import Kind
from saring.features.reading import Owners, Readings
from saring.features.slots import slot_of

Buckets = npt.NDArray[np.intp]

_PLAIN_KINDS = 9
_LOWER, _UPPER, _DIGIT, _BLANK = map(
    int, (Kind.LOWER, Kind.UPPER, Kind.DIGIT, Kind.BLANK)
)
_PUNCTUATION, _SYMBOL = int(Kind.PUNCTUATION), int(Kind.SYMBOL)
_EIGHTHS = 8
_SIXTEENTHS = 16
_LONGEST_WORD = 40

# How many buckets each measure has; where it can be undefined, that is the last one.
_MEASURES = {
    "length": 20,
    "capital_share": _EIGHTHS + 2,
    "punctuation_share": _SIXTEENTHS + 1,
    "digit_share": _SIXTEENTHS + 1,
    "blank_share": _SIXTEENTHS + 1,
    "words": 20,
    "single_letters": 20,
    "longest_word": _LONGEST_WORD + 1,
    "word_length": _LONGEST_WORD + 2,
    "repeats": 20,
    "first": len(Kind),
    "last": len(Kind),
    "words_then_digits": 20,
    "digits_then_words": 20,
}


_KINDS = len(Kind)
_DECORATIONS = [*Kind][_PLAIN_KINDS:]
_KIND_NAMES = [
    *(kind.name.lower() for kind in Kind),
    *(f"decorated_{kind.name.lower()}" for kind in _DECORATIONS),
    *(f"decorated_share:{kind.name.lower()}" for kind in _DECORATIONS),
]
_MEASURE_COUNT = len(_MEASURES)
_KINDS_END = _MEASURE_COUNT + _KINDS
_ALWAYS_COUNT = _MEASURE_COUNT - 2
_KIND_BUCKETS = 20
_WIDEST = max(_KIND_BUCKETS, *_MEASURES.values())


def _slot_row(name: str, count: int) -> list[int]:
    slots = [slot_of(f"disguise:{name}:{bucket}") for bucket in range(count)]
    return slots + [0] * (_WIDEST - count)


# By measure, then by kind: the slot of each bucket.
_SLOTS = np.array(
    [_slot_row(name, count) for name, count in _MEASURES.items()]
    + [_slot_row(name, _KIND_BUCKETS) for name in _KIND_NAMES],
    np.uint32,
).ravel()
DECORATION_SLOTS = _SLOTS.reshape(-1, _WIDEST)[-2 * len(_DECORATIONS) :, :_KIND_BUCKETS]
"""What tells that letters were decorated, and nothing of what they say."""
_ROW_STARTS = np.arange(_MEASURE_COUNT + len(_KIND_NAMES)) * _WIDEST
# No bucket of a comment's own letters needs more bits than this.
_POWERS_OF_TWO = 1 << np.arange(_KIND_BUCKETS)


class Slots(NamedTuple):
    """Slots of several comments, and how many of them each has."""

    slots: npt.NDArray[np.uint32]
    sizes: list[int]


def extract(readings: Readings) -> Slots:
    """Return the slots of how contents are written."""
    buckets, is_told = measure(readings)
    slots = _SLOTS.take(buckets + _ROW_STARTS)[is_told]
    return Slots(slots, np.count_nonzero(is_told, axis=1).tolist())


def names(readings: Readings) -> list[str]:
    """Return the names of what `extract` gives slots for, in the same order."""
    named = [*_MEASURES, *_KIND_NAMES]
    buckets, is_told = measure(readings)
    return [
        f"disguise:{named[place]}:{buckets[comment, place]}"
        for comment, place in zip(*is_told.nonzero(), strict=True)
    ]


def measure(readings: Readings) -> tuple[Buckets, npt.NDArray[np.bool_]]:
    """Return the bucket of each measure and each kind, and which of them are told.

    All measures are of the decoded letters, so that the same words give the same in
    any disguise; what was decorated is counted by itself.

    Returns:
        Two arrays of one row a comment: first the measures, the last two of which are
        told only of a comment with digits, then the kinds, told where there is one.
    """
    owners, comments = readings.owners[readings.is_content], readings.comments
    counts = _count_kinds(readings.shapes, owners, comments)
    total = np.bincount(owners, minlength=comments)
    capitals = counts[:, _UPPER]
    letters = capitals + counts[:, _LOWER]
    has_digits, by_neighbours = _measure_neighbours(readings, owners, total)
    found = np.empty((comments, _MEASURE_COUNT + len(_KIND_NAMES)), np.intp)
    measures = (
        _bits(total),
        _share(_EIGHTHS * capitals, letters, _EIGHTHS + 1),
        _SIXTEENTHS * (counts[:, _PUNCTUATION] + counts[:, _SYMBOL]) // total,
        _SIXTEENTHS * counts[:, _DIGIT] // total,
        _SIXTEENTHS * counts[:, _BLANK] // total,
        *_measure_words(readings),
        *by_neighbours,
    )
    for column, measured in zip(found.T, measures, strict=False):
        column[:] = measured
    is_told = np.ones(found.shape, np.bool_)
    is_told[:, _ALWAYS_COUNT:_MEASURE_COUNT] = has_digits[:, np.newaxis]
    found[:, _MEASURE_COUNT:_KINDS_END] = _bits(counts)
    np.greater(counts, 0, out=is_told[:, _MEASURE_COUNT:_KINDS_END])
    if len(readings.decorated):
        whole = np.maximum(letters + counts[:, _DIGIT], 1)
        _measure_decoration(
            readings, whole, found[:, _KINDS_END:], is_told[:, _KINDS_END:]
        )
    else:
        found[:, _KINDS_END:] = is_told[:, _KINDS_END:] = 0
    return found, is_told


def _measure_decoration(
    readings: Readings,
    letters: Buckets,
    buckets: Buckets,
    is_told: npt.NDArray[np.bool_],
) -> None:
    """Fill in how many letters were decorated, and which share of all, by kind."""
    kinds, owners = readings.decorated, readings.decorated_owners
    counts = _count_kinds(kinds, owners, readings.comments)[:, _PLAIN_KINDS:]
    middle = counts.shape[1]
    share = -(-_EIGHTHS * counts // letters[:, np.newaxis])
    buckets[:, :middle] = _bits(counts)
    buckets[:, middle:] = np.minimum(share, _EIGHTHS)
    is_told[:, :middle] = is_told[:, middle:] = counts > 0


def _bits(numbers: Buckets) -> Buckets:
    """Return how many bits each number has."""
    return _POWERS_OF_TWO.searchsorted(numbers, side="right")


def _share(part: Buckets, whole: Buckets, undefined: int) -> Buckets:
    """Return what part is of whole, rounded down, or `undefined` of nothing."""
    return np.where(whole > 0, part // np.maximum(whole, 1), undefined)


def _count_kinds(kinds: Codes, owners: Owners, comments: int) -> Buckets:
    """Return the number of code points of each kind, one row a comment."""
    places = owners * np.uint32(_KINDS) + kinds
    counts = np.bincount(places, minlength=comments * _KINDS)
    return counts.reshape(comments, _KINDS)


def _measure_words(readings: Readings) -> list[Buckets]:
    """Measure how many words there are, and how long they are."""
    edges, count = readings.edges, readings.comments
    lengths = edges[1::2] - edges[::2]
    owners = readings.owners.take(edges[::2])
    words = np.bincount(owners, minlength=count)
    longest = np.zeros(count, np.intp)
    np.maximum.at(longest, owners, lengths)
    letters = np.bincount(owners, lengths, minlength=count).astype(np.intp)
    mean = np.minimum(_share(2 * letters, words, _LONGEST_WORD + 1), _LONGEST_WORD)
    return [
        _bits(words),
        _bits(np.bincount(owners[lengths == 1], minlength=count)),
        np.minimum(longest, _LONGEST_WORD),
        np.where(words > 0, mean, _LONGEST_WORD + 1),
    ]


def _measure_neighbours(
    readings: Readings, content_owners: Owners, sizes: Buckets
) -> tuple[npt.NDArray[np.bool_], list[Buckets]]:
    """Measure what takes two neighbours to see; say also which comments have digits."""
    shapes, count = readings.shapes, readings.comments
    letters = readings.letters[readings.is_content]
    # Every content ends in a blank and begins with one: no three alike cross a border
    # but of blanks, and the owners tell those apart.
    is_same = letters[1:] == letters[:-1]
    is_same &= content_owners[1:] == content_owners[:-1]
    repeated = content_owners[2:][is_same[1:] & is_same[:-1]]
    stops = np.add.accumulate(sizes)
    found = [
        _bits(np.bincount(repeated, minlength=count)),
        shapes.take(stops - sizes + 1).astype(np.intp),
        shapes.take(stops - 2).astype(np.intp),
    ]
    is_digit = readings.digits
    if is_digit is None:
        none = np.zeros(count, np.intp)
        return none.astype(np.bool_), [*found, none, none]
    owners, edges = readings.owners, readings.edges
    word_owners = owners.take(edges[::2])
    begins, ends = is_digit.take(edges[::2] + 1), is_digit.take(edges[1::2])
    found += [
        _bits(np.bincount(word_owners[where], minlength=count))
        for where in (ends > begins, begins > ends)
    ]
    return np.bincount(owners[is_digit], minlength=count) > 0, found
