"""Reputation: what a writer's earlier comments say of the next one, within bounds.

Decayed counts of labels for each e-mail address and IP address, at one site and over
its owner. Counts come in steps and what they add to a score is capped, so that no
address condemns a comment; an IP address alone never holds one.
"""

import math
from collections import OrderedDict
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

import msgspec

from saring.comment import Comment
from saring.errors import ModelError
from saring.verdict import Label

HALF_LIFE = timedelta(days=30)
LIFE = timedelta(days=365)
# What one new label counts; halved, it stays a whole number.
UNIT = 64
# The caps, in log-odds: an e-mail address is one person's, an IP address of many.
EMAIL_CAP = 1.0
ADDRESS_CAP = 0.5
# One label is a first step, two a second, four a third.
MAX_STEPS = 3

# Of one owner; the subject that was labelled longest ago goes first.
MAX_SUBJECTS = 20_000
_FORGOTTEN_AT_ONCE = 8


class Shift(NamedTuple):
    """What a writer's reputation adds to the log-odds of spam."""

    email: float = 0.0
    address: float = 0.0

    @property
    def fair(self) -> float:
        """Return the sum without what speaks against the IP address."""
        return self.email + min(0.0, self.address)

    def apply(self, score: float, spam_cutoff: float) -> tuple[float, float]:
        """Return a score with what is known of the writer.

        Returns:
            The score, which an IP address never moves past the cutoff; and the score
            without what speaks against the address.
        """
        fair = _moved(score, self.fair)
        if self.address <= 0:
            return fair, fair
        whole = _moved(score, self.email + self.address)
        return max(fair, min(whole, math.nextafter(spam_cutoff, 0))), fair


class Standing(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """The decayed labels of one subject, in units of `UNIT`, and when they were that.

    Attributes:
        at: In milliseconds since 1970; moves by whole half-lives only, so that the same
            labels give the same numbers everywhere.
    """

    spam: int
    ham: int
    at: int

    def decayed(self, now: int) -> "Standing":
        """Return the standing at a later time."""
        halves = max(0, now - self.at) // _HALF_LIFE_MS
        if not halves:
            return self
        at = self.at + halves * _HALF_LIFE_MS
        return Standing(self.spam >> halves, self.ham >> halves, at)

    def with_label(self, label: Label, now: int) -> "Standing":
        """Return the standing after a label."""
        old = self.decayed(now)
        if label is Label.SPAM:
            return Standing(old.spam + UNIT, old.ham, old.at)
        return Standing(old.spam, old.ham + UNIT, old.at)

    @property
    def is_faded(self) -> bool:
        """Say whether not even one label is left."""
        return max(self.spam, self.ham) < UNIT

    @property
    def share(self) -> float:
        """Return a bucket from -1 (only ham) to 1 (only spam), in `MAX_STEPS` steps."""
        return (_steps(self.spam) - _steps(self.ham)) / MAX_STEPS


class Reputation:
    """The standing of the subjects that one owner's labels were about."""

    def __init__(self) -> None:
        # A plain dict looks through all that has left its front to find its first.
        self._standings: OrderedDict[bytes, Standing] = OrderedDict()

    def __len__(self) -> int:
        return len(self._standings)

    def learn(
        self, subjects: Sequence[bytes], label: Label, site_id: int, at: datetime
    ) -> None:
        """Learn a label of a comment by these subjects (keyed hashes)."""
        now, standings = _milliseconds(at), self._standings
        first = Standing(0, 0, now).with_label(label, now)
        for subject in subjects:
            for key in (subject, _at_site(subject, site_id)):
                old = standings.pop(key, None)
                standings[key] = old.with_label(label, now) if old else first
        self._forget(now)

    def _forget(self, now: int) -> None:
        """Forget who was labelled longest ago: too many, too old or faded away."""
        standings = self._standings
        over = min(max(0, len(standings) - 2 * MAX_SUBJECTS), _FORGOTTEN_AT_ONCE)
        for _ in range(over):
            standings.popitem(last=False)
        for _ in range(over, min(_FORGOTTEN_AT_ONCE, len(standings))):
            standing = next(iter(standings.values()))
            is_old = standing.at < now - _LIFE_MS
            if not (is_old or standing.decayed(now).is_faded):
                return
            standings.popitem(last=False)

    def share(self, subject: bytes, site_id: int, at: datetime) -> float:
        """Return from -1 (ham) to 1 (spam) what is known of a subject; 0 is nothing.

        What its own site says counts whole, and what others of the owner say half.
        """
        if subject not in self._standings:
            return 0.0
        now = _milliseconds(at)
        here = self._standings.get(_at_site(subject, site_id))
        own = here.decayed(now).share if here else 0.0
        return own or self._standings[subject].decayed(now).share / 2

    def weigh(
        self, subjects: Sequence[bytes], comment: Comment, site_id: int, at: datetime
    ) -> Shift:
        """Return what is known of a comment's writer, in log-odds.

        Args:
            subjects: The comment's, e-mail address first, IP address last.
            comment: Tells which of them it has.
            site_id: Where it was posted.
            at: When.
        """
        email = address = 0.0
        has_email = bool(comment.author_email.strip())
        if has_email and subjects:
            email = EMAIL_CAP * self.share(subjects[0], site_id, at)
        if len(subjects) > has_email:
            address = ADDRESS_CAP * self.share(subjects[-1], site_id, at)
        return Shift(email, address)

    def __deepcopy__(self, _memo: object) -> "Reputation":
        """Return a copy; what is inside is frozen, so that this is quick."""
        return self.copy()

    def copy(self) -> "Reputation":
        """Return a reputation that later labels of this one do not reach."""
        other = Reputation()
        other._standings = self._standings.copy()
        return other

    def dump(self) -> bytes:
        """Return all that was learned, to be read by `load`; empty for nothing."""
        if not self._standings:
            return b""
        return msgspec.msgpack.encode(list(self._standings.items()))

    def load(self, state: bytes) -> None:
        """Put what `dump` returned in the place of what was learned so far.

        Raises:
            ModelError: The state is damaged.
        """
        self._standings = OrderedDict()
        if not state:
            return
        try:
            found = msgspec.msgpack.decode(state, type=list[tuple[bytes, Standing]])
        except msgspec.DecodeError as error:
            raise ModelError(f"the reputation's state is damaged: {error}") from error
        self._standings = OrderedDict(found)


_HALF_LIFE_MS = HALF_LIFE // timedelta(milliseconds=1)
_LIFE_MS = LIFE // timedelta(milliseconds=1)


def _moved(score: float, shift: float) -> float:
    """Return a probability moved by some log-odds."""
    if not shift or not 0 < score < 1:
        return score
    return 1 / (1 + (1 - score) / score * math.exp(-shift))


def _at_site(subject: bytes, site_id: int) -> bytes:
    return subject + site_id.to_bytes(8, "big")


def _steps(count: int) -> int:
    return min(MAX_STEPS, (count // UNIT).bit_length())


def _milliseconds(at: datetime) -> int:
    return int(at.timestamp() * 1000)
