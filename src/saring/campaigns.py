"""Campaigns: near-identical comments, and what people have said of them.

Part of what is learned: three labels that agree, or one decision by the owner, hold for
all copies there are and all that come.
"""

from datetime import datetime, timedelta
from typing import NamedTuple

import msgspec

from saring.errors import ModelError
from saring.features import post
from saring.features.batch import Batch
from saring.features.slots import FAMILIES, Features, Slots
from saring.fingerprints import Fingerprint, fingerprint_many
from saring.shelves import Shelf, milliseconds
from saring.verdict import Label

LABELS_NEEDED = 3
# One label in so many may be a mistake.
LABELS_FOR_ONE_MISTAKE = 10

# Of one owner, campaigns that were labelled; and those that were decided.
MAX_CAMPAIGNS = 1_000
MAX_DECISIONS = 500
MAX_MEMBERS = 32
MAX_LINK_SLOTS = 512
CAMPAIGN_LIFE = timedelta(days=90)
DECISION_LIFE = timedelta(days=365)

# Where there are no links, their number alone is a feature.
NO_LINKS = 1

_LINKS = FAMILIES.index("links")


class Campaign(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What people have said of single comments that are nearly the same.

    Attributes:
        values: Of the fingerprint of the first of them.
        at: When one of them was last labelled, in milliseconds since 1970.
        spam: How many comments were labelled spam; `ham`: ham.
        members: The last labels, by match key, so that a reversal counts once.
        leads: Whether all that was labelled spam leads somewhere.
    """

    values: bytes
    at: int
    spam: int = 0
    ham: int = 0
    members: dict[bytes, Label] = {}
    leads: bool = True

    @property
    def is_agreed_spam(self) -> bool:
        """Say whether enough comments were labelled spam, and hardly any ham."""
        mistakes = (self.spam + self.ham) // LABELS_FOR_ONE_MISTAKE
        return self.spam >= LABELS_NEEDED and self.ham <= mistakes

    def with_label(
        self, match: bytes, label: Label, at: int, *, leads: bool
    ) -> "Campaign":
        """Return the campaign after a label; a second one of a comment replaces it."""
        is_spam, members = label is Label.SPAM, self.members
        spam, ham = self.spam + is_spam, self.ham + (not is_spam)
        if match:
            before = members.get(match)
            spam -= before is Label.SPAM
            ham -= before is Label.HAM
            # What is labelled again goes to the end.
            members = {one: said for one, said in members.items() if one != match}
            members[match] = label
            if len(members) > MAX_MEMBERS:
                del members[next(iter(members))]
        leads = self.leads and (leads or not is_spam)
        return Campaign(self.values, at, spam, ham, members, leads)


class Decision(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What an owner has decided of all copies of one comment.

    Attributes:
        values: Of the comment's fingerprint.
        at: When it was decided, in milliseconds since 1970.
        links: Slots of where the comment leads, sorted; with those of the other
            comments that were let through with it.
    """

    values: bytes
    at: int
    label: Label
    links: tuple[int, ...] = ()


class Copy(NamedTuple):
    """One comment as campaigns know it.

    Attributes:
        fingerprint: By which its like is known.
        link_slots: The slots of where it leads; not of the post where it stands.
    """

    fingerprint: Fingerprint
    link_slots: Slots

    @staticmethod
    def of(features: Features) -> "Copy | None":
        """Return a comment's copy, or None for what is too short for a campaign."""
        return copies(Batch.of([features]))[0]

    @property
    def links(self) -> frozenset[int]:
        """Return the slots of where it leads."""
        return frozenset(self.link_slots.tolist())

    @property
    def leads(self) -> bool:
        """Say whether there is a link in the text or behind the author's name."""
        return len(self.link_slots) > NO_LINKS


def copies(batch: Batch) -> list[Copy | None]:
    """Return each of several comments as campaigns know it; None for short ones."""
    spans = batch.starts[:, _LINKS : _LINKS + 2].tolist()
    return [
        None if known is None else Copy(known, post.leave_out(batch.slots[start:end]))
        for known, (start, end) in zip(fingerprint_many(batch), spans, strict=True)
    ]


class State(msgspec.Struct, frozen=True, array_like=True):
    """Campaigns as bytes."""

    campaigns: bytes
    decisions: bytes


class Campaigns:
    """What the labels of one owner say of campaigns; a part of the fold.

    The same labels in the same order give the same campaigns. What is old is forgotten
    when a younger label comes, and by no clock.
    """

    def __init__(self) -> None:
        self._campaigns = Shelf(Campaign, MAX_CAMPAIGNS, CAMPAIGN_LIFE)
        self._decisions = Shelf(Decision, MAX_DECISIONS, DECISION_LIFE)

    def learn(self, copy: Copy, label: Label, at: datetime, match: bytes = b"") -> None:
        """Learn the label of one comment; `match` tells it from others, if given."""
        number, now = self._campaigns.find(copy.fingerprint), milliseconds(at)
        new = Campaign(copy.fingerprint.values, now)
        campaign = new if number is None else self._campaigns[number]
        labelled = campaign.with_label(match, label, now, leads=copy.leads)
        self._campaigns.put(labelled, copy.fingerprint, number)

    def decide(self, copy: Copy, label: Label, at: datetime) -> None:
        """Learn what is decided for all comments like this one, until it is undone."""
        self.undo(copy.fingerprint)
        links = tuple(sorted(copy.links))
        decision = Decision(copy.fingerprint.values, milliseconds(at), label, links)
        self._decisions.put(decision, copy.fingerprint)

    def include(self, copy: Copy) -> None:
        """Learn where a comment leads that a decision for ham has let through."""
        known = copy.fingerprint
        number = self._decisions.find(known)
        if number is None or self._decisions[number].label is Label.SPAM:
            return
        decision = self._decisions[number]
        links = copy.links.union(decision.links)
        if len(links) <= MAX_LINK_SLOTS:
            self._decisions.change(
                number, msgspec.structs.replace(decision, links=tuple(sorted(links)))
            )

    def undo(self, known: Fingerprint) -> None:
        """Take back what was decided for comments like this one, without a trace."""
        for number in self._decisions.nearest(known):
            self._decisions.remove(number)

    def judge(self, copy: Copy) -> Label | None:
        """Return what people have said of comments like this one, if that settles it.

        A decision comes before labels. Where a copy leads matters: one that leads
        nowhere may be what the others were copied from, and one with another link is
        not what was let through.
        """
        number = self._decisions.find(copy.fingerprint)
        if number is not None:
            return _apply(self._decisions[number], copy)
        for near in self._campaigns.nearest(copy.fingerprint):
            campaign = self._campaigns[near]
            if campaign.is_agreed_spam:
                return Label.SPAM if copy.leads or not campaign.leads else None
            if campaign.ham > campaign.spam:
                return None
        return None

    def decision(self, known: Fingerprint) -> Label | None:
        """Return what was decided for comments like this one, wherever they lead."""
        number = self._decisions.find(known)
        return None if number is None else self._decisions[number].label

    def labels(self, known: Fingerprint) -> tuple[int, int]:
        """Return how many comments like this one were labelled spam, and ham."""
        number = self._campaigns.find(known)
        campaign = None if number is None else self._campaigns[number]
        return (campaign.spam, campaign.ham) if campaign else (0, 0)

    def is_known_ham(self, known: Fingerprint) -> bool:
        """Say whether people find comments like this one ham rather than spam."""
        spam, ham = self.labels(known)
        return ham > spam or self.decision(known) is Label.HAM

    def __deepcopy__(self, _memo: object) -> "Campaigns":
        """Return a copy; what is inside is frozen, so that this is quick."""
        return self.copy()

    def copy(self) -> "Campaigns":
        """Return campaigns that later labels of these do not reach."""
        other = Campaigns()
        other._campaigns = self._campaigns.copy()
        other._decisions = self._decisions.copy()
        return other

    def dump(self) -> bytes:
        """Return all that was learned, to be read by `load`; empty for nothing."""
        if not len(self._campaigns) and not len(self._decisions):
            return b""
        state = State(self._campaigns.dump(), self._decisions.dump())
        return msgspec.msgpack.encode(state)

    def load(self, state: bytes) -> None:
        """Put what `dump` returned in the place of what was learned so far.

        Raises:
            ModelError: The state is damaged.
        """
        try:
            parts = (
                msgspec.msgpack.decode(state, type=State) if state else State(b"", b"")
            )
        except msgspec.DecodeError as error:
            raise ModelError(
                f"what is known of campaigns is damaged: {error}"
            ) from error
        self._campaigns.load(parts.campaigns)
        self._decisions.load(parts.decisions)

    def digest(self) -> bytes:
        """Return bytes that tell what is known; empty for nothing."""
        return self._campaigns.digest() + self._decisions.digest()


def _apply(decision: Decision, copy: Copy) -> Label | None:
    """Return what a decision says of a comment like the one it was about."""
    if decision.label is Label.HAM:
        return Label.HAM if copy.links <= {*decision.links} else None
    is_original = not copy.leads and len(decision.links) > NO_LINKS
    return None if is_original else Label.SPAM
