"""Rollback: labels taken out of what is learned, as if they had never been given.

All else is folded again without them, and put in force in one transaction with the
checkpoint of it: whoever follows the ledger comes to the event that tells of it, and
takes that checkpoint. A rollback is taken back in the same way.
"""

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial

import msgspec

from saring.classifiers.base import BaseModel
from saring.errors import BadRequestError, NotFoundError
from saring.fold import Fold
from saring.ledger.records import Event, Key, Rollback, Voice
from saring.ledger.rollbacks import Hearing
from saring.ledger.store import Store
from saring.replay import fold_heard
from saring.trust import Trust

HASH = re.compile("[0-9a-f]{32}")


class Effect(msgspec.Struct, frozen=True, kw_only=True):
    """What a rollback comes to, or its being taken back.

    Attributes:
        rollback: Its number, by which it can be taken back; 0 while it is only asked
            what it would come to.
        labels: How many labels are no longer listened to, or are again.
        baked: Labels of the same key and time that are baked into the model: they stay.
            Of which reporter those were is no longer known.
    """

    rollback: int
    labels: int
    baked: int


class RollbackWish(msgspec.Struct, frozen=True, kw_only=True):
    """Which labels of a key are no longer to be listened to.

    Attributes:
        reporter: A name as the client sends it, or its hash; all of the key's labels if
            it is empty.
        since: Only labels given from then on, if told; `until`: only earlier ones.
        is_trial: Whether only to say what it would come to.
    """

    reporter: str = ""
    since: datetime | None = None
    until: datetime | None = None
    is_trial: bool = False


class Taught(msgspec.Struct, frozen=True, kw_only=True):
    """What one reporter of a key has taught; the reporter is empty for who has no name.

    Attributes:
        reporter: The hash that stands for the name; it serves wherever a name does.
        share: Of all labels of the owner.
        agreement: The share of its key's labels that were expected, as all others had
            taught; None where it is not counted, as of an only key.
        is_trusted: Whether what its key says is learned for all sites of the owner.
        unheard: Labels not in force: rolled back, or said before by somebody else.
        baked: Labels that can no longer be rolled back.
    """

    key: str
    owner: str
    reporter: str
    labels: int
    spam: int
    share: float
    agreement: float | None
    is_trusted: bool
    unheard: int
    baked: int
    first_at: datetime
    last_at: datetime


class RolledBack(msgspec.Struct, frozen=True, kw_only=True):
    """A rollback that is in force; its number takes it back."""

    rollback: int
    key: str
    reporter: str
    since: datetime | None
    until: datetime | None
    at: datetime


class Survey(msgspec.Struct, frozen=True):
    """Who has taught, who taught most first; and the rollbacks in force."""

    voices: list[Taught]
    rollbacks: list[RolledBack]


class Rollbacks:
    """The rollbacks of one owner's labels.

    Args:
        store: Where the labels are.
        base: What they are learned on top of.
        key: Whose labels; the owner is its own.
    """

    def __init__(self, store: Store, base: BaseModel, key: Key) -> None:
        self._store, self._base, self._key = store, base, key

    def roll_back(self, wish: RollbackWish, now: datetime) -> Effect:
        """Listen no longer to some labels; on a trial, only say what that comes to.

        Raises:
            NotFoundError: There are no such labels.
            BadRequestError: All of them are baked.
        """
        change = Rollback(
            owner_id=self._key.owner_id,
            key_id=self._key.id,
            at=now,
            reporter=self._reporter(wish.reporter),
            since=_in_utc(wish.since, "since"),
            until=_in_utc(wish.until, "until"),
        )
        if wish.is_trial:
            return _effect(0, self._store.hear(change))
        return self._settle(change)

    def restore(self, number: int, now: datetime) -> Effect:
        """Listen again to what was rolled back.

        Raises:
            NotFoundError: The key has no rollback of this number that is in force.
            BadRequestError: All its labels are baked by now.
        """
        for known in self._store.rollbacks(self._key.owner_id):
            is_it = (known.sequence, known.key_id) == (number, self._key.id)
            if is_it and known.restored_at is None:
                return self._settle(msgspec.structs.replace(known, restored_at=now))
        raise NotFoundError(f"there is no rollback {number} of this key in force")

    def _reporter(self, told: str) -> bytes:
        if HASH.fullmatch(told):
            return bytes.fromhex(told)
        return self._store.vault.reporter_key(self._key.id, told)

    def _settle(self, change: Rollback) -> Effect:
        """Fold everything again as it is after a change, and put both in force."""
        while True:
            hearing = self._store.hear(change)
            fold = Fold(self._base)
            fold_heard(fold, self._store, hearing)
            sequence = self._store.settle(hearing, partial(_learn, fold))
            if sequence:
                return _effect(change.sequence or sequence, hearing)


def _in_utc(at: datetime | None, field: str) -> datetime | None:
    try:
        return at and at.astimezone(UTC)
    except OverflowError as error:
        raise BadRequestError(f"{at} is before all time", field=field) from error


def _effect(number: int, hearing: Hearing) -> Effect:
    return Effect(
        rollback=number, labels=hearing.label_count, baked=hearing.baked_count
    )


def _learn(fold: Fold, events: Sequence[Event], sequence: int) -> bytes:
    """Learn what came last, and return the checkpoint as of a rollback's event."""
    fold.apply_many(events)
    fold.sequence = fold.turn = sequence
    return fold.dump()


def survey(store: Store, fold: Fold, keys: Sequence[Key]) -> Survey:
    """Return who has taught with some keys, and what is rolled back of it."""
    named = {key.id: key for key in keys}
    voices = store.voices()
    totals: dict[int, int] = {}
    for voice in voices:
        totals[voice.owner_id] = totals.get(voice.owner_id, 0) + voice.label_count
    taught = [
        _taught(voice, named[voice.key_id], totals[voice.owner_id], fold)
        for voice in voices
        if voice.key_id in named
    ]
    found = [
        RolledBack(
            rollback=one.sequence,
            key=named[one.key_id].key,
            reporter=one.reporter.hex(),
            since=one.since,
            until=one.until,
            at=one.at,
        )
        for owner_id in sorted({key.owner_id for key in keys})
        for one in store.rollbacks(owner_id)
        if one.key_id in named and one.restored_at is None
    ]
    return Survey(taught, found)


def _taught(voice: Voice, key: Key, total: int, fold: Fold) -> Taught:
    trust = fold.trust(key.owner_id) or Trust()
    agreement = trust.agreement(key.id)
    return Taught(
        key=key.key,
        owner=key.owner,
        reporter=voice.reporter.hex(),
        labels=voice.label_count,
        spam=voice.spam_count,
        share=round(voice.label_count / total, 4),
        agreement=None if agreement is None else round(agreement, 4),
        is_trusted=trust.has(key.id),
        unheard=voice.unheard_count,
        baked=voice.baked_count,
        first_at=voice.first_at,
        last_at=voice.last_at,
    )
