import math
import zlib

import numpy as np
import pytest

from saring.classifiers.base import SLOT_COUNT
from saring.classifiers.sightings import Seen, Sightings

SLOTS = np.array([3, 5, 70_000], np.intp)


def packed(slots: list[int], tallies: list[int]) -> Seen:
    gaps = np.diff(np.array(slots), prepend=0).astype("<u4")
    return Seen(zlib.compress(gaps.tobytes()), zlib.compress(bytes(tallies)))


def test_what_was_never_seen_says_nothing() -> None:
    assert not Sightings().ratios(SLOTS).any()


@pytest.mark.parametrize(("ham", "spam"), [(0, 1), (1, 0), (2, 1), (0, 3), (3, 3)])
def test_ratios_are_two_thirds_of_those_of_the_counts(ham: int, spam: int) -> None:
    sightings = Sightings()

    for is_spam, count in ((False, ham), (True, spam)):
        for _ in range(count):
            sightings.see(SLOTS, is_spam=is_spam)

    expected = 1_024 * 2 / 3 * math.log((spam + 0.1) / (ham + 0.1))
    assert sightings.ratios(SLOTS) == pytest.approx([expected] * 3, abs=1)


def test_see_counts_no_further_than_three() -> None:
    sightings = Sightings()

    for _ in range(9):
        sightings.see(SLOTS, is_spam=True)
    for _ in range(3):
        sightings.see(SLOTS, is_spam=False)

    assert not sightings.ratios(SLOTS).any()


def test_load_puts_in_what_dump_returned() -> None:
    saved, loaded = Sightings(), Sightings()
    saved.see(SLOTS, is_spam=True)
    saved.see(SLOTS[:1], is_spam=False)

    loaded.load(saved.dump())

    assert loaded.ratios(SLOTS).tolist() == saved.ratios(SLOTS).tolist()


@pytest.mark.parametrize(
    ("slots", "tallies"), [([SLOT_COUNT], [1]), ([1, 2], [1]), ([1], [16])]
)
def test_load_refuses_what_does_not_fit(slots: list[int], tallies: list[int]) -> None:
    with pytest.raises(ValueError, match=r"outside|differ|too high"):
        Sightings().load(packed(slots, tallies))
