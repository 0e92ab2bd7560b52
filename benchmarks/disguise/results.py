"""Results: everything that one run found, and whether it keeps the promises."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

from benchmarks.disguise.attacks import ATTACKS
from benchmarks.disguise.extents import EXTENTS
from benchmarks.disguise.kindness import Kindness
from benchmarks.disguise.trial import PLAIN, Loss, Outcome

MOST_POINTS_LOST = 2.0


@dataclass
class Results:
    """The outcome of every set under every manner, and of the greetings."""

    facts: dict[str, str] = field(default_factory=dict)
    outcomes: dict[tuple[str, str], Outcome] = field(default_factory=dict)
    kindness: list[Kindness] = field(default_factory=list)

    def losses(self, name: str, manner: str) -> Iterator[tuple[str, str, Loss]]:
        """Yield attack, extent and loss of one set and manner."""
        outcome = self.outcomes[name, manner]
        for how in ATTACKS:
            for extent in EXTENTS:
                yield how.name, extent, outcome.losses[how.name, extent]

    def plain(self, name: str, manner: str) -> Loss:
        """Return what the same set and manner give without any disguise."""
        return self.outcomes[name, manner].losses[PLAIN]

    def kept(self, name: str, manner: str) -> tuple[int, int]:
        """Return how many attacks lose no more than may be lost, and of how many."""
        lost = [loss.lost for _, _, loss in self.losses(name, manner)]
        return sum(points <= MOST_POINTS_LOST for points in lost), len(lost)

    def to_json(self) -> dict[str, Any]:
        """Return everything for the JSON file."""
        return {
            "facts": self.facts,
            "sets": [
                {
                    "set": name,
                    "manner": manner,
                    "spam": outcome.spam,
                    "ham": outcome.ham,
                    "forms": [
                        {"attack": attack, "extent": extent, **asdict(loss)}
                        for (attack, extent), loss in outcome.losses.items()
                    ],
                }
                for (name, manner), outcome in self.outcomes.items()
            ],
            "greetings": [
                {
                    **asdict(kindness),
                    "held": [
                        {"attack": attack, "extent": extent, "count": count}
                        for (attack, extent), count in kindness.held.items()
                    ],
                }
                for kindness in self.kindness
            ],
        }
