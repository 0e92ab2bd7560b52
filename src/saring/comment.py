"""Comment: one submission to be judged, normalised, bounded and frozen.

Here are the fields a comment can have and nothing of how they travel: wire names
live in `wire/`, their decoding in `akismet/`, the hashing of contents in `features/`.
"""

from datetime import datetime
from typing import Literal

import msgspec

MAX_CONTENT_CHARACTERS = 262_144
MAX_FIELD_CHARACTERS = 2_048
# Of the writer's request; all others (cookies, authorization, nonces) are never kept.
KEPT_HEADERS = frozenset(
    (
        "accept",
        "accept-encoding",
        "accept-language",
        "sec-fetch-mode",
        "sec-fetch-site",
        "via",
        "x-requested-with",
    )
)


class FormActivity(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What the page's own script saw of the writing; None where it told nothing.

    Times are milliseconds since 1970 by the browser's clock, counts are of events.
    """

    script_at_ms: int | None = None
    typing_started_at_ms: int | None = None
    submitted_at_ms: int | None = None
    key_press_count: int | None = None
    correction_count: int | None = None
    modifier_key_count: int | None = None
    mouse_click_count: int | None = None
    mouse_move_count: int | None = None
    touch_count: int | None = None
    scroll_count: int | None = None


class Comment(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One submission to be judged, of any type (comment, sign-up, contact form).

    Text is Unicode as its writer typed it (markup still inside, no slashes added on
    the way); what the sender left out is empty.

    Attributes:
        content: The text, at most `MAX_CONTENT_CHARACTERS`.
        address: The writer's IP address as sent; it need not parse.
        client: The software that asks ("WordPress/6.8.8 | Akismet/5.7.2").
        user_agent: The writer's browser.
        languages: Of the site, as tags ("id", "en-US"), in the site's order.
        honeypot: What was typed into a field that people never see.
        nonce: Whether the form's own token verified: passed, failed or inactive.
        headers: Of the writer's request, those of `KEPT_HEADERS`, by lower-case name.
        asked_verdict: What a client's test asks for by the protocol's conventions.
    """

    content: str = ""
    author: str = ""
    author_email: str = ""
    author_url: str = ""
    type: str = "comment"
    address: str = ""
    user_agent: str = ""
    referrer: str = ""
    permalink: str = ""
    created_at: datetime | None = None
    post_modified_at: datetime | None = None
    languages: tuple[str, ...] = ()
    user_role: str = ""
    parent_id: str = ""
    context: tuple[str, ...] = ()
    recheck_reason: str = ""
    is_test: bool = False
    is_pre_check: bool = False
    honeypot: str = ""
    nonce: str = ""
    form: FormActivity | None = None
    headers: dict[str, str] = {}
    callback: str = ""
    client: str = ""
    asked_verdict: Literal["", "ham", "spam", "discard"] = ""
