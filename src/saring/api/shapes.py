"""Shapes: what goes into our API and what comes out, as types."""

from datetime import UTC, datetime
from typing import Any

import msgspec

from saring.comment import (
    KEPT_HEADERS,
    MAX_CONTENT_CHARACTERS,
    MAX_FIELD_CHARACTERS,
    Comment,
)
from saring.explanation import Explanation
from saring.roundup import Found
from saring.verdict import Check, Label, Verdict

MAX_LIST_ITEMS = 64


class AskedComment(Comment, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A comment as our API takes it: the fields of `Comment`, no others."""


class CheckRequest(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """A comment to be judged for a site."""

    site: str
    comment: AskedComment


class FeedbackRequest(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """A label, with the guid of the check, the comment, or both."""

    site: str
    label: Label
    guid: str = ""
    comment: AskedComment | None = None
    reporter: str = ""


class CampaignRequest(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """What all copies of a comment are; null takes back what was decided."""

    label: Label | None


class CampaignsAnswer(msgspec.Struct):
    """The campaigns of the last day, those of most people first."""

    campaigns: list[Found]


class ClueAnswer(msgspec.Struct):
    """One reason for a score; `weight` in log-odds, above 0 speaks for spam."""

    family: str
    weight: float


class CheckAnswer(msgspec.Struct):
    """A judgement; `score` is the probability of spam, `url` leads to the reasons."""

    guid: str
    at: datetime
    verdict: Verdict
    score: float
    decided_by: str
    clues: list[ClueAnswer]
    url: str


class ReasonsAnswer(Check, frozen=True, kw_only=True):
    """A check as it was recorded, and why its comment gets its verdict now.

    Attributes:
        now: With what was learned since; null once the comment is erased.
    """

    now: Explanation | None


class FeedbackAnswer(msgspec.Struct):
    """The label as it now stands in the ledger."""

    label: Label


class HealthAnswer(msgspec.Struct):
    """How the server is.

    Attributes:
        sequence: The last event that this process has learned.
        model: `sha256:…` of all that it has learned.
        degraded_count: Answers since its start without a record in the store.
    """

    status: str
    version: str
    sequence: int
    model: str
    degraded_count: int


class RouteAnswer(msgspec.Struct):
    """One line of the table of routes."""

    method: str
    path: str
    who: str
    answers: str


class IndexAnswer(msgspec.Struct):
    """What this is, and all of its routes."""

    name: str
    version: str
    routes: list[RouteAnswer]


class Fault(msgspec.Struct, omit_defaults=True):
    """What was wrong; `field` names the part at fault, where there is one."""

    code: str
    message: str
    field: str = ""


class FaultAnswer(msgspec.Struct):
    """The one shape of all errors."""

    error: Fault


def bound(comment: Comment) -> Comment:
    """Return a comment with every field within the bounds, all times in UTC."""
    return Comment(**{name: _bound(name, getattr(comment, name)) for name in FIELDS})


FIELDS = Comment.__struct_fields__


def _bound(name: str, value: Any) -> Any:  # noqa: ANN401 - a field of any type, and the same back
    if isinstance(value, str):
        size = MAX_CONTENT_CHARACTERS if name == "content" else MAX_FIELD_CHARACTERS
        # PostgreSQL cannot keep a NUL, and no text needs one.
        return value.replace("\0", " ")[:size]
    if isinstance(value, tuple):
        return tuple(_bound(name, item) for item in value[:MAX_LIST_ITEMS])
    if isinstance(value, dict):
        lowered = {key.lower(): item for key, item in value.items()}
        return {key: _bound(key, lowered[key]) for key in KEPT_HEADERS & lowered.keys()}
    return _utc(value) if isinstance(value, datetime) else value


def _utc(value: datetime) -> datetime | None:
    if value.tzinfo is None:
        return value.replace(tzinfo=UTC)
    try:
        return value.astimezone(UTC)
    except OverflowError:
        return None
