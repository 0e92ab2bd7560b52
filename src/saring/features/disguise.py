"""Disguise: how a content is written, not what it says, in buckets."""

import numpy as np

from saring.features.decoding import Kind
from saring.features.reading import Reading
from saring.features.slots import pack

_PLAIN_KINDS = 9
# As plain numbers: members of an enum take several times as long to look up.
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


def _buckets(name: str, count: int) -> list[bytes]:
    return [pack([f"disguise:{name}:{bucket}"]) for bucket in range(count)]


_KIND_SLOTS = [_buckets(kind.name.lower(), 20) for kind in Kind]
_MEASURE_SLOTS = [_buckets(name, count) for name, count in _MEASURES.items()]


def extract(reading: Reading) -> bytes:
    """Return the packed slots of how a content is written."""
    counts = np.bincount(reading.kinds, minlength=_PLAIN_KINDS).tolist()
    measures = measure(reading, counts)
    slots = [row[value] for row, value in zip(_MEASURE_SLOTS, measures, strict=False)]
    slots += [
        row[count.bit_length()]
        for row, count in zip(_KIND_SLOTS, counts, strict=False)
        if count
    ]
    return b"".join(slots)


def names(reading: Reading) -> list[str]:
    """Return the names of what `extract` gives slots for, in the same order."""
    counts = np.bincount(reading.kinds, minlength=_PLAIN_KINDS).tolist()
    measures = zip(_MEASURES, measure(reading, counts), strict=False)
    named = [f"disguise:{name}:{value}" for name, value in measures]
    return named + [
        f"disguise:{kind.name.lower()}:{count.bit_length()}"
        for kind, count in zip(Kind, counts, strict=False)
        if count
    ]


def measure(reading: Reading, counts: list[int]) -> list[int]:
    """Return the bucket of each of the measures; the last two only for digits.

    Args:
        reading: The content, looked up.
        counts: Its code points by their kind.
    """
    total = len(reading.kinds)
    capitals = counts[_UPPER]
    letters = capitals + counts[_LOWER]
    lengths = reading.lengths
    words = len(lengths)
    return [
        total.bit_length(),
        _EIGHTHS * capitals // letters if letters else _EIGHTHS + 1,
        _SIXTEENTHS * (counts[_PUNCTUATION] + counts[_SYMBOL]) // total,
        _SIXTEENTHS * counts[_DIGIT] // total,
        _SIXTEENTHS * counts[_BLANK] // total,
        -(-_EIGHTHS * sum(counts[_PLAIN_KINDS:]) // total),
        words.bit_length(),
        lengths.count(1).bit_length(),
        min(max(lengths, default=0), _LONGEST_WORD),
        min(2 * sum(lengths) // words, _LONGEST_WORD) if words else _LONGEST_WORD + 1,
        *_measure_neighbours(reading),
    ]


def _measure_neighbours(reading: Reading) -> list[int]:
    """Measure what takes two neighbours to see."""
    raw, kinds, is_digit = reading.raw, reading.kinds, reading.digits
    is_same = raw[1:] == raw[:-1]
    repeats = int(np.count_nonzero(is_same[1:] & is_same[:-1]))
    found = [repeats.bit_length(), int(kinds[1]), int(kinds[-2])]
    if is_digit is not None:
        edges = reading.edges
        begins, ends = is_digit.take(edges[::2] + 1), is_digit.take(edges[1::2])
        found.append(int(np.count_nonzero(ends > begins)).bit_length())
        found.append(int(np.count_nonzero(begins > ends)).bit_length())
    return found
