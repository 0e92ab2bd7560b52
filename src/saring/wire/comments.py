"""Comments: from the values of a form, by slot, to a comment with bounded fields."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from saring.comment import (
    KEPT_HEADERS,
    MAX_CONTENT_CHARACTERS,
    MAX_FIELD_CHARACTERS,
    Comment,
    FormActivity,
)
from saring.wire.fields import (
    FORM_SLOTS,
    HONEYPOTS,
    LENGTH_SLOTS,
    MAX_NAME_BYTES,
    NUMBER_SLOTS,
    find_slot,
    plain_name,
)
from saring.wire.values import is_yes, parse_languages, parse_number, parse_time

MAX_LIST_ITEMS = 64
LINE = MAX_FIELD_CHARACTERS
TEXT = MAX_CONTENT_CHARACTERS

GUARANTEED_SPAM_AUTHORS = frozenset(("akismet-guaranteed-spam", "viagra-test-123"))
GUARANTEED_SPAM_EMAIL = "akismet-guaranteed-spam@example.com"


def read_row(row: Mapping[str, Any]) -> Comment:
    """Return the comment of a JSON object whose names are those of the wire.

    Numbers become text; what is neither text, number nor a list of them is left out,
    as are names that nobody knows.

    Example:
        >>> read_row({"comment_content": "Halo", "comment_author": 7}).author
        '7'

    """
    values: dict[str, str] = {}
    context: list[str] = []
    for name, value in row.items():
        slot = find_slot(name.encode()) if len(name) <= MAX_NAME_BYTES else ""
        if not slot:
            continue
        texts = _texts(value)
        if texts:
            values[slot] = texts[-1]
        if slot == "comment_context":
            context += texts
    if "honeypot_field_name" in values:
        _find_honeypot(row, values)
    return build_comment(values, context[:MAX_LIST_ITEMS])


def _texts(value: object) -> list[str]:
    items = value if isinstance(value, list) else [value]
    # PostgreSQL cannot keep a NUL, and no text needs one.
    return [
        str(item).replace("\0", " ")
        for item in items
        if isinstance(item, str | int | float)
    ]


def _find_honeypot(row: Mapping[str, Any], values: dict[str, str]) -> None:
    wanted = plain_name(values["honeypot_field_name"])
    for name, value in row.items():
        texts = _texts(value)
        if plain_name(name) in (wanted, f"post_{wanted}") and texts and texts[-1]:
            values[HONEYPOTS[0]] = texts[-1]


def build_comment(
    values: Mapping[str, str], context: Sequence[str] = (), client: str = ""
) -> Comment:
    """Return the comment of a form.

    Args:
        values: By slot, as text.
        context: What was sent as `comment_context`, in the order of sending.
        client: The software that calls.
    """
    get = values.get
    role, parent = get("user_role", ""), get("parent_id", "")
    created, modified = get("comment_date_gmt"), get("comment_post_modified_gmt")
    return Comment(
        content=get("content", "")[:TEXT],
        author=get("author", "")[:LINE],
        author_email=get("author_email", "")[:LINE],
        author_url=get("author_url", "")[:LINE],
        type=(get("comment_type") or get("content_type") or "comment")[:LINE],
        address=get("address", "").strip()[:LINE],
        user_agent=get("user_agent", "")[:LINE],
        referrer=get("referrer", "")[:LINE],
        permalink=get("permalink", "")[:LINE],
        created_at=parse_time(created) if created else None,
        post_modified_at=parse_time(modified) if modified else None,
        languages=parse_languages(get("blog_lang", "")),
        user_role="" if role == "0" else role[:LINE],
        parent_id="" if parent == "0" else parent[:LINE],
        context=tuple(text[:LINE] for text in context if text),
        recheck_reason=get("recheck_reason", "")[:LINE],
        is_test=is_yes(get("is_test", "")),
        is_pre_check=is_yes(get("akismet_pre_check", "")),
        honeypot=(get(HONEYPOTS[0]) or get(HONEYPOTS[1], ""))[:LINE],
        nonce=get("nonce", "")[:LINE],
        form=None if FORM_SLOTS.isdisjoint(values) else _form_activity(values),
        headers={
            name: values[name][:LINE] for name in KEPT_HEADERS.intersection(values)
        },
        callback=get("callback", "")[:LINE],
        client=client,
        asked_verdict=_asked_verdict(values),
    )


def _form_activity(values: Mapping[str, str]) -> FormActivity:
    counts = {
        slot: parse_number(values.get(slot, "")) for slot in NUMBER_SLOTS.values()
    }
    for slot in LENGTH_SLOTS.values():
        if slot in values:
            counts[slot] = sum(map(bool, values[slot].split(";")))
    return FormActivity(**counts)


def _asked_verdict(values: Mapping[str, str]) -> Literal["", "spam", "discard"]:
    if "test_discard" in values and _are_yes(values, "test_discard", "is_test"):
        return "discard"
    if values.get("author") in GUARANTEED_SPAM_AUTHORS:
        return "spam"
    return "spam" if values.get("author_email") == GUARANTEED_SPAM_EMAIL else ""


def _are_yes(values: Mapping[str, str], *names: str) -> bool:
    return all(is_yes(values.get(name, "")) for name in names)
