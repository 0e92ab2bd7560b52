"""Real clients against a live server: what they return, and what it changes."""

import contextlib
import json

import pytest

import live
from actors import BOB, at_mallorys, comment, guaranteed_spam, pleasantry, unheard
from protocol.client import Client, ClientError

# What a client makes of the body `invalid` where it expects a verdict.
REFUSALS = {
    "akismet": "APIKeyError",
    "akismet, async": "APIKeyError",
    "python-akismet": "AkismetServerError",
    "akismet-async": "JSONDecodeError",
    "npm akismet-api": "Error",
    "npm @cedx/akismet": "Error",
}
# What a client returns for a report that was taken.
TAKEN = {
    "akismet": True,
    "akismet, async": True,
    "npm akismet-api": "Thanks for making the web a better place.",
}
CANNOT_VERIFY = "python-akismet"
TAKES_ALL_ELSE_FOR_HAM = "npm akismet"


def counts(server: live.LiveServer, client: Client) -> dict[str, int]:
    """Return the counts of the client's key, all its sites together."""
    form = {"key": client.caller.key, "blog": client.caller.blog, "from": "all"}
    stats = json.loads(server.ask("/1.1/get-stats", form).body)
    names = ("spam", "ham", "missed_spam", "false_positives")
    return {name: int(stats[name]) for name in names}


def test_client_verifies_a_good_key(client: Client) -> None:
    if client.name == CANNOT_VERIFY:
        pytest.skip("the client has no call for it")

    assert client.verify() is True


def test_client_verifies_the_key_in_capitals(client: Client) -> None:
    if client.name == CANNOT_VERIFY:
        pytest.skip("the client has no call for it")

    assert client.verify(client.caller.key.upper()) is True


def test_client_is_told_of_an_unknown_key(client: Client) -> None:
    if client.name == CANNOT_VERIFY:
        pytest.skip("the client has no call for it")

    assert client.verify(live.UNKNOWN_KEY) is False


def test_client_gets_no_verdict_for_an_unknown_key(client: Client) -> None:
    if client.name == TAKES_ALL_ELSE_FOR_HAM:
        assert client.check(guaranteed_spam(), live.UNKNOWN_KEY) == "ham"
        return

    with pytest.raises(ClientError) as caught:
        client.check(guaranteed_spam(), live.UNKNOWN_KEY)

    assert caught.value.name == REFUSALS[client.name]


def test_client_reports_nothing_with_an_unknown_key(
    client: Client, server: live.LiveServer
) -> None:
    text = unheard("Tanpa kunci tidak ada yang dipelajari dari laporan ini")
    before = counts(server, client)

    with contextlib.suppress(ClientError):  # some look at the answer, some do not
        client.submit("spam", comment(BOB, text), live.UNKNOWN_KEY)

    assert client.check(comment(BOB, text)) == "ham"
    assert counts(server, client)["missed_spam"] == before["missed_spam"]


def test_client_is_told_that_a_pleasantry_is_ham(
    client: Client, server: live.LiveServer
) -> None:
    before = counts(server, client)

    assert client.check(pleasantry()) == "ham"
    assert client.check(pleasantry(language="en")) == "ham"

    after = counts(server, client)
    assert after["ham"] - before["ham"] == 2
    assert after["spam"] == before["spam"]


def test_client_is_told_of_guaranteed_spam(
    client: Client, server: live.LiveServer
) -> None:
    before = counts(server, client)

    assert client.check(guaranteed_spam()) == "spam"

    after = counts(server, client)
    assert after["spam"] - before["spam"] == 1
    assert after["ham"] == before["ham"]


def test_client_is_told_that_an_administrator_writes_ham(client: Client) -> None:
    if client.name == "akismet-async":
        pytest.skip("the client cannot send a role")

    assert client.check(pleasantry(user_role="administrator")) == "ham"


def test_report_changes_the_next_verdict(
    client: Client, server: live.LiveServer
) -> None:
    offer = comment(BOB, unheard("Dijual cepat sepeda lipat bekas, hubungi Pak Joko"))
    before = counts(server, client)
    assert client.check(offer) == "ham"

    assert client.submit("spam", offer) == TAKEN.get(client.name)
    assert client.check(offer) == "spam"
    assert counts(server, client)["missed_spam"] - before["missed_spam"] == 1

    assert client.submit("ham", offer) == TAKEN.get(client.name)
    assert client.check(offer) == "ham"


def test_report_teaches_its_own_owner_alone(
    client: Client, server: live.LiveServer
) -> None:
    offer = comment(BOB, unheard("Les piano untuk anak di rumah, biaya dibicarakan"))

    client.submit("spam", offer)

    assert client.check(offer) == "spam"
    assert server.call("comment-check", at_mallorys(offer)).body == "false"
