"""Fields: the wire names that we know, and the slot that each fills.

A slot has the name of the comment's own field where there is one, else the wire name.
What is not in the table is never kept: cookies, passwords, nonces, unknown fields.
"""

from functools import lru_cache
from urllib.parse import unquote_plus

from saring.comment import KEPT_HEADERS

MAX_NAME_BYTES = 96

TEXT_SLOTS = {
    "comment_content": "content",
    "comment_author": "author",
    "comment_author_email": "author_email",
    "comment_author_url": "author_url",
    "user_ip": "address",
    "user_agent": "user_agent",
    "referrer": "referrer",
    "referer": "referrer",
    "permalink": "permalink",
    "user_role": "user_role",
    "comment_parent": "parent_id",
    "recheck_reason": "recheck_reason",
    "akismet_comment_nonce": "nonce",
    "callback": "callback",
}
# The form's own script, as the WordPress plugin sends it.
NUMBER_SLOTS = {
    "post_ak_js": "script_at_ms",
    "post_ak_bib": "typing_started_at_ms",
    "post_ak_bfs": "submitted_at_ms",
    "post_ak_bkpc": "key_press_count",
    "post_ak_bmcc": "mouse_click_count",
    "post_ak_bmmc": "mouse_move_count",
    "post_ak_btmc": "touch_count",
    "post_ak_bsc": "scroll_count",
}
# Lists such as `12;13`, of which only the length is kept.
LENGTH_SLOTS = {
    "post_ak_bck": "correction_count",
    "post_ak_bmk": "modifier_key_count",
}
HEADER_SLOTS = {"http_" + name.replace("-", "_"): name for name in sorted(KEPT_HEADERS)}
HONEYPOTS = ("post_ak_hp_textarea", "akismet_api_honeypot_field")
OTHER_SLOTS = (
    *HONEYPOTS,
    "akismet_pre_check",
    "api_key",
    "blog",
    "blog_charset",
    "blog_lang",
    "comment_approved",
    "comment_check_response",
    "comment_context",
    "comment_date_gmt",
    "comment_post_modified_gmt",
    "comment_type",
    "content_type",
    "guid",
    "honeypot_field_name",
    "is_test",
    "key",
    "reporter",
    "test_discard",
    # Of the calls that ask for numbers.
    "extended",
    "filter",
    "format",
    "from",
    "limit",
    "month",
    "offset",
    "order",
)

SLOTS = (
    TEXT_SLOTS
    | NUMBER_SLOTS
    | LENGTH_SLOTS
    | HEADER_SLOTS
    | {name: name for name in OTHER_SLOTS}
)
FORM_SLOTS = frozenset(NUMBER_SLOTS.values()) | frozenset(LENGTH_SLOTS.values())


# Real sites send a few hundred names over and over; the bound is for the others.
@lru_cache(maxsize=2048)
def find_slot(name: bytes) -> str:
    """Return the slot of a name as it stands in a form, or an empty string.

    Args:
        name: Of at most `MAX_NAME_BYTES`; it is kept in a cache.

    Example:
        >>> find_slot(b"Comment_Context%5B0%5D"), find_slot(b"HTTP_COOKIE")
        ('comment_context', '')

    """
    return SLOTS.get(plain_name(unquote_plus(name.decode("ascii", "replace"))), "")


def plain_name(text: str) -> str:
    """Return a decoded name in lower case, without the brackets of a PHP array."""
    text = text.strip().lower()
    return text.partition("[")[0] if text.endswith("]") else text
