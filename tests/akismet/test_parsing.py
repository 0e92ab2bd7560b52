import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

import actors
from saring.akismet.parsing import (
    MAX_PAIRS,
    Call,
    parse_check,
    parse_form,
    parse_report,
)
from saring.comment import Comment, FormActivity
from saring.errors import BadRequestError
from saring.verdict import Label

WORDPRESS = "WordPress/6.8.8 | Akismet/5.5"
RECORDED = Path(__file__).parent / "wordpress.jsonl"
# What a report has in common with its check; the ledger finds one by the other.
COMMON = ("content", "author", "author_email", "author_url", "address", "permalink")


def call(form: Mapping[str, str] | bytes | str, client: str = "") -> Call:
    body = urlencode(form) if isinstance(form, Mapping) else form
    encoded = body if isinstance(body, bytes) else body.encode()
    headers = [(b"host", b"localhost"), (b"user-agent", client.encode())]
    return Call(body=encoded, headers=headers)


def form_with(**fields: str) -> dict[str, str]:
    """Return a pleasantry of Bob's, with these wire fields on top."""
    return actors.pleasantry() | fields


def read(**fields: str) -> Comment:
    """Return the comment of a form with these wire fields."""
    return parse_check(call(form_with(**fields))).comment


def test_check_reads_every_documented_field() -> None:
    form = actors.pleasantry(
        api_key=" 0123456789AB ",
        comment_date_gmt="2026-11-22T23:11:11Z",
        comment_post_modified_gmt="2026-11-01 08:00:00",
        user_role="editor,author",
        is_test="true",
        recheck_reason="edit",
        comment_parent="41",
    )

    asked = parse_check(call(form, "Kebun/2 | Client/1"))

    assert asked.caller.key == "0123456789ab"
    assert asked.caller.site == actors.ALICE_SITE
    assert asked.comment == Comment(
        content=form["comment_content"],
        author="Bob",
        author_email="bob@bob.example",
        address="192.0.2.77",
        user_agent=actors.BOB.user_agent,
        referrer=actors.ALICE_POST,
        permalink=actors.ALICE_POST,
        created_at=datetime(2026, 11, 22, 23, 11, 11, tzinfo=UTC),
        post_modified_at=datetime(2026, 11, 1, 8, tzinfo=UTC),
        languages=("id", "en"),
        user_role="editor,author",
        parent_id="41",
        is_test=True,
        recheck_reason="edit",
        client="Kebun/2 | Client/1",
    )


def test_check_reads_what_the_wordpress_plugin_adds() -> None:
    comment = read(
        callback="https://alice.example/wp-json/akismet/v1/webhook",
        akismet_comment_nonce="passed",
        akismet_pre_check="1",
        POST_ak_hp_textarea="I am a bot",
        HTTP_ACCEPT_LANGUAGE="id,en;q=0.5",
    )

    assert comment.callback == "https://alice.example/wp-json/akismet/v1/webhook"
    assert comment.nonce == "passed"
    assert comment.is_pre_check
    assert comment.honeypot == "I am a bot"
    assert comment.headers == {"accept-language": "id,en;q=0.5"}


def test_check_reads_the_activity_of_the_form() -> None:
    comment = read(
        POST_ak_js="1795391186688",
        POST_ak_bib="1795391187664",
        POST_ak_bfs="1795391217664",
        POST_ak_bkpc="42",
        POST_ak_bck="12;13;",
        POST_ak_bmk="3;17",
        POST_ak_bmcc="2",
        POST_ak_bmmc="5",
        POST_ak_btmc="0",
        POST_ak_bsc="many",
    )

    assert comment.form == FormActivity(
        script_at_ms=1795391186688,
        typing_started_at_ms=1795391187664,
        submitted_at_ms=1795391217664,
        key_press_count=42,
        correction_count=2,
        modifier_key_count=2,
        mouse_click_count=2,
        mouse_move_count=5,
        touch_count=0,
        scroll_count=None,
    )
    assert read().form is None


def test_check_keeps_no_cookie_password_nonce_or_unknown_field() -> None:
    planted = dict.fromkeys(
        (
            "HTTP_COOKIE",
            "HTTP_AUTHORIZATION",
            "PHP_AUTH_PW",
            "POST_post_password",
            "POST_akismet_comment_nonce",
            "HTTP_X_WP_NONCE",
            "SERVER_ADMIN",
            "remote_source",
            "anything",
        ),
        "planted",
    )

    form = parse_form(call(form_with(**planted)))

    assert "planted" not in repr(form)


