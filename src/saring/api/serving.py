"""Serving: the table of routes as ASGI applications, and errors in their one shape."""

import re
from collections.abc import Iterable, Mapping
from http import HTTPStatus

import msgspec
import structlog
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route as StarletteRoute
from starlette.types import Receive, Scope, Send

from saring.api.shapes import Fault, FaultAnswer
from saring.api.table import Asked, Links, Route
from saring.desk import Desk
from saring.edge import RETRY_AFTER_SECONDS, TooLongError, TooSlowError, read_body
from saring.errors import BadRequestError, KeyRefusedError, NotFoundError
from saring.log import CALL_FAILED
from saring.messages import accepted


class Refusal(msgspec.Struct, frozen=True):
    """How a kind of error is told; an empty message means the error's own."""

    status: int
    code: str
    message: str = ""
    header: tuple[str, str] | None = None


class MalformedError(BadRequestError):
    """The body is no JSON at all."""


REFUSALS: dict[type[Exception], Refusal] = {
    MalformedError: Refusal(400, "bad_json"),
    TooLongError: Refusal(413, "too_large"),
    TooSlowError: Refusal(408, "too_slow"),
    BadRequestError: Refusal(422, "bad_field"),
    KeyRefusedError: Refusal(
        401,
        "key_refused",
        "send a good key as `Authorization: Bearer KEY`",
        ("www-authenticate", "Bearer"),
    ),
    NotFoundError: Refusal(404, "not_found", "there is no such thing here"),
    # What nobody expected may quote a comment, so its text stays here.
    Exception: Refusal(
        503,
        "unavailable",
        "no answer for now; try again later",
        ("retry-after", str(RETRY_AFTER_SECONDS)),
    ),
}


class Endpoint:
    """All routes of one path as an ASGI application."""

    def __init__(self, routes: Mapping[str, Route], desk: Desk, links: Links) -> None:
        self._routes = routes
        self._desk = desk
        self._links = links
        self._log = structlog.get_logger("saring.api")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; every error is told in the one shape."""
        request = Request(scope, receive)
        method = "GET" if request.method == "HEAD" else request.method
        route = self._routes.get(method)
        try:
            response = await self._answer(route, request) if route else self._refuse()
        except ConnectionAbortedError:
            return
        except Exception as error:  # noqa: BLE001 - the top of a request: told by the table
            response = refused(error)
            self._note(route, error, response.status_code)
        await response(scope, receive, send)

    async def _answer(self, route: Route, request: Request) -> Response:
        asked = Asked(
            desk=self._desk,
            links=self._links,
            key=read_key(request.headers.get("authorization", "")),
            parts=request.path_params,
            options=request.query_params,
            languages=accepted(request.headers.get("accept-language", "")),
        )
        if route.who == "key" and not asked.key:
            raise KeyRefusedError("there is no key")
        if route.takes:
            asked.body = decode(await read_body(request.receive), route.takes)
        return _json(await route.handler(asked))

    def _refuse(self) -> Response:
        fault = Fault("bad_method", f"the methods here are {', '.join(self._routes)}")
        response = _json(FaultAnswer(fault), 405)
        response.headers["allow"] = ", ".join(self._routes)
        return response

    def _note(self, route: Route | None, error: Exception, status: int) -> None:
        if status >= HTTPStatus.INTERNAL_SERVER_ERROR and route:
            self._log.error(CALL_FAILED, call=route.path, error=type(error).__name__)


def make_routes(
    table: Iterable[Route], desk: Desk, links: Links
) -> list[StarletteRoute]:
    """Return the table as Starlette's routes, with the path prefix."""
    paths: dict[str, dict[str, Route]] = {}
    for route in table:
        paths.setdefault(route.path, {})[route.method] = route
    made = [
        StarletteRoute(links.path_prefix + path, Endpoint(routes, desk, links))
        for path, routes in paths.items()
    ]
    nothing = StarletteRoute(links.path_prefix + "/v1/{rest:path}", Nowhere())
    return [*made, nothing]


class Nowhere:
    """The ASGI application of paths under /v1 that are no route."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Say so, in the one shape."""
        await refused(NotFoundError("no such route"))(scope, receive, send)


def refused(error: Exception) -> Response:
    """Return the answer that tells an error."""
    refusal = next(REFUSALS[kind] for kind in type(error).__mro__ if kind in REFUSALS)
    field = error.field if isinstance(error, BadRequestError) else ""
    fault = Fault(refusal.code, refusal.message or str(error), field)
    response = _json(FaultAnswer(fault), refusal.status)
    if refusal.header:
        response.headers[refusal.header[0]] = refusal.header[1]
    return response


def read_key(authorization: str) -> str:
    """Return the key of an `Authorization` header, or an empty string.

    Example:
        >>> read_key("bearer 0123456789AB")
        '0123456789ab'

    """
    scheme, _, key = authorization.strip().partition(" ")
    return key.strip()[:64].lower() if scheme.lower() == "bearer" else ""


def decode(body: bytes, kind: type[msgspec.Struct]) -> msgspec.Struct:
    """Return a JSON body in its type.

    Raises:
        MalformedError: It is no JSON.
        BadRequestError: A field is missing, unknown or of another type.
    """
    try:
        return msgspec.json.decode(body, type=kind)
    except msgspec.ValidationError as error:
        message, _, place = str(error).partition(" - at `$")
        field = place.strip("`").removeprefix(".")
        raise BadRequestError(message, field=field or _quoted(message)) from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise MalformedError("the body is not JSON") from error


def _quoted(message: str) -> str:
    """Return the field that a message about a whole object names."""
    found = re.search(r"field `([^`]*)`", message)
    return found[1] if found else ""


def _json(value: object, status: int = 200) -> Response:
    body = msgspec.json.encode(value)
    return Response(body, status, media_type="application/json")
