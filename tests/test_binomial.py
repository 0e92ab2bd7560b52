"""Binomial: the sums of our own give what SciPy gives."""

import math

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scipy import stats

from saring import binomial

shares = st.floats(1e-6, 1 - 1e-6)


@given(st.data(), st.integers(0, 400), shares)
def test_at_most_is_the_sum_of_the_terms(
    data: st.DataObject, trials: int, share: float
) -> None:
    count = data.draw(st.integers(0, trials))

    wanted = float(stats.binom.cdf(count, trials, share))

    assert binomial.at_most(count, trials, share) == pytest.approx(wanted, abs=1e-9)


def test_at_most_does_not_lose_itself_in_small_terms() -> None:
    wanted = float(stats.binom.cdf(9_900, 100_000, 0.1))

    assert binomial.at_most(9_900, 100_000, 0.1) == pytest.approx(wanted, rel=1e-6)
    assert binomial.at_most(0, 100_000, 0.5) == 0


@pytest.mark.parametrize(("share", "chance"), [(0.0, 1.0), (1.0, 0.0)])
def test_at_most_knows_the_certain_cases(share: float, chance: float) -> None:
    assert binomial.at_most(3, 5, share) == chance


@settings(deadline=None, max_examples=40)
@given(st.data(), st.integers(1, 1_000), st.sampled_from([0.9, 0.95, 0.99]))
def test_interval_is_that_of_clopper_and_pearson(
    data: st.DataObject, trials: int, confidence: float
) -> None:
    count = data.draw(st.integers(0, trials))
    wanted = stats.binomtest(count, trials).proportion_ci(confidence, method="exact")

    assert binomial.interval(count, trials, confidence) == pytest.approx(
        (wanted.low, wanted.high), abs=1e-8
    )


def test_interval_of_nothing_is_everything() -> None:
    assert binomial.interval(0, 0, 0.95) == (0.0, 1.0)


@given(st.integers(0, 5_000), st.floats(1e-4, 0.5), st.sampled_from([0.5, 0.05, 0.001]))
@example(598, 1 / 200, 0.05)
@example(2_994, 1 / 1_000, 0.05)
def test_largest_within_is_the_last_count_inside_the_tail(
    trials: int, share: float, tail: float
) -> None:
    count = binomial.largest_within(trials, share, tail)

    if count >= 0:
        assert stats.binom.cdf(count, trials, share) <= tail * (1 + 1e-9)
    assert stats.binom.cdf(count + 1, trials, share) > tail * (1 - 1e-9)


def test_largest_within_holds_for_a_million() -> None:
    count = binomial.largest_within(1_000_000, 0.01, 0.05)

    assert count == math.floor(stats.binom.ppf(0.05, 1_000_000, 0.01)) - 1
