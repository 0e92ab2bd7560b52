"""Service: the running filter, which is engine, ledger and the following of it.

One of these lives in each worker process, on its event loop. It is the desk that the
protocol's calls and our own API ask; what blocks is done in threads, what is learned is
learned on the loop, so that no check ever sees half a lesson.
"""

import asyncio
import contextlib
import gc
import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import msgspec
import structlog

from saring import log
from saring.audit import Findings
from saring.comment import Comment
from saring.desk import Account, Caller, Feedback, Health
from saring.engine import Engine, Judged
from saring.errors import NotFoundError, StoreError
from saring.fold import Fold, OutdatedError
from saring.gathering import Gatherer
from saring.housekeeping import keep_house
from saring.ledger.condition import FOLLOWING, RECORDING, Condition, reason_of
from saring.ledger.records import (
    CheckRow,
    Counts,
    Key,
    Site,
    SiteCounts,
    StoredCheck,
)
from saring.ledger.store import Store, open_store
from saring.ledger.tenants import Tenants
from saring.ledger.writer import Writer
from saring.promises import SitePromise, renew_all
from saring.replay import keep_checkpoint, restore
from saring.rollback import Effect, Rollbacks, RollbackWish, Survey, survey
from saring.roundup import Decided, Found, Roundup
from saring.scoreboard import AuditSheet, AuditWish, Scoreboard
from saring.settings import Settings
from saring.verdict import Check, Label

# How often a worker looks for what others have taught. A label must be in force on
# every worker within 100 ms; a look costs about 100 µs.
FOLLOW_SECONDS = 0.04
# A store that hangs must not hang whoever labels, nor the following of others.
STORE_SECONDS = 15.0
# After a failure: soon enough to go on, seldom enough for a store that is gone.
RETRY_SECONDS = 0.25
# Events learned on the loop in one go, some milliseconds' worth.
FOLLOW_EVENTS = 100
# So long a check waits for others, and again while they come, some times at most:
# judged and committed together, each costs half (docs/experiments/044).
GATHER_SECONDS = 0.001
GATHER_MOST_WAITS = 4
# About so often, from a minute after the start on, each worker looks whether what is
# past its time is to be erased.
HOUSEKEEPING_LOOK_SECONDS = 60.0
# After so many events a checkpoint is kept, so that no start folds more than these.
CHECKPOINT_EVENTS = 1_000

FIRST_COMMENT = Comment(
    content="Ready? ѕ <b>x</b> https://example.org/x",
    author="Alice",
    author_email="alice@example.org",
    author_url="https://example.org",
    address="192.0.2.1",
    user_agent="Mozilla/5.0",
)

P = ParamSpec("P")
T = TypeVar("T")

logger = structlog.get_logger()


