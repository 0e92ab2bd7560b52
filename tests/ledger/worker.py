"""A worker process for tests: writes to a store and says what was acknowledged.

python worker.py checks|events ADDRESS SECRET KEY SITE COUNT NAME
"""

import asyncio
import sys
from pathlib import Path

from ledger.stores import NOON, make_check
from saring.comment import Comment
from saring.ledger.records import CheckRow, Event, Key, Site
from saring.ledger.store import Store, open_store
from saring.ledger.writer import Writer
from saring.verdict import Label


def write_events(store: Store, key: Key, site: Site, count: int, name: str) -> None:
    for number in range(count):
        comment = Comment(content=f"{name} {number}")
        event = Event(
            at=NOON,
            owner_id=key.owner_id,
            site_id=site.id,
            key_id=key.id,
            label=Label.SPAM,
            features=comment.content.encode(),
            match=store.vault.match_key(comment),
        )
        stored = store.append(event)
        assert stored is not None
        sys.stdout.write(f"{stored.sequence}\n")
        sys.stdout.flush()


async def write_checks(store: Store, site: Site, count: int, name: str) -> None:
    writer = Writer(store, timeout_seconds=30)

    async def write(first: int) -> None:
        for number in range(first, count, 8):
            comment = Comment(content=f"{name} {number}")
            row = CheckRow(check=make_check(), site_id=site.id, comment=comment)
            await writer.record(row)
            sys.stdout.write(f"{row.check.guid}\n")
            sys.stdout.flush()

    await asyncio.gather(*map(write, range(8)))
    await writer.close()


def main() -> None:
    what, address, secret, key_text, blog, count, name = sys.argv[1:]
    store = open_store(address, Path(secret))
    key = store.find_key(key_text)
    assert key is not None
    site = store.find_site(key, blog)
    if what == "events":
        write_events(store, key, site, int(count), name)
    else:
        asyncio.run(write_checks(store, site, int(count), name))
    store.close()


if __name__ == "__main__":
    main()
