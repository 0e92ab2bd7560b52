"""Changes: the smallest change that would have published a held comment.

Each change told was judged: the engine publishes the comment with it. The search is
bounded, so there may be a smaller one, or one where none was found.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

import msgspec

from saring.comment import Comment
from saring.edits import MAX_WORDS, Edit, Looked, apply, find_edits, undo
from saring.ledger.records import Site
from saring.verdict import Check, Verdict

MAX_JUDGEMENTS = 64
# Who decides by what stands in the comment, so that a change to it may help.
SCORED = frozenset({"classifier", "crowd"})
# How many edits may make up a change before nobody would call it small.
MAX_EDITS = 8
# The share of its words that a comment may lose and still be the same comment.
MAX_SHARE = 0.5

Judge = Callable[[Sequence[Comment], Sequence[Site]], Sequence[Check]]
"""Gives the check of each comment for its site; nothing is changed by it."""


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """What would have published a comment, as it was judged.

    Attributes:
        edits: What differs.
        size: How many words, links, fields or entries are touched.
        verdict: Of the changed comment: ham or unsure.
        score: Of the changed comment.
        fields: The fields of the comment that differ, as they were judged.
        entries: What was taken out of the site's blocklist.
    """

    edits: tuple[Edit, ...]
    size: int
    verdict: Verdict
    score: float
    fields: dict[str, Any]
    entries: tuple[str, ...] = ()


class Case(NamedTuple):
    """A comment, whom it was judged for, and how."""

    comment: Comment
    site: Site
    check: Check


class Found(NamedTuple):
    """What a search found: the smallest change first, then other single edits."""

    changes: tuple[Change, ...]
    judgement_count: int


class _Tried(NamedTuple):
    edits: tuple[Edit, ...]
    check: Check

    @property
    def size(self) -> int:
        """Return how much is changed, as its edits count it."""
        return sum(edit.size for edit in self.edits)


class Search:
    """One search for changes, with its allowance of judgements.

    Args:
        comment: The held comment.
        site: Whom it is judged for.
        judge: How.
    """

    def __init__(self, comment: Comment, site: Site, judge: Judge) -> None:
        self._comment = comment
        self._site = site
        self._judge = judge
        self._known: dict[tuple[Edit, ...], Check] = {}

    @property
    def judgement_count(self) -> int:
        """Return how many changed comments were judged; none is judged twice."""
        return len(self._known)

    def undo_steps(self, check: Check) -> tuple[tuple[Edit, ...], Check]:
        """Take away, one after the other, what steps before the classifier held it for.

        Returns:
            The edits, and the check of the comment with them.
        """
        edits: tuple[Edit, ...] = ()
        while check.verdict.is_held and self.judgement_count < MAX_JUDGEMENTS:
            comment, site = apply(self._comment, self._site, edits)
            edit = undo(check.decided_by, comment, site)
            if edit is None:
                break
            edits = (*edits, edit)
            check = self.try_all([edits])[0].check
        return edits, check

    def try_all(self, candidates: Iterable[tuple[Edit, ...]]) -> list[_Tried]:
        """Judge some changes, as many as the allowance leaves."""
        candidates = list(candidates)
        new = [edits for edits in candidates if edits not in self._known]
        del new[max(0, MAX_JUDGEMENTS - self.judgement_count) :]
        changed = [apply(self._comment, self._site, edits) for edits in new]
        checks = self._judge(
            [comment for comment, _ in changed], [site for _, site in changed]
        )
        self._known.update(zip(new, checks, strict=True))
        return [
            _Tried(edits, self._known[edits])
            for edits in candidates
            if edits in self._known
        ]

    def combine(
        self, known: tuple[Edit, ...], ranked: Sequence[Edit], limit: int
    ) -> _Tried | None:
        """Find the fewest of some edits, the most helpful first, that publish together.

        Args:
            known: What is taken away in any case; it does not count.
            ranked: The rest, the most helpful first.
            limit: How many words and other things they may touch together.
        """
        upto: list[tuple[Edit, ...]] = []
        chosen: list[Edit] = []
        for edit in ranked:
            if edit.size <= limit and len(chosen) < MAX_EDITS:
                limit -= edit.size
                chosen.append(edit)
                upto.append((*known, *chosen))
        # Each alone was tried before.
        del upto[:1]
        found = next(filter(_publishes, self.try_all(upto)), None)
        return self._spare(found, len(known)) if found else None

    def _spare(self, found: _Tried, known_count: int) -> _Tried:
        """Leave out of a change what it can do without."""
        while len(found.edits) > known_count + 1:
            fewer = [
                (*found.edits[:at], *found.edits[at + 1 :])
                for at in range(known_count, len(found.edits))
            ]
            published = [each for each in self.try_all(fewer) if _publishes(each)]
            if not published:
                return found
            found = min(published, key=lambda each: (each.size, each.check.score))
        return found

    def told(self, tried: _Tried) -> Change:
        """Return a change as it is told."""
        changed, _ = apply(self._comment, self._site, tried.edits)
        return Change(
            edits=tried.edits,
            size=tried.size,
            verdict=tried.check.verdict,
            score=tried.check.score,
            fields={
                name: getattr(changed, name)
                for name in Comment.__struct_fields__
                if getattr(changed, name) != getattr(self._comment, name)
            },
            entries=tuple(edit.entry for edit in tried.edits if edit.entry),
        )


def _publishes(tried: _Tried) -> bool:
    return not tried.check.verdict.is_held


def find_changes(case: Case, judge: Judge, looked: Looked) -> Found:
    """Search for the smallest change that would have published a held comment."""
    search = Search(case.comment, case.site, judge)
    known, now = search.undo_steps(case.check)
    if not now.verdict.is_held:
        return Found((search.told(_Tried(known, now)),), search.judgement_count)
    if now.decided_by not in SCORED:
        return Found((), search.judgement_count)
    most = int(MAX_SHARE * len(looked.placed))
    edits = find_edits(looked)
    small = [each for each in edits if each.size <= most or each.kind not in CUTS]
    singles, spare_words = _part(small)
    tried = search.try_all((*known, edit) for edit in singles)
    published = sorted(filter(_publishes, tried), key=_rank)
    # What several small edits do together may be less than one that does it alone.
    limit = published[0].size - 1 if published else most
    tried.sort(key=lambda each: each.check.margin)
    helpful = [each.edits[-1] for each in tried if each.check.margin < now.margin]
    for left_out in COMPOUND:
        together = [edit for edit in helpful if edit.kind not in left_out]
        found = search.combine(known, [*together, *spare_words], limit)
        if found:
            published = [found, *published]
            break
    return Found(tuple(map(search.told, published)), search.judgement_count)


def _part(edits: Iterable[Edit]) -> tuple[list[Edit], list[Edit]]:
    """Part the edits to be tried alone from the lighter words."""
    words: list[Edit] = []
    others: list[Edit] = []
    for edit in edits:
        (words if edit.kind == "word" else others).append(edit)
    return [*others, *words[:MAX_WORDS]], words[MAX_WORDS:]


def _rank(tried: _Tried) -> tuple[int, int, float]:
    place = ORDER.index(tried.edits[-1].kind)
    return tried.size, place, tried.check.score


ORDER = (
    "link",
    "links",
    "site",
    "word",
    "phrase",
    "sentence",
    "letters",
    "author",
    "author-missing",
    "mail",
)
"""Of two changes that are as small, the one that stands here first is told first."""

CUTS = frozenset(("word", "phrase", "sentence"))
"""What takes words out of the text."""

COMPOUND = (
    frozenset(("phrase", "sentence", "links")),
    frozenset(("phrase", "sentence", "link")),
)
"""What is left out where edits go together, since it is made of others: first all links
at once, then single ones."""
