"""Afterwards: is every answer that was counted also recorded, and nothing else?"""

from dataclasses import dataclass

from benchmarks.speed.contestants import Contestant
from benchmarks.speed.saring import Store


@dataclass(frozen=True)
class Proof:
    """What the store holds, beside what was answered.

    Attributes:
        answered: Verdicts that reached the load.
        sent: Requests begun; wrk hangs up on the last few of each burst.
        recorded: Rows of checks in the store.
        counted: Checks in the store's daily counters.
        looked_up: Guids taken from the answers.
        found: Of these, those that the store holds.
        degraded: Answers that came from memory because the store failed.
    """

    name: str
    answered: int
    sent: int
    recorded: int
    counted: int
    looked_up: int
    found: int
    degraded: int

    @property
    def is_whole(self) -> bool:
        """Say whether every answer was recorded, once, before it was given."""
        return (
            self.answered <= self.recorded <= self.sent
            and self.counted == self.recorded
            and self.found == self.looked_up > 0
            and not self.degraded
        )


def prove(contestant: Contestant, store: Store) -> Proof:
    """Return what a store holds of the checks that its server answered."""
    return Proof(
        name=contestant.name,
        answered=contestant.answered,
        sent=contestant.sent,
        recorded=store.count("checks"),
        counted=store.sum_of("counters", "spam + ham"),
        looked_up=len(contestant.guids),
        found=store.find_checks(contestant.guids),
        degraded=store.count_log_lines("degraded"),
    )
