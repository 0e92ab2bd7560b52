"""Tests of one decision for a campaign, backwards and forwards, on both databases."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta

import msgspec
import pytest

from ledger.stores import (
    NOON,
    Ledger,
    make_check,
)
from saring import Comment, Engine, Verdict, roundup
from saring.errors import BadRequestError, NotFoundError
from saring.fold import Fold
from saring.ledger.records import FEEDBACK, CheckRow, Site
from saring.ledger.writer import Writer
from saring.replay import rebuild, replay
from saring.roundup import Roundup
from saring.verdict import Check, Label

TEXT = "Makasih kakak yang kemarin kasih tahu NAGA77, sekarang motor saya sudah lunas"
HONEST = "Kemarin hujan deras sekali di kampung saya sampai jembatan kayu itu hanyut"
SPAM, HAM = Label.SPAM, Label.HAM


class Desk:
    """Alice's store with some recorded checks, and an engine that has learned it."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.engine = Engine("empty")
        self.engine.subjects = ledger.store.vault.subject_keys
        self.roundup = Roundup(ledger.store, self.engine, ledger.key)

    def record(
        self, comments: Sequence[Comment], site: Site | None = None
    ) -> list[Check]:
        rows = [
            CheckRow(
                check=make_check(Verdict.HAM, NOON + timedelta(minutes=number)),
                site_id=(site or self.ledger.site).id,
                comment=comment,
            )
            for number, comment in enumerate(comments)
        ]

        async def go() -> None:
            writer = Writer(self.ledger.store, timeout_seconds=30)
            for row in rows:
                await writer.record(row)
            await writer.close()

        asyncio.run(go())
        return [row.check for row in rows]

    def label(self, comment: Comment, label: Label) -> None:
        site, vault = self.ledger.site, self.ledger.store.vault
        event = self.engine.event(comment, label, site, source=FEEDBACK)
        match = vault.match_key(comment)
        self.ledger.store.append(msgspec.structs.replace(event, match=match))

    def verdict(self, comment: Comment) -> Verdict:
        return self.engine.check(comment, self.ledger.site).verdict

    def learn(self) -> str:
        replay(self.engine.fold, self.ledger.store)
        return self.engine.fold.digest()

    def sources(self) -> list[tuple[str, str]]:
        events = self.ledger.store.events_after(0)
        return [(event.source, event.label.value) for event in events]


@pytest.fixture
def desk(ledger: Ledger) -> Desk:
    return Desk(ledger)


def copies(number: int, text: str = TEXT) -> list[Comment]:
    return [
        Comment(
            content=f"{text} {'🔥' * (n % 3)}",
            author=f"Sam {n}",
            author_email=f"sam{n}@naga.example",
        )
        for n in range(number)
    ]


def test_decision_marks_the_recorded_copies_and_holds_the_next(desk: Desk) -> None:
    checks = desk.record([*copies(5), Comment(content=HONEST, author="Bob")])

    decided = desk.roundup.decide(checks[2].guid, SPAM)
    desk.learn()

    assert (decided.guid, decided.label, decided.marked) == (checks[2].guid, SPAM, 5)
    assert desk.verdict(Comment(content=TEXT + " gan", author="Dewi")) is Verdict.SPAM
    assert desk.verdict(Comment(content=HONEST, author="Bob")) is not Verdict.SPAM
    assert desk.sources() == [("campaign", "spam")] * 6


def test_decision_undone_is_as_if_it_had_never_been(desk: Desk) -> None:
    checks = desk.record(copies(5))
    desk.label(Comment(content=HONEST, author="Bob"), HAM)
    before = desk.learn()
    next_copy = Comment(content=TEXT, author="Dewi")
    verdict = desk.verdict(next_copy)

    desk.roundup.decide(checks[0].guid, SPAM)
    assert desk.learn() != before
    undone = desk.roundup.undo(checks[4].guid)

    assert (undone.label, undone.marked) == (None, 5)
    assert desk.learn() == before
    assert desk.verdict(next_copy) is verdict


def test_decision_is_learned_alike_by_a_rebuild(desk: Desk) -> None:
    checks = desk.record(copies(4))
    desk.roundup.decide(checks[0].guid, SPAM)
    model = desk.learn()

    anew = Fold(Engine("empty").fold.base)
    rebuild(anew, desk.ledger.store)

    assert anew.digest() == model


def test_decision_leaves_labels_of_single_comments_alone(desk: Desk) -> None:
    comments = copies(4)
    checks = desk.record(comments)
    desk.label(comments[1], HAM)

    assert desk.roundup.decide(checks[0].guid, SPAM).marked == 3
    desk.learn()
    assert desk.roundup.undo(checks[0].guid).marked == 3