def test_check_reads_bare_keys_as_empty() -> None:
    body = "comment_author_url&comment_content=a&blog=b.example&user_ip&user_role"

    comment = parse_check(call(body)).comment

    assert (comment.author_url, comment.address, comment.user_role) == ("", "", "")


@pytest.mark.parametrize(
    "body",
    [
        "comment_context[0]=soil&comment_context[1]=tomatoes",
        "comment_context%5B0%5D=soil&comment_context%5B1%5D=tomatoes",
        "comment_context[]=soil&comment_context[]=tomatoes",
        "comment_context=soil&comment_context=tomatoes",
        "Comment_Context[a]=soil&comment_context[b]=&comment_context[c]=tomatoes",
    ],
)
def test_check_reads_php_arrays(body: str) -> None:
    comment = parse_check(call(f"blog=b.example&user_ip=1&{body}")).comment

    assert comment.context == ("soil", "tomatoes")


def test_check_takes_the_last_of_a_name_in_any_letter_case() -> None:
    body = "blog=b&user_ip=1&comment_content=first&Comment_Content[0]=last"

    assert parse_check(call(body)).comment.content == "last"


@pytest.mark.parametrize("value", ["false", "0", "False", "", " no ", "off"])
def test_check_reads_loose_booleans_as_no(value: str) -> None:
    assert not read(is_test=value).is_test


@pytest.mark.parametrize("value", ["true", "1", "True", "yes"])
def test_check_reads_loose_booleans_as_yes(value: str) -> None:
    assert read(is_test=value).is_test


@pytest.mark.parametrize(
    "value",
    [
        "2026-11-22 23:11:11",
        "2026-11-22T23:11:11",
        "2026-11-22T23:11:11Z",
        "2026-11-22T23:11:11.000Z",
        "2026-11-22T23:11:11+00:00",
        "2026-11-23T06:11:11+07:00",
        "Sun, 22 Nov 2026 23:11:11 GMT",
        "1795389071",
        "1795389071000",
    ],
)
def test_check_reads_loose_times_as_utc(value: str) -> None:
    created_at = read(comment_date_gmt=value).created_at

    assert created_at == datetime(2026, 11, 22, 23, 11, 11, tzinfo=UTC)


@pytest.mark.parametrize(
    "value",
    [
        "",
        "yesterday",
        "0000-00-00 00:00:00",
        "0001-01-01T00:00:00+10:00",
        "9" * 60,
        "Sun, 99 Nov 2026",
    ],
)
def test_check_reads_no_time_in_what_is_none(value: str) -> None:
    assert read(comment_date_gmt=value).created_at is None


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({"comment_type": "signup", "content_type": "x"}, "signup"),
        ({"comment_type": "", "content_type": "forum-post"}, "forum-post"),
        ({"comment_type": ""}, "comment"),
    ],
)
def test_check_takes_content_type_as_an_alias(
    fields: dict[str, str], kind: str
) -> None:
    assert read(**fields).type == kind


def test_check_takes_referer_as_an_alias() -> None:
    assert read(referer="https://search.example/").referrer == "https://search.example/"


def test_check_reads_the_honeypot_under_the_name_it_is_given() -> None:
    comment = read(honeypot_field_name="Hidden[field]", hidden="x")
    other = read(honeypot_field_name="trap", POST_trap="y", trap="")

    assert (comment.honeypot, other.honeypot) == ("x", "y")
    assert read(honeypot_field_name="trap").honeypot == ""


