"""Audits: comments drawn by chance, to be labelled by a person who sees no verdict."""

import heapq
import random
from collections.abc import Iterable
from typing import Any, NamedTuple

from sqlalchemy import Connection, RowMapping, func, insert, select, update

from saring.errors import NotFoundError
from saring.ledger import checks as ledger_checks
from saring.ledger.database import now_milliseconds, to_instant
from saring.ledger.guid import RANDOM_BYTES
from saring.ledger.records import Audit, AuditItem, Site, Stratum
from saring.ledger.samples import UNCLEAR
from saring.ledger.schema import audits, checks, samples
from saring.ledger.vault import Vault
from saring.verdict import Label, Verdict

STRATA = {
    is_held: tuple(v.value for v in Verdict if v.is_held is is_held)
    for is_held in (False, True)
}
CLASSIFIER = "classifier"
# What a client asked for itself, and a page that was not read: no reader wrote them.
NO_READERS = ("asked", "pre_check")


class Draw(NamedTuple):
    """Comments chosen by chance, in a random order, and what they were chosen from."""

    since: int
    until: int
    counts: dict[bool, int]
    rows: list[dict[str, Any]]


def choose(
    connection: Connection,
    site: Site,
    span: tuple[int, int],
    wanted: dict[bool, int],
    chance: random.Random,
) -> Draw:
    """Choose from what a site was told in a time; nothing is written.

    Args:
        connection: In a transaction.
        site: Whose comments.
        span: From when to when, milliseconds since 1970; from the end of the last
            audit if that is later, so that no comment is ever drawn from twice.
        wanted: How many of those published (False) and those held (True).
        chance: Draws.

    Raises:
        NotFoundError: There is nothing to draw from.
    """
    last = select(func.max(audits.c.until)).where(audits.c.site_id == site.id)
    span = (max(span[0], connection.scalar(last) or 0), span[1])
    drawn: list[dict[str, Any]] = []
    counts = {}
    for is_held, number in wanted.items():
        rows = _rows_of(connection, site, span, STRATA[is_held])
        counts[is_held], found = _chosen(rows, number, chance)
        drawn += [row | {"is_held": is_held} for row in found]
    if not drawn:
        raise NotFoundError(
            "there are no comments to draw from that were judged since the last audit"
        )
    chance.shuffle(drawn)
    return Draw(*span, counts, drawn)


def keep(connection: Connection, site: Site, draw: Draw) -> int:
    """Write a draw down as a new audit; return its number."""
    made = insert(audits).values(
        site_id=site.id,
        since=draw.since,
        until=draw.until,
        published_count=draw.counts[False],
        held_count=draw.counts[True],
    )
    audit_id = int(connection.execute(made.returning(audits.c.id)).scalar_one())
    rows = [
        row | {"site_id": site.id, "audit_id": audit_id, "place": place}
        for place, row in enumerate(draw.rows, 1)
    ]
    connection.execute(insert(samples), rows)
    return audit_id


def _rows_of(
    connection: Connection, site: Site, span: tuple[int, int], verdicts: tuple[str, ...]
) -> Iterable[dict[str, Any]]:
    """Yield what a sample keeps of each comment of a stratum that is still kept."""
    first, last = (at.to_bytes(6) + bytes(RANDOM_BYTES) for at in span)
    query = select(
        checks.c.guid, checks.c.at, checks.c.margin, checks.c.decided_by
    ).where(
        checks.c.site_id == site.id,
        # Guids rise with time and have an index.
        checks.c.guid.between(first, last),
        checks.c.verdict.in_(verdicts),
        checks.c.decided_by.not_in(NO_READERS),
        checks.c.comment.is_not(None),
    )
    for guid, at, margin, step in connection.execute(query):
        is_scored = step == CLASSIFIER
        yield {"check_guid": guid, "at": at, "margin": margin if is_scored else None}


def _chosen(
    rows: Iterable[dict[str, Any]], number: int, chance: random.Random
) -> tuple[int, list[dict[str, Any]]]:
    """Return how many rows there are, and so many of them, each set equally likely."""
    count = 0

    def lots() -> Iterable[tuple[float, int, dict[str, Any]]]:
        nonlocal count
        for count, row in enumerate(rows, 1):
            yield chance.random(), count, row

    chosen = [row for *_, row in heapq.nsmallest(number, lots())]
    return count, chosen


def newest(connection: Connection, site: Site) -> Audit | None:
    """Return a site's newest audit, if it has any."""
    query = select(audits).where(audits.c.site_id == site.id)
    query = query.order_by(audits.c.id.desc()).limit(1)
    row = connection.execute(query).mappings().first()
    return _audit(connection, row) if row else None


def is_of(connection: Connection, site: Site, audit_id: int) -> bool:
    """Say whether a site has an audit of this number."""
    query = select(audits.c.id).where(audits.c.site_id == site.id)
    return connection.scalar(query.where(audits.c.id == audit_id)) is not None


def find(connection: Connection, site: Site, audit_id: int) -> Audit:
    """Return an audit of a site.

    Raises:
        NotFoundError: The site has none of this number.
    """
    query = select(audits).where(audits.c.site_id == site.id, audits.c.id == audit_id)
    row = connection.execute(query).mappings().first()
    if row is None:
        raise NotFoundError(f"there is no audit {audit_id} of this site")
    return _audit(connection, row)


def _audit(connection: Connection, row: RowMapping) -> Audit:
    answer = func.coalesce(samples.c.label, "")
    query = (
        select(samples.c.is_held, answer, func.count())
        .where(samples.c.audit_id == row["id"])
        .group_by(samples.c.is_held, answer)
    )
    found = {(held, label): count for held, label, count in connection.execute(query)}

    def stratum(*, is_held: bool, count: int) -> Stratum:
        parts = {
            name: found.get((is_held, label), 0)
            for name, label in (
                ("ham", Label.HAM.value),
                ("spam", Label.SPAM.value),
                ("unclear", UNCLEAR),
                ("open", ""),
            )
        }
        return Stratum(there=count, **parts)

    return Audit(
        id=row["id"],
        site_id=row["site_id"],
        since=to_instant(row["since"]),
        until=to_instant(row["until"]),
        published=stratum(is_held=False, count=row["published_count"]),
        held=stratum(is_held=True, count=row["held_count"]),
    )


def items(
    connection: Connection, vault: Vault, audit: Audit, owner_id: int
) -> list[AuditItem]:
    """Return what is to be labelled, in the order of the draw, without any verdict.

    A comment that is no longer kept can no longer be labelled.
    """
    query = select(samples).where(samples.c.audit_id == audit.id)
    found = []
    for row in connection.execute(query.order_by(samples.c.place)).mappings():
        guid, comment = row["check_guid"], None
        if guid is not None:
            check = ledger_checks.find_by_guid(connection, vault, owner_id, guid)
            comment = check.comment if check else None
        found.append(
            AuditItem(
                place=row["place"],
                answer=row["label"] or "",
                guid=guid.hex() if guid else "",
                comment=comment,
            )
        )
    return found


def answer(connection: Connection, audit: Audit, place: int, label: str) -> None:
    """Keep what a person says of one comment of an audit; the last word counts."""
    query = update(samples).where(
        samples.c.audit_id == audit.id, samples.c.place == place
    )
    values = {"label": label, "labelled_at": now_milliseconds()}
    if not connection.execute(query.values(values)).rowcount:
        raise NotFoundError(f"there is no comment {place} in audit {audit.id}")
