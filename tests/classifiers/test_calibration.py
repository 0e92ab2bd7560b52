from collections.abc import Iterable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from saring.classifiers.calibration import Calibration, OnlineCalibration, fit
from saring.classifiers.fixed import ONE
from saring.errors import ModelError

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


def followed(lessons: Iterable[tuple[int, bool]]) -> OnlineCalibration:
    line = OnlineCalibration(Calibration())
    for margin, is_spam in lessons:
        line.follow(margin, is_spam=is_spam)
    return line


def drawn(
    count: int, slope: float, offset: float, seed: int = 0
) -> list[tuple[int, bool]]:
    """Return margins whose labels follow a line, by chance."""
    chance = np.random.default_rng(seed)
    margins = chance.normal(0, 2, count)
    are_spam = chance.random(count) < 1 / (1 + np.exp(-slope * margins - offset))
    return [
        (round(margin * ONE), bool(is_spam))
        for margin, is_spam in zip(margins, are_spam, strict=True)
    ]


def test_online_calibration_finds_the_line_of_its_labels() -> None:
    line = followed(drawn(6_000, 2.0, -1.0)).line

    assert line.slope / ONE == pytest.approx(2.0, abs=0.35)
    assert line.offset / ONE == pytest.approx(-1.0, abs=0.35)


def test_online_calibration_comes_close_to_the_fit_in_floating_point() -> None:
    lessons = drawn(1_000, 1.5, 0.5)
    wanted = fit([m / ONE for m, _ in lessons], [spam for _, spam in lessons])

    found = followed(lessons).line

    assert found.slope / ONE == pytest.approx(wanted.slope / ONE, abs=0.2)
    assert found.offset / ONE == pytest.approx(wanted.offset / ONE, abs=0.2)


def test_online_calibration_forgets_an_old_line() -> None:
    line = followed(drawn(4_000, 2.0, -2.0) + drawn(4_000, 1.0, 2.0, seed=1)).line

    assert line.offset / ONE == pytest.approx(2.0, abs=0.5)


@pytest.mark.parametrize("is_spam", [True, False])
def test_online_calibration_stays_where_only_one_label_comes(*, is_spam: bool) -> None:
    line = followed([(ONE, is_spam)] * 3_000)

    assert line.line == Calibration()


def test_online_calibration_is_moved_little_by_one_label() -> None:
    line = followed(drawn(200, 1.0, 0.0))
    before = line.line

    line.follow(40 * ONE, is_spam=False)

    assert abs(line.line.slope - before.slope) < ONE // 2
    assert abs(line.line.offset - before.offset) < ONE // 2


def test_online_calibration_stays_within_bounds() -> None:
    backwards = [(margin, not is_spam) for margin, is_spam in drawn(3_000, 9, 0)]

    assert followed(backwards).line.slope >= ONE // 8


def test_online_calibration_goes_on_from_its_dump() -> None:
    lessons = drawn(300, 2.0, 0.0)
    resumed = OnlineCalibration(Calibration())
    resumed.load(followed(lessons[:150]).dump())

    for margin, is_spam in lessons[150:]:
        resumed.follow(margin, is_spam=is_spam)

    assert resumed.dump() == followed(lessons).dump()


def test_online_calibration_begins_anew_with_nothing() -> None:
    line = followed(drawn(300, 2.0, 0.0))

    line.load(OnlineCalibration(Calibration()).dump())

    assert line.is_untouched
    assert line.line == Calibration()


def test_online_calibration_refuses_a_damaged_state() -> None:
    with pytest.raises(ModelError, match="is damaged"):
        OnlineCalibration(Calibration()).load(b"\x93\x01\x02\x03")
