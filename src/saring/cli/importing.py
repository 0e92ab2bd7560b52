"""Labels from files into the store, some hundred in one commit."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

import msgspec

from saring.cli.engines import restored_engine
from saring.cli.output import counting
from saring.comment import Comment
from saring.corpus import Row
from saring.features import Features
from saring.ledger.records import IMPORT, Event, Judged, Key, Site
from saring.ledger.store import Store
from saring.promises import renew
from saring.replay import keep_checkpoint, replay
from saring.settings import Settings
from saring.verdict import Label

# A commit costs as much as some hundred labels; running servers wait for so many.
BATCH_LABELS = 500

Labelled = tuple[Row, Comment, Label]


class Line(NamedTuple):
    """One label; of ham that a budget may count, what is said before it is learned."""

    event: Event
    judged: Judged | None


class Importer:
    """Puts labels into a store for one key; judges each comment before it is learned.

    Args:
        settings: How what the store has learned is judged by.
        store: Where they go.
        key: Whose they are.
        site: The address of lines that name no `blog`.
    """

    def __init__(self, settings: Settings, store: Store, key: Key, site: str) -> None:
        self._settings = settings
        self._store, self._key, self._default_site = store, key, site
        self._engine = restored_engine(settings, store)
        store.note_base(self._engine.fold.base.digest, datetime.now(UTC))
        self._sites: dict[str, Site] = {}

    def add(self, labelled: Sequence[Labelled]) -> int:
        """Commit labels; return how many were new."""
        added = 0
        with counting("learning", len(labelled)) as advance:
            for batch in _batches(labelled):
                lines = [self._line(*one) for one in batch]
                # First: stopped in between, the labels come again, as new as before.
                self._store.add_judged(
                    [line.judged for line in lines if line.judged is not None]
                )
                events = [line.event for line in lines]
                added += sum(map(bool, self._store.append_all(events)))
                replay(self._engine.fold, self._store)
                advance(len(batch))
        return added

    def finish(self) -> None:
        """Put the sites' error budgets in force, and keep what was learned."""
        for site in self._sites.values():
            renew(self._store, site, self._settings)
        keep_checkpoint(self._engine.fold, self._store)

    def _line(self, row: Row, comment: Comment, label: Label) -> Line:
        site = self._site(str(row.get("blog") or self._default_site))
        vault = self._store.vault
        match = vault.match_key(comment)
        known = self._store.find_match(site, match)
        # The comment that was judged teaches best: a file may have lost its headers.
        comment = (known.comment if known else None) or comment
        event = self._engine.event(comment, label, site, source=IMPORT)
        event = msgspec.structs.replace(
            event,
            match=match,
            subjects=vault.subject_keys(comment, event.at),
            check_guid=known.check.guid if known else "",
        )
        # What we have checked may be on the page for that alone, and proves nothing.
        counts = known is None and label is Label.HAM
        written_at = comment.created_at
        judged = self._judged(event, site, written_at) if counts else None
        return Line(event, judged)

    def _judged(self, event: Event, site: Site, written_at: datetime | None) -> Judged:
        """Return what would be said of a comment now, before it is learned."""
        score = self._engine.fold.score(Features.load(event.features), site)
        return Judged(
            site_id=site.id,
            at=event.at,
            match=event.match,
            margin=score.margin,
            written_at=written_at,
        )

    def _site(self, address: str) -> Site:
        if address not in self._sites:
            self._sites[address] = self._store.find_site(self._key, address)
        return self._sites[address]


def take_turns(labelled: Sequence[Labelled]) -> list[Labelled]:
    """Return labels with ham and spam evenly mixed, each in its own order.

    Exports come one label after the other, and a classifier that has just learned a
    thousand spams in a row calls everything spam (docs/experiments/093).
    """
    counts = Counter(label for *_, label in labelled)
    seen: Counter[Label] = Counter()
    places = []
    for *_, label in labelled:
        seen[label] += 1
        places.append((seen[label] - 0.5) / counts[label])
    order = sorted(range(len(labelled)), key=places.__getitem__)
    return [labelled[place] for place in order]


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
    importer = Importer(settings, store, key, site)
    added = importer.add(take_turns(labelled))
    importer.finish()
    return added
