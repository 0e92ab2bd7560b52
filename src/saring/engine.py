"""Engine: from a comment to a check, and from a label to what is learned.

This is the only place with the order of the steps; everything else is a step.
Judging changes nothing. Nothing here knows the store: `service` puts engine and ledger
together.
"""

import math
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Literal

from saring import features, lists
from saring.budget import cutoffs_for
from saring.changes import Case
from saring.classifiers.base import BaseModel
from saring.classifiers.linear import Score
from saring.comment import Comment
from saring.explain import explain
from saring.explanation import Explanation
from saring.features import Batch, Features
from saring.fold import Fold
from saring.ledger.guid import new_guid
from saring.ledger.records import FEEDBACK, Event, Site
from saring.verdict import Check, Clue, Cutoffs, Label, Verdict, decide

LOCAL_SITE = Site()

# What a step says: the verdict and the step's name, or None to ask the next one.
Decision = tuple[Verdict, str] | None


class Engine:
    """The filter in memory: judges comments, learns labels, says why.

    Args:
        base: Where it begins: the shipped base model, knowing nothing, or a model
            of your own.
        cutoffs: For sites without their own; the base model's otherwise.
        clock: Gives the time in seconds since 1970.

    Example:
        >>> from saring import Comment, Engine
        >>> comment = Comment(content="Hello", user_role="administrator")
        >>> Engine().check(comment).verdict
        <Verdict.HAM: 'ham'>

    """

    def __init__(
        self,
        base: BaseModel | Literal["shipped", "empty"] = "shipped",
        *,
        cutoffs: Cutoffs | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        if base == "shipped":
            base = BaseModel.load_shipped()
        elif base == "empty":
            base = BaseModel.empty()
        self.fold = Fold(base)
        self.cutoffs = cutoffs or base.cutoffs
        self._clock = clock

    def check(
        self,
        comment: Comment,
        site: Site = LOCAL_SITE,
        *,
        extracted: Features | None = None,
    ) -> Check:
        """Return the judgement of a comment for a site; nothing is changed by it.

        Args:
            comment: In full.
            site: For which it is judged.
            extracted: The comment's features, if they are at hand.
        """
        batch = None if extracted is None else Batch.of([extracted])
        return self.check_many([comment], [site], extracted=batch)[0]

    def check_many(
        self,
        comments: Sequence[Comment],
        sites: Sequence[Site] | None = None,
        *,
        extracted: Batch | None = None,
    ) -> list[Check]:
        """Return the judgement of each of several comments, as `check` would.

        Together they take less than half the time.

        Args:
            comments: Any number of them.
            sites: For which site each is judged; `LOCAL_SITE` by default.
            extracted: The features of all comments, if they are at hand.
        """
        sites = sites if sites is not None else [LOCAL_SITE] * len(comments)
        settled = [*map(self._settle, comments, sites)]
        asked = [place for place, decision in enumerate(settled) if not decision]
        scores: Iterator[Score] = iter(())
        if asked:
            if extracted is None:
                batch = features.extract_many([comments[place] for place in asked])
            elif len(asked) == len(comments):
                batch = extracted
            else:
                batch = Batch.of([extracted[place] for place in asked])
            asking = [sites[place] for place in asked]
            scores = iter(self.fold.score_many(batch, asking))
        return [
            self._settled(*decision, site)
            if decision
            else self._scored(next(scores), site)
            for decision, site in zip(settled, sites, strict=True)
        ]

    def _settled(self, verdict: Verdict, step: str, site: Site) -> Check:
        """Return the check of a comment on which a step has decided."""
        sign = 1.0 if verdict.is_held else -1.0
        if verdict is Verdict.DISCARD and not (site.may_discard or step == "asked"):
            verdict = Verdict.SPAM
        score = max(sign, 0.0)
        return self._check(verdict, step, score, sign * math.inf, (Clue(step, sign),))

    def _scored(self, score: Score, site: Site) -> Check:
        """Return the check of a comment that the classifier has scored."""
        verdict = decide(score.probability, self.cutoffs_of(site))
        if verdict is Verdict.DISCARD and not site.may_discard:
            verdict = Verdict.SPAM
        probability, margin = score.probability, score.margin
        return self._check(verdict, "classifier", probability, margin, score.clues())

    def cutoffs_of(self, site: Site) -> Cutoffs:
        """Return the cutoffs in force for a site, by its budget where that is kept."""
        stand_in = site.cutoffs or self.cutoffs
        if site.held_margin is None:
            return stand_in
        line = self.fold.line(site)
        return cutoffs_for(stand_in, line, site.held_margin, site.discard_margin)

    def _check(
        self,
        verdict: Verdict,
        step: str,
        score: float,
        margin: float,
        clues: tuple[Clue, ...],
    ) -> Check:
        now = self._clock()
        return Check(
            guid=new_guid(now),
            at=datetime.fromtimestamp(now, UTC),
            verdict=verdict,
            score=score,
            decided_by=step,
            clues=clues,
            sequence=self.fold.sequence,
            margin=margin,
        )

    def learn(
        self,
        comment: Comment,
        label: Label,
        site: Site = LOCAL_SITE,
        *,
        source: str = FEEDBACK,
        extracted: Features | None = None,
    ) -> None:
        """Learn what a person says of a comment; in force from the next check on.

        Args:
            comment: In full.
            label: What it is.
            site: Where it was written.
            source: `feedback`; or `import` where every comment, or a random one, was
                labelled, so that calibration can follow.
            extracted: The comment's features, if they are at hand.
        """
        self.fold.apply(
            self.event(comment, label, site, source=source, extracted=extracted)
        )

    def event(
        self,
        comment: Comment,
        label: Label,
        site: Site = LOCAL_SITE,
        *,
        source: str = FEEDBACK,
        extracted: Features | None = None,
    ) -> Event:
        """Return the event of a label, not yet learned and without a sequence."""
        found = features.extract(comment) if extracted is None else extracted
        return Event(
            at=datetime.fromtimestamp(self._clock(), UTC),
            owner_id=site.owner_id,
            site_id=site.id,
            key_id=site.key_id,
            label=label,
            features=found.dump(),
            source=source,
        )

    def explain(
        self, comment: Comment, site: Site = LOCAL_SITE, languages: Iterable[str] = ()
    ) -> Explanation:
        """Return why a comment gets its verdict, in words; slower than `check`.

        Args:
            comment: To be judged as by `check`.
            site: For whom.
            languages: Tags, the dearest first; the site's own follow, then English.
        """
        case = Case(comment, site, self.check(comment, site))
        classifier = self.fold.classifier(site)
        return explain(case, classifier, self.check_many, languages)

    def _settle(self, comment: Comment, site: Site) -> Decision:
        """Ask the steps before the classifier, in order; the first answer counts."""
        for step in STEPS:
            decision = step(comment, site)
            if decision:
                return decision
        return None


def asked(comment: Comment, _site: Site) -> Decision:
    """Give a client's own test what it asks for; guaranteed spam beats all roles."""
    return (Verdict(comment.asked_verdict), "asked") if comment.asked_verdict else None


def administrator(comment: Comment, _site: Site) -> Decision:
    """Publish what the site's own administrators write."""
    if not comment.user_role:
        return None
    roles = {role.strip().casefold() for role in comment.user_role.split(",")}
    return (Verdict.HAM, "administrator") if "administrator" in roles else None


def allowlisted(comment: Comment, site: Site) -> Decision:
    """Publish what the site's allowlist names."""
    if site.allowlist and lists.compile_list(site.allowlist).find_author(comment):
        return Verdict.HAM, "allowlist"
    return None


def blocklisted(comment: Comment, site: Site) -> Decision:
    """Hold what the site's blocklist names."""
    if site.blocklist and lists.compile_list(site.blocklist).find(comment):
        return Verdict.SPAM, "blocklist"
    return None


def trapped(comment: Comment, _site: Site) -> Decision:
    """Hold what filled a field that no person sees; held, never discarded."""
    return (Verdict.SPAM, "honeypot") if comment.honeypot.strip() else None


def unread(comment: Comment, _site: Site) -> Decision:
    """Let a site fetch the page behind a pingback; the check of its text follows."""
    has_text = bool(comment.content.strip())
    return (Verdict.HAM, "pre_check") if comment.is_pre_check and not has_text else None


STEPS = (asked, administrator, allowlisted, blocklisted, trapped, unread)
