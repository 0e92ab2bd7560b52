"""How long and how much: the sizes of one run of the speed benchmark."""

from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CONNECTION_COUNT = 64
STEADY_RATE = 1_000


@dataclass(frozen=True)
class Plan:
    """The sizes of one run.

    Attributes:
        comment_count: Different comments in the load.
        label_count: Labels that Saring has learned before it is measured.
        rspamd_label_count: Labels that Rspamd has learned.
        start_count: How often the start is timed.
    """

    rounds: int = 5
    round_seconds: int = 8
    steady_seconds: int = 15
    comment_count: int = 6_000
    label_count: int = 30_000
    rspamd_label_count: int = 2_000
    judged_count: int = 2_000
    start_count: int = 5


FULL = Plan()
QUICK = Plan(
    rounds=1,
    round_seconds=4,
    steady_seconds=5,
    comment_count=3_000,
    label_count=20_000,
    judged_count=500,
    start_count=2,
)
