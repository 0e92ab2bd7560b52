"""Events: the labels people gave, in the one order in which they are learned."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Connection, Row, Select, func, insert, select, text

from saring.ledger import checks, counters
from saring.ledger.database import to_instant, to_milliseconds
from saring.ledger.guid import parse_guid
from saring.ledger.records import (
    CAMPAIGN,
    DECISIONS,
    UNDO,
    UNSELECTED,
    Event,
    StoredCheck,
)
from saring.ledger.schema import events, unheard
from saring.ledger.vault import HASH_BYTES, Vault
from saring.verdict import Label

# The order of the columns is the order in which `_event` takes them.
ROWS = (
    "SELECT sequence, at, owner_id, site_id, key_id, label, source, check_guid, "
    "match_key, reporter, subjects, features FROM events WHERE {wanted} "
    "ORDER BY sequence"
)
HEARD = "NOT EXISTS (SELECT 1 FROM unheard WHERE unheard.sequence = events.sequence)"
AFTER = ROWS.format(wanted="sequence > {mark} AND " + HEARD) + " LIMIT {mark}"
WITHIN = ROWS.format(
    wanted="sequence > {mark} AND sequence <= {mark} "
    "AND (owner_id = {mark} OR " + HEARD + ")"
)
IN_FORCE = ~select(unheard).where(unheard.c.sequence == events.c.sequence).exists()
UNCOUNTED = UNSELECTED | DECISIONS
LABELS = {label.value: label for label in Label}


class Said(NamedTuple):
    """What an event says of its comment.

    Attributes:
        is_of_all: Whether it is about a whole campaign and none of its comments.
    """

    label: str
    source: str
    is_of_all: bool = False


def append(connection: Connection, vault: Vault, event: Event) -> Event | None:
    """Add an event, or nothing where it repeats the last label; see `Store.append`."""
    check = _check_of(connection, vault, event)
    event = _completed(event, check)
    last = _last_label(connection, event)
    said = Said(event.label.value, event.source, not (event.match or event.check_guid))
    if not says_something(said, last and Said(last.label, last.source)):
        _keep_unheard(connection, vault, event)
        return None
    counted = _counter_of(event, check)
    if event.source not in UNCOUNTED:
        counters.add_label(connection, event, counted)
    if last is not None and last.counted:
        counters.take_back(connection, event.site_id, last.at, last.counted)
    return put(connection, vault, event, counted)


def put(connection: Connection, vault: Vault, event: Event, counted: str = "") -> Event:
    """Write an event, whatever it says, and return it with its sequence."""
    sequence = _next_sequence(connection)
    connection.execute(insert(events).values(_row(vault, event, sequence, counted)))
    return msgspec.structs.replace(event, sequence=sequence)


def _keep_unheard(connection: Connection, vault: Vault, event: Event) -> None:
    """Keep a label that repeats what somebody else has said.

    It counts once the other's is rolled back. What one voice says twice is no event.
    """
    newest = connection.execute(_about(event)).first()
    voice = (event.label.value, event.source, event.key_id, event.reporter or None)
    if newest is not None and newest[:4] != voice:
        added = put(connection, vault, event)
        connection.execute(insert(unheard).values(sequence=added.sequence))


def after(
    connection: Connection, vault: Vault, sequence: int, limit: int
) -> list[Event]:
    """Return the events in force behind a sequence."""
    return _read(connection, vault, AFTER, (sequence, limit))


def within(
    connection: Connection, vault: Vault, owner_id: int, span: tuple[int, int]
) -> list[Event]:
    """Return the events behind a sequence up to another, in order.

    Those of the owner are all among them, those of others only where in force.
    """
    return _read(connection, vault, WITHIN, (*span, owner_id))


def _read(
    connection: Connection, vault: Vault, query: str, numbers: tuple[int, ...]
) -> list[Event]:
    """Return events, made of the driver's own rows for speed."""
    is_sqlite = connection.dialect.name == "sqlite"
    raw: Any = connection.connection.cursor()
    try:
        raw.execute(query.format(mark="?" if is_sqlite else "%s"), numbers)
        decrypt = vault.features.decrypt
        return [_event(row, decrypt) for row in raw]
    finally:
        raw.close()


def last_sequence(connection: Connection) -> int:
    """Return the sequence of the newest event, 0 if there is none."""
    return connection.scalar(select(func.max(events.c.sequence))) or 0


