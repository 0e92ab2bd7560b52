"""Roundup: an owner's recorded campaigns, and one decision for all copies of a comment.

It reads the recorded checks again, newest first and so many at most, since no check
keeps what its comment could be found by. It may take seconds; callers use threads.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

import msgspec

from saring import features
from saring.campaigns import Campaigns, Copy, copies
from saring.comment import Comment
from saring.crowds import identity_of
from saring.engine import Engine
from saring.errors import BadRequestError, NotFoundError
from saring.fingerprints import ALIKE_VALUES, Index
from saring.ledger.records import CAMPAIGN, UNDO, Event, Key, Site, StoredCheck
from saring.ledger.store import Store
from saring.verdict import Label

# The newest checks that are looked at; at some 15,000 a second.
MAX_CHECKS = 50_000
PAGE_CHECKS = 500
# How far back a list of campaigns looks, if not told.
RECENT = timedelta(days=1)
# Fewer people than this are no campaign worth a line, unless somebody said something.
LEAST_IDENTITIES = 3
EXCERPT_CHARACTERS = 120


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """A campaign among the recorded checks.

    Attributes:
        guid: Of its newest comment; names the campaign wherever one is asked for.
        comments: How many copies were checked, `held` of them answered spam.
        identities: How many different people posted them, at so many `sites`.
        spam: How many were labelled spam one by one; `ham`: ham.
        decision: What was decided for all of them, or None.
        excerpt: How the newest begins.
    """

    guid: str
    comments: int
    held: int
    identities: int
    sites: int
    first_at: datetime
    last_at: datetime
    spam: int
    ham: int
    decision: Label | None
    excerpt: str


class Decided(msgspec.Struct, frozen=True):
    """What became of a decision.

    Attributes:
        label: What holds for all copies from now on; None after an undo.
        marked: How many recorded comments it changed.
    """

    guid: str
    label: Label | None
    marked: int


class _Sighting(NamedTuple):
    """A recorded check with its comment, and what it is known by."""

    stored: StoredCheck
    comment: Comment
    copy: Copy


class _Tally:
    """What is counted of one campaign; the newest comes first."""

    def __init__(self, newest: _Sighting) -> None:
        self.newest = newest
        self.comments = self.held = 0
        self.identities: set[int] = set()
        self.sites: set[int] = set()
        self.first_at = newest.stored.check.at

    def add(self, sighting: _Sighting) -> None:
        """Count a copy."""
        self.comments += 1
        self.held += sighting.stored.check.verdict.is_held
        self.identities.add(identity_of(sighting.comment))
        self.sites.add(sighting.stored.site_id)
        self.first_at = min(self.first_at, sighting.stored.check.at)

    def found(self, known: Campaigns) -> Found:
        """Return what was counted, and what people have said."""
        check = self.newest.stored.check
        fingerprint = self.newest.copy.fingerprint
        spam, ham = known.labels(fingerprint)
        return Found(
            guid=check.guid,
            comments=self.comments,
            held=self.held,
            identities=len(self.identities),
            sites=len(self.sites),
            first_at=self.first_at,
            last_at=check.at,
            spam=spam,
            ham=ham,
            decision=known.decision(fingerprint),
            excerpt=" ".join(self.newest.comment.content.split())[:EXCERPT_CHARACTERS],
        )


class Roundup:
    """The recorded campaigns of one owner.

    Args:
        store: Where the checks are.
        engine: Has learned what the store holds, and knows the store's vault.
        key: The owner's, with which decisions are made.
    """

    def __init__(self, store: Store, engine: Engine, key: Key) -> None:
        self._store, self._engine, self._key = store, engine, key

    def survey(self, since: datetime) -> list[Found]:
        """Return the campaigns among the checks since an instant, greatest first."""
        index, tallies = Index(), list[_Tally]()
        for sighting in self._sightings(since):
            number = index.find(sighting.copy.fingerprint)
            if number is None:
                number = len(tallies)
                index.add(number, sighting.copy.fingerprint)
                tallies.append(_Tally(sighting))
            tallies[number].add(sighting)
        found = [tally.found(self._campaigns()) for tally in tallies]
        return sorted(
            (
                one
                for one in found
                if one.identities >= LEAST_IDENTITIES or one.decision
            ),
            key=lambda one: (-one.identities, -one.comments, one.guid),
        )

    def decide(self, guid: str, label: Label) -> Decided:
        """Decide for all copies of a check's comment: those there are, and all to come.

        Comments that somebody has labelled one by one keep their labels. It is in force
        where the fold has learned what is added to the ledger.

        Raises:
            NotFoundError: No such check, it is another owner's, or its comment is gone.
            BadRequestError: The comment is too short to make a campaign.
        """
        named = self._named(guid)
        return Decided(guid, label, self._add(named, label, CAMPAIGN))

    def undo(self, guid: str) -> Decided:
        """Take back what was decided for all copies of a check's comment.

        Raises:
            NotFoundError: No such check, it is another owner's, its comment is gone, or
                nothing was decided.
            BadRequestError: The comment is too short to make a campaign.
        """
        named = self._named(guid)
        label = self._campaigns().decision(named.copy.fingerprint)
        if label is None:
            raise NotFoundError("nothing was decided of this campaign")
        return Decided(guid, None, self._add(named, label, UNDO))

    def _campaigns(self) -> Campaigns:
        site = Site(owner_id=self._key.owner_id)
        return self._engine.fold.campaigns(site) or Campaigns()

    def _add(self, named: _Sighting, label: Label, source: str) -> int:
        """Add the decision, then a mark for each copy; return how many were new."""
        self._store.append(self._event(named, label, source))
        marked, waiting = 0, list[Event]()
        for sighting in self._sightings():
            if (
                sighting.copy.fingerprint.count_alike(named.copy.fingerprint)
                >= ALIKE_VALUES
            ):
                mark = msgspec.structs.replace(
                    self._event(sighting, label, source),
                    match=sighting.stored.match,
                    check_guid=sighting.stored.check.guid,
                )
                waiting.append(mark)
            if len(waiting) == PAGE_CHECKS:
                marked, waiting = marked + self._append(waiting), []
        return marked + self._append(waiting)

    def _append(self, events: list[Event]) -> int:
        return sum(added is not None for added in self._store.append_all(events))

    def _event(self, sighting: _Sighting, label: Label, source: str) -> Event:
        key, site_id = self._key, sighting.stored.site_id
        site = Site(id=site_id, key_id=key.id, owner_id=key.owner_id)
        return self._engine.event(sighting.comment, label, site, source=source)

    def _named(self, guid: str) -> _Sighting:
        stored = self._store.find_check(self._key.owner_id, guid)
        if stored is None or stored.comment is None:
            raise NotFoundError(f"there is no check {guid[:32]!r} with its comment")
        copy = Copy.of(features.extract(stored.comment))
        if copy is None:
            raise BadRequestError(
                "the comment is too short: many people say the same", field="guid"
            )
        return _Sighting(stored, stored.comment, copy)

    def _sightings(self, since: datetime | None = None) -> Iterator[_Sighting]:
        """Yield the owner's newest checks whose comments can be of a campaign."""
        before: int | None = None
        for _ in range(MAX_CHECKS // PAGE_CHECKS):
            page = self._store.checks_before(self._key.owner_id, before, PAGE_CHECKS)
            yield from _sight([stored for _, stored in page], since)
            if len(page) < PAGE_CHECKS or (since and page[-1][1].check.at < since):
                return
            before = page[-1][0]


def _sight(page: list[StoredCheck], since: datetime | None) -> Iterator[_Sighting]:
    """Yield those of some checks whose comments can be of a campaign."""
    kept = [
        (stored, stored.comment)
        for stored in page
        if stored.comment is not None and (since is None or stored.check.at >= since)
    ]
    batch = features.extract_many([comment for _, comment in kept])
    for (stored, comment), copy in zip(kept, copies(batch), strict=True):
        if copy is not None:
            yield _Sighting(stored, comment, copy)
