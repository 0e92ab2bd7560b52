"""Fold: events in, everything learned out.

What is learned is nothing but the ledger's events, applied in order to the base model:
the same events give the same bits, in every worker and in every rebuild. There is one
classifier and one calibration for each owner, so that no owner's labels ever touch
another's scores.
"""

import copy
import hashlib
from collections.abc import Sequence
from typing import Self

import msgspec

from saring.campaigns import Campaigns, Copy, copies
from saring.classifiers.base import BaseModel
from saring.classifiers.calibration import Calibration, OnlineCalibration
from saring.classifiers.linear import LinearClassifier, Score, Spots, find_spots
from saring.errors import ModelError
from saring.features import BATCH_COMMENTS, FEATURE_VERSION, Batch, Features
from saring.ledger.records import (
    CAMPAIGN,
    DECISIONS,
    TURNS,
    UNDO,
    UNSELECTED,
    Event,
    Site,
)
from saring.reputation import Reputation
from saring.trust import Trust
from saring.verdict import Label

CHECKPOINT_FORMAT = 5


class OutdatedError(ModelError):
    """Another past has come into force: what was learned must be restored anew."""


class Checkpoint(msgspec.Struct, frozen=True, kw_only=True):
    """A fold as it stood after one event.

    Attributes:
        turn: As in `Fold`.
        owners: The state of each owner's classifier; `lines` that of its calibration.
        campaigns: What each owner's labels say of campaigns; `reputations` of writers;
            `trusts` of the keys they came with.
    """

    format: int
    feature_version: int
    base: str
    sequence: int
    turn: int
    owners: dict[int, bytes]
    lines: dict[int, bytes]
    campaigns: dict[int, bytes]
    reputations: dict[int, bytes]
    trusts: dict[int, bytes]


