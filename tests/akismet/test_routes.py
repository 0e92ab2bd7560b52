"""The checklist for a server of the protocol, point by point; every call's answer."""

import asyncio
import json
from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from structlog.testing import capture_logs

import actors
import fakes
from fakes import GUID, KEY, FakeDesk, Reply
from saring import edge
from saring.akismet import routes
from saring.akismet.routes import Calls, Protocol, read_call
from saring.edge import MAX_BODY_BYTES
from saring.errors import BadRequestError, StoreError
from saring.ledger.records import Counts, SiteCounts
from saring.verdict import Label, Verdict

TODAY = date(2026, 11, 22)
THANKS = b"Thanks for making the web a better place."
PLAIN = "text/plain; charset=utf-8"
HELP = "x-akismet-debug-help"
CHECK = "/1.1/comment-check"
REPORTS = ("/1.1/submit-spam", "/1.1/submit-ham")
# Every call that needs a key, with what else it needs.
WITH_KEY = (
    CHECK,
    *REPORTS,
    "/1.1/verify-key",
    "/1.1/get-subscription",
    "/1.1/get-stats",
    "/1.1/token",
    "/1.1/deactivate",
    "/1.2/usage-limit",
    "/1.2/key-sites",
    "/1.2/get-key-stats",
)
WITHOUT_KEY = ("/1.1/test", "/1.1/verify-wpcom-key", "/1.2/compatible-plugins")
CALLS = (*WITH_KEY, *WITHOUT_KEY)


def serve(desk: FakeDesk | None = None, prefix: str = "") -> Protocol:
    return Protocol(Calls(desk or FakeDesk(), lambda: TODAY), prefix)


def post(
    path: str,
    form: Mapping[str, str] | None = None,
    desk: FakeDesk | None = None,
    **headers: str,
) -> Reply:
    """Post a form (Bob's comment with a good key by default) to a call."""
    given = actors.pleasantry() | {"api_key": KEY} if form is None else form
    return fakes.ask(serve(desk), path, urlencode(given).encode(), headers=headers)


def without(name: str, **fields: str) -> dict[str, str]:
    """Return a complete form without one field."""
    form = actors.pleasantry() | {"api_key": KEY} | fields
    form.pop(name, None)
    return form


# 1. 200 always; exact bytes; Content-Length; no newline.


@pytest.mark.parametrize("path", CALLS)
def test_call_answers_200_with_its_length_and_no_newline(path: str) -> None:
    reply = post(path)

    assert reply.status == 200
    assert not reply.body.endswith(b"\n")
    assert "transfer-encoding" not in reply.headers


@pytest.mark.parametrize(
    ("verdict", "headers", "body"),
    [
        (Verdict.HAM, {"x-saring-verdict": "ham"}, b"false"),
        (Verdict.UNSURE, {"x-saring-verdict": "unsure"}, b"false"),
        (Verdict.SPAM, {"x-saring-verdict": "spam"}, b"true"),
        (
            Verdict.DISCARD,
            {"x-saring-verdict": "discard", "x-akismet-pro-tip": "discard"},
            b"true",
        ),
    ],
)
def test_comment_check_answers_exactly(
    verdict: Verdict, headers: dict[str, str], body: bytes
) -> None:
    reply = post(CHECK, desk=FakeDesk(fakes.make_check(verdict, 0.75)))

    assert reply == Reply(
        200,
        {
            "content-type": PLAIN,
            "content-length": str(len(body)),
            "x-akismet-guid": GUID,
            "x-saring-score": "0.7500",
            "x-saring-clues": "text=+2.31,links=+1.10,identity=-0.25",
            **headers,
        },
        body,
    )


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/1.1/verify-key", b"valid"),
        ("/1.1/submit-spam", THANKS),
        ("/1.1/submit-ham", THANKS),
        ("/1.1/deactivate", b"deactivated"),
        ("/1.1/verify-wpcom-key", b"invalid"),
        ("/1.1/test", b"connected"),
    ],
)
def test_plain_call_answers_exactly(path: str, body: bytes) -> None:
    headers = {"content-type": PLAIN, "content-length": str(len(body))}

    assert post(path) == Reply(200, headers, body)


# 2. The key: `key`, `api_key`, then the host's label; letter case is ignored.


@pytest.mark.parametrize("path", WITH_KEY)
def test_call_takes_the_key_from_the_host(path: str) -> None:
    form = without("api_key") | ({"key": KEY} if "verify" in path else {})

    reply = post(path, form, host=f"{KEY.upper()}.spam.example:8383")

    assert reply.body != b"invalid"


