"""Rollbacks: who has taught with a key, and labels that are no longer listened to."""

import re
from datetime import datetime
from typing import Annotated

import msgspec

from saring.api.table import Asked
from saring.comment import MAX_FIELD_CHARACTERS
from saring.desk import Caller
from saring.errors import NotFoundError
from saring.rollback import Effect, RollbackWish

NUMBER = re.compile(r"[0-9]{1,18}")
Instant = Annotated[datetime, msgspec.Meta(tz=True)]


# As `rollback.Taught`, without the key and its owner: who asks has the key.
class VoiceAnswer(msgspec.Struct):
    """What one reporter has taught; the hash that stands for the name serves as one.

    Attributes:
        share: Of all labels of the key's owner.
        agreement: The share of the key's labels that were expected; null if there is no
            other key to compare it with.
        is_trusted: Whether its labels are learned for all sites of the owner.
        unheard: Labels not in force: rolled back, or said before by somebody else.
        baked: Labels that can no longer be rolled back.
    """

    reporter: str
    labels: int
    spam: int
    share: float
    agreement: float | None
    is_trusted: bool
    unheard: int
    baked: int
    first_at: datetime
    last_at: datetime


class RollbackAnswer(msgspec.Struct):
    """A rollback in force; an empty reporter means all labels of the key."""

    rollback: int
    reporter: str
    since: datetime | None
    until: datetime | None
    at: datetime


class VoicesAnswer(msgspec.Struct):
    """Who has taught with the key, who taught most first, and what is rolled back."""

    voices: list[VoiceAnswer]
    rollbacks: list[RollbackAnswer]


class RollbackRequest(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Which labels of the key are no longer to be listened to.

    Attributes:
        reporter: A name as it was sent, or the hash that stands for it; all if empty.
        since: Only labels given from then on; `until`: only earlier ones.
        is_trial: Whether only to say what it would come to.
    """

    reporter: str = ""
    since: Instant | None = None
    until: Instant | None = None
    is_trial: bool = False


class RestoreRequest(msgspec.Struct, forbid_unknown_fields=True):
    """Nothing: what is to be listened to again stands in the path."""


async def voices(asked: Asked) -> VoicesAnswer:
    """Tell who has taught with the key."""
    found = await asked.desk.taught(Caller(asked.key))
    return msgspec.convert(found, VoicesAnswer, from_attributes=True)


async def roll_back(asked: Asked) -> Effect:
    """Listen no longer to labels of the key."""
    request: RollbackRequest = asked.body
    wish = RollbackWish(
        reporter=request.reporter[:MAX_FIELD_CHARACTERS],
        since=request.since,
        until=request.until,
        is_trial=request.is_trial,
    )
    return await asked.desk.roll_back(Caller(asked.key), wish)


async def restore(asked: Asked) -> Effect:
    """Listen again to what was rolled back."""
    told, caller = asked.parts["id"], Caller(asked.key)
    if not NUMBER.fullmatch(told):
        await asked.desk.verify(caller)
        raise NotFoundError("there is no such rollback")
    return await asked.desk.restore_rollback(caller, int(told))
