"""Routes: the table of our API, and the handler of each of its lines."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import saring
from saring.api.audits import (
    AuditAnswer,
    AuditLabelsRequest,
    AuditRequest,
    FindingsAnswer,
    audit,
    draw_audit,
    label_audit,
)
from saring.api.budgets import (
    BudgetAnswer,
    BudgetRequest,
    BudgetsAnswer,
    budgets,
    set_budget,
)
from saring.api.openapi import describe
from saring.api.rollbacks import (
    RestoreRequest,
    RollbackRequest,
    VoicesAnswer,
    restore,
    roll_back,
    voices,
)
from saring.api.shapes import (
    CampaignRequest,
    CampaignsAnswer,
    CheckAnswer,
    CheckRequest,
    ClueAnswer,
    FeedbackAnswer,
    FeedbackRequest,
    HealthAnswer,
    IndexAnswer,
    ReasonsAnswer,
    RouteAnswer,
    bound,
)
from saring.api.table import Asked, Route
from saring.comment import MAX_FIELD_CHARACTERS
from saring.desk import Caller, Feedback
from saring.errors import BadRequestError, NotFoundError
from saring.messages import LANGUAGES, find
from saring.rollback import Effect
from saring.roundup import RECENT, Decided

GUID = re.compile(r"[0-9a-f]{32}\Z")


async def check(asked: Asked) -> CheckAnswer:
    """Judge a comment."""
    request: CheckRequest = asked.body
    caller = Caller(asked.key, request.site)
    found = await asked.desk.check(bound(request.comment), caller)
    return CheckAnswer(
        guid=found.guid,
        at=found.at,
        verdict=found.verdict,
        score=found.score,
        decided_by=found.decided_by,
        clues=[ClueAnswer(clue.family, clue.weight) for clue in found.clues],
        url=asked.links.to(f"/v1/checks/{found.guid}"),
    )


async def explain(asked: Asked) -> Mapping[str, object]:
    """Say why a check came out as it did."""
    guid = asked.parts["guid"].lower()
    caller = Caller(asked.key)
    if not GUID.match(guid):
        await asked.desk.verify(caller)
        raise NotFoundError("there is no such check")
    return await asked.desk.explain(guid, caller, languages_of(asked))


def languages_of(asked: Asked) -> list[str]:
    """Return the tags of the languages wanted, the dearest first.

    Raises:
        BadRequestError: The option names a language that we do not speak.
    """
    option = asked.options.get("language", "")
    if option and not find(option):
        ours = ", ".join(LANGUAGES)
        raise BadRequestError(f"language must be one of {ours}", field="language")
    return [option, *asked.languages] if option else [*asked.languages]


async def feedback(asked: Asked) -> FeedbackAnswer:
    """Take a label."""
    request: FeedbackRequest = asked.body
    caller = Caller(asked.key, request.site)
    guid = request.guid.strip().lower()
    if guid and not GUID.match(guid):
        raise BadRequestError("guid must be 32 hexadecimal digits", field="guid")
    if not guid and not request.comment:
        raise BadRequestError("give the guid, the comment, or both", field="guid")
    told = Feedback(
        label=request.label,
        comment=bound(request.comment) if request.comment else None,
        guid=guid,
        reporter=request.reporter[:MAX_FIELD_CHARACTERS],
    )
    await asked.desk.feedback(told, caller)
    return FeedbackAnswer(request.label)


async def campaigns(asked: Asked) -> CampaignsAnswer:
    """List the campaigns of the last day."""
    since = datetime.now(UTC) - RECENT
    found = await asked.desk.campaigns(since, Caller(asked.key))
    return CampaignsAnswer([*found])


async def decide_campaign(asked: Asked) -> Decided:
    """Decide for a whole campaign, or take that back."""
    request: CampaignRequest = asked.body
    guid = asked.parts["guid"].lower()
    caller = Caller(asked.key)
    if not GUID.match(guid):
        await asked.desk.verify(caller)
        raise NotFoundError("there is no such check")
    return await asked.desk.decide_campaign(guid, request.label, caller)


async def health(asked: Asked) -> HealthAnswer:
    """Say how the server is."""
    found = await asked.desk.health()
    return HealthAnswer(
        status=found.status,
        version=saring.__version__,
        sequence=found.sequence,
        model=found.model,
        degraded_count=found.degraded_count,
    )


async def index(_asked: Asked) -> IndexAnswer:
    """Return the table of routes."""
    lines = [RouteAnswer(r.method, r.path, r.who, r.answers) for r in ROUTES]
    return IndexAnswer("Saring", saring.__version__, lines)


async def openapi(asked: Asked) -> dict[str, object]:
    """Return the table of routes as an OpenAPI document."""
    return describe(ROUTES, asked.links)


ROUTES = (
    Route(
        method="GET",
        path="/v1",
        who="nobody",
        answers="This table.",
        handler=index,
        gives=IndexAnswer,
    ),
    Route(
        method="GET",
        path="/v1/openapi.json",
        who="nobody",
        answers="This table as an OpenAPI document.",
        handler=openapi,
        gives=dict[str, Any],
    ),
    Route(
        method="GET",
        path="/v1/health",
        who="nobody",
        answers="Whether the server and its store are well.",
        handler=health,
        gives=HealthAnswer,
    ),
    Route(
        method="POST",
        path="/v1/checks",
        who="key",
        answers="The judgement of a comment: verdict, score and clues.",
        handler=check,
        takes=CheckRequest,
        gives=CheckAnswer,
    ),
    Route(
        method="GET",
        path="/v1/checks/{guid}",
        who="key",
        answers="Why a check came out as it did, and what would have published it.",
        handler=explain,
        gives=ReasonsAnswer,
        options={
            "language": "`en` or `id`; else as Accept-Language says, else the site's.",
        },
    ),
    Route(
        method="POST",
        path="/v1/feedback",
        who="key",
        answers="The label of a comment, once it is in the ledger.",
        handler=feedback,
        takes=FeedbackRequest,
        gives=FeedbackAnswer,
    ),
    Route(
        method="GET",
        path="/v1/voices",
        who="key",
        answers="Who has taught with the key, and what of it is rolled back.",
        handler=voices,
        gives=VoicesAnswer,
    ),
    Route(
        method="POST",
        path="/v1/rollbacks",
        who="key",
        answers="What rolling back labels of the key came to, or would on a trial.",
        handler=roll_back,
        takes=RollbackRequest,
        gives=Effect,
    ),
    Route(
        method="POST",
        path="/v1/rollbacks/{id}/restore",
        who="key",
        answers="How many labels of a rollback are listened to again.",
        handler=restore,
        takes=RestoreRequest,
        gives=Effect,
    ),
    Route(
        method="GET",
        path="/v1/budgets",
        who="key",
        answers="What each site of the key is promised, and what is missing for it.",
        handler=budgets,
        gives=BudgetsAnswer,
    ),
    Route(
        method="POST",
        path="/v1/budget",
        who="key",
        answers="What a site is promised, with the budget that was set.",
        handler=set_budget,
        takes=BudgetRequest,
        gives=BudgetAnswer,
    ),
    Route(
        method="POST",
        path="/v1/audits",
        who="key",
        answers="Comments of a site drawn by chance, to be labelled blind.",
        handler=draw_audit,
        takes=AuditRequest,
        gives=AuditAnswer,
    ),
    Route(
        method="GET",
        path="/v1/audits/{id}",
        who="key",
        answers="The comments of an audit, and the labels so far.",
        handler=audit,
        gives=AuditAnswer,
    ),
    Route(
        method="POST",
        path="/v1/audits/{id}/labels",
        who="key",
        answers="Both error rates by an audit, once the labels are kept.",
        handler=label_audit,
        takes=AuditLabelsRequest,
        gives=FindingsAnswer,
    ),
    Route(
        method="GET",
        path="/v1/campaigns",
        who="key",
        answers="What three or more people posted in the last day in the same words.",
        handler=campaigns,
        gives=CampaignsAnswer,
    ),
    Route(
        method="POST",
        path="/v1/campaigns/{guid}",
        who="key",
        answers="The decision for all copies of a comment; a label of null undoes it.",
        handler=decide_campaign,
        takes=CampaignRequest,
        gives=Decided,
    ),
)
