"""Labels from files into the store, some hundred in one commit."""

from collections.abc import Iterator, Sequence

import msgspec

from saring.cli.engines import restored_engine
from saring.cli.output import counting
from saring.comment import Comment
from saring.corpus import Row
from saring.engine import Engine
from saring.fold import keep_checkpoint
from saring.ledger.records import IMPORT, Event, Key, Site
from saring.ledger.store import Store
from saring.settings import Settings
from saring.verdict import Label

# A commit costs as much as some hundred labels; running servers wait for so many.
BATCH_LABELS = 500

Labelled = tuple[Row, Comment, Label]


class Importer:
    """Puts labels into a store for one key.

    Args:
        store: Where they go.
        key: Whose they are.
        site: The address of lines that name no `blog`.
    """

    def __init__(self, store: Store, key: Key, site: str) -> None:
        self._store, self._key, self._default_site = store, key, site
        self._engine = Engine()
        self._sites: dict[str, Site] = {}

    def add(self, labelled: Sequence[Labelled]) -> int:
        """Commit labels; return how many were new."""
        added = 0
        with counting("learning", len(labelled)) as advance:
            for batch in _batches(labelled):
                events = [self._event(*one) for one in batch]
                added += sum(map(bool, self._store.append_all(events)))
                advance(len(batch))
        return added

    def _event(self, row: Row, comment: Comment, label: Label) -> Event:
        site = self._site(str(row.get("blog") or self._default_site))
        vault = self._store.vault
        match = vault.match_key(comment)
        known = self._store.find_match(site, match)
        # The comment that was judged teaches best: a file may have lost its headers.
        comment = (known.comment if known else None) or comment
        event = self._engine.event(comment, label, site, source=IMPORT)
        return msgspec.structs.replace(
            event,
            match=match,
            subjects=vault.subject_keys(comment, event.at),
            check_guid=known.check.guid if known else "",
        )

    def _site(self, address: str) -> Site:
        if address not in self._sites:
            self._sites[address] = self._store.find_site(self._key, address)
        return self._sites[address]


def _batches(labelled: Sequence[Labelled]) -> Iterator[Sequence[Labelled]]:
    for start in range(0, len(labelled), BATCH_LABELS):
        yield labelled[start : start + BATCH_LABELS]


def import_labels(
    settings: Settings, store: Store, key: Key, site: str, labelled: Sequence[Labelled]
) -> int:
    """Teach a key's owner; return how many labels were new.

    A running server learns them within a moment, the next start finds them learned.

    Raises:
        BadRequestError: The site of a line is no address.
        StoreError: The store fails; whole batches may be in it already.
    """
    added = Importer(store, key, site).add(labelled)
    if added:
        keep_checkpoint(restored_engine(settings, store).fold, store)
    return added
