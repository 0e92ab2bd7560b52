import asyncio
import json
from collections.abc import MutableMapping
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest
import schemathesis
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from schemathesis import Case
from schemathesis.specs.openapi.checks import positive_data_acceptance
from structlog.testing import capture_logs

import fakes
from fakes import GUID, KEY, App, FakeDesk, Reply
from saring import api, edge
from saring.api import ROUTES, Route
from saring.app import create_app
from saring.edge import MAX_BODY_BYTES
from saring.errors import BadRequestError, StoreError
from saring.settings import Settings
from saring.verdict import Label, Verdict

SITE = "https://alice.example/"
CHECK: dict[str, Any] = {"site": SITE, "comment": {"content": "Mantap, Bu."}}
FEEDBACK: dict[str, Any] = {"site": SITE, "label": "spam", "guid": GUID}
BODIES = {
    "/v1/checks": CHECK,
    "/v1/feedback": FEEDBACK,
    "/v1/budget": {"site": SITE, "one_in": 200},
    "/v1/audits": {"site": SITE},
    "/v1/audits/{id}/labels": {"labels": [{"place": 1, "label": "ham"}]},
    "/v1/campaigns/{guid}": {"label": "spam"},
    "/v1/rollbacks": {"reporter": "mallory"},
    "/v1/rollbacks/{id}/restore": {},
}
GOOD_KEY = f"Bearer {KEY}"

every_route = pytest.mark.parametrize(
    "route", ROUTES, ids=lambda route: f"{route.method} {route.path}"
)


def serve(desk: FakeDesk | None = None, public_url: str = "", prefix: str = "") -> App:
    settings = Settings(public_url=public_url, path_prefix=prefix)
    return create_app(settings, desk or FakeDesk())


def send(  # noqa: PLR0913 - what a request is made of
    path: str,
    body: object = None,
    *,
    desk: FakeDesk | None = None,
    key: str = GOOD_KEY,
    query: str = "",
    languages: str = "",
) -> Reply:
    """Post a JSON body, or get a page where there is none."""
    return fakes.ask(
        serve(desk),
        path,
        b"" if body is None else msgspec.json.encode(body),
        method="GET" if body is None else "POST",
        query=query,
        headers={"authorization": key, "accept-language": languages},
    )


def call(route: Route, **more: Any) -> Reply:  # noqa: ANN401 - passed on
    path = route.path.replace("{guid}", GUID).replace("{id}", "7")
    return send(path, BODIES[route.path] if route.takes else None, **more)


def fault(reply: Reply) -> dict[str, str]:
    """Return the error of a reply, which has the one shape of errors."""
    assert reply.headers["content-type"] == "application/json"
    shape = json.loads(reply.body)
    assert list(shape) == ["error"]
    assert set(shape["error"]) <= {"code", "message", "field"}
    assert shape["error"]["message"]
    error: dict[str, str] = shape["error"]
    return error


@every_route
def test_route_answers_its_type_in_json(route: Route) -> None:
    reply = call(route)

    assert reply.status == 200
    assert reply.headers["content-type"] == "application/json"
    msgspec.json.decode(reply.body, type=route.gives)


@every_route
def test_route_has_one_error_shape(route: Route) -> None:
    down = call(route, desk=FakeDesk(error=StoreError("planted")), key=GOOD_KEY)
    replies = [
        call(route, key=""),
        call(route, key="Bearer ffffffffffff"),
        send(route.path, {"x": 1}),
        fakes.ask(serve(), route.path, b"{", headers={"authorization": GOOD_KEY}),
        fakes.ask(serve(), route.path, method="DELETE"),
        down,
    ]

    for reply in replies:
        assert reply.status == 200 or fault(reply)["code"]
    assert b"planted" not in down.body


@every_route
def test_route_asks_for_a_key_where_the_table_says_so(route: Route) -> None:
    for key in ("", "Bearer", "Basic eDp5", "Bearer ffffffffffff"):
        reply = call(route, key=key)

        assert (reply.status == 401) == (route.who == "key")
        if reply.status == 401:
            assert reply.headers["www-authenticate"] == "Bearer"
            assert fault(reply)["code"] == "key_refused"


@every_route
def test_route_names_its_methods_to_others(route: Route) -> None:
    reply = fakes.ask(serve(), route.path, method="PATCH")

    assert reply.status == 405
    assert reply.headers["allow"] == route.method
    assert fault(reply)["code"] == "bad_method"


def test_index_lists_every_route() -> None:
    listed = json.loads(send("/v1").body)["routes"]

    assert [(line["method"], line["path"]) for line in listed] == [
        (route.method, route.path) for route in ROUTES
    ]
    assert all(line["answers"] and line["who"] for line in listed)


