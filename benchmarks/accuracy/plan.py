"""How much of everything one run of the accuracy benchmark does."""

from dataclasses import dataclass

from benchmarks.speed.plan import ROOT

CACHE = ROOT / ".cache" / "accuracy"
OUT = ROOT / "docs" / "benchmarks"


@dataclass(frozen=True)
class Plan:
    """The sizes of one run.

    Attributes:
        parts: Of the labelled comments, by the names of their folders.
        seeds: Of the shuffled orders.
        row_limit: Only so many rows of each stream, spread over it; None takes all.
        has_trainings: Whether base models without a family of sources are trained.
    """

    parts: tuple[str, ...] = ("benchmark", "dev")
    seeds: tuple[int, ...] = (0, 1, 2, 3, 4)
    row_limit: int | None = None
    has_trainings: bool = True


FULL = Plan()
QUICK = Plan(parts=("dev",), seeds=(0, 1), row_limit=200, has_trainings=False)
