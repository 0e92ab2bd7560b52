"""Samples: comments that nobody chose to label by our verdict, and what we had said.

They come from imports, judged before they were learned, and from audits (`audits`).
Of an import only the ham is kept: that is what an error budget is about.
"""

from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, func, insert, select, update

from saring.ledger import facts
from saring.ledger.database import now_milliseconds, to_milliseconds
from saring.ledger.events import IN_FORCE
from saring.ledger.records import FEEDBACK, Judged, SampledHam
from saring.ledger.schema import audits, events, samples, sites
from saring.verdict import Label

UNCLEAR = "unclear"
"""The answer of a person who could not tell."""

WORST = 1 << 40
"""The margin of a ham that was learned before it could be judged: past all others."""


def add(connection: Connection, judged: Sequence[Judged]) -> int:
    """Keep what was said of imported ham; return how many were new.

    A comment is kept once, and only if it is older than the site's first use of us:
    since then it may be on the page because of our verdict alone. One that a moderator
    has labelled before it could be judged counts as the worst: had it been left out,
    the honest comments that needed a person would be missing among the others.
    """
    return sum(_add_one(connection, one) for one in judged)


def _add_one(connection: Connection, one: Judged) -> bool:
    same = (samples.c.site_id == one.site_id, samples.c.match_key == one.match)
    if connection.scalar(select(samples.c.id).where(*same).limit(1)):
        return False
    if one.written_at is not None:
        began = select(sites.c.created_at).where(sites.c.id == one.site_id)
        if to_milliseconds(one.written_at) >= (connection.scalar(began) or 0):
            return False
    row = {
        "site_id": one.site_id,
        "place": 0,
        "at": to_milliseconds(one.at),
        "match_key": one.match,
        "margin": WORST if _was_reported(connection, one) else one.margin,
        "label": Label.HAM.value,
        "labelled_at": now_milliseconds(),
    }
    connection.execute(insert(samples).values(row))
    return True


def _was_reported(connection: Connection, one: Judged) -> bool:
    query = select(events.c.sequence).where(
        events.c.site_id == one.site_id,
        events.c.match_key == one.match,
        events.c.source == FEEDBACK,
        IN_FORCE,
    )
    return connection.scalar(query.limit(1)) is not None


def note_base(connection: Connection, digest: str, now: int) -> bool:
    """Note which base model judges from now on; say whether it is another one.

    What an earlier one said is in other units, and counts no more.
    """
    if facts.get(connection, facts.BASE_MODEL) == digest:
        return False
    facts.put(connection, facts.BASE_MODEL, digest)
    facts.put(connection, facts.BASE_SINCE, str(now))
    return True


def hams(connection: Connection, site_id: int) -> Iterator[SampledHam]:
    """Yield the ham of a site that an error budget may count, the newest first.

    Of audits only those of which every comment is answered, since a person may answer
    the easy ones first. What a person could not tell counts as ham, and what another
    step than the classifier had settled not at all.
    """
    since = facts.number(connection, facts.BASE_SINCE)
    rates = _rates(connection, site_id)
    query = select(
        samples.c.id, samples.c.margin, samples.c.audit_id, samples.c.is_held
    ).where(
        samples.c.site_id == site_id,
        samples.c.label.in_((Label.HAM.value, UNCLEAR)),
        samples.c.margin.is_not(None),
        samples.c.at >= since,
    )
    query = query.order_by(samples.c.at.desc(), samples.c.id.desc())
    for number, margin, audit_id, is_held in connection.execute(query):
        if audit_id is None:
            yield SampledHam(number, margin, 1.0)
        elif audit_id in rates:
            yield SampledHam(number, margin, rates[audit_id][is_held])


def _rates(connection: Connection, site_id: int) -> dict[int, dict[bool, float]]:
    """Return the weight of either stratum in each audit that is finished."""
    is_open = func.count(samples.c.id).filter(samples.c.label.is_(None))
    drawn = {
        is_held: func.count(samples.c.id).filter(samples.c.is_held.is_(is_held))
        for is_held in (False, True)
    }
    query = (
        select(audits, drawn[False], drawn[True])
        .join_from(audits, samples)
        .where(audits.c.site_id == site_id)
        .group_by(audits.c.id)
        .having(is_open == 0)
    )
    return {
        row.id: _weights(
            {False: row[-2], True: row[-1]},
            {False: row.published_count, True: row.held_count},
        )
        for row in connection.execute(query)
    }


def _weights(drawn: dict[bool, int], there: dict[bool, int]) -> dict[bool, float]:
    """Return the smallest chance of any stratum as a share of each one's own."""
    chances = {key: drawn[key] / there[key] for key in drawn if drawn[key]}
    least = min(chances.values())
    return {key: least / chance for key, chance in chances.items()}


def erase(connection: Connection, checks_before: int, events_before: int) -> None:
    """Take away what leads from a sample to a comment; labels and margins stay."""
    query = update(samples).where(
        samples.c.check_guid.is_not(None), samples.c.at < checks_before
    )
    lost = query.where(samples.c.label.is_(None))
    connection.execute(lost.values(label=UNCLEAR, labelled_at=now_milliseconds()))
    connection.execute(query.values(check_guid=None))
    old = (samples.c.match_key.is_not(None), samples.c.labelled_at < events_before)
    connection.execute(update(samples).where(*old).values(match_key=None))
