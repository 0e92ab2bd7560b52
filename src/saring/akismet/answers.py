"""Answers: what goes back over the wire, byte for byte, and the table of refusals.

Clients compare bodies exactly, some raise at a header they did not expect on a good
answer, and WordPress holds a comment back only if an answer carries a guid: so bodies
end in no newline, help comes with errors alone, and every answer to a comment-check
has a guid.
"""

from collections.abc import Awaitable, Callable, MutableMapping
from http import HTTPStatus
from typing import Any

import msgspec

from saring.edge import RETRY_AFTER_SECONDS
from saring.errors import BadRequestError, KeyRefusedError
from saring.ledger.guid import new_guid
from saring.verdict import Check, Clue, Verdict

Header = tuple[bytes, bytes]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

TEXT = (b"content-type", b"text/plain; charset=utf-8")
JSON = (b"content-type", b"application/json")
CSV = (b"content-type", b"text/csv; charset=utf-8")
HTML = (b"content-type", b"text/html; charset=utf-8")
MAX_CLUES = 5
HELP = b"x-akismet-debug-help"
GUID = b"x-akismet-guid"
VERDICT = b"x-saring-verdict"
SCORE = b"x-saring-score"
FACTS = (("guid", GUID), ("verdict", VERDICT), ("score", SCORE))


class Answer(msgspec.Struct):
    """One HTTP answer, whole."""

    body: bytes
    headers: tuple[Header, ...] = (TEXT,)
    status: int = 200

    async def send(self, send: Send) -> None:
        """Send it through ASGI, with its length, so that HTTP/1.0 can read it."""
        length = (b"content-length", b"%d" % len(self.body))
        await send(
            {
                "type": "http.response.start",
                "status": self.status,
                "headers": [*self.headers, length],
            }
        )
        await send({"type": "http.response.body", "body": self.body})


VALID = Answer(b"valid")
CONNECTED = Answer(b"connected")
DEACTIVATED = Answer(b"deactivated")
THANKS = Answer(b"Thanks for making the web a better place.")
INVALID = Answer(b"invalid")
EMPTY = Answer(b"")
# It stands in a frame of WordPress's own pages, and shows no numbers: what asks for it
# is a browser, with a token of no meaning.
STATISTICS = Answer(
    b"<!doctype html><title>Saring</title><p>This site's numbers are at the top of the "
    b"Akismet plugin's settings page; its checks are on your own Saring server.",
    (HTML,),
)
UNKNOWN_CALL = Answer(b"no such call", status=404)
UNKNOWN_METHOD = Answer(b"no such method", (TEXT, (b"allow", b"GET, POST")), status=405)


def text(body: str) -> Answer:
    """Return a plain answer."""
    return Answer(body.encode())


def json(value: object) -> Answer:
    """Return a value as a JSON answer."""
    return Answer(msgspec.json.encode(value), (JSON,))


def csv(body: str) -> Answer:
    """Return a table as a CSV answer."""
    return Answer(body.encode(), (CSV,))


def checked(check: Check) -> Answer:
    """Return the answer to a comment-check; unsure is published, hence `false`."""
    verdict = check.verdict
    headers: tuple[Header, ...] = (
        TEXT,
        (GUID, check.guid.encode()),
        (VERDICT, verdict.value.encode()),
        (SCORE, b"%.4f" % check.score),
        (b"x-saring-clues", clues_header(check.clues)),
    )
    if verdict is Verdict.DISCARD:
        headers += ((b"x-akismet-pro-tip", b"discard"),)
    return Answer(b"true" if verdict.is_held else b"false", headers)


def clues_header(clues: tuple[Clue, ...]) -> bytes:
    """Return the strongest clues in ASCII: family and log-odds, `text=+2.31`.

    Example:
        >>> clues_header((Clue("text", 2.314), Clue("links", -0.2)))
        b'text=+2.31,links=-0.20'

    """
    shown = ",".join(
        [f"{clue.family}={clue.weight:+.2f}" for clue in clues[:MAX_CLUES]]
    )
    return shown.encode("ascii", "replace")


def facts(answer: Answer) -> dict[str, str]:
    """Return what the log may tell of an answer to a comment-check."""
    headers = dict(answer.headers)
    return {name: headers[key].decode() for name, key in FACTS if key in headers}


class Refusal(msgspec.Struct, frozen=True):
    """How an error is told to the caller of a protocol call."""

    body: bytes
    help: bytes = b""
    status: int = 200


# Without the help, @cedx/akismet would take "invalid" for spam, as all but "false".
INVALID_KEY = Refusal(b"invalid", b"The key is missing, unknown or revoked")
UNREADABLE_SITE = Refusal(b"invalid", b"We were unable to parse your blog URI")
UNUSABLE = Refusal(b"invalid", b"The request cannot be used")
# Serendipity looks for "true", "false" and "valid" anywhere in a body.
UNAVAILABLE = Refusal(b"try again later", status=503)

# By what is at fault in a request.
FIELD_REFUSALS = {
    "site": UNREADABLE_SITE,
    "blog": Refusal(b"Missing required field: blog.", b'Empty "blog" value'),
    "user_ip": Refusal(b"Missing required field: user_ip.", b'Empty "user_ip" value'),
    "key": Refusal(b"invalid", b'Empty "key" value'),
    "body": Refusal(b"invalid", b"The request is longer than 2 MiB"),
}
REFUSALS: dict[type[Exception], Refusal] = {
    KeyRefusedError: INVALID_KEY,
    BadRequestError: UNUSABLE,
    Exception: UNAVAILABLE,
}


def find_refusal(error: Exception) -> Refusal:
    """Return how an error is told; what has no entry means that we cannot judge."""
    if isinstance(error, BadRequestError) and error.field in FIELD_REFUSALS:
        return FIELD_REFUSALS[error.field]
    return next(REFUSALS[kind] for kind in type(error).__mro__ if kind in REFUSALS)


def refused(error: Exception) -> Answer:
    """Return the answer to a call that failed."""
    refusal = find_refusal(error)
    headers: tuple[Header, ...] = (TEXT,)
    if refusal.help:
        headers += ((HELP, refusal.help),)
    if refusal.status != HTTPStatus.OK:
        headers += ((b"retry-after", b"%d" % RETRY_AFTER_SECONDS),)
    return Answer(refusal.body, headers, refusal.status)


def refused_check(error: Exception) -> Answer:
    """Return the answer to a comment-check that failed.

    Its guid names no check; it makes WordPress hold the comment and ask again.
    """
    answer = refused(error)
    answer.headers += ((GUID, new_guid().encode()),)
    return answer


def refused_key(error: Exception) -> Answer:
    """Return the answer to a verify-key that failed: what is missing is invalid too."""
    if isinstance(error, KeyRefusedError):
        return INVALID
    answer = refused(error)
    is_told = answer.status == HTTPStatus.OK
    return Answer(b"invalid", answer.headers) if is_told else answer
