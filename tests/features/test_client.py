from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from saring.comment import Comment, FormActivity
from saring.features import client
from saring.features.slots import pack

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"


def test_names_of_a_bare_comment_are_its_type() -> None:
    assert client.names(Comment()) == ["client:type:comment"]


def test_agent_names_tell_products_and_system() -> None:
    named = client.agent_names(FIREFOX)

    assert "client:product:firefox" in named
    assert "client:version:firefox:128" in named
    assert "client:system:linux" in named
    assert len(named) == len(set(named))


@pytest.mark.parametrize(
    ("spoken", "languages", "expected"),
    [
        ("id-ID,id;q=0.9", ("id", "jv"), ["id", "yes"]),
        ("en-US,en", ("id",), ["en", "no"]),
        ("ru", (), ["ru", "unknown"]),
    ],
)
def test_language_names_compare_with_the_site(
    spoken: str, languages: tuple[str, ...], expected: list[str]
) -> None:
    language, fits = expected

    assert client.language_names(spoken, languages) == [
        f"client:language:{language}",
        f"client:language_fits:{fits}",
    ]


def test_language_names_of_an_empty_header_are_one() -> None:
    assert client.language_names(" ;", ("id",)) == ["client:language:none"]


def test_form_names_put_times_and_counts_in_buckets() -> None:
    form = FormActivity(
        script_at_ms=0,
        typing_started_at_ms=5_000,
        submitted_at_ms=9_000,
        key_press_count=50,
        mouse_move_count=0,
    )

    assert client.form_names(form, 100) == [
        "client:page_time:4",
        "client:typing_time:3",
        "client:typed:4",
        "client:moves:0",
    ]
    assert client.form_names(FormActivity(), 0) == []


def test_names_tell_honeypot_and_nonce() -> None:
    named = client.names(Comment(honeypot="x", nonce="failed"))

    assert named[1:] == ["client:honeypot", "client:nonce:failed"]


@pytest.mark.parametrize(("days", "bucket"), [(-1, 0), (0, 0), (1, 1), (400, 9)])
def test_names_tell_the_age_of_the_post(days: int, bucket: int) -> None:
    written = NOON - timedelta(days=days)
    comment = Comment(created_at=NOON, post_modified_at=written.replace(tzinfo=None))

    assert client.names(comment)[1:] == [f"client:post_age:{bucket}"]


@pytest.mark.parametrize(
    ("referrer", "where"),
    [
        ("https://news.example/a/1#form", "page"),
        ("https://news.example/", "site"),
        ("https://search.example/", "elsewhere"),
    ],
)
def test_names_tell_where_the_writer_came_from(referrer: str, where: str) -> None:
    comment = Comment(permalink="https://news.example/a/1", referrer=referrer)

    assert client.names(comment)[1:] == [f"client:referrer:{where}"]


def test_extract_packs_the_names() -> None:
    for comment in (
        Comment(),
        Comment(
            type="trackback",
            user_agent=FIREFOX,
            headers={"accept-language": "id"},
            languages=("id",),
            form=FormActivity(key_press_count=3),
        ),
    ):
        slots = np.frombuffer(client.extract(comment), np.uint32).tolist()

        assert slots == np.frombuffer(pack(client.names(comment)), np.uint32).tolist()
