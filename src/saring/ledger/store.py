"""Store: all that is kept, in one SQLite file or one PostgreSQL database.

Every method is one transaction and may block; callers inside an event loop use threads
(checks have a way of their own, see `writer`). What touches whose rows is settled here:
each look-up names an owner, a key or a site.
"""

import random
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import Connection

from saring.errors import NotFoundError, SaringError, SecretError
from saring.ledger import (
    audits,
    checkpoints,
    checks,
    counters,
    events,
    facts,
    keys,
    migrate,
    rollbacks,
    samples,
    sites,
)
from saring.ledger.addresses import normalise_site
from saring.ledger.database import (
    EVENTS_LOCK,
    MIGRATION_LOCK,
    SETTINGS_LOCK,
    Database,
    now_milliseconds,
    to_milliseconds,
)
from saring.ledger.guid import parse_guid
from saring.ledger.records import (
    Audit,
    AuditItem,
    Checkpoint,
    Counts,
    Event,
    Judged,
    Key,
    Rollback,
    SampledHam,
    Site,
    SiteCounts,
    StoredCheck,
    Voice,
)
from saring.ledger.rollbacks import Hearing
from saring.ledger.secret import LOST, create_vault, load_vault
from saring.ledger.vault import Vault


def open_store(
    address: str, secret: Path | None = None, *, may_change: bool = True
) -> "Store":
    """Return a store that is ready, made anew with its secret file if it is not there.

    Args:
        address: `sqlite:///PATH` or `postgresql://USER@HOST/NAME`.
        secret: The secret file; beside an SQLite store, with the suffix `.secret`, by
            default.
        may_change: Whether it may be made, and brought up to date; without, a store
            that is not of this version is refused.

    Raises:
        NotFoundError: There is no store, and none may be made.
        StoreError: The address is wrong, the database fails, or the store is of
            another version and must not be changed.
        SecretError: The store is there and its secret file is not, or is another's.
    """
    database = Database(address)
    try:
        path = secret or default_secret(database)
        return _open(database, path) if may_change else _open_to_look(database, path)
    except SaringError:
        database.close()
        raise


def _open(database: Database, secret: Path) -> "Store":
    database.prepare()
    with database.read() as connection:
        is_new = not migrate.revision_of(connection)
    store = Store(database, create_vault(secret) if is_new else load_vault(secret))
    store.migrate()
    return store


def _open_to_look(database: Database, secret: Path) -> "Store":
    absent = f"there is no store at {database.name}"
    # To connect to a file that is empty or not there would make one.
    if database.path is not None and not _has_content(database.path):
        raise NotFoundError(absent)
    with database.read() as connection:
        revision = migrate.revision_of(connection)
        if not revision:
            raise NotFoundError(absent)
        migrate.refuse_other(revision)
        store = Store(database, load_vault(secret))
        store.refuse_other_secret(connection)
    return store


def _has_content(path: Path) -> bool:
    return path.exists() and path.stat().st_size > 0


def default_secret(database: Database) -> Path:
    """Return where a store's secret file is unless one is named.

    Raises:
        SecretError: The store is no file, so there is no place beside it.
    """
    if database.path is None:
        raise SecretError(
            "a store on PostgreSQL has no folder: say where its secret file is"
        )
    return database.path.with_suffix(".secret")