class Service:
    """The desk of one worker process.

    Args:
        settings: Where the store is and how long to wait for it.
        engine: Judges; one over the shipped base model by default.
    """

    def __init__(self, settings: Settings, engine: Engine | None = None) -> None:
        self._settings = settings
        self._given_engine = engine
        self._learning = asyncio.Lock()
        self._tasks: list[asyncio.Task[None]] = []
        self._digest = (-1, "")
        self._condition = Condition()
        self.degraded_count = 0

    async def start(self) -> None:
        """Open the store, fold what it holds, begin to follow it.

        Raises:
            StoreError: The store cannot be opened.
            SecretError: Its secret file is missing or another's.
        """
        await asyncio.to_thread(self._open)
        timeout_seconds = self._settings.record_timeout_ms / 1000
        self._writer = Writer(
            self._store, timeout_seconds=timeout_seconds, condition=self._condition
        )
        self._judging = Gatherer(self._judge, GATHER_SECONDS, GATHER_MOST_WAITS)
        self._tasks = [
            asyncio.create_task(self._follow()),
            asyncio.create_task(self._keep_house()),
        ]

    def _open(self) -> None:
        secret = (
            Path(self._settings.secret_file) if self._settings.secret_file else None
        )
        self._store: Store = open_store(self._settings.database, secret)
        self._tenants = Tenants(self._store, may_omit_key=self._settings.single_tenant)
        self._scoreboard = Scoreboard(self._store, self._tenants, self._settings)
        self._engine = self._given_engine or Engine(cutoffs=self._settings.cutoffs)
        self._engine.subjects = self._store.vault.subject_keys
        restore(self._engine.fold, self._store)
        # What is known of campaigns stays: the collector need not walk through it.
        gc.freeze()
        self._renew_budgets()
        # The packages' lists are read at their first use; a reader must not wait.
        self._engine.check(FIRST_COMMENT)
        self._checkpoint_sequence = self._engine.fold.sequence

    def _renew_budgets(self) -> None:
        """Work out all error budgets anew, where the ground has moved under them."""
        settings = self._settings
        told = f"{settings.error_budget} {settings.budget_confidence}"
        is_other_base = self._store.note_base(
            self._engine.fold.base.digest, datetime.now(UTC)
        )
        if self._store.note_budget(told) or is_other_base:
            renew_all(self._store, settings)

    async def stop(self) -> None:
        """Write what is still waiting and close the store."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._writer.close()
        with contextlib.suppress(StoreError):
            await self._keep_checkpoint()
        await asyncio.to_thread(self._store.close)

    async def health(self) -> Health:
        """Return how the service is."""
        fold = self._engine.fold
        if self._digest[0] != fold.sequence:
            # Off the loop, with nothing learned meanwhile: 15 ms for each owner.
            async with self._learning:
                model = await asyncio.to_thread(fold.digest)
                self._digest = (fold.sequence, model)
        sequence, model = self._digest
        return Health(
            status="degraded" if self._condition.is_degraded else "ok",
            sequence=sequence,
            model=model,
            degraded_count=self.degraded_count,
        )

    async def check(self, comment: Comment, caller: Caller) -> Check:
        """Judge a comment; the check is in the ledger when this returns.

        If the store fails, the answer still comes, from memory: it is counted as
        degraded, and only the record of it is missing.
        """
        site = (await self._tenants.seek(caller.key, caller.site)).site
        judged = await self._judging.ask((comment, site))
        check = judged.check
        row = CheckRow(check=check, site_id=site.id, comment=comment)
        try:
            await self._writer.record(row)
        except StoreError as error:
            self.degraded_count += 1
            self._condition.fail(RECORDING, error)
        else:
            self._condition.succeed(RECORDING)
            self._engine.see(judged, comment, site)
        return check

    def _judge(self, asked: Sequence[tuple[Comment, Site]]) -> list[Judged]:
        return self._engine.judge_many(*zip(*asked, strict=True))

    async def feedback(self, feedback: Feedback, caller: Caller) -> None:
        """Take a label; it is committed, and in force here, when this returns.

        Where the store does not answer in time, it may be taken all the same; sent
        again, it is a repeat.
        """
        if feedback.comment is not None and feedback.comment.is_test:
            await self._tenants.seek(caller.key, caller.site)
            return
        sequence = await in_thread(self._append, feedback, caller)
        if sequence:
            await self._catch_up()

    def _append(self, feedback: Feedback, caller: Caller) -> int:
        """Commit a label; return its sequence, or 0 where it says nothing new."""
        key, site = self._find_tenant(feedback, caller)
        vault = self._store.vault
        match = vault.match_key(feedback.comment) if feedback.comment else b""
        known = self._find_check(feedback, site, match)
        # The comment that was judged teaches best: a report has lost its headers.
        comment = (known.comment if known else None) or feedback.comment
        if comment is None:
            raise NotFoundError(
                f"there is no check {feedback.guid[:32]!r} to learn from"
            )
        if known is not None:
            site = msgspec.structs.replace(site, id=known.site_id)
        event = self._engine.event(comment, feedback.label, site)
        stored = self._store.append(
            msgspec.structs.replace(
                event,
                reporter=vault.reporter_key(key.id, feedback.reporter),
                match=vault.match_key(comment),
                subjects=vault.subject_keys(comment, event.at),
                check_guid=known.check.guid if known else "",
                was_held=feedback.was_held,
            )
        )
        return stored.sequence if stored else 0

    def _find_tenant(self, feedback: Feedback, caller: Caller) -> tuple[Key, Site]:
        """Return key and site; with only a guid the key alone will do."""
        if caller.site or feedback.comment is not None:
            tenant = self._tenants.find(caller.key, caller.site)
            return tenant.key, tenant.site
        key = self._tenants.find_key(caller.key)
        return key, Site(key_id=key.id, owner_id=key.owner_id)

    def _find_check(
        self, feedback: Feedback, site: Site, match: bytes
    ) -> StoredCheck | None:
        known = None
        if feedback.guid:
            known = self._store.find_check(site.owner_id, feedback.guid)
        if known is None and match:
            known = self._store.find_match(site, match)
        return known

    async def verify(self, caller: Caller) -> Account:
        """Return the account of a good key; a site's first use registers it."""
        key = await asyncio.to_thread(self._known_key, caller)
        return Account(owner_id=key.owner_id, owner=key.owner)

    def _known_key(self, caller: Caller) -> Key:
        if caller.site:
            return self._tenants.find(caller.key, caller.site).key
        return self._tenants.find_key(caller.key)

    async def deactivate(self, caller: Caller) -> None:
        """Note that the site has switched its plugin off."""

        def note() -> None:
            tenant = self._tenants.find(caller.key, caller.site)
            self._store.deactivate_site(tenant.site)

        await asyncio.to_thread(note)

    async def counts_by_day(
        self, caller: Caller, since: date | None, until: date
    ) -> Mapping[date, Counts]:
        """Return the counts of each day on which there were any."""

        def read() -> Mapping[date, Counts]:
            key, site = self._known_key(caller), None
            if caller.site:
                site = self._tenants.find(caller.key, caller.site).site
            return self._store.counts_by_day(key, site, since, until)

        return await asyncio.to_thread(read)

    async def counts_by_site(
        self, caller: Caller, since: date, until: date
    ) -> Sequence[SiteCounts]:
        """Return the counts of each of the key's sites."""

        def read() -> Sequence[SiteCounts]:
            return self._store.counts_by_site(self._known_key(caller), since, until)

        return await asyncio.to_thread(read)

    async def explain(
        self, guid: str, caller: Caller, languages: Sequence[str] = ()
    ) -> Mapping[str, object]:
        """Return why a check came out as it did, as JSON values."""

        def read() -> Mapping[str, object]:
            owner_id = self._known_key(caller).owner_id
            return explain_check(self._store, self._engine, owner_id, guid, languages)

        return await asyncio.to_thread(read)

    async def budgets(self, caller: Caller) -> Sequence[SitePromise]:
        """Return what each site of the key is promised."""
        return await in_thread(self._scoreboard.budgets, caller.key)

    async def set_budget(
        self, caller: Caller, one_in: int | None, confidence: float | None
    ) -> SitePromise:
        """Give a site a budget of its own; None for the server's, 0 for none."""
        return await in_thread(
            self._scoreboard.set_budget, caller.key, caller.site, one_in, confidence
        )

    async def draw_audit(self, caller: Caller, wish: AuditWish) -> AuditSheet:
        """Draw an audit of a site."""
        return await in_thread(self._scoreboard.draw, caller.key, caller.site, wish)

    async def audit(self, caller: Caller, audit_id: int) -> AuditSheet:
        """Return an audit of one of the key's sites."""
        return await in_thread(self._scoreboard.sheet, caller.key, audit_id)

    async def answer_audit(
        self, caller: Caller, audit_id: int, said: Mapping[int, str]
    ) -> Findings:
        """Keep what a person says of an audit's comments, by their place."""
        return await in_thread(self._scoreboard.answer, caller.key, audit_id, said)

    async def campaigns(self, since: datetime, caller: Caller) -> Sequence[Found]:
        """Return the campaigns among the checks since an instant."""

        def read() -> Sequence[Found]:
            return self._roundup(caller).survey(since)

        return await in_thread(read)

    async def decide_campaign(
        self, guid: str, label: Label | None, caller: Caller
    ) -> Decided:
        """Decide for all copies of a check's comment, or take that back."""

        def decide() -> Decided:
            found = self._roundup(caller)
            return found.decide(guid, label) if label else found.undo(guid)

        decided = await in_thread(decide)
        await self._catch_up()
        return decided

    def _roundup(self, caller: Caller) -> Roundup:
        return Roundup(self._store, self._engine, self._known_key(caller))

    async def taught(self, caller: Caller) -> Survey:
        """Return what each reporter of the key has taught."""

        def read() -> Survey:
            fold = self._engine.fold
            return survey(self._store, fold, [self._known_key(caller)])

        return await in_thread(read)

    async def roll_back(self, caller: Caller, wish: RollbackWish) -> Effect:
        """Listen no longer to labels that came with the key."""

        def settle() -> Effect:
            return self._rollbacks(caller).roll_back(wish, datetime.now(UTC))

        return await self._settle(settle)

    async def restore_rollback(self, caller: Caller, number: int) -> Effect:
        """Listen again to what was rolled back."""

        def settle() -> Effect:
            return self._rollbacks(caller).restore(number, datetime.now(UTC))

        return await self._settle(settle)

    async def _settle(self, settle: Callable[[], Effect]) -> Effect:
        # All is folded again: that takes as long as it takes.
        effect = await asyncio.to_thread(settle)
        await self._catch_up()
        return effect

    def _rollbacks(self, caller: Caller) -> Rollbacks:
        base = self._engine.fold.base
        return Rollbacks(self._store, base, self._known_key(caller))

    async def _catch_up(self) -> None:
        """Learn, in their order, all events that are committed and not yet learned."""
        async with self._learning:
            while True:
                fold = self._engine.fold
                events = await in_thread(
                    self._store.events_after, fold.sequence, FOLLOW_EVENTS
                )
                try:
                    fold.apply_many(events)
                except OutdatedError:
                    await self._swap()
                    continue
                if len(events) < FOLLOW_EVENTS:
                    return

    async def _swap(self) -> None:
        """Take over what was folded anew; what was learned before judges till then."""
        anew = Fold(self._engine.fold.base)
        await asyncio.to_thread(restore, anew, self._store)
        self._engine.fold = anew
        self._checkpoint_sequence = anew.sequence

    async def _follow(self) -> None:
        """Learn what other workers have taken, for as long as the service runs."""
        pause_seconds = FOLLOW_SECONDS
        while True:
            await asyncio.sleep(pause_seconds)
            pause_seconds = await self._follow_once()

    async def _follow_once(self) -> float:
        """Learn what is new; return after how many seconds to look again."""
        try:
            await self._catch_up()
            sequence = self._engine.fold.sequence
            if sequence >= self._checkpoint_sequence + CHECKPOINT_EVENTS:
                await self._keep_checkpoint()
        except Exception as error:  # noqa: BLE001 the top of this job: ended, this worker would learn nothing more
            self._condition.fail(FOLLOWING, error)
            return RETRY_SECONDS
        self._condition.succeed(FOLLOWING)
        return FOLLOW_SECONDS

    async def _keep_house(self) -> None:
        """Erase, from time to time, what may no longer be kept."""
        while True:
            # Workers that started together need not look together.
            seconds = random.uniform(0.5, 1.5) * HOUSEKEEPING_LOOK_SECONDS  # noqa: S311 no secret
            await asyncio.sleep(seconds)
            try:
                now = datetime.now(UTC)
                await asyncio.to_thread(keep_house, self._store, self._settings, now)
            except Exception as error:  # noqa: BLE001 the top of this job: ended, nothing would be erased any more
                # The next round is soon enough.
                logger.warning(log.HOUSEKEEPING_FAILED, reason=reason_of(error))

    async def _keep_checkpoint(self) -> None:
        """Keep what was learned, if it is more than was kept last."""
        fold = self._engine.fold
        if fold.sequence <= self._checkpoint_sequence:
            return
        frozen = fold.copy()
        await asyncio.to_thread(keep_checkpoint, frozen, self._store)
        self._checkpoint_sequence = frozen.sequence


