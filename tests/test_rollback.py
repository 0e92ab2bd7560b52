"""Tests of the law of rollbacks: what is rolled back was never said."""

import contextlib
import itertools
import shutil
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from saring import Comment, features
from saring.classifiers.base import BaseModel
from saring.errors import BadRequestError, NotFoundError
from saring.fold import Fold, OutdatedError
from saring.ledger import retention
from saring.ledger.records import CAMPAIGN, FEEDBACK, IMPORT, UNDO, Event
from saring.ledger.secret import load_vault
from saring.ledger.store import Store, open_store
from saring.replay import bake, keep_checkpoint, rebuild, restore
from saring.rollback import Rollbacks, RollbackWish
from saring.verdict import Label

BASE = BaseModel.empty()
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
LATER = NOON + timedelta(days=1)
NAGA = "kemarin saya coba main di naga lalu depo sedikit dan langsung cair"
TEXTS = (NAGA, f"{NAGA} 🔥", "terima kasih infonya kak", "cheap pills")
FEATURES = {
    text: features.extract(Comment(content=text, author_url="https://x.example")).dump()
    for text in TEXTS
}
BOB, MALLORY, EVE = (1, "bob"), (1, "mallory"), (2, "")


class Say(NamedTuple):
    """One label as a test writes it; `text` of None is about a whole campaign."""

    voice: tuple[int, str]
    text: str | None
    label: Label
    source: str = FEEDBACK

    def event(self, store: Store, at: datetime = NOON) -> Event:
        key_id, reporter = self.voice
        return Event(
            at=at,
            owner_id=1,
            # Keys of one owner may label the same check.
            site_id=1,
            key_id=key_id,
            label=self.label,
            features=FEATURES[self.text or NAGA],
            reporter=store.vault.reporter_key(key_id, reporter),
            match=bytes([TEXTS.index(self.text)] * 16) if self.text else b"",
            subjects=(b"s" * 16,),
            source=self.source,
        )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a store in it that has two keys of Alice's."""
    made = tmp_path_factory.mktemp("stores")
    store = open_store(f"sqlite:///{made}/made.db")
    for _ in range(2):
        store.find_site(store.create_key(owner="Alice"), "https://alice.example")
    store.close()
    return made


@pytest.fixture
def store(folder: Path) -> Iterator[Store]:
    with opened(folder) as store:
        yield store


numbers = itertools.count()


@contextlib.contextmanager
def opened(folder: Path) -> Iterator[Store]:
    """Give a new store; making its tables takes longer than most tests do."""
    path = folder / f"{next(numbers)}.db"
    shutil.copy(folder / "made.db", path)
    store = Store(f"sqlite:///{path}", load_vault(folder / "made.secret"))
    yield store
    store.close()


def say(store: Store, *said: Say) -> None:
    store.append_all([one.event(store) for one in said])


def rollbacks(store: Store, key_id: int = 1) -> Rollbacks:
    return Rollbacks(store, BASE, store.keys()[key_id - 1])


def roll_back(store: Store, voice: tuple[int, str]) -> int:
    wish = RollbackWish(reporter=voice[1])
    return rollbacks(store, voice[0]).roll_back(wish, LATER).rollback


def in_force(store: Store) -> list[int]:
    return [event.sequence for event in store.events_after(0)]


def rebuilt(store: Store) -> str:
    fold = Fold(BASE)
    rebuild(fold, store)
    return fold.digest()


def restored(store: Store) -> str:
    fold = Fold(BASE)
    restore(fold, store)
    return fold.digest()


def never_said(folder: Path, said: Iterable[Say], voice: tuple[int, str]) -> str:
    """Return the model of a store in which one voice never said anything."""
    with opened(folder) as other:
        say(other, *(one for one in said if one.voice != voice))
        return rebuilt(other)


labels = st.builds(
    Say,
    st.sampled_from([BOB, MALLORY, EVE]),
    st.sampled_from(TEXTS),
    st.sampled_from(list(Label)),
    st.sampled_from([FEEDBACK, FEEDBACK, IMPORT, CAMPAIGN, UNDO]),
)
decisions = st.builds(
    Say,
    st.sampled_from([MALLORY, EVE]),
    st.none(),
    st.sampled_from(list(Label)),
    st.sampled_from([CAMPAIGN, UNDO]),
)
stories = st.lists(st.one_of(labels, labels, labels, decisions), max_size=12)


