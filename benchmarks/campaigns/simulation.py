"""The simulation: the stream through the real engine, with parts of it switched off."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

import msgspec
from benchmarks.campaigns.stream import Arrival

from saring.campaigns import Campaigns, Copy
from saring.crowds import Crowds
from saring.engine import Engine
from saring.features import extract
from saring.fingerprints import Fingerprint
from saring.ledger.records import CAMPAIGN, UNDO, Event, Site
from saring.ledger.vault import Vault
from saring.verdict import Label, Verdict

BEGINS = datetime(2026, 3, 1, tzinfo=UTC).timestamp()
OWNER_ID = 1
# A moderator labels a comment so long after it came.
LABEL_DELAY_SECONDS = 3_600.0


class Manner(msgspec.Struct, frozen=True, kw_only=True):
    """What is switched on, and what people do.

    Attributes:
        classifier_learns: Whether labels reach the classifier, or campaigns alone.
        has_campaigns: Whether labels and decisions tell of campaigns.
        has_crowds: Whether crowds are counted.
        has_reputation: Whether labels tell of writers.
        labels: Says of an arrival, its verdict and how many of its campaign came
            before whether a moderator labels it.
        decides: Says the same of a decision for its whole campaign.
        undoes: Whether each decision is taken back as soon as it is made.
    """

    classifier_learns: bool = True
    has_campaigns: bool = True
    has_crowds: bool = True
    has_reputation: bool = True
    labels: Callable[[Arrival, Verdict, int], bool] = lambda *_: False
    decides: Callable[[Arrival, int], bool] = lambda *_: False
    undoes: bool = False


class Outcome(NamedTuple):
    """What became of one arrival.

    Attributes:
        decided_by: The engine's step.
        is_for_address: Whether it is held, and would not be without its IP address.
        identities: How many others had posted its campaign when it was judged.
        labelled: How many of its campaign were labelled spam before.
        is_decided: Whether its campaign had been decided.
    """

    arrival: Arrival
    verdict: Verdict
    decided_by: str
    is_for_address: bool
    identities: int
    labelled: int
    is_decided: bool


class NoCrowds(Crowds):
    """Crowds that count nobody."""

    def count(self, known: Fingerprint, owner_id: int, now: float) -> int:
        """Return that nobody posted this before."""
        del known, owner_id, now
        return 0


class Simulation:
    """One engine that meets the stream, and moderators who label some of it."""

    def __init__(self, manner: Manner) -> None:
        self._now = BEGINS
        self._engine = Engine(clock=lambda: self._now)
        self._manner = manner
        self._vault = Vault(bytes(32))
        self._campaigns = Campaigns()
        if manner.has_reputation:
            self._engine.subjects = self._vault.subject_keys
        if not manner.has_crowds:
            self._engine.crowds = NoCrowds()
        if not manner.has_campaigns or not manner.classifier_learns:
            known = self._campaigns if manner.has_campaigns else None
            self._engine.fold.campaigns = (  # type: ignore[method-assign]
                lambda site: known  # noqa: ARG005 the same for every site
            )
        self._waiting: list[tuple[float, Arrival]] = []
        self._identities: dict[int, set[str]] = defaultdict(set)
        self._labelled: dict[int, int] = defaultdict(int)
        self._decided: set[int] = set()

    @property
    def digest(self) -> str:
        """Return the digest of all that was learned."""
        return self._engine.fold.digest()

    def run(self, stream: Sequence[Arrival]) -> list[Outcome]:
        """Return what becomes of each arrival."""
        return [self._meet(arrival) for arrival in stream]

    def _meet(self, arrival: Arrival) -> Outcome:
        while self._waiting and self._waiting[0][0] <= arrival.at:
            self._label(*self._waiting.pop(0))
        self._now = BEGINS + arrival.at
        site, campaign = _site(arrival), arrival.campaign
        judged = self._engine.judge_many([arrival.comment], [site])[0]
        verdict = judged.check.verdict
        known = self._identities[campaign]
        outcome = Outcome(
            arrival,
            verdict,
            judged.check.decided_by,
            self._is_for_address(arrival, verdict),
            len(known),
            self._labelled[campaign],
            campaign in self._decided,
        )
        self._engine.see(judged, arrival.comment, site)
        if self._manner.labels(arrival, verdict, len(known)):
            self._waiting.append((arrival.at + LABEL_DELAY_SECONDS, arrival))
        if self._manner.decides(arrival, len(known)):
            self._decide(arrival)
        known.add(arrival.comment.author_email)
        return outcome

    def _is_for_address(self, arrival: Arrival, verdict: Verdict) -> bool:
        """Say whether ham is held that would not be if it had no IP address."""
        if arrival.label is Label.SPAM or not verdict.is_held:
            return False
        nowhere = msgspec.structs.replace(arrival.comment, address="")
        return not self._engine.check(nowhere, _site(arrival)).verdict.is_held

    def _event(self, arrival: Arrival) -> Event:
        return self._engine.event(arrival.comment, arrival.label, _site(arrival))

    def _label(self, at: float, arrival: Arrival) -> None:
        self._now = BEGINS + at
        match = self._vault.match_key(arrival.comment)
        if self._manner.classifier_learns:
            event = self._event(arrival)
            self._engine.fold.apply(msgspec.structs.replace(event, match=match))
        else:
            copy = Copy.of(extract(arrival.comment))
            now = datetime.fromtimestamp(self._now, UTC)
            if copy is not None:
                self._campaigns.learn(copy, arrival.label, now, match)
        if arrival.label is Label.SPAM:
            self._labelled[arrival.campaign] += 1

    def _decide(self, arrival: Arrival) -> None:
        """Decide for a whole campaign, as its owner would with one click."""
        event = self._event(arrival)
        for source in (CAMPAIGN, UNDO) if self._manner.undoes else (CAMPAIGN,):
            self._engine.fold.apply(msgspec.structs.replace(event, source=source))
        self._decided.add(arrival.campaign)


def _site(arrival: Arrival) -> Site:
    return Site(id=arrival.site + 1, key_id=1, owner_id=OWNER_ID)
