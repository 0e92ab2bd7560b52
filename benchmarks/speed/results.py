"""From bursts to numbers: medians over the rounds, and ratios within each round."""

import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from benchmarks.speed.contestants import (
    CONSTANT,
    RSPAMD,
    SARING,
    TWO_WORKERS,
    Contestant,
)
from benchmarks.speed.load import Burst
from benchmarks.speed.processes import Memory
from benchmarks.speed.proof import Proof


@dataclass
class Results:
    """Everything that one run of the benchmark found."""

    bursts: dict[str, list[Burst]] = field(default_factory=dict)
    missing: dict[str, str] = field(default_factory=dict)
    steady: dict[str, dict[str, Any]] = field(default_factory=dict)
    memory: dict[str, list[Memory]] = field(default_factory=dict)
    proofs: list[Proof] = field(default_factory=list)
    judging: dict[str, Any] = field(default_factory=dict)
    starts: list[float] = field(default_factory=list)
    rebuild: dict[str, Any] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    facts: dict[str, str] = field(default_factory=dict)

    def take(self, contestants: Sequence[Contestant]) -> None:
        """Keep the bursts of the contestants, and what is wrong with any of them."""
        for contestant in contestants:
            self.bursts[contestant.name] = contestant.bursts
            self.faults += [
                f"{contestant.name}: {burst.other} answers were no verdict, "
                f"{burst.answered - burst.ok} not 200, {burst.failed} failed"
                for burst in contestant.bursts
                if not burst.is_sound
            ]

    def all_faults(self) -> list[str]:
        """Return why this run may not be believed; empty if it may."""
        lost = [
            f"{proof.name}: {proof.answered:,} answered, {proof.recorded:,} recorded"
            for proof in self.proofs
            if not proof.is_whole
        ]
        return self.faults + lost

    def median(self, name: str, value: Callable[[Burst], float]) -> float:
        """Return the median over the rounds of something of each burst."""
        return statistics.median(value(burst) for burst in self.bursts[name])

    def ratio(self, name: str, other: str) -> float:
        """Return the median of the rates' ratios, each within one round."""
        pairs = zip(self.bursts[name], self.bursts[other], strict=True)
        return statistics.median(one.rate / two.rate for one, two in pairs)

    def ratio_or_none(self, name: str, other: str) -> float | None:
        """Return `ratio`, or None where one of the two was not measured."""
        both = self.bursts.get(name) and self.bursts.get(other)
        return self.ratio(name, other) if both else None

    def numbers(self) -> dict[str, float]:
        """Return the numbers that have bars, by the bars' names."""
        found: dict[str, float | None] = {
            "share_of_constant": self._percent(SARING, CONSTANT),
            "times_rspamd": self.ratio_or_none(SARING, RSPAMD),
            "slowest_rate": min(
                (burst.rate for burst in self.bursts.get(SARING, [])), default=None
            ),
            "two_workers": self.ratio_or_none(TWO_WORKERS, SARING),
            "steady_p99_ms": self.steady.get(SARING, {}).get("p99_ms"),
            "judging_us": self.judging.get("median_us"),
            "start_seconds": statistics.median(self.starts) if self.starts else None,
            "worker_megabytes": self._worker_megabytes(),
            "rebuild_rate": self.rebuild.get("rate"),
        }
        return {name: value for name, value in found.items() if value is not None}

    def _percent(self, name: str, other: str) -> float | None:
        ratio = self.ratio_or_none(name, other)
        return None if ratio is None else 100 * ratio

    def _worker_megabytes(self) -> float | None:
        largest = [
            memory.rss
            for name in (SARING, TWO_WORKERS)
            for memory in self.memory.get(name, [])
        ]
        return max(largest, default=None)
