"""Audits: comments drawn by chance, handed out blind, and their labels taken."""

from typing import Annotated, Literal

import msgspec

from saring.api.table import Asked
from saring.audit import MOST_DRAWN
from saring.desk import Caller
from saring.errors import NotFoundError
from saring.ledger.records import AuditItem
from saring.scoreboard import AuditSheet, AuditWish

Count = Annotated[int, msgspec.Meta(ge=0, le=MOST_DRAWN)]
Days = Annotated[int, msgspec.Meta(ge=1, le=3_650)]
LARGEST_NUMBER_DIGITS = 18


class AuditRequest(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """What to draw for a site: so many published and held comments of the last days."""

    site: str
    published: Count = 200
    held: Count = 100
    days: Days = 30


class AuditedComment(msgspec.Struct):
    """What a person needs to tell; nothing of what we had said."""

    type: str
    author: str
    author_email: str
    author_url: str
    permalink: str
    content: str


class AuditItemAnswer(msgspec.Struct):
    """One comment of an audit; null where it is no longer kept."""

    place: int
    label: str
    comment: AuditedComment | None


class AuditAnswer(msgspec.Struct):
    """An audit: its comments in a random order, and how many have no label yet."""

    id: int
    site: str
    open: int
    items: list[AuditItemAnswer]


class PlacedLabel(msgspec.Struct, forbid_unknown_fields=True):
    """What a person says of the comment at a place."""

    place: int
    label: Literal["ham", "spam", "unclear"]


class AuditLabelsRequest(msgspec.Struct, forbid_unknown_fields=True):
    """Labels for some of an audit's comments."""

    labels: Annotated[list[PlacedLabel], msgspec.Meta(max_length=MOST_DRAWN)]


class RateAnswer(msgspec.Struct):
    """A share with the interval in which the truth lies."""

    estimate: float | None
    low: float
    high: float


class FindingsAnswer(msgspec.Struct):
    """What an audit says; before it is finished, only if answered in order.

    Attributes:
        honest_held: Of all honest comments, the share that was held.
        published_spam: Of all published comments, the share that is spam.
    """

    id: int
    is_finished: bool
    open: int
    confidence: float
    honest_held: RateAnswer
    published_spam: RateAnswer


async def draw_audit(asked: Asked) -> AuditAnswer:
    """Draw an audit of a site."""
    request: AuditRequest = asked.body
    wish = AuditWish(published=request.published, held=request.held, days=request.days)
    caller = Caller(asked.key, request.site)
    return _shown(await asked.desk.draw_audit(caller, wish))


async def audit(asked: Asked) -> AuditAnswer:
    """Hand out an audit's comments."""
    return _shown(await asked.desk.audit(Caller(asked.key), await _number(asked)))


async def label_audit(asked: Asked) -> FindingsAnswer:
    """Take labels for an audit's comments."""
    request: AuditLabelsRequest = asked.body
    said = {one.place: one.label for one in request.labels}
    number = await _number(asked)
    found = await asked.desk.answer_audit(Caller(asked.key), number, said)
    rates = (
        RateAnswer(rate.estimate, rate.low, rate.high)
        for rate in (found.honest_held, found.published_spam)
    )
    return FindingsAnswer(
        found.audit.id,
        found.is_finished,
        found.audit.open_count,
        found.confidence,
        *rates,
    )


async def _number(asked: Asked) -> int:
    """Return the number of an audit from the path; a key is refused before that.

    Raises:
        NotFoundError: It is no number.
    """
    text = asked.parts["id"]
    if text.isascii() and text.isdigit() and len(text) <= LARGEST_NUMBER_DIGITS:
        return int(text)
    await asked.desk.verify(Caller(asked.key))
    raise NotFoundError("there is no such audit")


def _shown(sheet: AuditSheet) -> AuditAnswer:
    return AuditAnswer(
        sheet.audit.id,
        sheet.site.address,
        sheet.audit.open_count,
        [AuditItemAnswer(one.place, one.answer, _comment(one)) for one in sheet.items],
    )


def _comment(item: AuditItem) -> AuditedComment | None:
    if item.comment is None:
        return None
    names = AuditedComment.__struct_fields__
    return AuditedComment(*(getattr(item.comment, name) for name in names))
