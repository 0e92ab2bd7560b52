"""Budgets: the error budgets of a key's sites, told and set."""

from typing import Annotated

import msgspec

from saring.api.table import Asked
from saring.budget import CONFIDENCES, LARGEST, Promise
from saring.desk import Caller
from saring.promises import SitePromise

OneIn = Annotated[int, msgspec.Meta(ge=0, le=LARGEST)]
Confidence = Annotated[float, msgspec.Meta(ge=CONFIDENCES[0], le=CONFIDENCES[1])]


class BudgetRequest(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """A site's error budget; null goes back to the server's own, 0 is none."""

    site: str
    one_in: OneIn | None = None
    confidence: Confidence | None = None


class PromiseAnswer(msgspec.Struct):
    """What can be promised: of `one_in` honest comments at most one.

    Attributes:
        is_kept: Whether it is promised; if not, the usual cutoffs stand in.
        ham: Confirmed hams that count; `missing` of `needed` are not there.
    """

    one_in: int
    confidence: float
    is_kept: bool
    ham: int
    needed: int
    missing: int


class BudgetAnswer(msgspec.Struct):
    """What a site is promised, for holding and for discarding; null is no budget."""

    site: str
    held: PromiseAnswer | None
    discard: PromiseAnswer | None


class BudgetsAnswer(msgspec.Struct):
    """What each site of the key is promised."""

    budgets: list[BudgetAnswer]


async def budgets(asked: Asked) -> BudgetsAnswer:
    """Tell what each site of a key is promised."""
    found = await asked.desk.budgets(Caller(asked.key))
    return BudgetsAnswer([shown(one) for one in found])


async def set_budget(asked: Asked) -> BudgetAnswer:
    """Give a site a budget of its own."""
    request: BudgetRequest = asked.body
    caller = Caller(asked.key, request.site)
    return shown(
        await asked.desk.set_budget(caller, request.one_in, request.confidence)
    )


def shown(found: SitePromise) -> BudgetAnswer:
    """Return what a site is promised as our API tells it."""
    held, discard = (_promise(one) for one in (found.held, found.discard))
    return BudgetAnswer(found.site.address, held, discard)


def _promise(promise: Promise | None) -> PromiseAnswer | None:
    if promise is None:
        return None
    return PromiseAnswer(
        promise.one_in,
        promise.confidence,
        promise.is_kept,
        promise.ham_count,
        promise.needed_count,
        promise.missing_count,
    )