async def in_thread(work: Callable[P, T], *args: P.args, **named: P.kwargs) -> T:
    """Return what some work on the store gives, done in a thread.

    Raises:
        StoreError: It takes too long; the thread goes on with it.
    """
    try:
        async with asyncio.timeout(STORE_SECONDS):
            return await asyncio.to_thread(work, *args, **named)
    except TimeoutError as error:
        raise StoreError("the store does not answer") from error


def explain_check(
    store: Store,
    engine: Engine,
    owner_id: int,
    guid: str,
    languages: Iterable[str] = (),
) -> dict[str, Any]:
    """Return a check as it was recorded, and why the comment gets its verdict now.

    Args:
        store: Where the check is.
        engine: What judges now.
        owner_id: Whose check it must be.
        guid: Of the check.
        languages: Tags, the dearest first; the site's own follow, then English.

    Raises:
        NotFoundError: No such check, or it is another owner's.
    """
    stored = store.find_check(owner_id, guid)
    if stored is None:
        raise NotFoundError(f"there is no check {guid[:32]!r}")
    then = msgspec.to_builtins(stored.check)
    if stored.comment is None:
        return {**then, "now": None}
    site = store.site_of(stored)
    now = engine.explain(stored.comment, site, languages)
    return {**then, "now": msgspec.to_builtins(now)}
