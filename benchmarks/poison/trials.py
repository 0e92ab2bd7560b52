"""Trials: the streams, taught with noise, by an attacker, and one class alone."""

from collections.abc import Collection, Sequence
from pathlib import Path

import msgspec
from benchmarks.budget.rows import Row
from benchmarks.poison.attacks import ATTACKS, targets_of
from benchmarks.poison.host import NAMES, ONE_IN, STARTS, Host, rates_of, stream
from benchmarks.poison.results import Run

from saring.comment import Comment

FLIPPED = (0.0, 0.05, 0.1)
MANNERS = ("none", "errors", "spam", "ham")
PARTS = 5


def noise(folder: Path) -> list[Run]:
    """Return what labels come to of which some are wrong."""
    runs = []
    for name in NAMES:
        rows = stream(folder, name)
        for start in STARTS:
            for flipped in FLIPPED:
                found = run(rows, Host(start, flipped=flipped))
                told = {"stream": name, "way": f"{flipped:.0%}", "start": start}
                runs.append(msgspec.structs.replace(found, **told))
    return runs


def attacks(folder: Path) -> list[Run]:
    """Return what each attack comes to, with all trusted alike and without."""
    runs = []
    for name in NAMES:
        rows = stream(folder, name)
        targets = [row.comment for row in targets_of(rows)]
        for way, lies_of in ATTACKS.items():
            lies = lies_of(rows, len(rows) // (ONE_IN - 1))
            for trusts_all in (True, False):
                host = Host(lies=lies, trusts_all=trusts_all)
                told = {"stream": name, "way": way, "trusts_all": trusts_all}
                found = run(rows, host, targets)
                runs.append(msgspec.structs.replace(found, **told))
    return runs


def drift(folder: Path) -> list[Run]:
    """Return what comes of sites that label only some of their comments."""
    return [
        msgspec.structs.replace(
            run(stream(folder, name), Host(manner=manner)), stream=name, way=manner
        )
        for name in NAMES
        for manner in MANNERS
    ]


def run(rows: Sequence[Row], host: Host, targets: Collection[Comment] = ()) -> Run:
    """Return what becomes of a stream at a host."""
    outcomes = host.run(rows)
    size = -(-len(outcomes) // PARTS)
    aimed_at = {id(comment) for comment in targets}
    return Run(
        rates=rates_of(outcomes),
        fifths=[
            rates_of(outcomes[start : start + size])
            for start in range(0, len(outcomes), size)
        ],
        targets_held=sum(
            outcome.is_held
            for row, outcome in zip(rows, outcomes, strict=True)
            if id(row.comment) in aimed_at
        ),
    )