@pytest.mark.parametrize("path", WITH_KEY)
def test_call_takes_the_key_from_the_query(path: str) -> None:
    body = urlencode(without("api_key")).encode()

    reply = fakes.ask(serve(), path, body, query=f"api_key={KEY}")

    assert reply.body != b"invalid"


@pytest.mark.parametrize("path", WITH_KEY)
@pytest.mark.parametrize("key", ["", "ffffffffffff", "no key"])
def test_call_refuses_a_bad_key_in_plain_text(path: str, key: str) -> None:
    reply = post(path, without("api_key", api_key=key) | {"api_key": key})

    assert (reply.status, reply.body) == (200, b"invalid")
    assert reply.headers["content-type"] == PLAIN


def test_verify_key_asks_for_the_new_key_when_there_are_two() -> None:
    desk = FakeDesk()

    reply = post("/1.1/verify-key", without("", key="ffffffffffff"), desk)

    assert reply.body == b"invalid"
    assert desk.callers[0].key == "ffffffffffff"


@pytest.mark.parametrize(
    ("missing", "text"),
    [("blog", 'Empty "blog" value'), ("api_key", 'Empty "key" value')],
)
def test_verify_key_says_what_is_missing(missing: str, text: str) -> None:
    reply = post("/1.1/verify-key", without(missing))

    assert (reply.body, reply.headers[HELP]) == (b"invalid", text)


def test_verify_key_refuses_what_is_no_address() -> None:
    reply = post("/1.1/verify-key", without("") | {"blog": "::"})

    assert reply.body == b"invalid"
    assert reply.headers[HELP] == "We were unable to parse your blog URI"


# 3. Any host, an optional path prefix.


@pytest.mark.parametrize("host", ["", "rest.akismet.com", "[::1]:8383", "127.0.0.1"])
def test_call_answers_to_any_host(host: str) -> None:
    assert post(CHECK, host=host).body == b"false"


def test_call_stands_behind_the_path_prefix() -> None:
    body = urlencode(without("")).encode()

    assert fakes.ask(serve(prefix="/spam"), "/spam" + CHECK, body).body == b"false"
    assert fakes.ask(serve(prefix="/spam"), CHECK, body).status == 404


@pytest.mark.parametrize("path", ["//1.1/comment-check", "/1.1//comment-check/"])
def test_call_is_found_behind_doubled_slashes(path: str) -> None:
    assert post(path).body == b"false"


@pytest.mark.parametrize("path", ["/", "/1.1/", "/1.3/comment-check", "/1.1/unknown"])
def test_unknown_call_is_not_found(path: str) -> None:
    assert post(path).status == 404


# 4. A guid on every answer to a comment-check.

REFUSED: tuple[dict[str, str], ...] = (
    {},
    without("blog"),
    without("user_ip"),
    without("api_key"),
    without("blog", blog="::") | {"blog": "::"},
)


@pytest.mark.parametrize("form", REFUSED)
def test_comment_check_gives_a_guid_to_errors(form: dict[str, str]) -> None:
    reply = post(CHECK, form)

    assert reply.body not in (b"true", b"false")
    assert len(reply.headers["x-akismet-guid"]) == 32


# 5. No help on healthy answers, and our own headers on comment-check alone.


@pytest.mark.parametrize("path", CALLS)
def test_healthy_answer_has_no_header_of_errors(path: str) -> None:
    unusual = {
        name
        for name in post(path).headers
        if name.startswith("x-") and name != "x-akismet-guid"
    }

    assert unusual <= {"x-saring-verdict", "x-saring-score", "x-saring-clues"}
    assert path == CHECK or not unusual


# 7. What is loose in a form is tested with the parsing.
# 8. Missing fields: the exact sentence and the help.


@pytest.mark.parametrize("path", [CHECK, *REPORTS])
@pytest.mark.parametrize("name", ["blog", "user_ip"])
def test_missing_field_is_named_in_the_exact_sentence(path: str, name: str) -> None:
    reply = post(path, without(name))

    assert reply.body == f"Missing required field: {name}.".encode()
    assert reply.headers[HELP] == f'Empty "{name}" value'


def test_comment_check_judges_an_empty_address() -> None:
    assert post(CHECK, without("") | {"user_ip": ""}).body == b"false"


# 9. Test values reach the engine as what they ask for.