def test_label_after_a_decision_is_a_label_of_its_own(desk: Desk) -> None:
    comments = copies(4)
    checks = desk.record(comments)
    desk.roundup.decide(checks[0].guid, SPAM)

    desk.label(comments[1], SPAM)
    desk.label(comments[1], SPAM)
    desk.learn()

    assert desk.sources().count(("feedback", "spam")) == 1
    # It stays when the decision goes.
    assert desk.roundup.undo(checks[0].guid).marked == 3


def test_label_after_an_undo_is_no_repeat(desk: Desk) -> None:
    comments = copies(3)
    checks = desk.record(comments)
    desk.roundup.decide(checks[0].guid, SPAM)
    desk.learn()
    desk.roundup.undo(checks[0].guid)

    desk.label(comments[0], SPAM)

    assert desk.sources()[-1] == ("feedback", "spam")


def test_decision_said_twice_marks_nothing_twice(desk: Desk) -> None:
    checks = desk.record(copies(3))
    desk.roundup.decide(checks[0].guid, SPAM)

    assert desk.roundup.decide(checks[1].guid, SPAM).marked == 0
    assert desk.roundup.decide(checks[1].guid, HAM).marked == 3


def test_decision_for_ham_publishes_the_next_copy(desk: Desk) -> None:
    comments = copies(4)
    checks = desk.record(comments)
    for comment in comments[1:]:
        desk.label(comment, SPAM)
    desk.learn()
    assert desk.verdict(comments[0]) is Verdict.SPAM

    desk.roundup.decide(checks[0].guid, HAM)
    desk.learn()

    assert desk.verdict(comments[0]) is Verdict.HAM


def test_decision_counts_as_no_call_and_no_correction(desk: Desk) -> None:
    checks = desk.record(copies(3))
    before = desk.ledger.store.counts_by_day(desk.ledger.key)
    desk.roundup.decide(checks[0].guid, SPAM)
    desk.learn()
    desk.roundup.undo(checks[0].guid)

    assert desk.ledger.store.counts_by_day(desk.ledger.key) == before


def test_decision_reaches_over_several_pages(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(roundup, "PAGE_CHECKS", 2)
    checks = desk.record(copies(5))

    assert desk.roundup.decide(checks[0].guid, SPAM).marked == 5
    monkeypatch.setattr(roundup, "MAX_CHECKS", 2)
    assert desk.roundup.decide(checks[0].guid, HAM).marked == 2


def test_decision_is_about_a_comment_that_is_known(desk: Desk) -> None:
    checks = desk.record([Comment(content="Mantap min", author="Bob")])

    with pytest.raises(BadRequestError, match="too short"):
        desk.roundup.decide(checks[0].guid, SPAM)
    with pytest.raises(NotFoundError):
        desk.roundup.decide("0" * 32, SPAM)


def test_undo_needs_a_decision(desk: Desk) -> None:
    checks = desk.record(copies(3))

    with pytest.raises(NotFoundError, match="nothing was decided"):
        desk.roundup.undo(checks[0].guid)


def test_mallory_decides_nothing_of_alices(desk: Desk) -> None:
    ledger = desk.ledger
    checks = desk.record(copies(3))
    theirs = desk.record(copies(3), ledger.rival_site)
    mallory = Roundup(ledger.store, desk.engine, ledger.rival_key)

    with pytest.raises(NotFoundError):
        mallory.decide(checks[0].guid, HAM)
    assert mallory.decide(theirs[0].guid, SPAM).marked == 3
    desk.learn()

    assert desk.verdict(Comment(content=TEXT, author="Dewi")) is not Verdict.SPAM
    assert [found.comments for found in desk.roundup.survey(NOON)] == [3]


def test_survey_tells_what_many_people_posted(desk: Desk) -> None:
    honest = [Comment(content="Terima kasih min", author=f"Bob {n}") for n in range(9)]
    one = [Comment(content=HONEST, author="Bob", author_email="bob@b.example")] * 4
    comments = copies(6)
    checks = desk.record([*comments, *honest, *one])
    desk.label(comments[0], SPAM)
    desk.learn()

    (found,) = desk.roundup.survey(NOON)

    assert found.guid == checks[5].guid
    assert (found.comments, found.identities, found.sites) == (6, 6, 1)
    assert (found.spam, found.ham, found.decision, found.held) == (1, 0, None, 0)
    assert (found.first_at, found.last_at) == (NOON, NOON + timedelta(minutes=5))
    assert found.excerpt.startswith("Makasih kakak")


def test_survey_tells_decisions_and_nothing_from_before(desk: Desk) -> None:
    checks = desk.record(copies(2))
    desk.roundup.decide(checks[0].guid, HAM)
    desk.learn()

    assert [found.decision for found in desk.roundup.survey(NOON)] == [HAM]
    assert desk.roundup.survey(NOON + timedelta(hours=1)) == []
