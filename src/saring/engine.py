"""Engine: from a comment to a check, and from a label to what is learned.

This is the only place with the order of the steps; everything else is a step.
Judging changes nothing. Nothing here knows the store: `service` puts engine and ledger
together.
"""

import math
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Literal, NamedTuple

import msgspec

from saring import features, lists
from saring.budget import cutoffs_for
from saring.campaigns import Copy, copies
from saring.changes import Case
from saring.classifiers.base import BaseModel
from saring.classifiers.fixed import ONE
from saring.classifiers.linear import Score
from saring.comment import Comment
from saring.crowds import Crowds, identity_of
from saring.explain import explain
from saring.explanation import Explanation
from saring.features import Batch, Features
from saring.fingerprints import Fingerprint
from saring.fold import Fold
from saring.ledger.guid import new_guid
from saring.ledger.records import FEEDBACK, Event, Site
from saring.reputation import Shift
from saring.verdict import Check, Clue, Cutoffs, Label, Verdict, decide

LOCAL_SITE = Site()

# What a step says: the verdict and the step's name, or None to ask the next one.
Decision = tuple[Verdict, str] | None

# What being one of a crowd weighs as a clue, in log-odds; it decides by a rule.
CROWD_WEIGHT = 2.0

type_subjects = Callable[[Comment, datetime], tuple[bytes, ...]]


class Judged(NamedTuple):
    """A check, and what its comment's copies are known by; None for short ones."""

    check: Check
    fingerprint: Fingerprint | None


