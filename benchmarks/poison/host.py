"""Host: the sites of one owner that share a filter, and the labels that they give."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Literal, NamedTuple
from unittest.mock import patch

import numpy as np
from benchmarks.budget.rows import Row, read_rows
from benchmarks.poison.results import Rates
from numpy.typing import NDArray

from saring.comment import Comment
from saring.engine import Engine
from saring.features import Features
from saring.ledger.records import Site
from saring.trust import Trust
from saring.verdict import Check, Label

SITES = 50
MALLORY = Site(id=SITES + 1, key_id=SITES + 1, owner_id=1)
# Of so many labels one is Mallory's.
ONE_IN = 100
Start = Literal["shipped", "empty"]
STARTS: tuple[Start, ...] = ("shipped", "empty")
NAMES = ("id_judol_nafi", "blog_stream")


class Lie(NamedTuple):
    """A label that is meant to do harm."""

    comment: Comment
    label: Label
    features: Features | None = None


class Outcome(NamedTuple):
    """What became of an honest site's comment."""

    label: Label
    is_held: bool


def rates_of(outcomes: Sequence[Outcome]) -> Rates:
    """Return F1, and the shares of ham held and of spam published; 0 for none."""
    is_spam = np.array([one.label is Label.SPAM for one in outcomes])
    is_held = np.array([one.is_held for one in outcomes])
    caught, wrong = int((is_spam & is_held).sum()), int((is_spam != is_held).sum())
    return Rates(
        f1=2 * caught / max(2 * caught + wrong, 1),
        false_positives=_share(is_held, ~is_spam),
        missed_spam=_share(~is_held, is_spam),
    )


def _share(counted: NDArray[np.bool_], among: NDArray[np.bool_]) -> float:
    return float(counted[among].mean()) if among.any() else 0.0


def stream(folder: Path, name: str) -> list[Row]:
    """Return a dev stream in its order, each comment at one of the sites."""
    rows = read_rows(folder / f"{name}.jsonl.gz")
    chance = np.random.default_rng(11)
    numbers = chance.integers(1, SITES + 1, len(rows))
    return [
        row._replace(site=Site(id=number, key_id=number, owner_id=1))
        for row, number in zip(rows, numbers.tolist(), strict=True)
    ]


def said(row: Row, check: Check, manner: str) -> bool:
    """Say whether a site labels a comment: all, its errors, or one class alone."""
    if manner == "errors":
        return check.verdict.is_held != (row.label is Label.SPAM)
    return manner in ("all", row.label.value)


class Host:
    """One engine that judges the stream of all sites, and learns what they say.

    Args:
        start: What it begins with.
        manner: What the sites label: `all`, `errors`, `spam`, `ham` or nothing.
        flipped: The share of labels that say the opposite of what is true.
        lies: What Mallory says, one for each `ONE_IN` labels of all.
        trusts_all: Whether Mallory's labels count like all others'.
    """

    def __init__(
        self,
        start: Start = "shipped",
        *,
        manner: str = "all",
        flipped: float = 0.0,
        lies: Sequence[Lie] = (),
        trusts_all: bool = False,
    ) -> None:
        self.engine = Engine(start)
        self._manner, self._flipped, self._lies = manner, flipped, iter(lies)
        self._trusts_all = trusts_all

    def run(self, rows: Iterable[Row]) -> list[Outcome]:
        """Return what becomes of each comment, judged before it is learned."""
        if not self._trusts_all:
            return self._run(rows)
        with patch.object(Trust, "has", return_value=True):
            return self._run(rows)

    def _run(self, rows: Iterable[Row]) -> list[Outcome]:
        chance = np.random.default_rng(12)
        outcomes = []
        for number, row in enumerate(rows, 1):
            check = self.engine.check(row.comment, row.site, extracted=row.features)
            outcomes.append(Outcome(row.label, check.verdict.is_held))
            lot = chance.random()
            if said(row, check, self._manner):
                label = opposite(row.label) if lot < self._flipped else row.label
                self._learn(Lie(row.comment, label, row.features), row.site)
            if number % (ONE_IN - 1) == 0:
                self._lie()
        return outcomes

    def _lie(self) -> None:
        lie = next(self._lies, None)
        if lie is not None:
            self._learn(lie, MALLORY)

    def _learn(self, told: Lie, site: Site) -> None:
        self.engine.learn(told.comment, told.label, site, extracted=told.features)


def opposite(label: Label) -> Label:
    """Return the other label."""
    return Label.HAM if label is Label.SPAM else Label.SPAM
