"""What only PyPI `akismet` calls, against a live server."""

from collections.abc import Iterator

import pytest

import live
from actors import ALICE_SITE, guaranteed_spam, pleasantry
from protocol.client import Caller, Client, ClientError


@pytest.fixture(params=["akismet", "akismet, async"])
def akismet(
    request: pytest.FixtureRequest, server: live.LiveServer
) -> Iterator[Client]:
    """Give the client with a key of its own, unused so far."""
    caller = Caller(server.url, server.create_key(request.node.name), ALICE_SITE)
    with Client(request.param, caller) as client:
        yield client


def test_akismet_reads_its_usage(akismet: Client) -> None:
    akismet.check(pleasantry())
    akismet.check(guaranteed_spam())

    usage = akismet.other("usage")

    assert isinstance(usage, dict)
    assert set(usage) >= {"limit", "usage", "percentage", "throttled"}
    assert usage["usage"] == 2
    assert usage["throttled"] is False


def test_akismet_forgets_its_key_when_it_asks_for_sites(akismet: Client) -> None:
    with pytest.raises(ClientError) as caught:
        akismet.other("sites")

    assert caught.value.name in ("APIKeyError", "JSONDecodeError")