def test_unknown_route_is_told_in_the_error_shape() -> None:
    reply = send("/v1/nothing/here")

    assert reply.status == 404
    assert fault(reply)["code"] == "not_found"


def test_check_answers_verdict_score_clues_and_link() -> None:
    desk = FakeDesk(fakes.make_check(Verdict.SPAM, 0.93))

    reply = fakes.ask(
        serve(desk, public_url="https://spam.example/a"),
        "/v1/checks",
        json.dumps(CHECK).encode(),
        headers={"authorization": GOOD_KEY},
    )

    assert json.loads(reply.body) == {
        "guid": GUID,
        "at": "2026-11-22T23:11:11Z",
        "verdict": "spam",
        "score": 0.93,
        "decided_by": "classifier",
        "clues": [
            {"family": "text", "weight": 2.314},
            {"family": "links", "weight": 1.1},
            {"family": "identity", "weight": -0.25},
        ],
        "url": f"https://spam.example/a/v1/checks/{GUID}",
    }


def test_links_are_relative_while_nobody_knows_the_public_address() -> None:
    assert api.Links(path_prefix="/spam").to("/v1") == "/spam/v1"


def test_check_reads_our_own_names_within_bounds() -> None:
    desk = FakeDesk()
    comment = {
        "content": "x\0" * 140_000,
        "author": "y" * 9_000,
        "context": ["z" * 9_000] * 99,
        "created_at": "2026-11-23T06:11:11+07:00",
        "post_modified_at": "2026-11-22T23:11:11",
        "headers": {"Cookie": "planted", "Accept-Language": "id"},
        "form": {"key_press_count": 3},
    }

    reply = send("/v1/checks", {"site": SITE, "comment": comment}, desk=desk)

    read = desk.comments[0]
    assert reply.status == 200
    assert len(read.content) == 262_144
    assert "\0" not in read.content
    assert len(read.author) == 2_048
    assert (len(read.context), len(read.context[0])) == (64, 2_048)
    assert read.headers == {"accept-language": "id"}
    assert read.form is not None
    assert read.form.key_press_count == 3
    moment = datetime(2026, 11, 22, 23, 11, 11, tzinfo=UTC)
    assert (read.created_at, read.post_modified_at) == (moment, moment)


def test_check_reads_no_time_outside_the_calendar() -> None:
    desk = FakeDesk()
    comment = {"created_at": "0001-01-01T00:00:00+10:00"}

    send("/v1/checks", {"site": SITE, "comment": comment}, desk=desk)

    assert desk.comments[0].created_at is None


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"comment": {}}, "site"),
        ({"site": SITE, "comment": {"content": 3}}, "comment.content"),
        ({"site": SITE, "comment": {"contents": ""}}, "comment"),
        ({"site": SITE, "comment": {"context": ["a", 1]}}, "comment.context[1]"),
        ({"site": "::", "comment": {}}, "site"),
        ([], ""),
    ],
)
def test_check_names_the_field_at_fault(body: object, field: str) -> None:
    reply = send("/v1/checks", body)

    assert reply.status == 422
    assert fault(reply).get("field", "") == field


@pytest.mark.parametrize("body", [b"", b"{", b"\xff", b"[" * 9_999, b'"\\ud800"'])
def test_check_refuses_what_is_no_json(body: bytes) -> None:
    headers = {"authorization": GOOD_KEY}

    reply = fakes.ask(serve(), "/v1/checks", body, headers=headers)

    assert (reply.status, fault(reply)["code"]) in (
        (400, "bad_json"),
        (422, "bad_field"),
    )


def test_check_refuses_a_body_that_is_too_long() -> None:
    headers = {"authorization": GOOD_KEY}
    pieces = [b" " * MAX_BODY_BYTES, b" "]

    reply = fakes.ask(serve(), "/v1/checks", pieces, headers=headers)

    assert (reply.status, fault(reply)["code"]) == (413, "too_large")


def test_check_gives_up_a_body_that_does_not_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(edge, "BODY_TIMEOUT_SECONDS", 0)
    sent: list[MutableMapping[str, Any]] = []

    async def receive() -> dict[str, Any]:
        await asyncio.Event().wait()
        return {}

    async def send(message: MutableMapping[str, Any]) -> None:
        sent.append(message)

    async def talk() -> None:
        await serve()(scope, receive, send)

    scope = fakes._scope("POST", "/v1/checks", "", {"authorization": GOOD_KEY})
    asyncio.run(talk())

    assert sent[0]["status"] == 408


def test_voices_are_told_without_keys() -> None:
    told = json.loads(send("/v1/voices").body)

    assert (told["voices"][0]["labels"], told["rollbacks"][0]["rollback"]) == (9, 7)
    assert "key" not in told["voices"][0].keys() | told["rollbacks"][0].keys()