def says_something(said: Said, last: Said | None) -> bool:
    """Say whether an event changes what was last said of its comment.

    What is decided of a whole campaign gives way to what a person said of one comment;
    taken back, it is as if nothing had been said.
    """
    source = last.source if last is not None else UNDO
    if said.source == UNDO:
        return source == CAMPAIGN or said.is_of_all
    if last is None or source == UNDO:
        return True
    if said.source == CAMPAIGN and source != CAMPAIGN:
        return False
    is_of_one_kind = (said.source == CAMPAIGN) == (source == CAMPAIGN)
    return last.label != said.label or not is_of_one_kind


def _check_of(connection: Connection, vault: Vault, event: Event) -> StoredCheck | None:
    """Return the check that an event is about, only ever one of its own owner's."""
    guid = parse_guid(event.check_guid)
    if guid is not None:
        found = checks.find_by_guid(connection, vault, event.owner_id, guid)
        if found is not None:
            return found
    if event.match:
        return checks.find_by_match(connection, vault, event.site_id, event.match)
    return None


def _completed(event: Event, check: StoredCheck | None) -> Event:
    """Return an event that names its check; a guid of nobody's is not kept."""
    if check is None:
        return msgspec.structs.replace(event, check_guid="")
    return msgspec.structs.replace(
        event, check_guid=check.check.guid, match=event.match or check.match
    )


def _last_label(connection: Connection, event: Event) -> Row[Any] | None:
    """Return what is in force of a comment: what was last said at the same site."""
    if not event.match and not event.check_guid:
        return None
    return connection.execute(_about(event).where(IN_FORCE)).first()


def _about(event: Event) -> Select[Any]:
    """Return the query of what was last said of a comment."""
    if event.match:
        same = events.c.match_key == event.match
    else:
        same = events.c.check_guid == parse_guid(event.check_guid)
    return (
        select(
            events.c.label,
            events.c.source,
            events.c.key_id,
            events.c.reporter,
            events.c.counted,
            events.c.at,
        )
        .where(same, events.c.site_id == event.site_id)
        .order_by(events.c.sequence.desc())
        .limit(1)
    )


def _counter_of(event: Event, check: StoredCheck | None) -> str:
    """Return the counter of a label: only one that contradicts the answer has one."""
    if event.source in UNCOUNTED:
        return ""
    was_held = event.was_held if check is None else check.check.verdict.is_held
    if event.label is Label.SPAM:
        return "" if was_held else "missed_spam"
    return "" if was_held is False else "false_positives"


def _next_sequence(connection: Connection) -> int:
    """Return the next number; the transaction's lock keeps all others from it."""
    if connection.dialect.name == "sqlite":
        query = "SELECT seq FROM sqlite_sequence WHERE name = 'events'"
        return (connection.scalar(text(query)) or 0) + 1
    query = "SELECT nextval(pg_get_serial_sequence('events', 'sequence'))"
    return int(connection.execute(text(query)).scalar_one())


def _row(vault: Vault, event: Event, sequence: int, counted: str) -> dict[str, object]:
    return {
        "sequence": sequence,
        "at": to_milliseconds(event.at),
        "owner_id": event.owner_id,
        "site_id": event.site_id,
        "key_id": event.key_id,
        "label": event.label.value,
        "counted": counted,
        "source": event.source,
        "check_guid": parse_guid(event.check_guid),
        "match_key": event.match or None,
        "reporter": event.reporter or None,
        "subjects": b"".join(event.subjects) or None,
        "features": vault.features.encrypt(b"%d" % sequence, event.features),
    }


def _event(row: Sequence[Any], decrypt: Callable[[bytes, bytes], bytes]) -> Event:
    (
        sequence,
        at,
        owner,
        site,
        key,
        label,
        source,
        guid,
        match,
        reporter,
        subjects,
        sealed,
    ) = row
    return Event(
        sequence=sequence,
        at=to_instant(at),
        owner_id=owner,
        site_id=site,
        key_id=key,
        label=LABELS[label],
        features=b"" if sealed is None else decrypt(b"%d" % sequence, sealed),
        reporter=reporter or b"",
        match=match or b"",
        subjects=_split(subjects) if subjects else (),
        check_guid=guid.hex() if guid else "",
        source=source,
    )


def _split(subjects: bytes) -> tuple[bytes, ...]:
    starts = range(0, len(subjects), HASH_BYTES)
    return tuple([subjects[start : start + HASH_BYTES] for start in starts])