@pytest.mark.timeout(60)  # what is done again for each sign takes hours
@pytest.mark.parametrize("piece", ["%4x", "%", "a&"])
def test_check_reads_a_name_of_two_megabytes(piece: str) -> None:
    body = "honeypot_field_name=" + piece * (2**21 // len(piece))

    form = parse_form(call(body))

    assert not form.values.get("honeypot")


def test_check_reads_no_role_and_no_parent_in_zero() -> None:
    comment = read(user_role="0", comment_parent="0")

    assert (comment.user_role, comment.parent_id) == ("", "")


def test_check_decodes_by_the_declared_charset() -> None:
    form = actors.comment(actors.BOB, "", blog_charset="ISO-8859-1")
    body = urlencode(form).replace("comment_content=", "comment_content=%A1Qu%E9!")

    assert parse_check(call(body)).comment.content == "¡Qué!"


def test_check_bounds_every_field() -> None:
    form = dict.fromkeys(actors.pleasantry(), "x" * 600_000)

    comment = parse_check(call(form)).comment

    assert len(comment.content) == 262_144
    assert len(comment.author) == len(comment.permalink) == len(comment.type) == 2_048


def test_check_turns_nul_into_a_blank() -> None:
    body = b"blog=b&user_ip=1&comment_content=a%00b\0c%%0000"

    assert parse_check(call(body)).comment.content == "a b c%+00".replace("+", " ")


@pytest.mark.parametrize("blank", ["", " ", "\n"])
def test_check_reads_a_json_object(blank: str) -> None:
    form = actors.pleasantry() | {"comment_context": ["a", "b"], "is_test": True}
    nested = {"user_role": None, "comment_parent": 41, "x": {"y": 1}}

    asked = parse_check(call(blank + json.dumps(form | nested)))

    assert asked.comment.content == form["comment_content"]
    assert asked.comment.context == ("a", "b")
    assert asked.comment.is_test
    assert asked.comment.parent_id == "41"


@pytest.mark.parametrize("body", ["{", "[]", '{"a": ' * 9999, '{"blog": "\\ud800"}'])
def test_check_misses_the_site_in_broken_json(body: str) -> None:
    with pytest.raises(BadRequestError) as caught:
        parse_check(call(body))

    assert caught.value.field == "blog"


@pytest.mark.parametrize(
    ("body", "field"),
    [("user_ip=1", "blog"), ("blog=+&user_ip=1", "blog"), ("blog=b", "user_ip")],
)
def test_check_names_the_missing_field(body: str, field: str) -> None:
    with pytest.raises(BadRequestError) as caught:
        parse_check(call(body))

    assert caught.value.field == field


def test_check_judges_an_empty_address() -> None:
    assert read(user_ip="").address == ""


@pytest.mark.parametrize(
    ("fields", "asked"),
    [
        ({"comment_author": "akismet-guaranteed-spam"}, "spam"),
        ({"comment_author": "viagra-test-123"}, "spam"),
        ({"comment_author_email": "akismet-guaranteed-spam@example.com"}, "spam"),
        (
            {"comment_author": "akismet-guaranteed-spam", "user_role": "administrator"},
            "spam",
        ),
        ({"is_test": "true", "test_discard": "true"}, "discard"),
        ({"is_test": "0", "test_discard": "true"}, ""),
        (
            {"comment_author": "akismet-guaranteed-spam", "test_discard": "true"},
            "spam",
        ),
        ({"is_test": "1", "test_discard": "false"}, ""),
        ({"user_role": "administrator"}, ""),
    ],
)
def test_check_notes_what_a_clients_test_asks_for(
    fields: dict[str, str], asked: str
) -> None:
    assert read(**fields).asked_verdict == asked


@pytest.mark.parametrize(
    ("body", "query", "host", "key"),
    [
        ("key=AAAAAAAAAAAA&api_key=bbbbbbbbbbbb", "", "", "aaaaaaaaaaaa"),
        ("key=&api_key=bbbbbbbbbbbb", "", "cccccccccccc.x", "bbbbbbbbbbbb"),
        ("", "api_key=bbbbbbbbbbbb", "", "bbbbbbbbbbbb"),
        ("api_key=bbbbbbbbbbbb", "api_key=aaaaaaaaaaaa", "", "bbbbbbbbbbbb"),
        ("", "", "CCCCCCCCCCCC.spam.example:8383", "cccccccccccc"),
        ("", "", "spam.example.org", ""),
        ("", "", "cccccccccccc", ""),
        ("", "", "ccccccccccccc.x", ""),
    ],
)
def test_form_finds_the_key_in_body_query_and_host(
    body: str, query: str, host: str, key: str
) -> None:
    headers = [(b"host", host.encode())]

    form = parse_form(Call(body=body.encode(), query=query.encode(), headers=headers))

    assert form.key == key


SLASHED = {
    "comment_content": 'It\\\'s \\"quoted\\" \\\\ back',
    "comment_author": "O\\'Brien",
}


def test_check_undoes_one_level_of_wordpress_slashes() -> None:
    form = form_with(**SLASHED)

    comment = parse_check(call(form, WORDPRESS)).comment

    assert comment.content == 'It\'s "quoted" \\ back'
    assert comment.author == "O'Brien"


def test_check_leaves_the_slashes_of_other_clients() -> None:
    assert read(**SLASHED).content == SLASHED["comment_content"]


@pytest.mark.parametrize(
    "fields",
    [
        {"comment_content": "It's C:\\\\dir"},
        {"comment_content": "C:\\dir"},
        {"comment_content": "a \\\\ b", "comment_approved": "1"},
        {
            "comment_content": "a \\\\ b",
            "comment_approved": "0",
            "recheck_reason": "retry",
        },
    ],
)
def test_check_leaves_what_wordpress_had_not_slashed(fields: dict[str, str]) -> None:
    form = form_with(**fields)

    comment = parse_check(call(form, WORDPRESS)).comment

    assert comment.content == fields["comment_content"]


@given(st.text().map(lambda text: text.encode("utf-8", "ignore").decode()))
def test_report_has_the_text_of_its_check_for_any_text(text: str) -> None:
    slashed = text.replace("\\", "\\\\").replace("'", "\\'").replace('"', '\\"')
    check = call(actors.comment(actors.BOB, slashed), WORDPRESS)
    report = call(actors.comment(actors.BOB, text, reporter="bob"), WORDPRESS)

    said = parse_report(report, Label.SPAM).feedback

    assert said.comment is not None
    assert said.comment.content == parse_check(check).comment.content


def test_report_reads_who_says_what() -> None:
    form = actors.spam(
        reporter="bob", comment_check_response="false", guid="AB" * 16, api_key="a"
    )

    report = parse_report(call(form), Label.SPAM)

    assert report.feedback.label is Label.SPAM
    assert report.feedback.reporter == "bob"
    assert report.feedback.was_held is False
    assert report.feedback.guid == "ab" * 16
    assert report.caller.site == actors.ALICE_SITE
    assert parse_report(call(actors.spam()), Label.HAM).feedback.was_held is None


def test_form_reads_no_more_pairs_than_it_must() -> None:
    form = parse_form(call("a&" * (MAX_PAIRS - 1) + "blog=last&key=late"))

    assert form.values == {"blog": "last"}


@given(st.binary(), st.binary(), st.binary())
def test_form_takes_any_bytes(body: bytes, query: bytes, header: bytes) -> None:
    headers = [(b"host", header), (b"user-agent", header)]

    form = parse_form(Call(body=body, query=query, headers=headers))

    assert "\0" not in "".join(form.values.values())


def recorded(part: str) -> list[dict[str, Any]]:
    """Return real requests of the WordPress plugin, two generations of it."""
    lines = RECORDED.read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    return [row for row in rows if part in row["case"]]


def replay(row: dict[str, Any]) -> Call:
    headers = [(name.lower().encode(), text.encode()) for name, text in row["headers"]]
    return Call(body=row["body"].encode(), headers=headers)


def test_recorded_report_has_the_comment_of_its_check() -> None:
    rechecks = recorded("check_for_spam_button/comment-check")
    reports = recorded("click_not_spam_on_caught/submit-ham")

    assert len(rechecks) == len(reports) == 2
    for check, report in zip(rechecks, reports, strict=True):
        judged = parse_check(replay(check)).comment
        said = parse_report(replay(report), Label.HAM).feedback
        assert said.reporter == "admin"
        for name in COMMON:
            assert getattr(said.comment, name) == getattr(judged, name)


def test_recorded_odd_characters_lose_their_slashes() -> None:
    for row in recorded("odd_characters"):
        comment = parse_check(replay(row)).comment
        assert comment.author == 'O\'Bob "Bob" 🍅'
        assert comment.content.startswith('It\'s "quoted" \\ back <b>bold</b>')


def test_recorded_form_activity_is_read_in_both_generations() -> None:
    for row in recorded("with_form_fields"):
        form = parse_check(replay(row)).comment.form
        assert form is not None
        assert (form.key_press_count, form.mouse_click_count) == (42, 2)


def test_recorded_pingback_is_asked_twice() -> None:
    comments = [parse_check(replay(row)).comment for row in recorded("pingback/")]

    assert [c.is_pre_check for c in comments] == [True, False, True, False]
    # Somebody's whole page; nothing here reads it, so it is not kept.
    assert b"remote_source=" in replay(recorded("pingback/")[1]).body
    assert "remote_source" not in repr(comments[1])
    assert len(comments[1].content) < 2_000
