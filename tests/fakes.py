"""Fakes: a desk in memory that notes what it is asked, and a caller for ASGI apps."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

import msgspec

from saring.audit import Findings, find
from saring.budget import Promise
from saring.comment import Comment
from saring.desk import Account, Caller, Feedback, Health
from saring.errors import BadRequestError, KeyRefusedError, NotFoundError
from saring.ledger.records import (
    Audit,
    AuditItem,
    Counts,
    Site,
    SiteCounts,
    Stratum,
)
from saring.promises import SitePromise
from saring.rollback import Effect, RollbackWish, RolledBack, Survey, Taught
from saring.roundup import Decided, Found
from saring.scoreboard import AuditSheet, AuditWish
from saring.verdict import Check, Clue, Label, Verdict

KEY = "0123456789ab"
GUID = "019ab1f2c3d4" + "5e6f7a8b9c0d1e2f3a4b"
AT = datetime(2026, 11, 22, 23, 11, 11, tzinfo=UTC)
CLUES = (Clue("text", 2.314), Clue("links", 1.1), Clue("identity", -0.25))
HAM = Check(
    guid=GUID, at=AT, verdict=Verdict.HAM, score=0.0123, decided_by="classifier"
)
CAMPAIGN = Found(
    guid=GUID,
    comments=14,
    held=3,
    identities=12,
    sites=2,
    first_at=AT,
    last_at=AT,
    spam=1,
    ham=0,
    decision=None,
    excerpt="Main di NAGA77",
)

SURVEY = Survey(
    voices=[
        Taught(
            key=KEY,
            owner="Alice",
            reporter="ab" * 16,
            labels=9,
            spam=7,
            share=0.25,
            agreement=None,
            is_trusted=True,
            unheard=3,
            baked=0,
            first_at=AT,
            last_at=AT,
        )
    ],
    rollbacks=[
        RolledBack(rollback=7, key=KEY, reporter="ab" * 16, since=None, until=AT, at=AT)
    ],
)
PROMISED = SitePromise(
    site=Site(address="alice.example"),
    held=Promise(one_in=200, confidence=0.95, ham_count=500, needed_count=598),
)
SHEET = AuditSheet(
    site=Site(address="alice.example"),
    audit=Audit(
        id=7,
        site_id=1,
        since=AT,
        until=AT,
        published=Stratum(90, ham=9, open=1),
        held=Stratum(10, spam=9, open=1),
    ),
    items=[
        AuditItem(place=1, answer="", guid=GUID, comment=Comment(content="Halo")),
        AuditItem(place=2, answer="unclear"),
    ],
)


def make_check(verdict: Verdict, score: float) -> Check:
    """Return a check with clues and the guid of all fake checks."""
    return Check(
        guid=GUID,
        at=AT,
        verdict=verdict,
        score=score,
        decided_by="classifier",
        clues=CLUES,
    )


@dataclass
class FakeDesk:
    """A desk with one key, that answers what it is told to and notes what it hears."""

    answer: Check = HAM
    error: Exception | None = None
    days: Mapping[date, Counts] = field(default_factory=dict)
    sites: Sequence[SiteCounts] = ()
    comments: list[Comment] = field(default_factory=list)
    feedbacks: list[Feedback] = field(default_factory=list)
    callers: list[Caller] = field(default_factory=list)
    spans: list[tuple[date | None, date]] = field(default_factory=list)
    languages: Sequence[str] = ()
    budgets_set: list[tuple[int | None, float | None]] = field(default_factory=list)
    wishes: list[AuditWish] = field(default_factory=list)
    answers: list[Mapping[int, str]] = field(default_factory=list)
    rollbacks: list[RollbackWish] = field(default_factory=list)
    is_started: bool = False

    async def start(self) -> None:
        self.is_started = True

    async def stop(self) -> None:
        self.is_started = False

    async def health(self) -> Health:
        return Health(status="degraded" if self.error else "ok", sequence=7)

    async def check(self, comment: Comment, caller: Caller) -> Check:
        self._admit(caller)
        self.comments.append(comment)
        return self.answer

    async def feedback(self, feedback: Feedback, caller: Caller) -> None:
        self._admit(caller)
        if feedback.comment is None and feedback.guid != GUID:
            raise NotFoundError("no such check")
        self.feedbacks.append(feedback)

    async def verify(self, caller: Caller) -> Account:
        self._admit(caller)
        return Account(1, "Alice")

    async def deactivate(self, caller: Caller) -> None:
        self._admit(caller)

    async def counts_by_day(
        self, caller: Caller, since: date | None, until: date
    ) -> Mapping[date, Counts]:
        self._admit(caller)
        self.spans.append((since, until))
        return self.days

    async def counts_by_site(
        self, caller: Caller, since: date, until: date
    ) -> Sequence[SiteCounts]:
        self._admit(caller)
        self.spans.append((since, until))
        return self.sites

    async def campaigns(self, since: datetime, caller: Caller) -> Sequence[Found]:
        self._admit(caller)
        return [CAMPAIGN] if since.tzinfo else []

    async def decide_campaign(
        self, guid: str, label: Label | None, caller: Caller
    ) -> Decided:
        self._admit(caller)
        if guid != GUID:
            raise NotFoundError("no such check")
        return Decided(guid, label, 12)

    async def taught(self, caller: Caller) -> Survey:
        self._admit(caller)
        return SURVEY

    async def roll_back(self, caller: Caller, wish: RollbackWish) -> Effect:
        self._admit(caller)
        self.rollbacks.append(wish)
        return Effect(rollback=0 if wish.is_trial else 7, labels=3, baked=1)

    async def restore_rollback(self, caller: Caller, number: int) -> Effect:
        self._admit(caller)
        if number != 7:
            raise NotFoundError("no such rollback")
        return Effect(rollback=number, labels=3, baked=1)

    async def explain(
        self, guid: str, caller: Caller, languages: Sequence[str] = ()
    ) -> Mapping[str, object]:
        self._admit(caller)
        self.languages = tuple(languages)
        if guid != GUID:
            raise NotFoundError("no such check")
        return {**msgspec.to_builtins(self.answer), "guid": guid, "now": None}

    async def budgets(self, caller: Caller) -> Sequence[SitePromise]:
        self._admit(caller)
        return [PROMISED]

    async def set_budget(
        self, caller: Caller, one_in: int | None, confidence: float | None
    ) -> SitePromise:
        self._admit(caller)
        self.budgets_set.append((one_in, confidence))
        return PROMISED

    async def draw_audit(self, caller: Caller, wish: AuditWish) -> AuditSheet:
        self._admit(caller)
        self.wishes.append(wish)
        return SHEET

    async def audit(self, caller: Caller, audit_id: int) -> AuditSheet:
        self._admit(caller)
        if audit_id != SHEET.audit.id:
            raise NotFoundError("no such audit")
        return SHEET

    async def answer_audit(
        self, caller: Caller, audit_id: int, said: Mapping[int, str]
    ) -> Findings:
        self._admit(caller)
        if audit_id != SHEET.audit.id:
            raise NotFoundError("no such audit")
        self.answers.append(said)
        return find(SHEET.audit)

    def _admit(self, caller: Caller) -> None:
        self.callers.append(caller)
        if self.error:
            raise self.error
        if caller.key != KEY:
            raise KeyRefusedError("no such key")
        if caller.site.startswith("::"):
            raise BadRequestError("no such address", field="site")


App = Callable[..., Awaitable[None]]


@dataclass
class Reply:
    """What an ASGI application answered; header names in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes

    def __post_init__(self) -> None:
        assert int(self.headers["content-length"]) == len(self.body)


