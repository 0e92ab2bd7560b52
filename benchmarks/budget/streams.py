"""Streams: labelled comments in time order, judged and taught by the filter itself.

The first half of a stream is the past, from which a cutoff is promised; the second half
is the future, which it is held against. What the truth is, only the labels know, and
one to two in a hundred of the dev streams' are wrong.
"""

from functools import partial
from pathlib import Path
from typing import NamedTuple

import numpy as np
from benchmarks.budget.results import Replays
from benchmarks.budget.rows import read_rows
from benchmarks.budget.ways import (
    Audit,
    Margins,
    Replay,
    plain,
    promised,
    promised_by_all,
    replayed,
)
from numpy.typing import NDArray

from saring.budget import WINDOW, Budget, needed_count
from saring.classifiers.fixed import ONE
from saring.engine import Engine
from saring.ledger.records import FEEDBACK, IMPORT
from saring.verdict import Check, Label

REPLAYS = 1_000
NAMES = ("id_judol_nafi", "blog_stream")
BUDGET = Budget(200)
REPORTED_HAM = 0.2
REPORTED_SPAM = 0.8
AUDITED = 2_500

Flags = NDArray[np.bool_]


class Judged(NamedTuple):
    """A stream as it was judged, comment by comment."""

    margins: Margins
    are_ham: Flags
    are_held: Flags
    complained: Flags

    def part(self, chosen: slice | NDArray[np.int64]) -> "Judged":
        """Return some of the comments."""
        return Judged(
            self.margins[chosen],
            self.are_ham[chosen],
            self.are_held[chosen],
            self.complained[chosen],
        )


def judge(path: Path, *, errors_only: bool) -> Judged:
    """Judge a stream in order, and learn all of it, or only what moderators report."""
    engine, chance = Engine(), np.random.default_rng(7)
    margins, are_ham, are_held, complained = [], [], [], []
    for comment, label, site, known in read_rows(path):
        check = engine.check(comment, site, extracted=known)
        reported = _is_reported(check, label, chance)
        if not errors_only:
            engine.learn(comment, label, site, source=IMPORT, extracted=known)
        elif reported:
            engine.learn(comment, label, site, source=FEEDBACK, extracted=known)
        margins.append(check.margin / ONE)
        are_ham.append(label is Label.HAM)
        are_held.append(check.verdict.is_held)
        complained.append(reported)
    return Judged(
        np.array(margins), np.array(are_ham), np.array(are_held), np.array(complained)
    )


def _is_reported(check: Check, label: Label, chance: np.random.Generator) -> bool:
    is_held, luck = check.verdict.is_held, chance.random()
    if label is Label.HAM:
        return bool(is_held and luck < REPORTED_HAM)
    return bool(not is_held and luck < REPORTED_SPAM)


def halves(judged: Judged) -> tuple[Judged, Judged]:
    """Return the past and the future of a stream."""
    middle = len(judged.margins) // 2
    return judged.part(slice(None, middle)), judged.part(slice(middle, None))


def held_share(judged: Judged, label: Label, cutoff: float) -> float:
    """Return the share of a label that is held by the usual cutoff and this one."""
    chosen = judged.are_ham if label is Label.HAM else ~judged.are_ham
    return float((judged.are_held & (judged.margins >= cutoff))[chosen].mean())


def imported(past: Judged, count: int) -> Replay:
    """Return samples of the past's ham, drawn with replacement."""
    ham = past.margins[past.are_ham]

    def replay(number: int) -> tuple[float | None, int]:
        drawn = np.random.default_rng([4, number]).choice(ham, count)
        return promised(plain(drawn), BUDGET)

    return replay


def audited(past: Judged) -> Replay:
    """Return audits of the past, as many published comments as held ones."""

    def replay(number: int) -> tuple[float | None, int]:
        chance = np.random.default_rng([5, number])
        audit = Audit(past.margins, past.are_ham, past.are_held, chance)
        return promised(audit.hams(AUDITED, AUDITED), BUDGET)

    return replay


def silence_as_ham(past: Judged) -> Replay:
    """Return the past's comments, drawn with replacement, silence read as ham."""

    def replay(number: int) -> tuple[float | None, int]:
        count = len(past.margins)
        drawn = np.random.default_rng([6, number]).choice(count, count)
        seen = past.part(drawn)
        rescued = seen.are_held & seen.complained
        silent = ~seen.are_held & ~seen.complained
        return promised_by_all(seen.margins[rescued | silent], BUDGET)

    return replay


def streams(folder: Path, count: int = REPLAYS) -> list[Replays]:
    """Return what the ways come to on each stream."""
    found = []
    for name in NAMES:
        path = folder / f"{name}.jsonl.gz"
        taught, errors = (judge(path, errors_only=only) for only in (False, True))
        enough = needed_count(BUDGET) * WINDOW
        for way, judged, replay_of, claims in (
            ("imports, all learned", taught, partial(imported, count=enough), True),
            ("audits, errors reported", errors, audited, True),
            ("silence read as ham", errors, silence_as_ham, False),
        ):
            past, future = halves(judged)
            for moment, against in (("the same half", past), ("the next half", future)):
                found.append(
                    replayed(
                        group=f"{name}, {moment}",
                        way=way,
                        budget=BUDGET,
                        replay=replay_of(past),
                        count=count,
                        held_share=partial(held_share, against, Label.HAM),
                        caught_share=partial(held_share, against, Label.SPAM),
                        claims=claims,
                    )
                )
    return found
