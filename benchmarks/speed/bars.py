"""The bars of the speed benchmark: what was promised, what was measured."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

Numbers = Mapping[str, float]


@dataclass(frozen=True)
class Bar:
    """One promise about speed.

    Attributes:
        number: The name of the measured number.
        is_floor: Whether the number must reach the bar, or stay under it.
    """

    number: str
    text: str
    bar: float
    unit: str
    is_floor: bool = True

    def is_passed(self, value: float) -> bool:
        """Say whether a measured value keeps the promise."""
        return value >= self.bar if self.is_floor else value <= self.bar


BARS = (
    Bar("share_of_constant", "of the constant-answer endpoint", 15, "%"),
    Bar("times_rspamd", "of Rspamd with Bayes only", 1.0, "×"),
    Bar("slowest_rate", "in the slowest round", 3_113, "checks/s"),
    Bar("two_workers", "two workers against one", 1.6, "×"),
    Bar("steady_p99_ms", "99 % at a steady 1,000/s", 20, "ms", is_floor=False),
    Bar(
        "judging_us", "judging 200 characters, of 64 together", 60, "µs", is_floor=False
    ),
    Bar("start_seconds", "start to first answer, median", 1.5, "s", is_floor=False),
    Bar("worker_megabytes", "memory of a worker, RSS", 250, "MB", is_floor=False),
    Bar("rebuild_rate", "rebuild", 20_000, "events/s"),
)


def digits(value: float) -> str:
    """Return a number with as many digits as mean something.

    Example:
        >>> digits(4133.2), digits(14.26), digits(1.2345)
        ('4,133', '14.3', '1.23')

    """
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"


def bar_rows(
    numbers: Numbers,
    bars: Sequence[Bar] = BARS,
    show: Callable[[float], str] = digits,
) -> list[tuple[str, str, str, str]]:
    """Return each promise as text: what, bar, measured, outcome."""
    rows = []
    for bar in bars:
        sign = "≥" if bar.is_floor else "≤"
        wanted = f"{sign} {bar.bar:,g} {bar.unit}".strip()
        if bar.number not in numbers:
            rows.append((bar.text, wanted, "–", "not measured"))
            continue
        value = numbers[bar.number]
        outcome = "pass" if bar.is_passed(value) else "MISS"
        rows.append((bar.text, wanted, f"{show(value)} {bar.unit}".strip(), outcome))
    return rows
