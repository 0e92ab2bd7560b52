"""App: puts the server together: the protocol's calls, our own API, the front page."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

import saring
from saring import api
from saring.akismet.routes import Calls, Protocol
from saring.desk import Desk
from saring.settings import Settings

FRONT_PAGE = f"""Saring {saring.__version__}: an open comment-spam filter that says why.

It speaks the Akismet protocol at /1.1/ and /1.2/, and its own at /v1.
"""


class App(Starlette):
    """Starlette, but with the protocol's calls in front of its middleware.

    A comment-check is found by one look into a table; Starlette's own way through
    middleware and patterns costs more than parsing the comment.
    """

    def __init__(
        self, protocol: Protocol, routes: list[Route], lifespan: "Lifespan"
    ) -> None:
        everything_else = Route("/{path:path}", protocol)
        super().__init__(routes=[*routes, everything_else], lifespan=lifespan)
        self.router.redirect_slashes = False
        self._endpoints = protocol.endpoints

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] == "http":
            endpoint = self._endpoints.get(scope["path"])
            if endpoint:
                await endpoint(scope, receive, send)
                return
        await super().__call__(scope, receive, send)


Lifespan = Callable[[Starlette], AbstractAsyncContextManager[None]]


def create_app(settings: Settings, desk: Desk) -> Starlette:
    """Return the server; its lifespan starts and stops the desk."""

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        await desk.start()
        try:
            yield
        finally:
            await desk.stop()

    prefix = settings.path_prefix
    links = api.Links(settings.public_url, prefix)
    routes = [
        Route(prefix + "/", front_page),
        *api.make_routes(api.ROUTES, desk, links),
    ]
    return App(Protocol(Calls(desk), prefix), routes, lifespan)


async def front_page(_request: Request) -> PlainTextResponse:
    """Say what this is."""
    return PlainTextResponse(FRONT_PAGE)
