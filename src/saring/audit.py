"""Audit: both error rates of a site, found blind.

A person labels comments that were drawn by chance from those published and those held,
without being shown what we had said. That gives the share of honest comments that were
held and the share of published comments that are spam, with intervals that hold
whatever the truth is; and hams that an error budget may count.
"""

import random
import secrets
from collections.abc import Mapping
from datetime import datetime

import msgspec

from saring import binomial
from saring.comment import Comment
from saring.engine import Engine
from saring.errors import BadRequestError, NotFoundError
from saring.ledger.database import to_milliseconds
from saring.ledger.records import AUDIT, Audit, AuditItem, Site, Stratum
from saring.ledger.samples import UNCLEAR
from saring.ledger.store import Store
from saring.verdict import Label

CONFIDENCE = 0.95
ANSWERS = (Label.HAM.value, Label.SPAM.value, UNCLEAR)
MOST_DRAWN = 10_000


class Rate(msgspec.Struct, frozen=True):
    """A share with the interval in which the truth lies.

    Attributes:
        estimate: The likeliest; None where nothing was labelled.
    """

    estimate: float | None
    low: float
    high: float


class Findings(msgspec.Struct, frozen=True, kw_only=True):
    """What an audit says.

    Attributes:
        honest_held: Of all honest comments, the share that was held.
        published_spam: Of all published comments, the share that is spam.
        is_finished: Whether every comment is answered; before that, all of this says
            nothing unless the comments were answered in their order.
    """

    audit: Audit
    confidence: float
    honest_held: Rate
    published_spam: Rate
    is_finished: bool


def draw(  # noqa: PLR0913 the parts of a draw, most by name
    store: Store,
    site: Site,
    *,
    published: int,
    held: int,
    span: tuple[datetime, datetime],
    seed: int | None = None,
) -> Audit:
    """Return a new audit of a site, its comments drawn by chance.

    Args:
        store: The ledger.
        site: Whose comments.
        published: How many of those that were published; `held` likewise.
        held: There may be fewer.
        span: From when to when; from the end of the last audit if that is later.
        seed: Of the draw; unguessable by default.

    Raises:
        BadRequestError: The last audit is not finished, or the numbers are none.
        NotFoundError: There is nothing to draw from.
    """
    if not 0 <= min(published, held) <= max(published, held) <= MOST_DRAWN:
        raise BadRequestError(
            f"{published} published and {held} held cannot be drawn; each number must "
            f"lie between 0 and {MOST_DRAWN}",
            field="published",
        )
    last = store.newest_audit(site)
    if last is not None and last.open_count:
        raise BadRequestError(
            f"audit {last.id} has {last.open_count} comments without an answer; "
            "finish it first",
            field="site",
        )
    chance = random.Random(secrets.randbits(128) if seed is None else seed)  # noqa: S311 seeded by the system
    wanted = {False: published, True: held}
    since, until = map(to_milliseconds, span)
    return store.draw_audit(site, (since, until), wanted, chance)


def newest(store: Store, site: Site) -> Audit:
    """Return a site's newest audit.

    Raises:
        NotFoundError: There is none.
    """
    found = store.newest_audit(site)
    if found is None:
        raise NotFoundError(f"there is no audit of {site.address}; draw one first")
    return found


class Auditor:
    """Takes a person's answers to one audit.

    Args:
        store: The ledger.
        site: Whose audit it is.
        audit: What was drawn.
    """

    def __init__(self, store: Store, site: Site, audit: Audit) -> None:
        self._store, self._site, self._audit = store, site, audit
        self._engine = Engine()

    def items(self) -> list[AuditItem]:
        """Return the comments in their random order."""
        return self._store.audit_items(self._site, self._audit)

    def answer(self, item: AuditItem, said: str) -> None:
        """Keep an answer, and have it learned unless it is unclear.

        Args:
            item: The comment.
            said: One of `ANSWERS`; the last one counts.

        Raises:
            BadRequestError: The answer is none of those, or the comment is gone.
        """
        if said not in ANSWERS:
            raise BadRequestError(
                f"the answer is {said[:32]!r}; it must be {', '.join(ANSWERS)}",
                field="label",
            )
        if said != UNCLEAR:
            if item.comment is None:
                raise BadRequestError(
                    f"comment {item.place} is no longer kept; it can only be {UNCLEAR}",
                    field="label",
                )
            self._teach(item, item.comment, Label(said))
        self._store.answer_audit(self._audit, item.place, said)

    def _teach(self, item: AuditItem, comment: Comment, label: Label) -> None:
        event = self._engine.event(comment, label, self._site, source=AUDIT)
        vault = self._store.vault
        self._store.append(
            msgspec.structs.replace(
                event,
                match=vault.match_key(comment),
                subjects=vault.subject_keys(comment, event.at),
                check_guid=item.guid,
            )
        )

    def answer_all(self, said: Mapping[int, str]) -> None:
        """Keep several answers, by the place of their comment.

        Raises:
            BadRequestError: A place is none of the audit's, or an answer is none.
        """
        items = {item.place: item for item in self.items()}
        unknown = sorted(said.keys() - items.keys())
        if unknown:
            raise BadRequestError(
                f"audit {self._audit.id} has no comment {unknown[0]}", field="place"
            )
        for place, label in said.items():
            self.answer(items[place], label)


def find(audit: Audit, confidence: float = CONFIDENCE) -> Findings:
    """Return what an audit says so far.

    Each interval is exact for its stratum (Clopper and Pearson). The share of honest
    comments held is a ratio that rises with the share of ham among the held and falls
    with that among the published. The two samples are drawn apart, so that intervals
    of the square root of the confidence each hold together with the confidence itself
    (Šidák 1967). What nobody could tell lies on the bad side of the one bound and on
    the good side of the other.
    """
    each = confidence**0.5
    held_low, held_high = _ham_share(audit.held, each)
    published_low, published_high = _ham_share(audit.published, each)
    spam_low, spam_high = _ham_share(audit.published, confidence)
    there = (audit.held.there, audit.published.there)
    return Findings(
        audit=audit,
        confidence=confidence,
        honest_held=Rate(
            _ratio(there, audit.held.ham_share, audit.published.ham_share),
            _ratio(there, held_low, published_high) or 0.0,
            _upper(_ratio(there, held_high, published_low)),
        ),
        published_spam=Rate(
            None
            if audit.published.ham_share is None
            else 1 - audit.published.ham_share,
            1 - spam_high,
            1 - spam_low,
        ),
        is_finished=not audit.open_count,
    )


def _upper(ratio: float | None) -> float:
    return 1.0 if ratio is None else ratio


def _ham_share(stratum: Stratum, confidence: float) -> tuple[float, float]:
    """Return the shares of ham that a stratum's answers leave possible."""
    if not stratum.there:
        return 0.0, 0.0
    count = stratum.ham + stratum.spam + stratum.unclear
    low, _ = binomial.interval(stratum.ham, count, confidence)
    _, high = binomial.interval(stratum.ham + stratum.unclear, count, confidence)
    return low, high


def _ratio(
    there: tuple[int, int], held: float | None, published: float | None
) -> float | None:
    """Return the share of the ham that was held, from each stratum's share of ham."""
    if (held is None and there[0]) or (published is None and there[1]):
        return None
    held_ham, published_ham = there[0] * (held or 0), there[1] * (published or 0)
    whole = held_ham + published_ham
    return held_ham / whole if whole else None