class Store:
    """The ledger's keys, sites, checks, events, counters and checkpoints.

    Args:
        address: The store's address, or its database.
        vault: The secret that belongs to it.
    """

    def __init__(self, address: str | Database, vault: Vault) -> None:
        self.database = Database(address) if isinstance(address, str) else address
        self.vault = vault

    def migrate(self) -> None:
        """Bring the schema up to date, and check that the secret is this store's.

        Workers that start at once wait for each other. All or nothing is done.

        Raises:
            StoreError: The store is a newer Saring's, or fails.
            SecretError: The secret is another store's.
        """
        self.database.prepare()
        with self.database.write(MIGRATION_LOCK, may_take_long=True) as connection:
            migrate.upgrade(connection)
            if facts.get(connection, facts.DIGEST) is None:
                digest = self.vault.digest.hex()
                facts.put(connection, facts.DIGEST, digest)
            self.refuse_other_secret(connection)

    def refuse_other_secret(self, connection: Connection) -> None:
        """Check that the secret is this store's.

        Raises:
            SecretError: It is another store's.
        """
        known = facts.get(connection, facts.DIGEST)
        if known != self.vault.digest.hex():
            raise SecretError(f"the secret file is another store's. {LOST}")

    def close(self) -> None:
        """Close the connections; the next use opens new ones."""
        self.database.close()

    # Keys

    def create_key(self, owner: str, key: str | None = None) -> Key:
        """Return a new API key of an owner, who is added on first mention.

        Args:
            owner: The owner's name.
            key: A key that the owner had elsewhere (6 to 64 letters, digits, `-`,
                `_`); 12 random hexadecimal digits by default.

        Raises:
            BadRequestError: The key is no key, or is there already.
        """
        with self.database.write(SETTINGS_LOCK) as connection:
            facts.move_settings_version(connection)
            return keys.create(connection, self.vault, owner, key)

    def find_key(self, text: str) -> Key | None:
        """Return the key of a text if it is not revoked; case does not matter."""
        with self.database.read() as connection:
            key = keys.find(connection, self.vault, text)
        return key if key and key.revoked_at is None else None

    def only_key(self) -> Key | None:
        """Return the key if there is only one that is not revoked, else None."""
        with self.database.read() as connection:
            return keys.only(connection, self.vault)

    def keys(self) -> list[Key]:
        """Return all keys, revoked ones too, in the order they were made."""
        with self.database.read() as connection:
            return list(keys.every(connection, self.vault))

    def revoke_key(self, text: str) -> Key:
        """Refuse a key from now on and return it; twice is no error.

        Raises:
            NotFoundError: There is no such key.
        """
        with self.database.write(SETTINGS_LOCK) as connection:
            facts.move_settings_version(connection)
            return keys.revoke(connection, self.vault, text)

    def settings_version(self) -> int:
        """Return a number that moves with every change to a key or a site."""
        with self.database.read() as connection:
            return facts.number(connection, facts.SETTINGS_VERSION)

    # Sites

    def find_site(self, key: Key, blog: str) -> Site:
        """Return the site of a key; its first use of a key registers the pair.

        Raises:
            BadRequestError: `blog` is no address (field `site`).
        """
        address = normalise_site(blog)
        with self.database.read() as connection:
            site = sites.find(connection, self.vault, key, address)
        return site or self._register_site(key, address)

    def _register_site(self, key: Key, address: str) -> Site:
        with self.database.write(SETTINGS_LOCK) as connection:
            # Another worker may have been first.
            if sites.find(connection, self.vault, key, address) is None:
                sites.register(connection, key, address)
            return sites.find_one(connection, self.vault, key, address)

    def sites(self, key: Key) -> list[Site]:
        """Return the sites of a key in the order in which they came."""
        with self.database.read() as connection:
            return list(sites.every(connection, self.vault, key))

    def save_site(self, site: Site) -> None:
        """Store a site's cutoffs, lists, budget and leave to discard.

        Raises:
            NotFoundError: There is no such site under its key.
        """
        with self.database.write(SETTINGS_LOCK) as connection:
            sites.save(connection, self.vault, site)
            facts.move_settings_version(connection)

    def promise(self, site: Site, held: int | None, discard: int | None) -> None:
        """Store the margins (in 2**-16) that a site's error budget came to."""
        with self.database.write(SETTINGS_LOCK) as connection:
            sites.promise(connection, site, held, discard)
            facts.move_settings_version(connection)

    def deactivate_site(self, site: Site) -> None:
        """Note that the site has switched its plugin off; its settings stay."""
        with self.database.write(SETTINGS_LOCK) as connection:
            sites.mark_deactivated(connection, site, now_milliseconds())
            facts.move_settings_version(connection)

    # Checks (they come in through `writer.Writer`)

    def find_check(self, owner_id: int, guid: str) -> StoredCheck | None:
        """Return a check by its guid, if it is this owner's."""
        parsed = parse_guid(guid)
        if parsed is None:
            return None
        with self.database.read() as connection:
            return checks.find_by_guid(connection, self.vault, owner_id, parsed)

    def site_of(self, stored: StoredCheck) -> Site:
        """Return the site that a check was made for.

        Raises:
            NotFoundError: The site is no longer there.
        """
        with self.database.read() as connection:
            site = sites.with_id(connection, self.vault, stored.site_id)
        if site is None:
            raise NotFoundError("the check's site is no longer there")
        return site

    def find_match(self, site: Site, match: bytes) -> StoredCheck | None:
        """Return the site's newest check of a comment, by `Vault.match_key`."""
        with self.database.read() as connection:
            return checks.find_by_match(connection, self.vault, site.id, match)

    def checks_before(
        self, owner_id: int, check_id: int | None, limit: int
    ) -> list[tuple[int, StoredCheck]]:
        """Return an owner's newest checks with their comments, and their places.

        Args:
            owner_id: Whose checks.
            check_id: Only those with a lower place, if told.
            limit: How many.
        """
        with self.database.read() as connection:
            return checks.before(connection, self.vault, owner_id, check_id, limit)

    # Events

    def append(self, event: Event) -> Event | None:
        """Add a label and return it with its sequence; on the disk when this returns.

        What repeats the last label of the same comment at the same site is no event:
        None. If somebody else repeats it, it is kept aside, for the case that the
        first is rolled back. A reversal is another one, and takes back what the first
        was counted as. A label for a comment never checked is taken too. The event's
        guid counts only if the check is its owner's.
        """
        with self.database.write(EVENTS_LOCK) as connection:
            return events.append(connection, self.vault, event)

    def append_all(self, labels: Iterable[Event]) -> list[Event | None]:
        """Add many labels in one transaction, each as `append` does; for imports.

        Others wait with theirs until it is over: a few hundred at a time is right.
        """
        with self.database.write(EVENTS_LOCK) as connection:
            return [events.append(connection, self.vault, label) for label in labels]

    def events_after(self, sequence: int, limit: int = 1000) -> list[Event]:
        """Return the next events in force, in order; without features if baked."""
        with self.database.read() as connection:
            return events.after(connection, self.vault, sequence, limit)

    def last_sequence(self) -> int:
        """Return the sequence of the newest event, 0 if there is none."""
        with self.database.read() as connection:
            return events.last_sequence(connection)

    # Rollbacks

    def voices(self) -> list[Voice]:
        """Return who has taught, by key and reporter."""
        with self.database.read() as connection:
            return rollbacks.voices(connection)

    def rollbacks(self, owner_id: int) -> list[Rollback]:
        """Return all rollbacks of an owner, those taken back too, the oldest first."""
        with self.database.read() as connection:
            return rollbacks.every(connection, owner_id)

    def turned_at(self) -> int:
        """Return the last event behind which another past is in force; 0 for none."""
        with self.database.read() as connection:
            return rollbacks.turned_at(connection)

    def hear(self, change: Rollback) -> Hearing:
        """Return what would be in force after a change; see `rollbacks.begin`."""
        with self.database.read() as connection:
            return rollbacks.begin(connection, change)

    def hear_on(self, hearing: Hearing) -> None:
        """Let a hearing hear what has come since."""
        with self.database.read() as connection:
            rollbacks.go_on(connection, hearing)

    def heard(self, hearing: Hearing, span: tuple[int, int]) -> list[Event]:
        """Return what a hearing says is in force behind a sequence up to another."""
        with self.database.read() as connection:
            return rollbacks.heard(connection, self.vault, hearing, span)

    def settle(
        self, hearing: Hearing, learn: Callable[[Sequence[Event], int], bytes]
    ) -> int:
        """Put a change in force and return its event; see `rollbacks.settle`."""
        with self.database.write(EVENTS_LOCK, may_take_long=True) as connection:
            return rollbacks.settle(connection, self.vault, hearing, learn)

    # Samples and audits

    def add_judged(self, judged: Sequence[Judged]) -> int:
        """Keep what was said of imported ham; return how many were new."""
        with self.database.write() as connection:
            return samples.add(connection, judged)

    def hams(self, site: Site) -> list[SampledHam]:
        """Return the ham of a site that an error budget may count, newest first."""
        with self.database.read() as connection:
            return list(samples.hams(connection, site.id))

    def note_base(self, digest: str, now: datetime) -> bool:
        """Note which base model judges from now on; say whether it is another one."""
        with self.database.write(SETTINGS_LOCK) as connection:
            return samples.note_base(connection, digest, to_milliseconds(now))

    def note_budget(self, told: str) -> bool:
        """Note the server's own error budget; say whether it is another one."""
        with self.database.write(SETTINGS_LOCK) as connection:
            if facts.get(connection, facts.BUDGET) == told:
                return False
            facts.put(connection, facts.BUDGET, told)
            return True

    def draw_audit(
        self,
        site: Site,
        span: tuple[int, int],
        wanted: dict[bool, int],
        chance: random.Random,
    ) -> Audit:
        """Return a new audit of a site; see `audits.choose`."""
        # The long part only reads: checks must not wait for it.
        with self.database.read() as connection:
            draw = audits.choose(connection, site, span, wanted, chance)
        with self.database.write() as connection:
            audit_id = audits.keep(connection, site, draw)
            return audits.find(connection, site, audit_id)

    def newest_audit(self, site: Site) -> Audit | None:
        """Return a site's newest audit, if it has any."""
        with self.database.read() as connection:
            return audits.newest(connection, site)

    def find_audit(self, site: Site, audit_id: int) -> Audit:
        """Return an audit of a site.

        Raises:
            NotFoundError: The site has none of this number.
        """
        with self.database.read() as connection:
            return audits.find(connection, site, audit_id)

    def audit_of(self, key: Key, audit_id: int) -> tuple[Site, Audit]:
        """Return an audit of one of a key's sites, with the site.

        Raises:
            NotFoundError: No site of the key has an audit of this number.
        """
        with self.database.read() as connection:
            for site in sites.every(connection, self.vault, key):
                if audits.is_of(connection, site, audit_id):
                    return site, audits.find(connection, site, audit_id)
        raise NotFoundError(f"there is no audit {audit_id} of a site of this key")

    def audit_items(self, site: Site, audit: Audit) -> list[AuditItem]:
        """Return the comments of a site's audit, in their random order."""
        with self.database.read() as connection:
            return audits.items(connection, self.vault, audit, site.owner_id)

    def answer_audit(self, audit: Audit, place: int, label: str) -> None:
        """Keep what a person says of one comment of an audit.

        Raises:
            NotFoundError: The audit has no such place.
        """
        with self.database.write() as connection:
            audits.answer(connection, audit, place, label)

    # Checkpoints

    def save_checkpoint(
        self, sequence: int, payload: bytes, kind: str = checkpoints.FOLD
    ) -> None:
        """Keep what was learned up to a sequence; older ones of the kind go."""
        with self.database.write() as connection:
            checkpoints.save(connection, self.vault, sequence, payload, kind)

    def latest_checkpoint(self, kind: str | None = None) -> Checkpoint | None:
        """Return the furthest checkpoint, of any kind or one (`fold`, `baked`)."""
        with self.database.read() as connection:
            return checkpoints.latest(connection, self.vault, kind)

    # Numbers

    def counts_by_day(
        self,
        key: Key,
        site: Site | None = None,
        since: date | None = None,
        until: date | None = None,
    ) -> dict[date, Counts]:
        """Return the counts of each day (UTC) with any, both ends included.

        With no site all sites of the key are added up.
        """
        with self.database.read() as connection:
            site_id = None if site is None else site.id
            return counters.by_day(connection, key.id, site_id, since, until)

    def counts_by_site(
        self, key: Key, since: date | None = None, until: date | None = None
    ) -> list[SiteCounts]:
        """Return the counts of each of the key's sites that had any, by address."""
        with self.database.read() as connection:
            return counters.by_site(connection, key.id, since, until)