class Engine:
    """The filter in memory: judges comments, learns labels, says why.

    Args:
        base: Where it begins: the shipped base model, knowing nothing, or a model
            of your own.
        cutoffs: For sites without their own; the base model's otherwise.
        clock: Gives the time in seconds since 1970.

    Attributes:
        crowds: Who posted the same lately; fed by `see`.
        subjects: Gives the keyed hashes of a comment's e-mail and IP address, for which
            it needs a vault; without one no writer has a reputation.

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
        self.crowds = Crowds()
        self.subjects: type_subjects = lambda *_: ()
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
        judged = self.judge_many(comments, sites, extracted=extracted)
        return [each.check for each in judged]

    def judge_many(
        self,
        comments: Sequence[Comment],
        sites: Sequence[Site],
        *,
        extracted: Batch | None = None,
    ) -> list[Judged]:
        """Return the same as `check_many`, with what `see` wants of each check."""
        now = datetime.fromtimestamp(self._clock(), UTC)
        settled = [*map(self._settle, comments, sites)]
        asked = [place for place, decision in enumerate(settled) if not decision]
        weighed: Iterator[Judged] = iter(())
        if asked:
            if extracted is None:
                batch = features.extract_many([comments[place] for place in asked])
            elif len(asked) == len(comments):
                batch = extracted
            else:
                batch = Batch.of([extracted[place] for place in asked])
            asking = [(comments[place], sites[place]) for place in asked]
            weighed = iter(self._weigh(asking, batch, now))
        return [
            Judged(self._settled(*decision, site, now), None)
            if decision
            else next(weighed)
            for decision, site in zip(settled, sites, strict=True)
        ]

    def see(self, judged: Judged, comment: Comment, site: Site = LOCAL_SITE) -> None:
        """Count a comment whose check was recorded among those who posted the same."""
        if judged.fingerprint is not None:
            now = judged.check.at.timestamp()
            self.crowds.see(
                judged.fingerprint, site.owner_id, identity_of(comment), now
            )

    def _weigh(
        self, asked: Sequence[tuple[Comment, Site]], batch: Batch, now: datetime
    ) -> list[Judged]:
        """Judge what no step has settled by its campaign, or else by its score."""
        scores = self.fold.score_many(batch, [site for _, site in asked])
        judged = []
        for (comment, site), score, copy in zip(
            asked, scores, copies(batch), strict=True
        ):
            known = copy.fingerprint if copy else None
            said = self._recognise(copy, site) if copy else None
            if said:
                # Among all others it ranks as the classifier would have it.
                check = msgspec.structs.replace(
                    self._settled(*said, site, now), margin=score.margin
                )
            else:
                check = self._scored(score, comment, site, known, now)
            judged.append(Judged(check, known))
        return judged

    def _recognise(self, copy: Copy, site: Site) -> Decision:
        """Say what people have said of the same comment, if that settles it."""
        campaigns = self.fold.campaigns(site)
        said = campaigns.judge(copy) if campaigns else None
        if said is None:
            return None
        return (Verdict.SPAM if said is Label.SPAM else Verdict.HAM), "campaign"

    def _settled(self, verdict: Verdict, step: str, site: Site, now: datetime) -> Check:
        """Return the check of a comment on which a step has decided."""
        sign = 1.0 if verdict.is_held else -1.0
        if verdict is Verdict.DISCARD and not (site.may_discard or step == "asked"):
            verdict = Verdict.SPAM
        clues = (Clue(step, sign),)
        return self._check(verdict, step, now, max(sign, 0.0), sign * math.inf, clues)

    def _scored(
        self,
        score: Score,
        comment: Comment,
        site: Site,
        known: Fingerprint | None,
        now: datetime,
    ) -> Check:
        """Return the check of a comment by classifier, writer and crowd."""
        cutoffs, step, clues = self.cutoffs_of(site), "classifier", score.clues()
        margin: float = score.margin
        shift = self._weigh_writer(comment, site, now)
        probability, fair = shift.apply(score.probability, cutoffs.spam)
        verdict = decide(probability, cutoffs)
        if any(shift):
            clues = (*clues, Clue("reputation", sum(shift)))
            margin += shift.fair * ONE * ONE / self.fold.line(site).slope
        if verdict is Verdict.DISCARD and not site.may_discard:
            verdict = Verdict.SPAM
        crowd = known and self._weigh_crowd(known, comment, site, fair, now)
        if crowd and not verdict.is_held:
            verdict, step, clues = crowd, "crowd", (Clue("crowd", CROWD_WEIGHT), *clues)
        return self._check(verdict, step, now, probability, margin, clues)

    def cutoffs_of(self, site: Site) -> Cutoffs:
        """Return the cutoffs in force for a site, by its budget where that is kept."""
        stand_in = site.cutoffs or self.cutoffs
        if site.held_margin is None:
            return stand_in
        line = self.fold.line(site)
        return cutoffs_for(stand_in, line, site.held_margin, site.discard_margin)

    def _weigh_writer(self, comment: Comment, site: Site, now: datetime) -> Shift:
        """Return what is known of who wrote a comment."""
        reputation = self.fold.reputation(site)
        if reputation is None:
            return Shift()
        return reputation.weigh(self.subjects(comment, now), comment, site.id, now)

    def _weigh_crowd(
        self,
        known: Fingerprint,
        comment: Comment,
        site: Site,
        score: float,
        now: datetime,
    ) -> Verdict | None:
        """Return the verdict on what many others have posted, if they have."""
        seconds = now.timestamp()
        verdict = self.crowds.judge(known, comment, score, site.owner_id, seconds)
        campaigns = self.fold.campaigns(site)
        is_ham = verdict and campaigns and campaigns.is_known_ham(known)
        return None if is_ham else verdict

    def _check(  # noqa: PLR0913, PLR0917 a check has many parts
        self,
        verdict: Verdict,
        step: str,
        now: datetime,
        score: float,
        margin: float,
        clues: tuple[Clue, ...],
    ) -> Check:
        return Check(
            guid=new_guid(now.timestamp()),
            at=now,
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
        at = datetime.fromtimestamp(self._clock(), UTC)
        found = features.extract(comment) if extracted is None else extracted
        return Event(
            at=at,
            owner_id=site.owner_id,
            site_id=site.id,
            key_id=site.key_id,
            label=label,
            features=found.dump(),
            source=source,
            subjects=self.subjects(comment, at),
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