def test_rollback_is_asked_for_with_its_bounds() -> None:
    desk = FakeDesk()
    bounds = {"since": "2026-11-01T00:00:00Z", "is_trial": True}
    reply = send("/v1/rollbacks", {"reporter": "mallory", **bounds}, desk=desk)

    assert json.loads(reply.body) == {"rollback": 0, "labels": 3, "baked": 1}
    (wish,) = desk.rollbacks
    assert (wish.reporter, wish.is_trial, wish.until) == ("mallory", True, None)
    assert wish.since == datetime(2026, 11, 1, tzinfo=UTC)


def test_rollback_needs_times_with_an_offset() -> None:
    assert send("/v1/rollbacks", {"since": "2026-11-01T00:00:00"}).status == 422


@pytest.mark.parametrize(("told", "status"), [("7", 200), ("8", 404), ("x", 404)])
def test_rollback_is_taken_back_by_its_number(told: str, status: int) -> None:
    assert send(f"/v1/rollbacks/{told}/restore", {}).status == status


def test_campaigns_are_listed() -> None:
    (found,) = json.loads(send("/v1/campaigns").body)["campaigns"]

    assert (found["guid"], found["identities"], found["decision"]) == (GUID, 12, None)


@pytest.mark.parametrize("label", ["spam", "ham", None])
def test_campaign_is_decided_or_undone(label: str | None) -> None:
    reply = send(f"/v1/campaigns/{GUID.upper()}", {"label": label})

    assert json.loads(reply.body) == {"guid": GUID, "label": label, "marked": 12}


@pytest.mark.parametrize("guid", ["x", "0" * 32])
def test_campaign_is_found_only_where_there_is_one(guid: str) -> None:
    reply = send(f"/v1/campaigns/{guid}", {"label": "spam"})

    assert (reply.status, fault(reply)["code"]) == (404, "not_found")


def test_campaign_needs_a_label_or_null() -> None:
    assert send(f"/v1/campaigns/{GUID}", {}).status == 422
    assert send(f"/v1/campaigns/{GUID}", {"label": "maybe"}).status == 422


def test_explain_gives_the_reasons() -> None:
    reply = send(f"/v1/checks/{GUID.upper()}")

    assert json.loads(reply.body)["guid"] == GUID


@pytest.mark.parametrize(
    ("query", "accepted", "languages"),
    [
        ("", "", ()),
        ("", "fr, id;q=0.5", ("fr", "id")),
        ("language=en", "id", ("en", "id")),
        ("language=id-ID", "", ("id-ID",)),
    ],
)
def test_explain_speaks_the_language_that_is_asked_for(
    query: str, accepted: str, languages: tuple[str, ...]
) -> None:
    desk = FakeDesk()

    path = f"/v1/checks/{GUID}"

    reply = send(path, desk=desk, query=query, languages=accepted)

    assert (reply.status, desk.languages) == (200, languages)


def test_explain_refuses_a_language_that_it_does_not_speak() -> None:
    reply = send(f"/v1/checks/{GUID}", query="language=fr")

    assert (reply.status, fault(reply)["field"]) == (422, "language")
    assert "en, id" in fault(reply)["message"]


@pytest.mark.parametrize("guid", ["0" * 32, "short", "%2e%2e"])
def test_explain_finds_only_what_is_there(guid: str) -> None:
    reply = send(f"/v1/checks/{guid}")

    assert (reply.status, fault(reply)["code"]) == (404, "not_found")


def test_feedback_takes_a_guid_or_a_comment() -> None:
    desk = FakeDesk()
    by_comment = {"site": SITE, "label": "ham", **CHECK, "reporter": "bob"}

    replies = [send("/v1/feedback", body, desk=desk) for body in (FEEDBACK, by_comment)]

    assert [json.loads(reply.body) for reply in replies] == [
        {"label": "spam"},
        {"label": "ham"},
    ]
    assert [f.label for f in desk.feedbacks] == [Label.SPAM, Label.HAM]
    assert desk.feedbacks[0].guid == GUID
    assert desk.feedbacks[1].reporter == "bob"


@pytest.mark.parametrize(
    ("more", "field"),
    [({"guid": ""}, "guid"), ({"guid": "x"}, "guid"), ({"label": "good"}, "label")],
)
def test_feedback_names_the_field_at_fault(more: dict[str, str], field: str) -> None:
    reply = send("/v1/feedback", FEEDBACK | more)

    assert (reply.status, fault(reply)["field"]) == (422, field)


