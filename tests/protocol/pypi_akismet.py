"""PyPI `akismet`, its synchronous and its asynchronous client, as a program.

The address of the API is a constant of that package; the way round it is an httpx
transport that sends every request to our server, whatever host it names.
"""

import asyncio
import sys
from typing import Any

import httpx

import akismet
from protocol.steps import Step, serve


class Redirect(httpx.HTTPTransport):
    """Sends each request to one server."""

    def __init__(self, base: str) -> None:
        super().__init__()
        self._base = httpx.URL(base)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send the request to our server."""
        return super().handle_request(redirected(request, self._base))


class AsyncRedirect(httpx.AsyncHTTPTransport):
    """The same for the asynchronous client."""

    def __init__(self, base: str) -> None:
        super().__init__()
        self._base = httpx.URL(base)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send the request to our server."""
        return await super().handle_async_request(redirected(request, self._base))


def redirected(request: httpx.Request, base: httpx.URL) -> httpx.Request:
    """Return the request with our server's scheme, host and port."""
    request.url = request.url.copy_with(
        scheme=base.scheme, host=base.host, port=base.port
    )
    return request


def arguments(step: Step) -> dict[str, Any]:
    """Return the comment's fields as the client's methods take them."""
    own = ("blog",)  # the client sends it from its configuration
    return {name: value for name, value in step["comment"].items() if name not in own}


def act(step: Step) -> object:
    """Do one step with a fresh synchronous client."""
    config = akismet.Config(key=step["key"], url=step["blog"])
    with httpx.Client(transport=Redirect(step["base"]), timeout=10) as http:
        client = akismet.SyncClient(config=config, http_client=http)
        match step["call"]:
            case "verify":
                return client.verify_key()
            case "check":
                return client.comment_check(**arguments(step)).name.lower()
            case "spam":
                return client.submit_spam(**arguments(step))
            case "ham":
                return client.submit_ham(**arguments(step))
            case "usage":
                return client.usage_limit()
            case "sites":
                return client.key_sites()
    raise ValueError(step["call"])


async def act_async(step: Step) -> object:
    """Do one step with a fresh asynchronous client."""
    config = akismet.Config(key=step["key"], url=step["blog"])
    transport = AsyncRedirect(step["base"])
    async with httpx.AsyncClient(transport=transport, timeout=10) as http:
        client = akismet.AsyncClient(config=config, http_client=http)
        match step["call"]:
            case "verify":
                return await client.verify_key()
            case "check":
                return (await client.comment_check(**arguments(step))).name.lower()
            case "spam":
                return await client.submit_spam(**arguments(step))
            case "ham":
                return await client.submit_ham(**arguments(step))
            case "usage":
                return await client.usage_limit()
            case "sites":
                return await client.key_sites()
    raise ValueError(step["call"])


if __name__ == "__main__":
    if sys.argv[1:] == ["async"]:
        serve(lambda step: asyncio.run(act_async(step)))
    else:
        serve(act)
