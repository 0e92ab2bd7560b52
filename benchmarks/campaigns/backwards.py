"""Backwards: one decision over a real store, and how many copies it finds."""

import asyncio
import tempfile
from collections.abc import Sequence
from pathlib import Path

import msgspec
from benchmarks.campaigns.simulation import BEGINS
from benchmarks.campaigns.stream import Arrival

from saring.engine import Engine
from saring.ledger.guid import new_guid
from saring.ledger.records import CheckRow, Site
from saring.ledger.store import Store, open_store
from saring.ledger.writer import Writer
from saring.replay import replay
from saring.roundup import Roundup
from saring.verdict import Check, Label

# One campaign in so many is decided: each decision reads all checks again.
EACH = 4


class Marking(msgspec.Struct, frozen=True):
    """What one decision for each campaign marked.

    Attributes:
        copies: Recorded comments of the campaigns.
        marked: How many of them their campaign's decision marked.
        siblings: Marked comments of other campaigns, made from the same text.
        honest: Marked comments that are ham.
        is_undone: Whether the model was the same after all were taken back.
    """

    copies: int
    marked: int
    siblings: int
    honest: int
    is_undone: bool


def decide_backwards(stream: Sequence[Arrival]) -> Marking:
    """Return what comes of recording a stream, deciding each campaign, and undoing."""
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(f"sqlite:///{Path(folder) / 'saring.db'}")
        try:
            return _decide(store, stream)
        finally:
            store.close()


def _decide(store: Store, stream: Sequence[Arrival]) -> Marking:
    key = store.create_key("Alice")
    sites = [store.find_site(key, f"https://site{n}.example") for n in range(12)]
    engine = Engine()
    checks = asyncio.run(_record(store, engine, stream, sites))
    roundup = Roundup(store, engine, key)
    named: dict[int, str] = {}
    for check, arrival in zip(checks, stream, strict=True):
        named.setdefault(arrival.campaign, check.guid)
    named = {campaign: guid for campaign, guid in named.items() if campaign % EACH == 1}
    before = engine.fold.digest()
    arrivals = {
        check.guid: arrival for check, arrival in zip(checks, stream, strict=True)
    }
    marked = siblings = honest = 0
    for campaign, guid in named.items():
        last = store.last_sequence()
        roundup.decide(guid, Label.SPAM)
        for event in store.events_after(last, 100_000):
            if event.check_guid:
                found = arrivals[event.check_guid]
                marked += found.campaign == campaign
                siblings += found.campaign not in (0, campaign)
                honest += found.label is Label.HAM
        replay(engine.fold, store)
        roundup.undo(guid)
        replay(engine.fold, store)
    return Marking(
        copies=sum(arrival.campaign in named for arrival in stream),
        marked=marked,
        siblings=siblings,
        honest=honest,
        is_undone=engine.fold.digest() == before,
    )


async def _record(
    store: Store, engine: Engine, stream: Sequence[Arrival], sites: Sequence[Site]
) -> list[Check]:
    writer, checks = Writer(store, timeout_seconds=60), []
    for start in range(0, len(stream), 64):
        rows = []
        for arrival in stream[start : start + 64]:
            site = sites[arrival.site]
            check = engine.check(arrival.comment, site)
            guid = new_guid(BEGINS + arrival.at)
            check = msgspec.structs.replace(check, guid=guid)
            rows.append(CheckRow(check=check, site_id=site.id, comment=arrival.comment))
        await asyncio.gather(*(writer.record(row) for row in rows))
        checks += [row.check for row in rows]
    await writer.close()
    return checks
