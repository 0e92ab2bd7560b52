"""Measures: the runs that are made of one stream, and what is counted in them."""

from collections.abc import Callable, Iterable, Sequence

import msgspec
from benchmarks.campaigns.simulation import Manner, Outcome, Simulation
from benchmarks.campaigns.stream import Arrival

from saring.campaigns import LABELS_NEEDED
from saring.crowds import IDENTITIES_NEEDED
from saring.verdict import Label, Verdict


class Share(msgspec.Struct, frozen=True):
    """So many of so many."""

    part: int
    whole: int

    def __add__(self, other: "Share") -> "Share":
        return Share(self.part + other.part, self.whole + other.whole)

    @property
    def percent(self) -> float:
        """Return the share in percent; 100 of nothing."""
        return 100 * self.part / self.whole if self.whole else 100.0


def held(outcomes: Iterable[Outcome]) -> Share:
    """Return how many are held."""
    verdicts = [outcome.verdict for outcome in outcomes]
    return Share(sum(verdict.is_held for verdict in verdicts), len(verdicts))


class Readers(msgspec.Struct, frozen=True):
    """What became of honest comments in one run.

    Attributes:
        for_address: Held, and would not be without the IP address.
        by_repetition: Held because others said or labelled the same.
    """

    comments: int
    held: int
    unsure: int
    for_address: int
    by_repetition: int


def honest(outcomes: Iterable[Outcome], kinds: Sequence[str] = ()) -> Readers:
    """Return what became of the ham of some kinds, or of all."""
    ham = [
        outcome
        for outcome in outcomes
        if outcome.arrival.label is Label.HAM
        and (not kinds or outcome.arrival.kind in kinds)
    ]
    return Readers(
        comments=len(ham),
        held=sum(outcome.verdict.is_held for outcome in ham),
        unsure=sum(outcome.verdict is Verdict.UNSURE for outcome in ham),
        for_address=sum(outcome.is_for_address for outcome in ham),
        by_repetition=sum(
            outcome.verdict.is_held and outcome.decided_by in ("crowd", "campaign")
            for outcome in ham
        ),
    )


def is_correction(arrival: Arrival, verdict: Verdict) -> bool:
    """Say whether a moderator finds an honest comment among the held ones."""
    return arrival.label is Label.HAM and verdict.is_held


def labels_three(arrival: Arrival, verdict: Verdict, earlier: int) -> bool:
    """Label the first three of each campaign, and correct what was held by mistake."""
    is_first = bool(arrival.campaign) and earlier < LABELS_NEEDED
    return is_first or is_correction(arrival, verdict)


def labels_first_three(arrival: Arrival, _verdict: Verdict, earlier: int) -> bool:
    """Label the first three of each campaign and nothing else."""
    return bool(arrival.campaign) and earlier < LABELS_NEEDED


def labels_flood(arrival: Arrival, verdict: Verdict, _earlier: int) -> bool:
    """Label the flood through the carrier, and correct what was held by mistake."""
    return arrival.kind == "flood" or is_correction(arrival, verdict)


def decides_fifth(arrival: Arrival, earlier: int) -> bool:
    """Decide for each campaign once, with its fifth comment."""
    return bool(arrival.campaign) and earlier == 4


OFF = Manner(has_campaigns=False, has_crowds=False, has_reputation=False)
RUNS = {
    "classifier alone": OFF,
    "nobody labels": Manner(),
    "three labelled, classifier learns nothing": Manner(
        labels=labels_first_three, classifier_learns=False, has_crowds=False
    ),
    "three labelled": Manner(labels=labels_three),
    "one decision": Manner(decides=decides_fifth, has_crowds=False),
    "one decision, undone": Manner(
        decides=decides_fifth, undoes=True, has_crowds=False
    ),
    "nothing": Manner(has_crowds=False),
    "flood, without reputation": Manner(labels=labels_flood, has_reputation=False),
    "flood": Manner(labels=labels_flood),
}
"""Each run and what is on in it."""

Later = Callable[[Outcome], bool]


def after_crowd(outcome: Outcome) -> bool:
    """Say whether ten others had posted the campaign before."""
    return bool(outcome.arrival.campaign) and outcome.identities >= IDENTITIES_NEEDED


def after_labels(outcome: Outcome) -> bool:
    """Say whether three of the campaign were labelled before."""
    return bool(outcome.arrival.campaign) and outcome.labelled >= LABELS_NEEDED


def after_decision(outcome: Outcome) -> bool:
    """Say whether the campaign was decided before."""
    return outcome.is_decided


class Runs(msgspec.Struct, frozen=True):
    """All runs over the stream of one seed: outcomes and what was learned, by name."""

    outcomes: dict[str, list[Outcome]]
    digests: dict[str, str]


def run_all(stream: Sequence[Arrival]) -> Runs:
    """Return every run over one stream."""
    runs = Runs({}, {})
    for name, manner in RUNS.items():
        simulation = Simulation(manner)
        runs.outcomes[name] = simulation.run(stream)
        runs.digests[name] = simulation.digest
    return runs


def split(
    outcomes: Iterable[Outcome], later: Later, by: Callable[[Arrival], str]
) -> dict[str, Share]:
    """Return the share held of the later comments of campaigns, by some name."""
    shares: dict[str, Share] = {}
    for outcome in outcomes:
        if later(outcome):
            name = by(outcome.arrival)
            shares[name] = shares.get(name, Share(0, 0)) + held([outcome])
    return shares