def test_comment_check_passes_on_what_a_test_asks_for() -> None:
    desk = FakeDesk()

    post(CHECK, actors.guaranteed_spam() | {"api_key": KEY}, desk)

    assert desk.comments[0].asked_verdict == "spam"


# 10. WordPress's extras.


def test_get_subscription_is_active() -> None:
    assert json.loads(post("/1.1/get-subscription").body) == {
        "account_id": 1,
        "account_type": "self-hosted",
        "account_name": "Alice",
        "status": "active",
        "next_billing_date": False,
        "limit_reached": False,
    }


def test_token_is_opaque_and_fresh() -> None:
    first, second = post("/1.1/token"), post("/1.1/token")

    assert len(first.body) == 32
    assert first.body != second.body


def test_compatible_plugins_are_none() -> None:
    reply = fakes.ask(serve(), "/1.2/compatible-plugins", method="GET")

    assert reply.body == b"[]"
    assert reply.headers["content-type"] == "application/json"


@pytest.mark.parametrize("page", ["snapshot.php", "user-stats.php"])
def test_statistics_fill_a_frame_without_numbers(page: str) -> None:
    query = f"api_key={KEY}&blog=https://alice.example"

    reply = fakes.ask(serve(), f"/1.0/{page}", method="GET", query=query)

    assert reply.status == 200
    assert reply.headers["content-type"] == "text/html; charset=utf-8"
    assert KEY.encode() not in reply.body


def test_get_stats_counts_one_site() -> None:
    desk = FakeDesk(days={TODAY: Counts(spam=3, ham=1)})

    reply = post("/1.1/get-stats", without("") | {"from": "60-days"}, desk)

    assert json.loads(reply.body)["breakdown"]["2026-11-22"]["spam"] == "3"
    assert desk.callers[0].site == actors.ALICE_SITE
    assert desk.spans == [(date(2026, 9, 24), TODAY)]


def test_get_key_stats_counts_all_sites_of_the_key() -> None:
    desk = FakeDesk(days={TODAY: Counts(spam=3, site_count=2)})

    reply = post("/1.2/get-key-stats", without("", key=KEY), desk)

    assert json.loads(reply.body)["breakdown"]["2026-11"]["blogs"] == "2"
    assert desk.callers[0].site == ""
    assert desk.spans == [(date(2026, 6, 1), TODAY)]


# 11. Answers in time are the benchmark's business.
# 12. JSON calls by GET and POST.

JSON_CALLS = ("/1.2/usage-limit", "/1.2/key-sites", "/1.2/get-key-stats")


@pytest.mark.parametrize("path", JSON_CALLS)
def test_json_call_answers_get_and_post_alike(path: str) -> None:
    form = urlencode({"api_key": KEY, "extended": "1"})

    by_get = fakes.ask(serve(), path, method="GET", query=form)
    by_post = fakes.ask(serve(), path, form.encode())

    assert by_get == by_post
    assert by_get.headers["content-type"] == "application/json"


def test_usage_limit_counts_this_month() -> None:
    desk = FakeDesk(days={TODAY: Counts(spam=3, ham=1)})

    reply = post("/1.2/usage-limit", {"key": KEY, "extended": "true"}, desk)

    assert json.loads(reply.body)["usage"] == 4
    assert json.loads(reply.body)["upgrade"] is False
    assert desk.spans == [(date(2026, 11, 1), TODAY)]


def test_key_sites_answers_in_json_and_csv() -> None:
    desk = FakeDesk(sites=[SiteCounts(address="alice.example", counts=Counts(ham=2))])
    form = {"api_key": KEY, "month": "2026-10"}

    shape = json.loads(post("/1.2/key-sites", form, desk).body)
    table = post("/1.2/key-sites", form | {"format": "csv"}, desk)

    assert shape["2026-10"][0]["site"] == "alice.example"
    assert table.headers["content-type"] == "text/csv; charset=utf-8"
    assert table.body.splitlines()[2] == b"alice.example,2,0,2,0,0,false"
    assert desk.spans[0] == (date(2026, 10, 1), date(2026, 10, 31))


# 13. What is dropped before it is kept is tested with the parsing.


@pytest.mark.parametrize(
    ("path", "label"),
    [("/1.1/submit-spam", Label.SPAM), ("/1.1/submit-ham", Label.HAM)],
)
def test_report_reaches_the_desk_with_its_label(path: str, label: Label) -> None:
    desk = FakeDesk()

    post(path, actors.spam(reporter="bob") | {"api_key": KEY}, desk)

    assert [feedback.label for feedback in desk.feedbacks] == [label]
    assert desk.feedbacks[0].reporter == "bob"


