"""Routes: the calls of the protocol, each of them parse → ask the desk → answer.

They are plain ASGI, past Starlette's middleware and `Request`: a comment-check is the
one call that has to be quick, and the rest have the same form.
"""

import logging
import re
import secrets
import time
import traceback
from collections.abc import Awaitable, Callable, MutableMapping
from datetime import UTC, date, datetime
from http import HTTPStatus
from typing import Any

import structlog

from saring.akismet import answers, parsing, quota
from saring.akismet.answers import Answer, Send
from saring.akismet.parsing import Call
from saring.desk import Caller, Desk
from saring.edge import Receive, read_body
from saring.errors import BadRequestError, SaringError
from saring.log import CALL_ANSWERED, CALL_FAILED
from saring.verdict import Label
from saring.wire.values import is_yes

Scope = MutableMapping[str, Any]
Handler = Callable[[Call], Awaitable[Answer]]

SLASHES = re.compile(r"/{2,}")
SUBSCRIPTION = {
    "account_type": "self-hosted",
    "status": "active",
    "next_billing_date": False,
    "limit_reached": False,
}


def utc_today() -> date:
    """Return today's date, UTC."""
    return datetime.now(UTC).date()


class Calls:
    """The handlers of all calls.

    Args:
        desk: Who judges, learns and counts.
        today: Gives the date, UTC, to which statistics reach.
    """

    def __init__(self, desk: Desk, today: Callable[[], date] = utc_today) -> None:
        self._desk = desk
        self._today = today

    async def comment_check(self, call: Call) -> Answer:
        """Judge a comment."""
        asked = parsing.parse_check(call)
        return answers.checked(await self._desk.check(asked.comment, asked.caller))

    async def submit_spam(self, call: Call) -> Answer:
        """Take a missed spam."""
        return await self._submit(call, Label.SPAM)

    async def submit_ham(self, call: Call) -> Answer:
        """Take a false positive."""
        return await self._submit(call, Label.HAM)

    async def _submit(self, call: Call, label: Label) -> Answer:
        report = parsing.parse_report(call, label)
        await self._desk.feedback(report.feedback, report.caller)
        return answers.THANKS

    async def verify_key(self, call: Call) -> Answer:
        """Say whether a key is good, and register the site."""
        caller = parsing.parse_form(call).caller
        for field, value in (("blog", caller.site), ("key", caller.key)):
            if not value:
                raise BadRequestError(f"{field} is missing", field=field)
        await self._desk.verify(caller)
        return answers.VALID

    async def get_subscription(self, call: Call) -> Answer:
        """Describe the account; WordPress keeps a key only if it is active."""
        account = await self._desk.verify(parsing.parse_form(call).caller)
        names = {"account_id": account.owner_id, "account_name": account.owner}
        return answers.json(names | SUBSCRIPTION)

    async def get_stats(self, call: Call) -> Answer:
        """Count what one site's comments came out as."""
        form = parsing.parse_form(call)
        return answers.json(await self._stats(form, form.caller))

    async def get_key_stats(self, call: Call) -> Answer:
        """Count what the comments of all sites of a key came out as."""
        form = parsing.parse_form(call)
        return answers.json(await self._stats(form, Caller(form.key)))

    async def _stats(self, form: parsing.Form, caller: Caller) -> quota.Json:
        span, today = form.values.get("from") or "6-months", self._today()
        since = quota.stats_since(span, today)
        days = await self._desk.counts_by_day(caller, since, today)
        return quota.stats(days, span, has_sites=not caller.site)

    async def usage_limit(self, call: Call) -> Answer:
        """Count the checks of a key in this month."""
        form, today = parsing.parse_form(call), self._today()
        caller, first = Caller(form.key), today.replace(day=1)
        days = await self._desk.counts_by_day(caller, first, today)
        is_extended = is_yes(form.values.get("extended", ""))
        return answers.json(quota.usage(days.values(), is_extended=is_extended))

    async def key_sites(self, call: Call) -> Answer:
        """List the sites of a key with their counts in one month."""
        form = parsing.parse_form(call)
        page = quota.read_page(form.values, self._today())
        caller = Caller(form.key)
        found = await self._desk.counts_by_site(caller, page.month, page.last_day)
        if page.is_csv:
            return answers.csv(quota.sites_csv(found, page, form.key))
        return answers.json(quota.sites(found, page))

    async def token(self, call: Call) -> Answer:
        """Give a token of no meaning: it goes into the address of a foreign page."""
        await self._desk.verify(Caller(parsing.parse_form(call).key))
        return answers.text(secrets.token_hex(16))

    async def deactivate(self, call: Call) -> Answer:
        """Note that a site has switched its plugin off."""
        await self._desk.deactivate(parsing.parse_form(call).caller)
        return answers.DEACTIVATED

    async def verify_wpcom_key(self, _call: Call) -> Answer:
        """Refuse: the accounts this is about are another company's."""
        return answers.INVALID

    async def test(self, _call: Call) -> Answer:
        """Say that we are here."""
        return answers.CONNECTED

    async def statistics(self, _call: Call) -> Answer:
        """Fill the frame that WordPress keeps for a page of statistics."""
        return answers.STATISTICS

    async def compatible_plugins(self, _call: Call) -> Answer:
        """Name no plugins."""
        return answers.json([])


