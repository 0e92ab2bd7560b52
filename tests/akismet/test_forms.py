from urllib.parse import (
    parse_qsl,
    quote_from_bytes,
    quote_plus,
    unquote_to_bytes,
    urlencode,
)

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saring.akismet import forms
from saring.akismet.parsing import Call, parse_form

RUSSIAN = "Вечером соседи играли на гитаре и пели песни о море, а мы слушали с балкона"
CHINESE = "昨天晚上我们在公园里散步，天气很好，孩子们都很高兴"


# Much of what matters is near the sign: newlines, blanks, halves of escapes.
PIECES = st.sampled_from([b"%", b"%4", b"%41", b"=", b"==", b"\n", b"\r\n", b"+", b"z"])
VALUES = st.lists(PIECES | st.binary(max_size=4), max_size=12).map(b"".join)


def standard(value: bytes) -> str:
    """Return what the standard library reads in a value."""
    form = "x=" + value.decode("latin-1")
    return parse_qsl(form, keep_blank_values=True, encoding="latin-1")[0][1]


@given(VALUES.map(lambda value: value.replace(b"&", b"").replace(b"\0", b"")))
def test_unquote_equals_the_standard_library_for_any_bytes(value: bytes) -> None:
    read = forms.unquote(value.replace(b"+", b" "))

    assert read.decode("latin-1") == standard(value)


@pytest.mark.timeout(60)  # what is done again for each sign takes hours
@pytest.mark.parametrize("piece", [b"%", b"%4x", b"%41%", b"%%41", b"%0a\n%"])
def test_unquote_goes_once_through_what_is_malformed(piece: bytes) -> None:
    value = piece * (2**21 // len(piece))

    read = forms.unquote(value)

    assert read == unquote_to_bytes(piece) * (2**21 // len(piece))


@given(st.dictionaries(st.sampled_from(["comment_content", "blog"]), st.text()))
def test_form_equals_the_standard_library_for_any_text(fields: dict[str, str]) -> None:
    body = urlencode(fields, errors="ignore").replace("%00", "+").encode()
    slots = {"comment_content": "content", "blog": "blog"}

    values = parse_form(Call(body=body)).values

    pairs = parse_qsl(body.decode(), keep_blank_values=True)
    assert values == {slots[name]: value for name, value in pairs}


@given(st.binary())
def test_decode_all_takes_any_bytes(value: bytes) -> None:
    value = value.replace(b"\0", b"").replace(b"%00", b"")

    texts = forms.decode_all([value, b"x", value], "gbk")

    assert len(texts) == 3
    assert texts[1] == "x"


@pytest.mark.parametrize(
    ("text", "charset", "declared"),
    [
        ("Ça va très bien, où est le café?", "latin-1", "ISO-8859-1"),
        ("Ça va très bien, où est le café?", "latin-1", ""),
        ("He said “yes” — twice", "cp1252", "ISO-8859-1"),
        (RUSSIAN, "cp1251", "windows-1251"),
        (RUSSIAN, "cp1251", "UTF-8"),
        (RUSSIAN, "cp1251", "no such charset"),
        (RUSSIAN, "utf-8", "ISO-8859-1"),
        (CHINESE, "gbk", "GBK"),
        (CHINESE, "gb18030", "UTF-8"),
        ("今日はとても良い天気です", "shift_jis", "Shift_JIS"),
    ],
)
def test_decode_all_reads_wrong_charsets(
    text: str, charset: str, declared: str
) -> None:
    value = quote_from_bytes(text.encode(charset)).encode()

    assert forms.decode_all([b"a", value], declared) == ["a", text]


def test_decode_all_keeps_utf8_that_was_cut_within_a_letter() -> None:
    value = quote_plus(RUSSIAN).encode()[:-3].replace(b"+", b" ")

    [text] = forms.decode_all([value], "windows-1251")

    assert text == RUSSIAN[:-1] + "\ufffd"


def test_decode_all_keeps_values_apart_that_a_charset_would_join() -> None:
    # In EUC-JP these three bytes and the separator after them are one broken letter.
    assert len(forms.decode_all([b"\x81\x8f\x8f", b""], "EUC-JP")) == 2
    assert len(forms.decode_all([b"\xa4\xa2" * 99 + b"\x8f", b""], "EUC-JP")) == 2


def test_decode_all_of_nothing_is_nothing() -> None:
    assert forms.decode_all([], "") == []


@pytest.mark.parametrize("name", ["rot13", "zlib", "idna", "utf-7", "ütf", "a\0b", ""])
def test_find_charset_refuses_what_is_no_charset(name: str) -> None:
    assert forms.find_charset(name) == ""
