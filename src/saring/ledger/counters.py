"""Counters: how many checks and labels each site had on each day (UTC)."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, Select, func, select, update
from sqlalchemy.dialects import sqlite

from saring.ledger.database import to_milliseconds
from saring.ledger.records import Counts, Event, SiteCounts
from saring.ledger.schema import counters, sites

DAY_MILLISECONDS = 86_400_000
EPOCH = date(1970, 1, 1)
NAMES = ("api_calls", "spam", "ham", "missed_spam", "false_positives")
SUMS = tuple(func.sum(counters.c[name]).label(name) for name in NAMES)


def add_label(connection: Connection, event: Event, counted: str) -> None:
    """Count a call, and the label's own counter where it has one."""
    day = to_milliseconds(event.at) // DAY_MILLISECONDS
    add(
        connection,
        event.site_id,
        day,
        {"api_calls": 1} | ({counted: 1} if counted else {}),
    )


def add(connection: Connection, site_id: int, day: int, more: dict[str, int]) -> None:
    """Add to a site's counters of a day, making the row on its first use."""
    insert: Any = sqlite.insert
    if connection.dialect.name != "sqlite":
        from sqlalchemy.dialects import postgresql  # noqa: PLC0415 - slow to import

        insert = postgresql.insert
    query = insert(counters).values(site_id=site_id, day=day, **more)
    sums = {name: counters.c[name] + number for name, number in more.items()}
    connection.execute(
        query.on_conflict_do_update(index_elements=["site_id", "day"], set_=sums)
    )


def take_back(connection: Connection, site_id: int, at: int, counted: str) -> None:
    """Take one from the counter of a reversed label, on that label's day."""
    column = counters.c[counted]
    query = update(counters).where(
        counters.c.site_id == site_id, counters.c.day == at // DAY_MILLISECONDS
    )
    connection.execute(query.where(column > 0).values({counted: column - 1}))


def by_day(
    connection: Connection,
    key_id: int,
    site_id: int | None,
    since: date | None,
    until: date | None,
) -> dict[date, Counts]:
    """Return the counts of each day with any, of one site or all of a key's."""
    site_count = func.count(counters.c.site_id.distinct())
    columns = (counters.c.day, *SUMS, site_count)
    query = _of_days(select(*columns), since, until)
    query = query.where(sites.c.key_id == key_id)
    if site_id is not None:
        query = query.where(counters.c.site_id == site_id)
    rows = connection.execute(query.group_by(counters.c.day).order_by(counters.c.day))
    return {EPOCH + timedelta(days=row[0]): _counts(*row[1:]) for row in rows}


def by_site(
    connection: Connection, key_id: int, since: date | None, until: date | None
) -> list[SiteCounts]:
    """Return the counts of each site of a key that had any, by address."""
    columns = (sites.c.address, *SUMS)
    query = _of_days(select(*columns), since, until).where(sites.c.key_id == key_id)
    query = query.group_by(sites.c.id, sites.c.address).order_by(sites.c.address)
    return [
        SiteCounts(address=row[0], counts=_counts(*row[1:], 1))
        for row in connection.execute(query)
    ]


def _of_days(query: Select[Any], since: date | None, until: date | None) -> Select[Any]:
    query = query.join_from(counters, sites)
    if since is not None:
        query = query.where(counters.c.day >= (since - EPOCH).days)
    if until is not None:
        query = query.where(counters.c.day <= (until - EPOCH).days)
    return query


def _counts(*sums: int) -> Counts:
    """Return a row of sums, which some drivers give as decimals."""
    names = (*NAMES, "site_count")
    return Counts(**{name: int(value) for name, value in zip(names, sums, strict=True)})
