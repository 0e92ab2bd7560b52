"""Disguise: how a content is written, not what it says, in buckets."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from saring.features.decoding import Kind
from saring.features.reading import Readings
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
    "decorated_share": _EIGHTHS + 1,
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
_MEASURE_COUNT = len(_MEASURES)
_ALWAYS_COUNT = _MEASURE_COUNT - 2
_KIND_BUCKETS = 20
_WIDEST = max(_KIND_BUCKETS, *_MEASURES.values())


def _slot_row(name: str, count: int) -> list[int]:
    slots = [slot_of(f"disguise:{name}:{bucket}") for bucket in range(count)]
    return slots + [0] * (_WIDEST - count)


# By measure, then by kind: the slot of each bucket.
_SLOTS = np.array(
    [_slot_row(name, count) for name, count in _MEASURES.items()]
    + [_slot_row(kind.name.lower(), _KIND_BUCKETS) for kind in Kind],
    np.uint32,
).ravel()
_ROW_STARTS = np.arange(_MEASURE_COUNT + _KINDS) * _WIDEST
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
    named = [*_MEASURES, *(kind.name.lower() for kind in Kind)]
    buckets, is_told = measure(readings)
    return [
        f"disguise:{named[place]}:{buckets[comment, place]}"
        for comment, place in zip(*is_told.nonzero(), strict=True)
    ]


def measure(readings: Readings) -> tuple[Buckets, npt.NDArray[np.bool_]]:
    """Return the bucket of each measure and each kind, and which of them are told.

    Returns:
        Two arrays of one row a comment: first the measures, the last two of which are
        told only of a comment with digits, then the kinds, told where there is one.
    """
    counts = _count_kinds(readings)
    total = readings.raw_sizes
    capitals = counts[:, _UPPER]
    letters = capitals + counts[:, _LOWER]
    decorated = counts[:, _PLAIN_KINDS:].sum(axis=1)
    has_digits, by_neighbours = _measure_neighbours(readings)
    found = np.empty((readings.comments, _MEASURE_COUNT + _KINDS), np.intp)
    measures = (
        _bits(total),
        _share(_EIGHTHS * capitals, letters, _EIGHTHS + 1),
        _SIXTEENTHS * (counts[:, _PUNCTUATION] + counts[:, _SYMBOL]) // total,
        _SIXTEENTHS * counts[:, _DIGIT] // total,
        _SIXTEENTHS * counts[:, _BLANK] // total,
        -(-_EIGHTHS * decorated // total),
        *_measure_words(readings),
        *by_neighbours,
    )
    for column, measured in zip(found.T, measures, strict=False):
        column[:] = measured
    found[:, _MEASURE_COUNT:] = _bits(counts)
    is_told = np.ones(found.shape, np.bool_)
    is_told[:, _ALWAYS_COUNT:_MEASURE_COUNT] = has_digits[:, np.newaxis]
    np.greater(counts, 0, out=is_told[:, _MEASURE_COUNT:])
    return found, is_told


def _bits(numbers: Buckets) -> Buckets:
    """Return how many bits each number has."""
    return _POWERS_OF_TWO.searchsorted(numbers, side="right")


def _share(part: Buckets, whole: Buckets, undefined: int) -> Buckets:
    """Return what part is of whole, rounded down, or `undefined` of nothing."""
    return np.where(whole > 0, part // np.maximum(whole, 1), undefined)


def _count_kinds(readings: Readings) -> Buckets:
    """Return the number of code points of each kind, one row a comment."""
    places = readings.raw_owners * np.uint32(_KINDS) + readings.kinds
    counts = np.bincount(places, minlength=readings.comments * _KINDS)
    return counts.reshape(readings.comments, _KINDS)


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
    readings: Readings,
) -> tuple[npt.NDArray[np.bool_], list[Buckets]]:
    """Measure what takes two neighbours to see; say also which comments have digits."""
    raw, kinds, count = readings.raw, readings.kinds, readings.comments
    # Every content ends in a blank and begins with one: no three alike cross a border
    # but of blanks, and the owners tell those apart.
    is_same = raw[1:] == raw[:-1]
    is_same &= readings.raw_owners[1:] == readings.raw_owners[:-1]
    repeated = readings.raw_owners[2:][is_same[1:] & is_same[:-1]]
    stops = np.add.accumulate(readings.raw_sizes)
    found = [
        _bits(np.bincount(repeated, minlength=count)),
        kinds.take(stops - readings.raw_sizes + 1).astype(np.intp),
        kinds.take(stops - 2).astype(np.intp),
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