class Endpoint:
    """One call as an ASGI application: reads it, answers, tells errors by the table."""

    def __init__(
        self,
        name: str,
        handler: Handler,
        refuse: Callable[[Exception], Answer] = answers.refused,
    ) -> None:
        self._name = name
        self._handler = handler
        self._refuse = refuse
        self._log = structlog.get_logger("saring.akismet").bind(call=name)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; only a client that is gone gets nothing."""
        started = time.perf_counter()
        try:
            call = await read_call(scope, receive)
            answer = await self._answer(call)
        except ConnectionAbortedError:
            return
        except Exception as error:  # noqa: BLE001 - the top of a request: told by the table, and logged where nobody expected it
            answer = self._refuse(error)
            self._note(error, answer.status)
        await answer.send(send)
        if self._log.is_enabled_for(logging.DEBUG):
            self._log.debug(
                CALL_ANSWERED,
                status=answer.status,
                ms=round(1000 * (time.perf_counter() - started), 3),
                **answers.facts(answer),
            )

    async def _answer(self, call: Call) -> Answer:
        if call.method in ("POST", "GET"):
            return await self._handler(call)
        return answers.EMPTY if call.method == "HEAD" else answers.UNKNOWN_METHOD

    def _note(self, error: Exception, status: int) -> None:
        """Log what stands in the way of an answer, without a word of the comment.

        The text of an error may quote what it was about, so only its kind is kept.
        """
        if status < HTTPStatus.INTERNAL_SERVER_ERROR:
            return
        trace = (
            []
            if isinstance(error, SaringError)
            else traceback.extract_tb(error.__traceback__)
        )
        self._log.error(
            CALL_FAILED,
            error=type(error).__name__,
            trace=[f"{frame.name}:{frame.lineno}" for frame in trace],
        )


async def read_call(scope: Scope, receive: Receive) -> Call:
    """Return a request, whole; its body as `edge.read_body` says."""
    body = await read_body(receive)
    return Call(scope["method"], scope["query_string"], scope["headers"], body)


class Protocol:
    """All calls as one ASGI application, by path.

    Args:
        calls: The handlers.
        prefix: In front of every path, such as `/spam`; may be empty.
    """

    def __init__(self, calls: Calls, prefix: str = "") -> None:
        plain = {
            "1.0/snapshot.php": calls.statistics,
            "1.0/user-stats.php": calls.statistics,
            "1.1/submit-spam": calls.submit_spam,
            "1.1/submit-ham": calls.submit_ham,
            "1.1/get-subscription": calls.get_subscription,
            "1.1/get-stats": calls.get_stats,
            "1.1/token": calls.token,
            "1.1/deactivate": calls.deactivate,
            "1.1/verify-wpcom-key": calls.verify_wpcom_key,
            "1.1/test": calls.test,
            "1.2/usage-limit": calls.usage_limit,
            "1.2/key-sites": calls.key_sites,
            "1.2/get-key-stats": calls.get_key_stats,
            "1.2/compatible-plugins": calls.compatible_plugins,
        }
        check = Endpoint(
            "1.1/comment-check", calls.comment_check, answers.refused_check
        )
        verify = Endpoint("1.1/verify-key", calls.verify_key, answers.refused_key)
        found = {name: Endpoint(name, handler) for name, handler in plain.items()}
        found |= {"1.1/comment-check": check, "1.1/verify-key": verify}
        self.endpoints = {
            f"{prefix}/{name}": endpoint for name, endpoint in found.items()
        }

    def find(self, path: str) -> Endpoint | None:
        """Return the call at a path; clients that join addresses double slashes."""
        endpoint = self.endpoints.get(path)
        return endpoint or self.endpoints.get(SLASHES.sub("/", path).rstrip("/"))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        endpoint = self.find(scope["path"])
        if endpoint:
            await endpoint(scope, receive, send)
        else:
            await answers.UNKNOWN_CALL.send(send)
