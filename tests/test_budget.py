"""The error budget: cutoffs that keep what they promise, and only then promise it."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saring.budget import (
    Budget,
    Ham,
    allowed_count,
    cutoffs_for,
    even_out,
    needed_count,
    promise,
)
from saring.classifiers.calibration import Calibration
from saring.classifiers.fixed import ONE, probability
from saring.errors import BadRequestError
from saring.verdict import NEVER, Cutoffs

STAND_IN = Cutoffs(unsure=0.6, spam=0.7, discard=0.99)


def hams(margins: list[int]) -> list[Ham]:
    return [Ham(margin, number) for number, margin in enumerate(margins)]


@pytest.mark.parametrize(
    ("one_in", "count"), [(200, 598), (1_000, 2_995), (10_000, 29_956)]
)
def test_budget_needs_as_many_hams_as_the_design_says(one_in: int, count: int) -> None:
    budget = Budget(one_in)

    assert needed_count(budget) == count
    assert allowed_count(count - 1, budget) is None
    assert allowed_count(count, budget) == 0


def test_budget_promises_nothing_with_too_little_ham() -> None:
    found = promise(hams(list(range(500))), Budget(200))

    assert not found.is_kept
    assert found.missing_count == 98


def test_budget_cuts_past_the_highest_ham_where_that_is_just_enough() -> None:
    found = promise(hams(list(range(598))), Budget(200))

    assert (found.margin, found.above_count, found.missing_count) == (598, 0, 0)


def test_budget_leaves_more_ham_above_the_more_there_is() -> None:
    found = promise(hams(list(range(1_100))), Budget(200))

    assert found.above_count == allowed_count(1_100, Budget(200)) == 1
    assert found.margin == 1_100 - 1


def test_budget_counts_the_newest_ham_alone() -> None:
    found = promise(hams([5] * 2 * 598 + [9] * 5_000), Budget(200))

    assert (found.ham_count, found.margin) == (2 * 598, 6)


def test_budget_publishes_all_ties_of_its_last_ham() -> None:
    found = promise(hams([5] * 10_000), Budget(200))

    assert found.margin == 6


def test_budget_of_discarding_is_ten_times_stricter() -> None:
    assert Budget(200).for_discard() == Budget(2_000)
    assert Budget(900_000).for_discard().one_in == 1_000_000


@pytest.mark.parametrize(
    ("one_in", "confidence"), [(1, 0.95), (0, 0.95), (2_000_000, 0.95), (200, 1.0)]
)
def test_budget_refuses_what_cannot_be_promised(one_in: int, confidence: float) -> None:
    with pytest.raises(BadRequestError, match="it must lie between"):
        Budget(one_in, confidence)


def test_budget_evens_out_a_draw_whose_chances_differ() -> None:
    published = [Ham(0, number=number) for number in range(300)]
    held = [Ham(1, number=number, weight=0.1) for number in range(300, 2_300)]

    kept = list(even_out(published + held))

    assert kept[:300] == published
    assert len(kept) - 300 == pytest.approx(200, abs=50)
    assert list(even_out(published + held)) == kept


@pytest.mark.parametrize("held_rate", [0.02, 0.5])
def test_budget_of_a_weighted_sample_keeps_its_promise(held_rate: float) -> None:
    chance, published_rate = random.Random(5), 0.05
    least, kept = min(held_rate, published_rate), 0
    numbers = iter(range(10_000_000))
    for _ in range(200):
        drawn = []
        for _ in range(6_000):
            margin = round(chance.gauss(0, ONE))
            rate = held_rate if margin > 2 * ONE else published_rate
            if chance.random() < rate:
                drawn.append(Ham(margin, next(numbers), least / rate))
        found = promise(drawn, Budget(40))
        # One in forty of this ham lies above 1.96.
        kept += found.margin is None or found.margin > 1.96 * ONE

    assert kept >= 0.95 * 200 - 9


lines = st.builds(Calibration, st.integers(ONE // 8, 16 * ONE), st.integers(-9, 9))


@given(lines, st.integers(-40 * ONE, 40 * ONE))
def test_cutoffs_publish_every_margin_below_the_promised(
    line: Calibration, margin: int
) -> None:
    found = cutoffs_for(STAND_IN, line, margin, None)

    assert probability(line.log_odds(margin - 1)) < found.spam
    assert found.unsure <= found.spam <= found.discard


def test_cutoffs_stay_where_nothing_is_promised() -> None:
    assert cutoffs_for(STAND_IN, Calibration(), None, None) == STAND_IN


def test_cutoffs_are_never_lowered_by_a_budget() -> None:
    assert cutoffs_for(STAND_IN, Calibration(), -3 * ONE, -ONE) == STAND_IN


def test_cutoffs_discard_by_the_stricter_promise() -> None:
    found = cutoffs_for(STAND_IN, Calibration(), ONE, 5 * ONE)

    assert probability(ONE - 1) < found.spam <= probability(ONE + 2)
    assert probability(5 * ONE - 1) < found.discard <= probability(5 * ONE + 2)


def test_cutoffs_hold_nothing_where_ham_scores_as_high_as_can_be() -> None:
    found = cutoffs_for(STAND_IN, Calibration(), 41 * ONE, None)

    assert found.spam == found.discard == NEVER
