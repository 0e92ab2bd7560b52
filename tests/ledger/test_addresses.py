"""Sites' addresses: one form for all the ways they are written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saring.errors import BadRequestError
from saring.ledger.addresses import normalise_site


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("https://alice.example/", "alice.example"),
        ("http://Alice.Example:80", "alice.example"),
        ("https://alice.example:8443/", "alice.example:8443"),
        ("https://www.alice.example/blog//", "alice.example/blog"),
        ("//alice.example", "alice.example"),
        ("alice.example.", "alice.example"),
        ("alice.example/Blog", "alice.example/Blog"),
        ("https://user:pass@alice.example/?a=1#b", "alice.example"),
        ("https://kebun-kopi.example/ä", "kebun-kopi.example/ä"),
        ("https://BÜCHER.example", "xn--bcher-kva.example"),
        ("http://localhost:8383", "localhost:8383"),
        ("http://[2001:DB8::1]:8080/x", "[2001:db8::1]:8080/x"),
        ("http://192.0.2.1", "192.0.2.1"),
        ("www.example", "www.example"),
        ("my_site.example", "my_site.example"),
        ("ftp://alice.example:21", "alice.example:21"),
    ],
)
def test_site_address_has_one_form(written: str, kept: str) -> None:
    assert normalise_site(written) == kept


@pytest.mark.parametrize(
    "written",
    [
        "",
        "   ",
        "https://",
        "/path/only",
        "two words.example",
        "https://a..b",
        "https://alice.example:99999",
        "https://[::1",
        "http://\x00.example",
        "a" * 600,
        "https://xn--ä.example",
        "https://!.example",
    ],
)
def test_site_address_of_nothing_is_refused(written: str) -> None:
    with pytest.raises(BadRequestError) as caught:
        normalise_site(written)

    assert caught.value.field == "site"


@given(st.text(max_size=80))
def test_site_address_takes_any_text_and_keeps_its_form(text: str) -> None:
    try:
        kept = normalise_site(text)
    except BadRequestError:
        return

    assert normalise_site(kept) == kept