def test_health_says_when_answers_come_from_memory_alone() -> None:
    reply = send("/v1/health", desk=FakeDesk(error=StoreError("down")))

    assert reply.status == 200
    assert json.loads(reply.body)["status"] == "degraded"


def test_route_asks_to_come_again_when_the_desk_fails() -> None:
    with capture_logs() as logs:
        reply = send("/v1/checks", CHECK, desk=FakeDesk(error=ValueError("planted")))

    assert (reply.status, reply.headers["retry-after"]) == (503, "60")
    assert fault(reply)["code"] == "unavailable"
    assert [line["event"] for line in logs] == ["call_failed"]
    assert "planted" not in repr(logs)


def test_error_of_a_request_keeps_its_own_words() -> None:
    error = BadRequestError("spam_cutoff is 1.4; it must lie in 0 to 1", field="spam")

    reply = send("/v1/checks", CHECK, desk=FakeDesk(error=error))

    assert fault(reply) == {
        "code": "bad_field",
        "message": "spam_cutoff is 1.4; it must lie in 0 to 1",
        "field": "spam",
    }


def test_client_that_goes_away_is_not_answered() -> None:
    with pytest.raises(AssertionError, match="no answer"):
        fakes.ask(serve(), "/v1/checks", [], headers={"authorization": GOOD_KEY})


def test_openapi_describes_every_route() -> None:
    document = json.loads(send("/v1/openapi.json").body)

    described = {
        (method.upper(), path)
        for path, methods in document["paths"].items()
        for method in methods
    }
    assert described == {(route.method, route.path) for route in ROUTES}


@given(
    body=st.binary(),
    guid=st.text(st.characters(codec="utf-8"), max_size=40),
    key=st.text(st.characters(codec="latin-1"), max_size=20),
)
def test_anything_is_answered_in_our_own_terms(
    body: bytes, guid: str, key: str
) -> None:
    headers = {"authorization": f"Bearer {key}"}
    path = f"/v1/checks/{guid}"

    for method, place in (
        ("POST", "/v1/checks"),
        ("POST", "/v1/feedback"),
        ("GET", path),
    ):
        reply = fakes.ask(serve(), place, body, method=method, headers=headers)
        assert reply.status < 500


schema = schemathesis.openapi.from_asgi("/v1/openapi.json", serve())


@pytest.mark.slow
@schema.parametrize()
@hypothesis_settings(max_examples=20, deadline=None)
def test_api_keeps_to_its_document(case: Case[Any]) -> None:
    # It takes any text for a valid date, and we do not.
    case.call_and_validate(
        headers={"Authorization": GOOD_KEY}, excluded_checks=[positive_data_acceptance]
    )


def test_budgets_tell_what_is_missing() -> None:
    (found,) = json.loads(send("/v1/budgets").body)["budgets"]

    assert found["site"] == "alice.example"
    assert (found["held"]["is_kept"], found["held"]["missing"]) == (False, 98)
    assert found["discard"] is None


def test_budget_is_set_or_given_back() -> None:
    desk = FakeDesk()

    send("/v1/budget", {"site": SITE, "one_in": 500, "confidence": 0.9}, desk=desk)
    send("/v1/budget", {"site": SITE}, desk=desk)

    assert desk.budgets_set == [(500, 0.9), (None, None)]


@pytest.mark.parametrize(
    "wrong", [{"one_in": -1}, {"one_in": 2_000_000}, {"confidence": 1.0}]
)
def test_budget_beyond_its_bounds_is_refused(wrong: dict[str, float]) -> None:
    reply = send("/v1/budget", {"site": SITE} | wrong)

    assert reply.status == 422
    assert fault(reply)["field"] == next(iter(wrong))


def test_audit_is_handed_out_blind() -> None:
    found = json.loads(send("/v1/audits/7").body)

    assert found["open"] == 2
    first, second = found["items"]
    assert set(first) == {"place", "label", "comment"}
    assert first["comment"]["content"] == "Halo"
    assert second == {"place": 2, "label": "unclear", "comment": None}
    assert GUID not in str(found)


def test_audit_takes_labels_and_tells_both_rates() -> None:
    desk = FakeDesk()
    labels = [{"place": 1, "label": "ham"}, {"place": 2, "label": "unclear"}]

    reply = send("/v1/audits/7/labels", {"labels": labels}, desk=desk)

    assert desk.answers == [{1: "ham", 2: "unclear"}]
    found = json.loads(reply.body)
    assert found["honest_held"]["estimate"] == 0
    assert found["published_spam"]["low"] == 0


@pytest.mark.parametrize("number", ["8", "x", "7.0", "9" * 40, "٧"])
def test_audit_that_is_nobodys_is_not_there(number: str) -> None:
    assert send(f"/v1/audits/{number}").status == 404
