"""Desk: what the edges (the wire protocol, our own API) ask of the running service.

Types only, so that an edge is written and tested against `Desk` without an engine or
a store behind it, and whoever counts and explains can return these without knowing
any edge. Keys and site addresses are text as sent; whoever serves the desk normalises
them and raises the errors named here.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

import msgspec

from saring.audit import Findings
from saring.comment import Comment
from saring.ledger.records import Counts, SiteCounts
from saring.promises import SitePromise
from saring.rollback import Effect, RollbackWish, Survey
from saring.roundup import Decided, Found
from saring.scoreboard import AuditSheet, AuditWish
from saring.verdict import Check, Label


class Caller(msgspec.Struct, frozen=True):
    """Who calls: an API key and the address of one of its sites, both as sent."""

    key: str
    site: str = ""


class Feedback(msgspec.Struct, frozen=True, kw_only=True):
    """A label that a person gave, and all that helps to find its check.

    Attributes:
        comment: What was labelled; None where only the guid is known.
        guid: Of the check, or empty.
        reporter: The moderator's name as sent, or empty.
        was_held: What the first answer said (True for spam); None if not told.
    """

    label: Label
    comment: Comment | None = None
    guid: str = ""
    reporter: str = ""
    was_held: bool | None = None


class Account(msgspec.Struct, frozen=True):
    """The owner behind a key."""

    owner_id: int
    owner: str


class Health(msgspec.Struct, frozen=True, kw_only=True):
    """How the service is.

    Attributes:
        status: `ok`, or `degraded` while answers come from memory alone.
        sequence: The last event that this process has learned.
        model: `sha256:…` of all that this process has learned.
        degraded_count: Answers given since the start without a record in the store.
    """

    status: str
    sequence: int = 0
    model: str = ""
    degraded_count: int = 0


class Desk(Protocol):
    """The service as its edges see it.

    Every call but `start`, `stop` and `health` raises `KeyRefusedError` for a key that
    is empty, unknown or revoked, `BadRequestError` with field `site` for an address
    that is empty or cannot be one, and `StoreError` where it cannot answer for now.
    Letters of keys match without regard to case.
    """

    async def start(self) -> None:
        """Open the store, fold what it holds, begin to follow it."""

    async def stop(self) -> None:
        """Write what is still waiting and close the store."""

    async def health(self) -> Health:
        """Return how the service is; raise nothing."""

    async def check(self, comment: Comment, caller: Caller) -> Check:
        """Judge a comment; the check is in the ledger when this returns."""

    async def feedback(self, feedback: Feedback, caller: Caller) -> None:
        """Take a label; it is committed when this returns. A repeat is no error.

        Raises:
            NotFoundError: There is only a guid, and it is not one of this owner's.
        """

    async def verify(self, caller: Caller) -> Account:
        """Return the account of a good key, and register the pair on first use.

        With an empty site nothing is registered and nothing refused.
        """

    async def deactivate(self, caller: Caller) -> None:
        """Note that the site has switched its plugin off."""

    async def counts_by_day(
        self, caller: Caller, since: date | None, until: date
    ) -> Mapping[date, Counts]:
        """Return the counts of each day on which there were any.

        Args:
            caller: With an empty site all sites of the key are added up.
            since: First day, UTC; None from the beginning.
            until: Last day, UTC, still counted.
        """

    async def counts_by_site(
        self, caller: Caller, since: date, until: date
    ) -> Sequence[SiteCounts]:
        """Return the counts of each of the key's sites, in no order (days UTC)."""

    async def campaigns(self, since: datetime, caller: Caller) -> Sequence[Found]:
        """Return the campaigns among the owner's checks since then, greatest first."""

    async def decide_campaign(
        self, guid: str, label: Label | None, caller: Caller
    ) -> Decided:
        """Decide for all copies of a check's comment; with None, take that back.

        Raises:
            NotFoundError: No such check, it is another owner's, its comment is erased,
                or there is nothing to take back.
            BadRequestError: The comment is too short to make a campaign (field `guid`).
        """

    async def taught(self, caller: Caller) -> Survey:
        """Return what each reporter of the key has taught, and what is rolled back."""

    async def roll_back(self, caller: Caller, wish: RollbackWish) -> Effect:
        """Listen no longer to labels that came with the key.

        Raises:
            NotFoundError: There are no such labels.
            BadRequestError: All of them are baked.
        """

    async def restore_rollback(self, caller: Caller, number: int) -> Effect:
        """Listen again to what was rolled back.

        Raises:
            NotFoundError: The key has no rollback of this number that is in force.
            BadRequestError: All its labels are baked by now.
        """

    async def explain(
        self, guid: str, caller: Caller, languages: Sequence[str] = ()
    ) -> Mapping[str, object]:
        """Return why a check came out as it did, as JSON values.

        Args:
            guid: Of the check.
            caller: Who asks.
            languages: Tags, the dearest first; the site's own follow, then English.

        Raises:
            NotFoundError: No such check, or it is another owner's.
        """

    async def budgets(self, caller: Caller) -> Sequence[SitePromise]:
        """Return what each site of the key is promised."""

    async def set_budget(
        self, caller: Caller, one_in: int | None, confidence: float | None
    ) -> SitePromise:
        """Give a site a budget of its own; None for the server's, 0 for none.

        Raises:
            BadRequestError: Nobody can promise that.
        """

    async def draw_audit(self, caller: Caller, wish: AuditWish) -> AuditSheet:
        """Draw an audit of a site.

        Raises:
            BadRequestError: The last one is not finished.
            NotFoundError: There is nothing to draw from.
        """

    async def audit(self, caller: Caller, audit_id: int) -> AuditSheet:
        """Return an audit of one of the key's sites.

        Raises:
            NotFoundError: They have none of this number.
        """

    async def answer_audit(
        self, caller: Caller, audit_id: int, said: Mapping[int, str]
    ) -> Findings:
        """Keep what a person says of an audit's comments, by their place.

        Raises:
            NotFoundError: The key's sites have no audit of this number.
            BadRequestError: A place is none of the audit's, or an answer is none.
        """
