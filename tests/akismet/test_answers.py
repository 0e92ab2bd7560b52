import pytest
from hypothesis import given
from hypothesis import strategies as st

import fakes
from saring.akismet import answers
from saring.akismet.answers import Answer, Header
from saring.errors import (
    BadRequestError,
    KeyRefusedError,
    NotFoundError,
    SaringError,
    StoreError,
)
from saring.verdict import Clue, Verdict


def names(answer: Answer) -> set[str]:
    return {name.decode().lower() for name, _ in answer.headers}


def value(answer: Answer, name: str) -> str:
    return dict(answer.headers)[name.encode()].decode()


@pytest.mark.parametrize(
    ("verdict", "body"),
    [
        (Verdict.HAM, b"false"),
        (Verdict.UNSURE, b"false"),
        (Verdict.SPAM, b"true"),
        (Verdict.DISCARD, b"true"),
    ],
)
def test_checked_says_true_to_what_is_held(verdict: Verdict, body: bytes) -> None:
    answer = answers.checked(fakes.make_check(verdict, 0.5))

    assert answer.body == body
    assert answer.status == 200
    assert value(answer, "x-akismet-guid") == fakes.GUID
    assert value(answer, "x-saring-verdict") == verdict.value


@pytest.mark.parametrize("verdict", Verdict)
def test_checked_tips_only_discard(verdict: Verdict) -> None:
    answer = answers.checked(fakes.make_check(verdict, 0.5))

    assert ("x-akismet-pro-tip" in names(answer)) == (verdict is Verdict.DISCARD)


@pytest.mark.parametrize("verdict", Verdict)
def test_checked_has_no_header_that_clients_take_for_an_error(verdict: Verdict) -> None:
    answer = answers.checked(fakes.make_check(verdict, 0.5))

    assert not names(answer) & {
        "x-akismet-debug-help",
        "x-akismet-error",
        "x-akismet-alert-code",
        "x-akismet-alert-msg",
    }


def test_checked_gives_score_and_clues() -> None:
    answer = answers.checked(fakes.make_check(Verdict.SPAM, 0.93456))

    assert value(answer, "x-saring-score") == "0.9346"
    assert value(answer, "x-saring-clues") == "text=+2.31,links=+1.10,identity=-0.25"


FAMILIES = st.text(st.characters(categories=["L", "N"]))


@given(st.lists(st.builds(Clue, FAMILIES, st.floats()), max_size=9))
def test_clues_header_can_always_be_sent(clues: list[Clue]) -> None:
    header = answers.clues_header(tuple(clues))

    assert header.isascii()
    assert header.decode().isprintable()


TEXT: Header = (b"content-type", b"text/plain; charset=utf-8")


@pytest.mark.parametrize(
    ("error", "body", "help_text"),
    [
        (
            KeyRefusedError("x"),
            b"invalid",
            b"The key is missing, unknown or revoked",
        ),
        (
            BadRequestError("x", field="blog"),
            b"Missing required field: blog.",
            b'Empty "blog" value',
        ),
        (
            BadRequestError("x", field="user_ip"),
            b"Missing required field: user_ip.",
            b'Empty "user_ip" value',
        ),
        (
            BadRequestError("x", field="site"),
            b"invalid",
            b"We were unable to parse your blog URI",
        ),
        (BadRequestError("x"), b"invalid", b"The request cannot be used"),
    ],
)
def test_refused_says_what_is_wrong(
    error: SaringError, body: bytes, help_text: bytes
) -> None:
    help_header = (b"x-akismet-debug-help", help_text)

    assert answers.refused(error) == Answer(body, (TEXT, help_header))


@pytest.mark.parametrize(
    "error", [StoreError("x"), NotFoundError("x"), ValueError("x"), SaringError("x")]
)
def test_refused_check_asks_to_come_again_when_nobody_can_judge(
    error: Exception,
) -> None:
    answer = answers.refused_check(error)

    assert answer.status == 503
    assert value(answer, "retry-after") == "60"
    assert len(value(answer, "x-akismet-guid")) == 32
    assert not any(word in answer.body for word in (b"true", b"false", b"valid"))


def test_refused_check_has_a_guid_of_its_own() -> None:
    first, second = (answers.refused_check(KeyRefusedError("x")) for _ in range(2))

    assert value(first, "x-akismet-guid") != value(second, "x-akismet-guid")


def test_refused_key_is_invalid_whatever_is_missing() -> None:
    answer = answers.refused_key(BadRequestError("x", field="blog"))

    assert answer.body == b"invalid"
    assert value(answer, "x-akismet-debug-help") == 'Empty "blog" value'
    assert answers.refused_key(StoreError("x")).status == 503
    assert answers.refused_key(KeyRefusedError("x")) == answers.INVALID
