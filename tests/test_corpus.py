import contextlib
import gzip
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from saring.akismet.parsing import Call, parse_check
from saring.comment import MAX_CONTENT_CHARACTERS, Comment, FormActivity
from saring.corpus import (
    comment_from_row,
    label_from_row,
    read_labelled,
    read_rows,
)
from saring.errors import CorpusError
from saring.verdict import Label


def test_comment_takes_the_names_of_the_wire() -> None:
    comment = comment_from_row(
        {
            "comment_content": "Halo",
            "comment_author": "Sam",
            "comment_author_url": "https://sam.example/",
            "comment_author_email": "sam@sam.example",
            "comment_date_gmt": "2012-03-01T12:25:39Z",
            "blog_lang": "id, jv",
            "permalink": "https://alice.example/1",
        }
    )

    assert comment.content == "Halo"
    assert comment.author_email == "sam@sam.example"
    assert comment.created_at == datetime(2012, 3, 1, 12, 25, 39, tzinfo=UTC)
    assert comment.languages == ("id", "jv")


def test_comment_never_holds_what_only_keeps_the_books() -> None:
    books = {"id": "x-1", "source": "x", "blog": "x", "note": {"a": 1}, "label": "ham"}

    assert comment_from_row(books) == comment_from_row({})


def test_comment_content_is_bounded() -> None:
    comment = comment_from_row({"comment_content": "x" * 300_000})

    assert len(comment.content) == MAX_CONTENT_CHARACTERS


def test_comment_takes_a_time_without_a_zone_as_utc() -> None:
    comment = comment_from_row({"comment_date_gmt": "2012-03-01 12:25:39"})

    assert comment.created_at == datetime(2012, 3, 1, 12, 25, 39, tzinfo=UTC)


def test_comment_reads_every_name_of_the_wire() -> None:
    row = {
        "Comment_Content": "Halo",
        "referer": "https://search.example/",
        "content_type": "forum-post",
        "comment_context": ["soil", 4, None],
        "blog_lang": "id_ID, en_US",
        "HTTP_ACCEPT_LANGUAGE": "id",
        "HTTP_COOKIE": "planted",
        "POST_ak_bkpc": 42,
        "POST_trap": "x",
        "honeypot_field_name": "trap",
        "is_test": True,
        "test_discard": "true",
        "user_ip": " 192.0.2.1 ",
    }

    comment = comment_from_row(row)
    form = [(k, v) for k, v in row.items() if not isinstance(v, list)]
    body = urlencode([*form, ("comment_context[]", "soil"), ("comment_context[]", 4)])

    assert comment == parse_check(Call(body=f"{body}&blog=b".encode())).comment
    assert (comment.honeypot, comment.asked_verdict) == ("x", "discard")
    assert comment.headers == {"accept-language": "id"}
    assert comment.form == FormActivity(key_press_count=42)


def test_comment_takes_odd_values_as_well_as_it_can() -> None:
    odd = {
        "comment_content": 3,
        "comment_author": 2.5,
        "comment_author_url": {"a": 1},
        "comment_author_email": "a\0b",
        "comment_date_gmt": "soon",
        "blog_lang": ["id"],
        "x" * 99: "",
    }

    assert comment_from_row(odd) == Comment(
        content="3", author="2.5", author_email="a b", languages=("id",)
    )


def test_comment_takes_null_as_left_out() -> None:
    assert comment_from_row({"comment_author": None}) == comment_from_row({})


@pytest.mark.parametrize("label", ["", "SPAM", None, 1, ["spam"]])
def test_label_refuses_all_but_the_two(label: object) -> None:
    with pytest.raises(CorpusError, match="it must be ham or spam"):
        label_from_row({"label": label})


def test_read_labelled_reads_plain_and_gzipped_files(tmp_path: Path) -> None:
    line = b'{"comment_content": "Halo", "label": "ham"}\n\n'
    (tmp_path / "a.jsonl").write_bytes(line)
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(line))

    plain = list(read_labelled(tmp_path / "a.jsonl"))

    assert plain == list(read_labelled(tmp_path / "a.jsonl.gz"))
    assert [label for _row, _comment, label in plain] == [Label.HAM]


@pytest.mark.parametrize(
    "line", [b"{", b"[1]", b'{"label": "good"}', b'"\xff"', b'{"label": "\xff"}']
)
def test_read_labelled_names_the_file_and_the_line(tmp_path: Path, line: bytes) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_bytes(b'{"label": "ham"}\n\n' + line)

    with pytest.raises(CorpusError, match=r"bad\.jsonl, line 3"):
        list(read_labelled(path))


@pytest.mark.parametrize("content", [b"", b"no gzip", gzip.compress(b"{}")[:-5]])
def test_read_rows_refuses_a_damaged_archive(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "bad.jsonl.gz"
    path.write_bytes(content or b"\x1f\x8b")

    with pytest.raises(CorpusError, match="cannot be read"):
        list(read_rows(path))


def test_read_rows_refuses_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"none\.jsonl: cannot be read"):
        list(read_rows(tmp_path / "none.jsonl"))


@settings(deadline=None)
@given(st.binary())
def test_read_rows_gives_rows_or_a_corpus_error(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.jsonl"
    path.write_bytes(content)

    with contextlib.suppress(CorpusError):
        assert all(isinstance(row, dict) for _number, row in read_rows(path))