class Fold:
    """What the labels of all owners have taught up to the event `sequence`.

    Attributes:
        turn: The last rollback, or the last taken back, that was heeded from the first
            event on.
    """

    def __init__(self, base: BaseModel) -> None:
        self.base = base
        self.sequence = self.turn = 0
        self._unlearned = LinearClassifier(base)
        self._owners: dict[int, LinearClassifier] = {}
        self._lines: dict[int, OnlineCalibration] = {}
        self._campaigns: dict[int, Campaigns] = {}
        self._reputations: dict[int, Reputation] = {}
        self._trusts: dict[int, Trust] = {}

    def classifier(self, site: Site) -> LinearClassifier:
        """Return the classifier that judges for a site; not to be taught directly."""
        return self._owners.get(site.owner_id, self._unlearned)

    def campaigns(self, site: Site) -> Campaigns | None:
        """Return what is known of campaigns for a site; None where that is nothing."""
        return self._campaigns.get(site.owner_id)

    def reputation(self, site: Site) -> Reputation | None:
        """Return what is known of writers for a site; None where that is nothing."""
        return self._reputations.get(site.owner_id)

    def trust(self, owner_id: int) -> Trust | None:
        """Return what is known of an owner's keys; None where that is nothing."""
        return self._trusts.get(owner_id)

    def line(self, site: Site) -> Calibration:
        """Return the line that turns margins into log-odds for a site."""
        line = self._lines.get(site.owner_id)
        return line.line if line else self.base.calibration

    def score(self, features: Features, site: Site) -> Score:
        """Return the score of one comment's features for a site."""
        return self.classifier(site).score_one(features, site.id)

    def score_many(self, batch: Batch, sites: Sequence[Site]) -> list[Score]:
        """Return the scores of several comments' features, each for its site."""
        places: dict[int, list[int]] = {}
        for place, site in enumerate(sites):
            owner_id = site.owner_id if site.owner_id in self._owners else -1
            places.setdefault(owner_id, []).append(place)
        if len(places) == 1:
            site_ids = [site.id for site in sites]
            return self.classifier(sites[0]).score_many(batch, site_ids)
        scores: dict[int, Score] = {}
        for chosen in places.values():
            part = Batch.of([batch[place] for place in chosen])
            site_ids = [sites[place].id for place in chosen]
            found = self.classifier(sites[chosen[0]]).score_many(part, site_ids)
            scores.update(zip(chosen, found, strict=True))
        return [scores[place] for place in range(len(sites))]

    def apply(self, event: Event) -> None:
        """Learn one event; one at or before `sequence` was learned already.

        An event whose sequence is 0 comes from no ledger and is always learned.

        Raises:
            ModelError: The event's features were made by a version unknown here.
        """
        self.apply_many([event])

    def apply_many(self, events: Sequence[Event]) -> None:
        """Learn several events in their order, of each the same as `apply` does.

        Raises:
            ModelError: An event's features were made by a version unknown here; those
                before it are learned.
            OutdatedError: One of them tells that another past is in force; none is
                learned.
        """
        turns = [event.sequence for event in events if event.source in TURNS]
        if turns:
            if turns[-1] > self.turn:
                raise OutdatedError("labels were rolled back; restore what is learned")
            events = [event for event in events if event.source not in TURNS]
        for start in range(0, len(events), BATCH_COMMENTS):
            self._apply_group(events[start : start + BATCH_COMMENTS])
        self.sequence = max([self.sequence, *turns])

    def _apply_group(self, events: Sequence[Event]) -> None:
        """Learn so many events as are fingerprinted in one go."""
        new = self._new_of(events)
        batch, error = _load_all(new)
        new = new[: len(batch)]
        spots = find_spots(batch, [event.site_id for event in new])
        # Neither part asks for what another one learns, and each is quicker by itself.
        heard = [
            event.source in DECISIONS or self._learn(here, event)
            for event, here in zip(new, spots, strict=True)
        ]
        for event, copied, is_heard in zip(new, copies(batch), heard, strict=True):
            if copied is not None and is_heard:
                self._learn_campaign(copied, event)
        for event, is_heard in zip(new, heard, strict=True):
            if event.subjects and is_heard and event.source not in DECISIONS:
                self._learn_writer(event)
            self.sequence = max(self.sequence, event.sequence)
        if error is not None:
            raise error

    def _new_of(self, events: Sequence[Event]) -> list[Event]:
        """Return the events that were not learned yet, each once."""
        new, last = [], self.sequence
        for event in events:
            if not event.sequence or event.sequence > last:
                new.append(event)
                last = max(last, event.sequence)
        return new

    def _learn(self, spots: Spots, event: Event) -> bool:
        """Learn what a person says of one comment from what it looks like.

        Returns:
            Whether it may be learned for all sites of the owner.
        """
        owner_id = event.owner_id
        classifier = self._owners.get(owner_id)
        if classifier is None:
            classifier = self._owners[owner_id] = LinearClassifier(self.base)
        if event.source in UNSELECTED:
            self._follow(classifier, spots, event)
        is_trusted = self._is_trusted(classifier, spots, event)
        classifier.learn_at(spots, event.label, is_trusted=is_trusted)
        return is_trusted

    def _is_trusted(
        self, classifier: LinearClassifier, spots: Spots, event: Event
    ) -> bool:
        """Say whether a label may move what all sites share, and note it of its key."""
        trust = self._trusts.get(event.owner_id)
        if trust is None:
            trust = self._trusts[event.owner_id] = Trust()
        if trust.is_sole(event.key_id):
            return True
        is_trusted = trust.has(event.key_id)
        is_surprising = classifier.is_surprised(spots, event.label)
        trust.note(event.key_id, is_surprising=is_surprising)
        return is_trusted

    def _learn_campaign(self, copied: Copy, event: Event) -> None:
        """Learn what an event says of a comment's copies."""
        if event.source in DECISIONS:
            self._decide(copied, event)
            return
        campaigns = self._known_campaigns(event)
        campaigns.learn(copied, event.label, event.at, event.match)

    def _learn_writer(self, event: Event) -> None:
        """Learn what a label says of who wrote the comment."""
        reputation = self._reputations.get(event.owner_id)
        if reputation is None:
            reputation = self._reputations[event.owner_id] = Reputation()
        reputation.learn(event.subjects, event.label, event.site_id, event.at)

    def _decide(self, copied: Copy, event: Event) -> None:
        """Learn what is decided of a whole campaign, or that it is taken back.

        It teaches the classifier nothing, so that it can be taken back without a trace.
        """
        campaigns = self._known_campaigns(event)
        is_mark = bool(event.match or event.check_guid)
        if event.source == UNDO and not is_mark:
            campaigns.undo(copied.fingerprint)
        elif event.source == CAMPAIGN and not is_mark:
            campaigns.decide(copied, event.label, event.at)
        elif event.source == CAMPAIGN:
            campaigns.include(copied)

    def _known_campaigns(self, event: Event) -> Campaigns:
        if event.owner_id not in self._campaigns:
            self._campaigns[event.owner_id] = Campaigns()
        return self._campaigns[event.owner_id]

    def _follow(self, classifier: LinearClassifier, spots: Spots, event: Event) -> None:
        """Let the owner's line follow a label that the classifier has not learned."""
        line = self._lines.get(event.owner_id)
        if line is None:
            line = OnlineCalibration(self.base.calibration)
            self._lines[event.owner_id] = line
        margin = classifier.margin_at(spots)
        line.follow(margin, is_spam=event.label is Label.SPAM)
        classifier.calibrate(line.line)

    def digest(self) -> str:
        """Return `sha256:…` of all that was learned on top of which base model.

        An owner whose labels changed nothing counts as one who gave none.
        """
        total = hashlib.sha256(f"{FEATURE_VERSION} {self.base.digest}".encode())
        for owner_id, classifier in sorted(self._owners.items()):
            if not classifier.is_untouched:
                total.update(b"%d:" % owner_id)
                classifier.digest_into(total)
        for owner_id, line in sorted(self._lines.items()):
            total.update(b"line %d:" % owner_id + line.dump())
        for owner_id, campaigns in sorted(self._campaigns.items()):
            if known := campaigns.digest():
                total.update(b"campaigns %d:" % owner_id + known)
        for owner_id, reputation in sorted(self._reputations.items()):
            total.update(b"reputation %d:" % owner_id + reputation.dump())
        for owner_id, trust in sorted(self._trusts.items()):
            if known := trust.digest():
                total.update(b"trust %d:" % owner_id + known)
        return f"sha256:{total.hexdigest()}"

    def copy(self) -> Self:
        """Return a fold that later events of this one do not reach; takes some ms."""
        return copy.deepcopy(self)

    def dump(self) -> bytes:
        """Return a checkpoint, to be read by `load` in this or another process."""
        return msgspec.msgpack.encode(
            Checkpoint(
                format=CHECKPOINT_FORMAT,
                feature_version=FEATURE_VERSION,
                base=self.base.digest,
                sequence=self.sequence,
                turn=self.turn,
                owners={
                    owner_id: classifier.dump()
                    for owner_id, classifier in sorted(self._owners.items())
                    if not classifier.is_untouched
                },
                lines={
                    owner_id: line.dump()
                    for owner_id, line in sorted(self._lines.items())
                },
                campaigns={
                    owner_id: campaigns.dump()
                    for owner_id, campaigns in sorted(self._campaigns.items())
                },
                reputations={
                    owner_id: reputation.dump()
                    for owner_id, reputation in sorted(self._reputations.items())
                },
                trusts={
                    owner_id: trust.dump()
                    for owner_id, trust in sorted(self._trusts.items())
                },
            )
        )

    def load(self, payload: bytes, *, may_be_of_other_base: bool = False) -> None:
        """Put a checkpoint in the place of what was learned so far.

        Args:
            payload: What `dump` returned.
            may_be_of_other_base: Take what was learned over another base model too, as
                the same differences from this one.

        Raises:
            ModelError: It is damaged, or was made over another base model or for
                another version of the features.
        """
        try:
            checkpoint = msgspec.msgpack.decode(payload, type=Checkpoint)
        except msgspec.DecodeError as error:
            raise ModelError(f"the checkpoint cannot be read: {error}") from error
        base = self.base.digest if may_be_of_other_base else checkpoint.base
        made_for = (checkpoint.format, checkpoint.feature_version, base)
        here = (CHECKPOINT_FORMAT, FEATURE_VERSION, self.base.digest)
        if made_for != here:
            raise ModelError(
                f"the checkpoint is of format, features and base model {made_for}; "
                f"this program has {here}"
            )
        owners = {}
        for owner_id, state in checkpoint.owners.items():
            owners[owner_id] = LinearClassifier(self.base)
            owners[owner_id].load(state)
        lines = {}
        for owner_id, state in checkpoint.lines.items():
            lines[owner_id] = OnlineCalibration(self.base.calibration)
            lines[owner_id].load(state)
            owners.setdefault(owner_id, LinearClassifier(self.base)).calibrate(
                lines[owner_id].line
            )
        campaigns = {owner_id: Campaigns() for owner_id in checkpoint.campaigns}
        for owner_id, state in checkpoint.campaigns.items():
            campaigns[owner_id].load(state)
        reputations = {owner_id: Reputation() for owner_id in checkpoint.reputations}
        for owner_id, state in checkpoint.reputations.items():
            reputations[owner_id].load(state)
        trusts = {owner_id: Trust() for owner_id in checkpoint.trusts}
        for owner_id, state in checkpoint.trusts.items():
            trusts[owner_id].load(state)
        self._owners, self._lines, self._trusts = owners, lines, trusts
        self._campaigns, self._reputations = campaigns, reputations
        self.sequence, self.turn = checkpoint.sequence, checkpoint.turn


def _load_all(events: Sequence[Event]) -> tuple[Batch, ModelError | None]:
    """Return the features of events, up to the first that cannot be read."""
    try:
        return Batch.load([event.features for event in events]), None
    except ModelError as error:
        if len(events) == 1:
            return Batch.of([]), error
        middle = len(events) // 2
        first, found = _load_all(events[:middle])
        if found is not None:
            return first, found
        second, found = _load_all(events[middle:])
        return Batch.of([*first, *second]), found