def ask(  # noqa: PLR0913 - the parts of a request, all but two by name
    app: App,
    path: str,
    body: bytes | Sequence[bytes] = b"",
    *,
    method: str = "POST",
    query: str = "",
    headers: Mapping[str, str] | None = None,
) -> Reply:
    """Send one request to an ASGI application and return what it answers.

    Args:
        app: The application.
        path: Decoded, without the query.
        body: Whole, or in the pieces in which it arrives.
        method: In capitals.
        query: As in the address.
        headers: Beside `Host: localhost`.
    """
    found = asyncio.run(_ask(app, _scope(method, path, query, headers or {}), body))
    assert found is not None, "there was no answer"
    return found


def _scope(
    method: str, path: str, query: str, headers: Mapping[str, str]
) -> dict[str, Any]:
    named = {"host": "localhost", **headers}
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "query_string": query.encode("latin-1"),
        "headers": [
            (name.lower().encode(), value.encode("latin-1"))
            for name, value in named.items()
        ],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 8383),
    }


async def _ask(
    app: App, scope: dict[str, Any], body: bytes | Sequence[bytes]
) -> Reply | None:
    pieces = [body] if isinstance(body, bytes) else list(body)
    messages = [
        {"type": "http.request", "body": piece, "more_body": i < len(pieces) - 1}
        for i, piece in enumerate(pieces)
    ]
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return messages.pop(0) if messages else {"type": "http.disconnect"}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    await app(scope, receive, send)
    if not sent:
        return None
    headers = {n.decode().lower(): v.decode("latin-1") for n, v in sent[0]["headers"]}
    whole = b"".join(message.get("body", b"") for message in sent[1:])
    return Reply(sent[0]["status"], headers, whole)
