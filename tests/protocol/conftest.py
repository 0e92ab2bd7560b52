"""A live server and the clients that talk to it."""

from collections.abc import Iterator

import pytest

import live
from actors import ALICE_SITE
from protocol.client import CLIENTS, Caller, Client, MissingToolError

# They run in environments of their own, where another package is called "akismet".
collect_ignore = ["python_akismet", "akismet_async", "npm"]


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[live.LiveServer]:
    """Give the running server that all protocol tests share."""
    with live.serving(tmp_path_factory.mktemp("server")) as running:
        yield running


@pytest.fixture(scope="module", params=sorted(CLIENTS))
def client(request: pytest.FixtureRequest, server: live.LiveServer) -> Iterator[Client]:
    """Give each client in turn, with a key that no other client uses."""
    caller = Caller(server.url, server.create_key(request.param), ALICE_SITE)
    try:
        started = Client(request.param, caller)
    except MissingToolError as reason:
        pytest.skip(str(reason))
    with started:
        yield started
