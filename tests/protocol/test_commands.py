"""Commands that work on the store of a running server leave it whole."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

import live
from actors import ALICE_SITE, MALLORY_SITE, guaranteed_spam, pleasantry


@pytest.fixture
def own_server(tmp_path: Path) -> Iterator[live.LiveServer]:
    """Give a server that no other test uses."""
    with live.serving(tmp_path) as running:
        yield running


def counted(server: live.LiveServer) -> int:
    """Return how many checks of Alice's site the server has recorded."""
    form = {"key": server.key, "blog": ALICE_SITE, "from": "all"}
    stats = json.loads(server.call("get-stats", form).body)
    return int(stats["ham"]) + int(stats["spam"])


def test_store_keeps_what_is_written_beside_a_command(
    own_server: live.LiveServer,
) -> None:
    own_server.call("comment-check", pleasantry())
    assert own_server.key in own_server.run("keys", "list")
    own_server.call("comment-check", guaranteed_spam())
    assert own_server.key in own_server.run("keys", "list")

    assert own_server.call("submit-ham", pleasantry()).body.startswith("Thanks")
    own_server.kill()
    own_server.start()

    assert counted(own_server) == 2
    assert "store_failed" not in own_server.log_text()


def test_key_is_good_once_the_command_has_printed_it(
    own_server: live.LiveServer,
) -> None:
    key = own_server.create_key("Mallory")

    form = {"key": key, "blog": ALICE_SITE}
    assert own_server.ask("/1.1/verify-key", form).body == "valid"
    own_server.run("keys", "revoke", key)
    assert (
        own_server.ask("/1.1/verify-key", form | {"blog": MALLORY_SITE}).body
        == "invalid"
    )
