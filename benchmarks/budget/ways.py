"""Ways: how to choose a cutoff from what a site knows, sound and unsound ones."""

from collections.abc import Callable, Iterable, Iterator

import numpy as np
from benchmarks.budget.results import Replays, quantiles
from numpy.typing import NDArray

from saring.budget import Budget, Ham, allowed_count, promise
from saring.classifiers.fixed import ONE

Margins = NDArray[np.float64]


def promised(hams: Iterable[Ham], budget: Budget) -> tuple[float | None, int]:
    """Return the cutoff that Saring promises for and from how many hams, or None."""
    found = promise(hams, budget)
    return None if found.margin is None else found.margin / ONE, found.ham_count


def promised_by_all(margins: Margins, budget: Budget) -> tuple[float | None, int]:
    """Return the cutoff that the same theorem gives, old and new counted alike."""
    allowed = allowed_count(len(margins), budget)
    if allowed is None:
        return None, len(margins)
    return float(np.sort(margins)[-1 - allowed]), len(margins)


def plain(margins: Margins) -> Iterator[Ham]:
    """Yield hams of which all had the same chance."""
    for number, margin in enumerate(margins):
        yield Ham(round(float(margin) * ONE), number)


def quantile(margins: Margins, budget: Budget) -> float:
    """Return the cutoff that holds the budget's share of this very sample."""
    return float(np.quantile(margins, 1 - budget.share))


class Audit:
    """Comments drawn by chance from those published and those held.

    Args:
        margins: Of all comments of a period.
        are_ham: The truth, which the person who labels finds out.
        are_held: What was said of them.
        chance: Draws.
    """

    def __init__(
        self,
        margins: Margins,
        are_ham: NDArray[np.bool_],
        are_held: NDArray[np.bool_],
        chance: np.random.Generator,
    ) -> None:
        self._margins, self._are_ham, self._are_held = margins, are_ham, are_held
        self._chance = chance

    def hams(self, published: int, held: int) -> list[Ham]:
        """Return the ham among so many comments drawn of either kind."""
        strata = [
            np.flatnonzero(self._are_held == is_held) for is_held in (False, True)
        ]
        counts = [
            min(wanted, len(stratum))
            for wanted, stratum in zip((published, held), strata, strict=True)
        ]
        rates = [
            count / max(len(stratum), 1)
            for count, stratum in zip(counts, strata, strict=True)
        ]
        least = min(rate for rate in rates if rate)
        found: list[Ham] = []
        for stratum, count, rate in zip(strata, counts, rates, strict=True):
            drawn = self._chance.choice(stratum, count, replace=False)
            margins = self._margins[drawn[self._are_ham[drawn]]]
            numbers = self._chance.integers(1 << 62, size=len(margins)).tolist()
            found += [
                Ham(round(margin * ONE), number, least / rate)
                for margin, number in zip(margins.tolist(), numbers, strict=True)
            ]
        # In the order in which they were judged, not one kind after the other.
        return [found[place] for place in self._chance.permutation(len(found))]


Replay = Callable[[int], tuple[float | None, int]]
"""From the number of a replay to a cutoff, if there is one, and its count of hams."""


def replayed(  # noqa: PLR0913 the parts of one line of the table, all by name
    *,
    group: str,
    way: str,
    budget: Budget,
    replay: Replay,
    count: int,
    held_share: Callable[[float], float],
    caught_share: Callable[[float], float],
    claims: bool = True,
) -> Replays:
    """Return what many replays of one way come to."""
    found = [replay(number) for number in range(count)]
    cutoffs = [cutoff for cutoff, _ in found if cutoff is not None]
    realised = np.array([held_share(cutoff) for cutoff in cutoffs])
    caught = np.array([caught_share(cutoff) for cutoff in cutoffs])
    return Replays(
        group=group,
        way=way,
        one_in=budget.one_in,
        confidence=budget.confidence if claims else 0.0,
        count=len(cutoffs),
        silent_count=count - len(cutoffs),
        ham_count=int(np.median([hams for _, hams in found])),
        kept_count=int((realised <= budget.share).sum()),
        realised=quantiles(realised),
        caught=float(np.median(caught)) if len(caught) else 0.0,
    )