# When nobody can judge.


@pytest.mark.parametrize("path", WITH_KEY)
@pytest.mark.parametrize("error", [StoreError("down"), ValueError("planted")])
def test_call_asks_to_come_again_when_the_desk_fails(
    path: str, error: Exception
) -> None:
    with capture_logs() as logs:
        reply = post(path, without("", key=KEY), FakeDesk(error=error))

    assert reply.status == 503
    assert reply.headers["retry-after"] == "60"
    assert ("x-akismet-guid" in reply.headers) == (path == CHECK)
    assert "planted" not in repr(logs)
    assert [line["event"] for line in logs] == ["call_failed", "call_answered"]


def test_call_is_logged_without_comment_address_or_key() -> None:
    with capture_logs() as logs:
        post(CHECK)

    assert [line["log_level"] for line in logs] == ["debug"]
    shown = repr(logs)
    assert "comment-check" in shown
    told = [logs[0][name] for name in ("guid", "verdict", "score")]
    assert told == [GUID, "ham", "0.0123"]
    for secret in (KEY, "192.0.2.77", "bob@bob.example", "Terima"):
        assert secret not in shown


# Other methods, large bodies, clients that go away.


@pytest.mark.parametrize(
    ("method", "status"),
    [("HEAD", 200), ("PUT", 405), ("DELETE", 405), ("OPTIONS", 405), ("TRACE", 405)],
)
def test_other_methods_ask_nothing_of_the_desk(method: str, status: int) -> None:
    desk = FakeDesk()

    reply = fakes.ask(serve(desk), CHECK, b"x", method=method)

    assert reply.status == status
    assert not desk.callers


def test_body_of_two_mebibytes_is_read() -> None:
    form = urlencode(without("")).encode()
    pieces = [form, b"&x=", b"y" * (MAX_BODY_BYTES - len(form) - 3)]

    assert fakes.ask(serve(), CHECK, pieces).body == b"false"
    assert fakes.ask(serve(), CHECK, b"".join(pieces)).body == b"false"


@pytest.mark.parametrize("pieces", [1, 3, 40])
def test_longer_body_is_refused_in_the_protocols_terms(pieces: int) -> None:
    reply = fakes.ask(serve(), CHECK, [b"y" * (MAX_BODY_BYTES + 1)] * pieces)

    assert (reply.status, reply.body) == (200, b"invalid")
    assert reply.headers[HELP] == "The request is longer than 2 MiB"
    assert len(reply.headers["x-akismet-guid"]) == 32


def test_client_that_goes_away_is_not_answered() -> None:
    sent: list[Any] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:  # noqa: ANN401 - ASGI's own
        sent.append(message)

    scope = fakes._scope("POST", CHECK, "", {})
    asyncio.run(serve()(scope, receive, send))

    assert not sent


def test_body_that_does_not_end_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(edge, "BODY_TIMEOUT_SECONDS", 0)

    async def receive() -> dict[str, Any]:
        await asyncio.Event().wait()
        return {}

    scope = fakes._scope("POST", CHECK, "", {})
    with pytest.raises(BadRequestError):
        asyncio.run(read_call(scope, receive))


def test_today_is_a_date_in_utc() -> None:
    assert isinstance(routes.utc_today(), date)


# Any bytes, any form, any header.

NAMES = st.sampled_from([*actors.pleasantry(), "api_key", "honeypot_field_name", "x"])
FORMS = st.dictionaries(NAMES, st.text() | st.sampled_from([KEY, "true", "\\"]))
BODIES = st.binary() | FORMS.map(
    lambda form: urlencode(form, errors="replace").encode()
)


@settings(max_examples=300)
@given(
    path=st.sampled_from(CALLS),
    method=st.sampled_from(["GET", "POST", "HEAD", "PATCH"]),
    body=BODIES,
    query=st.text(st.characters(max_codepoint=255)),
    header=st.text(st.characters(max_codepoint=255)),
)
def test_anything_is_answered_in_the_protocols_terms(
    path: str, method: str, body: bytes, query: str, header: str
) -> None:
    headers = {"host": header, "user-agent": header, "content-type": header}

    reply = fakes.ask(serve(), path, body, method=method, query=query, headers=headers)

    assert reply.status in (200, 405)
    assert path != CHECK or method not in "GET POST" or reply.headers["x-akismet-guid"]
