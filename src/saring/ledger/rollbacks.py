"""Rollbacks: labels that are no longer listened to, and the past that is then in force.

An event is in force if no rollback covers it and it says something new of its comment.
Without one event another may say something new, or nothing any more: so a rollback goes
through an owner's labels once again, as if the others alone had ever come.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import (
    Connection,
    Row,
    bindparam,
    delete,
    func,
    insert,
    select,
    update,
)

from saring.errors import BadRequestError, NotFoundError
from saring.ledger import checkpoints, events, facts
from saring.ledger.database import to_instant, to_milliseconds
from saring.ledger.events import IN_FORCE, Said, says_something
from saring.ledger.records import (
    RESTORE,
    ROLLBACK,
    TURNS,
    Event,
    Rollback,
    Voice,
)
from saring.ledger.schema import checkpoints as checkpoints_table
from saring.ledger.schema import events as events_table
from saring.ledger.schema import rollbacks, sites, unheard
from saring.ledger.vault import Vault
from saring.verdict import Label

# Past every event there is: of a rollback that is not yet among them.
NOT_YET = 1 << 62

_HEARD = (
    events_table.c.sequence,
    events_table.c.at,
    events_table.c.site_id,
    events_table.c.key_id,
    events_table.c.label,
    events_table.c.source,
    events_table.c.check_guid,
    events_table.c.match_key,
    events_table.c.reporter,
)


class Hearing:
    """Goes through an owner's labels and says which are in force, were this so.

    Args:
        owner_id: Whose labels.
        change: A new rollback, of which `sequence` is 0; or one that is taken back.
        known: The rollbacks that are in force now.
        baked: Up to here events can no longer be told apart.

    Attributes:
        sequence: Of the last event that it has heard.
        unheard: The owner's events that are not in force.
        label_count: Labels that the change is about, and no other rollback.
        baked_count: Labels of the key and the time that are baked; of which reporter
            they were, nobody knows any more.
    """

    def __init__(
        self, owner_id: int, change: Rollback, known: Sequence[Rollback], baked: int
    ) -> None:
        self.owner_id, self.change, self.known = owner_id, change, [*known]
        self.baked = self.sequence = baked
        self.unheard: set[int] = set()
        self.label_count = self.baked_count = 0
        others = [one for one in known if one.sequence != change.sequence]
        self._others = [*map(_covers, others)]
        self._is_about = _covers(change)
        # Match keys and guids alike: both are 16 random bytes.
        self._last: dict[tuple[int, bytes], Said] = {}

    def hear(self, rows: Iterable[Row[Any]], upto: int) -> None:
        """Go on with the next events of the owner, of which the last is known."""
        for row in rows:
            if row.source not in TURNS and not self._is_in_force(row):
                self.unheard.add(row.sequence)
        self.sequence = upto

    def _is_in_force(self, row: Row[Any]) -> bool:
        if any(covers(row) for covers in self._others):
            return False
        is_about = self._is_about(row)
        self.label_count += is_about
        if is_about and not self.change.sequence:
            return False
        # As `events.append` has it: by its match key, or else by its check.
        names = [
            (row.site_id, name) for name in (row.match_key, row.check_guid) if name
        ]
        said = Said(row.label, row.source, is_of_all=not names)
        if not says_something(said, self._last.get(names[0]) if names else None):
            return False
        self._last.update(dict.fromkeys(names, said))
        return True


def _covers(rollback: Rollback) -> Callable[[Row[Any]], bool]:
    """Return what says whether a rollback is about an event."""
    key_id, reporter = rollback.key_id, rollback.reporter
    before = rollback.sequence or NOT_YET
    since = to_milliseconds(rollback.since) if rollback.since else 0
    until = to_milliseconds(rollback.until) if rollback.until else NOT_YET

    def covers(row: Row[Any]) -> bool:
        return (
            row.key_id == key_id
            and row.sequence < before
            and since <= row.at < until
            and (not reporter or row.reporter == reporter)
        )

    return covers


def begin(connection: Connection, change: Rollback) -> Hearing:
    """Return the hearing of a change that has heard all events there are.

    Raises:
        BadRequestError: All labels it is about are baked.
        NotFoundError: It is about no label.
    """
    baked = checkpoints.latest_sequence(connection, checkpoints.BAKED)
    known = in_force(connection, change.owner_id)
    hearing = Hearing(change.owner_id, change, known, baked)
    go_on(connection, hearing)
    hearing.baked_count = _count_baked(connection, change, baked)
    if hearing.label_count:
        return hearing
    if hearing.baked_count:
        raise BadRequestError(
            "these labels are older than labels are kept for: what they taught is "
            "baked into the model, and can no longer be told apart"
        )
    raise NotFoundError("there are no such labels, or they are rolled back already")


def go_on(connection: Connection, hearing: Hearing) -> None:
    """Let a hearing hear what has come since."""
    upto = events.last_sequence(connection)
    query = select(*_HEARD).where(
        events_table.c.owner_id == hearing.owner_id,
        events_table.c.sequence > hearing.sequence,
        events_table.c.sequence <= upto,
    )
    hearing.hear(connection.execute(query.order_by(events_table.c.sequence)), upto)


def _count_baked(connection: Connection, change: Rollback, baked: int) -> int:
    query = select(func.count(events_table.c.sequence)).where(
        events_table.c.key_id == change.key_id,
        events_table.c.sequence <= min(baked, change.sequence or NOT_YET),
        events_table.c.source.not_in(TURNS),
    )
    if change.since:
        query = query.where(events_table.c.at >= to_milliseconds(change.since))
    if change.until:
        query = query.where(events_table.c.at < to_milliseconds(change.until))
    return connection.scalar(query) or 0


def in_force(connection: Connection, owner_id: int) -> list[Rollback]:
    """Return the rollbacks of an owner that were not taken back."""
    return [one for one in every(connection, owner_id) if one.restored_at is None]


def every(connection: Connection, owner_id: int) -> list[Rollback]:
    """Return all rollbacks of an owner, the oldest first."""
    query = select(rollbacks).where(rollbacks.c.owner_id == owner_id)
    rows = connection.execute(query.order_by(rollbacks.c.sequence))
    return [_rollback(row) for row in rows]


def turned_at(connection: Connection) -> int:
    """Return the last event behind which another past is in force; 0 if none is."""
    return facts.number(connection, facts.TURNED_AT)


def heard(
    connection: Connection, vault: Vault, hearing: Hearing, span: tuple[int, int]
) -> list[Event]:
    """Return what a hearing says is in force behind a sequence up to another."""
    found = events.within(connection, vault, hearing.owner_id, span)
    return [event for event in found if event.sequence not in hearing.unheard]


def _is_outdated(connection: Connection, hearing: Hearing) -> bool:
    """Say whether what a hearing has heard holds no more."""
    baked = checkpoints.latest_sequence(connection, checkpoints.BAKED)
    return baked != hearing.baked or hearing.known != in_force(
        connection, hearing.owner_id
    )


def settle(
    connection: Connection,
    vault: Vault,
    hearing: Hearing,
    learn: Callable[[Sequence[Event], int], bytes],
) -> int:
    """Put a change in force, with what is learned then.

    Args:
        connection: In a transaction that keeps all other events away.
        vault: The store's.
        hearing: What is in force then; it hears what has come since.
        learn: Is given the events since the hearing, and the sequence of the one that
            tells of the change; returns the checkpoint of all that is learned then.

    Returns:
        That sequence; 0 where the hearing must begin anew, since others were faster.
    """
    if _is_outdated(connection, hearing):
        return 0
    before = hearing.sequence
    go_on(connection, hearing)
    span = (before, hearing.sequence)
    payload_of = partial(learn, heard(connection, vault, hearing, span))
    sequence = _tell(connection, vault, hearing)
    _note_unheard(connection, hearing)
    # Those there are have learned what is not in force any more.
    old = delete(checkpoints_table).where(checkpoints_table.c.kind == checkpoints.FOLD)
    connection.execute(old)
    facts.put(connection, facts.TURNED_AT, str(sequence))
    kind = checkpoints.FOLD
    checkpoints.save(connection, vault, sequence, payload_of(sequence), kind)
    return sequence


def _tell(connection: Connection, vault: Vault, hearing: Hearing) -> int:
    """Add the event and the row that tell of a change."""
    change = hearing.change
    event = Event(
        at=change.restored_at or change.at,
        owner_id=change.owner_id,
        site_id=_any_site(connection, change.key_id),
        key_id=change.key_id,
        # An event has a label, and this one says nothing by it.
        label=Label.HAM,
        features=b"",
        source=RESTORE if change.sequence else ROLLBACK,
    )
    sequence = events.put(connection, vault, event).sequence
    if change.sequence:
        which = rollbacks.c.sequence == change.sequence
        restored = to_milliseconds(event.at)
        query = update(rollbacks).where(which).values(restored_at=restored)
        connection.execute(query)
    else:
        connection.execute(insert(rollbacks).values(_row(change, sequence)))
    return sequence


def _any_site(connection: Connection, key_id: int) -> int:
    query = select(func.min(sites.c.id)).where(sites.c.key_id == key_id)
    return int(connection.execute(query).scalar_one())


def _note_unheard(connection: Connection, hearing: Hearing) -> None:
    query = (
        select(unheard.c.sequence)
        .join_from(unheard, events_table)
        .where(
            events_table.c.owner_id == hearing.owner_id,
            events_table.c.sequence > hearing.baked,
        )
    )
    before = {*connection.scalars(query)}
    is_one = unheard.c.sequence == bindparam("one")
    for change, sequences in (
        (insert(unheard).values(sequence=bindparam("one")), hearing.unheard - before),
        (delete(unheard).where(is_one), before - hearing.unheard),
    ):
        if sequences:
            connection.execute(change, [{"one": one} for one in sorted(sequences)])


def _row(change: Rollback, sequence: int) -> dict[str, object]:
    return {
        "sequence": sequence,
        "at": to_milliseconds(change.at),
        "owner_id": change.owner_id,
        "key_id": change.key_id,
        "reporter": change.reporter or None,
        "since": to_milliseconds(change.since) if change.since else None,
        "until": to_milliseconds(change.until) if change.until else None,
    }


def _rollback(row: Row[Any]) -> Rollback:
    def instant(value: int | None) -> datetime | None:
        return None if value is None else to_instant(value)

    return Rollback(
        sequence=row.sequence,
        at=to_instant(row.at),
        owner_id=row.owner_id,
        key_id=row.key_id,
        reporter=row.reporter or b"",
        since=instant(row.since),
        until=instant(row.until),
        restored_at=instant(row.restored_at),
    )


def voices(connection: Connection) -> list[Voice]:
    """Return who has taught, by key and reporter, those who taught most first."""
    baked = checkpoints.latest_sequence(connection, checkpoints.BAKED)
    column = events_table.c
    is_heard = func.count(column.sequence).filter(IN_FORCE)
    query = (
        select(
            column.owner_id,
            column.key_id,
            column.reporter,
            func.count(column.sequence),
            func.count(column.sequence).filter(column.label == Label.SPAM.value),
            is_heard,
            func.count(column.sequence).filter(column.sequence <= baked),
            func.min(column.at),
            func.max(column.at),
        )
        .where(column.source.not_in(TURNS))
        .group_by(column.owner_id, column.key_id, column.reporter)
    )
    found = [
        Voice(
            owner_id=owner_id,
            key_id=key_id,
            reporter=reporter or b"",
            label_count=labels,
            spam_count=spam,
            unheard_count=labels - heard,
            baked_count=old,
            first_at=to_instant(first),
            last_at=to_instant(last),
        )
        for owner_id, key_id, reporter, labels, spam, heard, old, first, last in (
            connection.execute(query)
        )
    ]
    return sorted(
        found,
        key=lambda one: (one.owner_id, -one.label_count, one.key_id, one.reporter),
    )