@settings(
    deadline=None,
    max_examples=20,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(stories, st.integers(0, 12))
def test_rollback_gives_the_bits_of_a_ledger_without_the_labels(
    folder: Path, story: list[Say], cut: int
) -> None:
    with opened(folder) as store:
        say(store, *story)
        if not any(one.voice == MALLORY for one in story):
            return
        before = rebuilt(store)
        try:
            number = roll_back(store, MALLORY)
        except NotFoundError:
            # All that Mallory said repeated itself.
            return
        wanted = never_said(folder, story, MALLORY)

        assert rebuilt(store) == wanted
        assert restored(store) == wanted
        # What comes later is heard as in that ledger, too.
        more = [one for one in story[cut:] if one.voice != MALLORY]
        say(store, *more)
        assert rebuilt(store) == never_said(folder, [*story, *more], MALLORY)
        assert restored(store) == rebuilt(store)
        if not more:
            rollbacks(store).restore(number, LATER)
            assert restored(store) == rebuilt(store) == before


def test_rollback_lets_a_repeat_by_somebody_else_count(store: Store) -> None:
    say(store, Say(MALLORY, TEXTS[0], Label.SPAM), Say(BOB, TEXTS[0], Label.SPAM))
    assert store.last_sequence() == 2
    assert in_force(store) == [1]

    number = roll_back(store, MALLORY)

    assert in_force(store) == [2, number]


def test_rollback_makes_a_repeat_of_what_answered_it(store: Store) -> None:
    say(
        store,
        Say(BOB, TEXTS[0], Label.SPAM),
        Say(MALLORY, TEXTS[0], Label.HAM),
        Say(BOB, TEXTS[0], Label.SPAM),
    )

    number = roll_back(store, MALLORY)

    assert in_force(store) == [1, number]


def test_rollback_is_of_a_time_if_told(store: Store) -> None:
    days = [NOON + timedelta(days=number) for number in range(3)]
    for at, text in zip(days, TEXTS[1:], strict=True):
        store.append(Say(BOB, text, Label.SPAM).event(store, at))
    wish = RollbackWish(since=days[1], until=days[2])

    effect = rollbacks(store).roll_back(wish, LATER)

    assert effect.labels == 1
    assert [event.at for event in store.events_after(0)][:2] == [days[0], days[2]]


def test_rollback_does_not_reach_what_is_said_later(store: Store) -> None:
    say(store, Say(MALLORY, TEXTS[0], Label.SPAM))
    number = roll_back(store, MALLORY)

    say(store, Say(MALLORY, TEXTS[0], Label.SPAM))

    assert [event.sequence for event in store.events_after(number)] == [number + 1]
    # Listened to again, the first makes a repeat of the second.
    rollbacks(store).restore(number, LATER)
    assert in_force(store)[0] == 1
    assert number + 1 not in in_force(store)


def test_rollbacks_of_a_key_and_its_reporter_hold_each_by_itself(store: Store) -> None:
    say(store, Say(MALLORY, TEXTS[0], Label.SPAM), Say(BOB, TEXTS[3], Label.SPAM))
    before = rebuilt(store)
    first = roll_back(store, MALLORY)
    second = roll_back(store, (1, ""))
    with pytest.raises(NotFoundError, match="rolled back already"):
        rollbacks(store).restore(first, LATER)

    rollbacks(store).restore(second, LATER)

    assert in_force(store)[0] == 2
    rollbacks(store).restore(first, LATER)
    assert rebuilt(store) == before
    with pytest.raises(NotFoundError, match="no rollback"):
        rollbacks(store).restore(first, LATER)


def test_rollback_leaves_other_owners_alone(store: Store) -> None:
    other = store.create_key(owner="Mallory")
    site = store.find_site(other, "https://mallory.example")
    theirs = [Say(MALLORY, text, Label.SPAM).event(store) for text in TEXTS]
    say(store, Say(BOB, TEXTS[0], Label.SPAM))
    store.append_all(
        msgspec.structs.replace(
            event, owner_id=other.owner_id, key_id=other.id, site_id=site.id
        )
        for event in [*theirs, *theirs]
    )

    number = roll_back(store, (1, ""))

    assert in_force(store) == [2, 3, 4, 5, number]


def test_rollback_in_force_outdates_a_fold_that_learned_the_labels(
    store: Store,
) -> None:
    say(store, Say(MALLORY, TEXTS[0], Label.SPAM), Say(BOB, TEXTS[3], Label.SPAM))
    fold = Fold(BASE)
    rebuild(fold, store)
    stale = fold.dump()
    number = roll_back(store, MALLORY)

    with pytest.raises(OutdatedError):
        fold.apply_many(store.events_after(fold.sequence))

    # A worker that was just keeping its own does no harm.
    store.save_checkpoint(2, stale)
    assert restored(store) == rebuilt(store)
    anew = Fold(BASE)
    restore(anew, store)
    assert (anew.sequence, anew.turn) == (number, number)
    keep_checkpoint(anew, store)
    assert restored(store) == rebuilt(store)


def test_rollback_begins_anew_where_another_was_faster(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    story = [Say(voice, text, Label.SPAM) for voice in (BOB, EVE) for text in TEXTS[2:]]
    story.append(Say(MALLORY, TEXTS[0], Label.SPAM))
    say(store, *story)
    settle, told = store.settle, list[int]()

    def settle_late(*args: object) -> int:
        if not told:
            told.append(1)
            monkeypatch.setattr(store, "settle", settle)
            roll_back(store, EVE)
        return settle(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(store, "settle", settle_late)
    roll_back(store, MALLORY)

    assert {event.key_id for event in store.events_after(0)[:-2]} == {1}
    assert restored(store) == rebuilt(store)


def test_rollback_learns_what_was_said_meanwhile(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    say(store, Say(MALLORY, TEXTS[0], Label.SPAM), Say(BOB, TEXTS[2], Label.HAM))
    settle = store.settle

    def settle_late(*args: object) -> int:
        say(store, Say(BOB, TEXTS[3], Label.SPAM), Say(MALLORY, TEXTS[3], Label.HAM))
        return settle(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(store, "settle", settle_late)
    number = roll_back(store, MALLORY)

    assert in_force(store) == [2, 3, number]
    assert restored(store) == rebuilt(store)


def test_rollback_refuses_what_is_baked_and_takes_the_rest(store: Store) -> None:
    say(store, *(Say(MALLORY, text, Label.SPAM) for text in TEXTS))
    bake(BASE, store, LATER)
    with pytest.raises(BadRequestError, match="baked into the model"):
        roll_back(store, MALLORY)
    before = rebuilt(store)
    late = [Say(MALLORY, text, Label.HAM).event(store, LATER) for text in TEXTS]
    store.append_all(late)

    effect = rollbacks(store).roll_back(RollbackWish(reporter="mallory"), LATER)

    assert (effect.labels, effect.baked) == (4, 4)
    assert rebuilt(store) == restored(store) == before


def test_bake_gives_way_to_a_rollback(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    say(store, Say(MALLORY, TEXTS[0], Label.SPAM), Say(BOB, TEXTS[2], Label.HAM))
    keep = retention.bake

    def keep_late(*args: Any) -> int:  # noqa: ANN401 - passed on
        roll_back(store, MALLORY)
        return keep(*args)

    monkeypatch.setattr(retention, "bake", keep_late)
    with pytest.raises(BadRequestError, match="rolled back meanwhile"):
        bake(BASE, store, LATER)
    monkeypatch.setattr(retention, "bake", keep)

    before = rebuilt(store)
    assert bake(BASE, store, LATER + timedelta(days=1)) == 3
    assert rebuilt(store) == before
    assert [one.reporter for one in store.rollbacks(1)] == [b""]


def test_hash_of_a_reporter_serves_as_the_name(store: Store) -> None:
    say(store, Say(MALLORY, TEXTS[0], Label.SPAM), Say(BOB, TEXTS[2], Label.HAM))
    hashed = store.vault.reporter_key(1, "mallory").hex()

    wish = RollbackWish(reporter=hashed, is_trial=True)

    assert rollbacks(store).roll_back(wish, LATER).labels == 1


def test_rollback_refuses_a_time_before_all_time(store: Store) -> None:
    early = datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=14)))

    with pytest.raises(BadRequestError, match="before all time"):
        rollbacks(store).roll_back(RollbackWish(since=early), LATER)
