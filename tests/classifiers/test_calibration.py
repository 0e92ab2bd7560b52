import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from saring.classifiers.calibration import Calibration, fit
from saring.classifiers.fixed import ONE

lines = st.builds(Calibration, st.integers(66, 8 * ONE), st.integers(-9 * ONE, 9 * ONE))


@given(lines, st.integers(-20 * ONE, 20 * ONE))
def test_margin_is_the_least_that_reaches_the_log_odds(
    line: Calibration, log_odds: int
) -> None:
    margin = line.margin(log_odds)

    assert line.log_odds(margin - 1) < log_odds <= line.log_odds(margin)


def test_fit_finds_the_line_that_made_the_labels() -> None:
    chance = np.random.default_rng(0)
    margins = chance.normal(0, 2, 20_000)
    are_spam = chance.random(20_000) < 1 / (1 + np.exp(-(1.5 * margins - 0.5)))

    line = fit(margins, are_spam)

    assert line.slope / ONE == pytest.approx(1.5, abs=0.05)
    assert line.offset / ONE == pytest.approx(-0.5, abs=0.05)


def test_fit_of_a_perfect_separation_is_finite() -> None:
    line = fit([-1.0, -2.0, 1.0, 2.0], [0, 0, 1, 1])

    assert 0 < line.slope < 100 * ONE


def test_fit_never_turns_the_order_round() -> None:
    line = fit([-1.0, -2.0, 1.0, 2.0], [1, 1, 0, 0])

    assert line.slope > 0
