"""Events: the labels people gave, in the one order in which they are learned."""

from collections.abc import Callable, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, RowMapping, func, insert, select, text

from saring.ledger import checks, counters
from saring.ledger.database import to_instant, to_milliseconds
from saring.ledger.guid import parse_guid
from saring.ledger.records import CAMPAIGN, UNDO, UNSELECTED, Event, StoredCheck
from saring.ledger.schema import events
from saring.ledger.vault import HASH_BYTES, Vault
from saring.verdict import Label

# The order of the columns is the order in which `_event` takes them.
AFTER = (
    "SELECT sequence, at, owner_id, site_id, key_id, label, source, check_guid, "
    "match_key, reporter, subjects, features FROM events "
    "WHERE sequence > {mark} ORDER BY sequence LIMIT {mark}"
)
UNCOUNTED = UNSELECTED | {CAMPAIGN, UNDO}
LABELS = {label.value: label for label in Label}


def append(connection: Connection, vault: Vault, event: Event) -> Event | None:
    """Add an event, or nothing where it repeats the last label; see `Store.append`."""
    check = _check_of(connection, vault, event)
    event = _completed(event, check)
    last = _last_label(connection, event)
    if not _says_something(event, last):
        return None
    counted = _counter_of(event, check)
    if event.source not in UNCOUNTED:
        counters.add_label(connection, event, counted)
    if last is not None and last["counted"]:
        counters.take_back(connection, event.site_id, last["at"], last["counted"])
    sequence = _next_sequence(connection)
    connection.execute(insert(events).values(_row(vault, event, sequence, counted)))
    return msgspec.structs.replace(event, sequence=sequence)


def after(
    connection: Connection, vault: Vault, sequence: int, limit: int
) -> list[Event]:
    """Return the events behind a sequence, with the driver's own rows for speed."""
    is_sqlite = connection.dialect.name == "sqlite"
    query = AFTER.format(mark="?" if is_sqlite else "%s")
    raw: Any = connection.connection.cursor()
    try:
        raw.execute(query, (sequence, limit))
        decrypt = vault.features.decrypt
        return [_event(row, decrypt) for row in raw]
    finally:
        raw.close()


def last_sequence(connection: Connection) -> int:
    """Return the sequence of the newest event, 0 if there is none."""
    return connection.scalar(select(func.max(events.c.sequence))) or 0


def _says_something(event: Event, last: RowMapping | None) -> bool:
    """Say whether an event changes what was last said of its comment.

    What is decided of a whole campaign gives way to what a person said of one comment;
    taken back, it is as if nothing had been said.
    """
    source = last["source"] if last is not None else UNDO
    if event.source == UNDO:
        return source == CAMPAIGN or _is_decision(event)
    if last is None or source == UNDO:
        return True
    if event.source == CAMPAIGN and source != CAMPAIGN:
        return False
    is_of_one_kind = (event.source == CAMPAIGN) == (source == CAMPAIGN)
    return last["label"] != event.label.value or not is_of_one_kind


def _is_decision(event: Event) -> bool:
    """Say whether an event is about a whole campaign and none of its comments."""
    return not event.match and not event.check_guid


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


def _last_label(connection: Connection, event: Event) -> RowMapping | None:
    """Return what was last said of the same comment at the same site."""
    query = select(events.c.label, events.c.counted, events.c.at, events.c.source)
    if event.match:
        query = query.where(events.c.match_key == event.match)
    elif event.check_guid:
        query = query.where(events.c.check_guid == parse_guid(event.check_guid))
    else:
        return None
    query = query.where(events.c.site_id == event.site_id)
    query = query.order_by(events.c.sequence.desc()).limit(1)
    return connection.execute(query).mappings().first()


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
    return tuple(subjects[start : start + HASH_BYTES] for start in starts)
