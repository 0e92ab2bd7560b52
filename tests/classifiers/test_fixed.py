import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saring.classifiers.fixed import (
    INVERSE_ROOTS,
    MAX_COUNT,
    ONE,
    log_odds_of,
    logistic,
    probability,
)


@given(st.integers(-39 * ONE, 39 * ONE))
def test_probability_is_close_to_the_logistic_function(log_odds: int) -> None:
    exact = 1 / (1 + math.exp(-log_odds / ONE))

    assert probability(log_odds) == pytest.approx(exact, rel=1e-4)


@given(st.integers(-39 * ONE, 35 * ONE))
def test_probability_rises_with_the_log_odds(log_odds: int) -> None:
    assert probability(log_odds) < probability(log_odds + ONE // 4)


@given(st.integers(-60 * ONE, 60 * ONE))
def test_logistic_of_opposite_log_odds_adds_up_to_one(log_odds: int) -> None:
    assert logistic(log_odds) + logistic(-log_odds) == ONE


@pytest.mark.parametrize("log_odds", [10**9, 10**12])
def test_probability_stays_a_number_far_out(log_odds: int) -> None:
    assert 0 < probability(-log_odds) < 1e-17
    assert probability(log_odds) == 1


@given(st.floats(0.0001, 0.9999))
def test_log_odds_of_is_the_least_that_reaches_the_probability(chance: float) -> None:
    log_odds = log_odds_of(chance)

    assert probability(log_odds - 1) < chance <= probability(log_odds)


def test_inverse_roots_are_rounded_down() -> None:
    assert INVERSE_ROOTS[0] == 0
    assert INVERSE_ROOTS[4] == ONE // 2
    assert INVERSE_ROOTS[MAX_COUNT] == math.floor(ONE / math.sqrt(MAX_COUNT))


def test_tables_have_the_bits_they_had() -> None:
    assert [logistic(k * ONE) for k in (-3, -1, 0, 1, 3)] == [
        3108,
        17625,
        32768,
        47911,
        62428,
    ]
