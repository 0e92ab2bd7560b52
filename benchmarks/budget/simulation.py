"""Simulation: made-up sites, of which the truth is known.

Ham lies low with a long tail upwards (a few honest comments look like spam), spam lies
high with a tail downwards. Each replay is a new site of this kind: its own comments,
its own labels, its own cutoff; held against it is the share of all ham past the cutoff,
which is computed and not drawn.
"""

from statistics import NormalDist

import numpy as np
from benchmarks.budget.results import Replays
from benchmarks.budget.ways import (
    Audit,
    Margins,
    Replay,
    plain,
    promised,
    promised_by_all,
    quantile,
    replayed,
)

from saring.budget import Budget, Ham

REPLAYS = 1_000
# Where the theorem is tight, chance must neither hide a failure nor make one up.
TIGHT_REPLAYS = 10 * REPLAYS
TIGHT = "imports, 598 hams"
SHIPPED_CUTOFF = 1.0
SPAM_SHARE = 0.7
# Moderators who report only errors, and not all of them: a spam on the page is seen, an
# honest comment in the spam folder hardly ever.
REPORTED_HAM = 0.2
REPORTED_SPAM = 0.8
GROUP = "made up"


def draw_ham(count: int, chance: np.random.Generator) -> Margins:
    """Return margins of so much ham."""
    is_odd = chance.random(count) < 0.05
    return np.where(is_odd, chance.normal(0, 1.2, count), chance.normal(-3, 1, count))


def draw_spam(count: int, chance: np.random.Generator) -> Margins:
    """Return margins of so much spam."""
    is_odd = chance.random(count) < 0.1
    return np.where(is_odd, chance.normal(0, 1.5, count), chance.normal(4, 1.5, count))


def held_ham(cutoff: float) -> float:
    """Return the share of all ham that lies at or past a cutoff."""
    odd, usual = NormalDist(0, 1.2).cdf(-cutoff), NormalDist(3, 1).cdf(-cutoff)
    return 0.05 * odd + 0.95 * usual


def caught_spam(cutoff: float) -> float:
    """Return the share of all spam that lies at or past a cutoff."""
    odd, usual = NormalDist(0, 1.5).cdf(-cutoff), NormalDist(-4, 1.5).cdf(-cutoff)
    return 0.1 * odd + 0.9 * usual


def imported(count: int, budget: Budget) -> Replay:
    """Return sites that imported so much ham, judged before it was learned."""

    def replay(number: int) -> tuple[float | None, int]:
        ham = draw_ham(count, np.random.default_rng([1, count, number]))
        return promised(plain(ham), budget)

    return replay


def share_of_sample(count: int, budget: Budget) -> Replay:
    """Return sites that take the budget's share of their own sample for the truth."""

    def replay(number: int) -> tuple[float | None, int]:
        ham = draw_ham(count, np.random.default_rng([1, count, number]))
        return quantile(ham, budget), count

    return replay


def audited(
    rounds: int, size: int, budget: Budget, *, evens_out: bool = True
) -> Replay:
    """Return sites that audited so often, as many published comments as held ones."""

    def replay(number: int) -> tuple[float | None, int]:
        chance = np.random.default_rng([2, rounds, number])
        hams: list[Ham] = []
        for _ in range(rounds):
            margins, are_ham = traffic(4_000, chance)
            audit = Audit(margins, are_ham, margins >= SHIPPED_CUTOFF, chance)
            hams += audit.hams(size, size)
        if not evens_out:
            hams = [Ham(ham.margin, ham.number) for ham in hams]
        return promised(hams, budget)

    return replay


def traffic(
    count: int, chance: np.random.Generator
) -> tuple[Margins, np.ndarray[tuple[int], np.dtype[np.bool_]]]:
    """Return the margins of a period's comments, and which are ham."""
    spam = int(chance.binomial(count, SPAM_SHARE))
    margins = np.concatenate([draw_spam(spam, chance), draw_ham(count - spam, chance)])
    order = chance.permutation(count)
    return margins[order], order >= spam


def silence_as_ham(count: int, budget: Budget) -> Replay:
    """Return sites that take what is published and not complained about for ham."""

    def replay(number: int) -> tuple[float | None, int]:
        chance = np.random.default_rng([3, number])
        margins, are_ham = traffic(count, chance)
        are_held = margins >= SHIPPED_CUTOFF
        luck = chance.random(count)
        rescued = are_held & are_ham & (luck < REPORTED_HAM)
        complained = ~are_held & ~are_ham & (luck < REPORTED_SPAM)
        return promised_by_all(margins[rescued | (~are_held & ~complained)], budget)

    return replay


def complaints_only(count: int, budget: Budget) -> Replay:
    """Return sites that take the honest comments they were told of for all."""

    def replay(number: int) -> tuple[float | None, int]:
        chance = np.random.default_rng([3, number])
        margins, are_ham = traffic(count, chance)
        rescued = (margins >= SHIPPED_CUTOFF) & are_ham
        rescued &= chance.random(count) < REPORTED_HAM
        return promised_by_all(margins[rescued], budget)

    return replay


def made_up_sites() -> list[Replays]:
    """Return what all ways come to, at many sites each."""
    two_hundred, fifty = Budget(200), Budget(50)
    thousand, surer = Budget(1_000), Budget(200, 0.99)
    lines: list[tuple[str, Budget, Replay, bool]] = [
        (TIGHT, two_hundred, imported(598, two_hundred), True),
        ("imports, 2,000 hams", two_hundred, imported(2_000, two_hundred), True),
        ("imports, 2,000 hams", surer, imported(2_000, surer), True),
        ("imports, 2,995 hams", thousand, imported(2_995, thousand), True),
        ("imports, 10,000 hams", thousand, imported(10_000, thousand), True),
        ("imports, 500 hams", two_hundred, imported(500, two_hundred), True),
        ("ten audits of 200, errors reported", fifty, audited(10, 100, fifty), True),
        (
            "ten audits of 600, errors reported",
            two_hundred,
            audited(10, 300, two_hundred),
            True,
        ),
        (
            "the same without evening out",
            two_hundred,
            audited(10, 300, two_hundred, evens_out=False),
            False,
        ),
        (
            "the sample's own share, 598 hams",
            two_hundred,
            share_of_sample(598, two_hundred),
            False,
        ),
        (
            "silence read as ham",
            two_hundred,
            silence_as_ham(20_000, two_hundred),
            False,
        ),
        ("complaints alone", two_hundred, complaints_only(20_000, two_hundred), False),
    ]
    return [
        replayed(
            group=GROUP,
            way=way,
            budget=budget,
            replay=replay,
            count=TIGHT_REPLAYS if way == TIGHT else REPLAYS,
            held_share=held_ham,
            caught_share=caught_spam,
            claims=claims,
        )
        for way, budget, replay, claims in lines
    ]
