"""Edge: what both edges of the server share: reading a body, and when to come again."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, MutableMapping
from typing import Any, cast

from saring.errors import BadRequestError

Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]

MAX_BODY_BYTES = 2 * 1024 * 1024
# Read and thrown away past the maximum, so that the client sees the answer.
MAX_DRAINED_BYTES = 16 * MAX_BODY_BYTES
BODY_TIMEOUT_SECONDS = 30
# What a client is told that comes while nobody can judge.
RETRY_AFTER_SECONDS = 60
REQUEST = "http.request"


class TooLongError(BadRequestError):
    """The body is longer than `MAX_BODY_BYTES`."""


class TooSlowError(BadRequestError):
    """The body did not come to an end within `BODY_TIMEOUT_SECONDS`."""


async def read_body(receive: Receive) -> bytes:
    """Return the body of a request, whole.

    Raises:
        TooLongError: It is longer than `MAX_BODY_BYTES` (field `body`).
        TooSlowError: It does not come to an end (field `body`).
        ConnectionAbortedError: The client is gone.
    """
    message = _message_at_hand(receive)
    if message is None or message.get("more_body") or message["type"] != REQUEST:
        return await _read_slowly(message, receive)
    body: bytes = message.get("body", b"")
    if len(body) > MAX_BODY_BYTES:
        raise _too_long()
    return body


def _message_at_hand(receive: Receive) -> MutableMapping[str, Any] | None:
    """Return the first message if the server has it already, as it mostly does.

    So no timer need be started, which would cost a third of parsing the form.
    """
    waiting = cast("Coroutine[Any, Any, MutableMapping[str, Any]]", receive())
    try:
        waiting.send(None)
    except StopIteration as done:
        message: MutableMapping[str, Any] = done.value
        return message
    waiting.close()
    return None


async def _read_slowly(
    message: MutableMapping[str, Any] | None, receive: Receive
) -> bytes:
    """Return a body that is still on its way, from its first message on."""
    try:
        async with asyncio.timeout(BODY_TIMEOUT_SECONDS):
            return await _read_rest(message or await receive(), receive)
    except TimeoutError as error:
        raise TooSlowError("the body does not end", field="body") from error


async def _read_rest(message: MutableMapping[str, Any], receive: Receive) -> bytes:
    chunks: list[bytes] = []
    size = 0
    while size <= MAX_DRAINED_BYTES:
        if message["type"] == "http.disconnect":
            raise ConnectionAbortedError
        size += len(message.get("body", b""))
        if size <= MAX_BODY_BYTES:
            chunks.append(message.get("body", b""))
        if not message.get("more_body"):
            break
        message = await receive()
    if size > MAX_BODY_BYTES:
        raise _too_long()
    return b"".join(chunks)


def _too_long() -> TooLongError:
    return TooLongError(f"a body has at most {MAX_BODY_BYTES} bytes", field="body")
