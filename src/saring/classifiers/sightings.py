"""Sightings: in how many of an owner's ham and spam each slot was seen, counted to 3.

A second voice beside the weights (naive Bayes): it hears every label, not only the
surprising ones, and speaks of rare features. What is seen often is left to the weights.
"""

import zlib
from typing import Protocol

import msgspec
import numpy as np
from numpy.typing import NDArray

from saring.classifiers.base import SLOT_COUNT, WEIGHT_BITS
from saring.classifiers.fixed import FRACTION_BITS, log_odds_of
from saring.features.slots import Slots

# Counting further gains nothing: docs/experiments/029.
_MOST = 3
_COUNTS = range(_MOST + 1)
_UNIT_SHIFT = FRACTION_BITS - WEIGHT_BITS

Ratios = NDArray[np.int16]
Tallies = NDArray[np.uint8]
Places = NDArray[np.intp]


def _ratio(ham: int, spam: int) -> int:
    """Return two thirds of the log-odds of some sightings, each with a tenth more."""
    log_odds = log_odds_of((10 * spam + 1) / (10 * (ham + spam) + 2))
    return 2 * log_odds // 3 >> _UNIT_SHIFT


# A tally holds both counts: four times the spam and once the ham.
_RATIOS = np.array([_ratio(ham, spam) for spam in _COUNTS for ham in _COUNTS], np.int16)
_AFTER_HAM = np.array(
    [4 * spam + min(ham + 1, _MOST) for spam in _COUNTS for ham in _COUNTS], np.uint8
)
_AFTER_SPAM = np.array(
    [4 * min(spam + 1, _MOST) + ham for spam in _COUNTS for ham in _COUNTS], np.uint8
)

LOUDEST = (int(_RATIOS.max()) + 1) << _UNIT_SHIFT
"""No mean of ratios is further from 0, in units of 2**-16."""


def ratios_of(tallies: Tallies) -> Ratios:
    """Return the ratio of each tally; see `Sightings.ratios`."""
    return _RATIOS.take(tallies)


class Hasher(Protocol):
    """What a digest is added up in, as in hashlib."""

    def update(self, data: bytes, /) -> None:
        """Add bytes."""


class Seen(msgspec.Struct, frozen=True, array_like=True):
    """The tallies of what was seen, packed."""

    gaps: bytes
    tallies: bytes


class Sightings:
    """How often each slot was seen in ham and in spam; 4 MiB."""

    __slots__ = ("_tallies",)

    def __init__(self) -> None:
        self._tallies = np.zeros(SLOT_COUNT, np.uint8)

    def see(self, slots: Places, *, is_spam: bool) -> Tallies:
        """Count the slots of one labelled comment; return their tallies thereafter."""
        after = _AFTER_SPAM if is_spam else _AFTER_HAM
        tallies = after.take(self._tallies.take(slots))
        self._tallies[slots] = tallies
        return tallies

    def tallies(self, slots: Slots | Places) -> Tallies:
        """Return how often each slot was seen, both counts in one number."""
        return self._tallies.take(slots)

    def ratios(self, slots: Slots | Places) -> Ratios:
        """Return for each slot how much likelier it is in spam, in units of a weight.

        What was seen as often in both, or never, says nothing.
        """
        return ratios_of(self._tallies.take(slots))

    def dump(self) -> Seen:
        """Return what was seen, to be read by `load`."""
        slots = self._tallies.nonzero()[0]
        gaps = np.diff(slots, prepend=0).astype("<u4")
        return Seen(
            gaps=zlib.compress(gaps.tobytes(), 1),
            tallies=zlib.compress(self._tallies[slots].tobytes(), 1),
        )

    def load(self, seen: Seen) -> None:
        """Put in what `dump` returned.

        Raises:
            ValueError: The parts do not fit together.
            zlib.error: A part is damaged.
        """
        gaps = np.frombuffer(zlib.decompress(seen.gaps), "<u4")
        slots = gaps.cumsum(dtype=np.int64)
        tallies = np.frombuffer(zlib.decompress(seen.tallies), np.uint8)
        if len(slots) and slots[-1] >= len(self._tallies):
            raise ValueError("a slot lies outside the tallies")
        if len(slots) != len(tallies):
            raise ValueError("slots and tallies differ in number")
        if len(tallies) and tallies.max() >= len(_RATIOS):
            raise ValueError("a tally is too high")
        self._tallies[slots] = tallies

    def digest_into(self, total: Hasher) -> None:
        """Add every bit to a digest."""
        total.update(self._tallies.tobytes())
