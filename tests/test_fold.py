"""Tests of the fold: the same events give the same bits, however they arrive."""

from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from saring import Comment, Label, features
from saring.classifiers.base import BaseModel
from saring.errors import ModelError
from saring.fold import Fold
from saring.ledger.records import CAMPAIGN, FEEDBACK, IMPORT, UNDO, Event, Site
from saring.ledger.store import Store, open_store
from saring.replay import bake, keep_checkpoint, rebuild, replay, restore

TEXTS = ("slot gacor maxwin", "terima kasih infonya", "cheap pills", "see you there")


def make_event(
    text: str,
    label: Label,
    sequence: int = 0,
    owner_id: int = 1,
    source: str = FEEDBACK,
) -> Event:
    return Event(
        at=datetime(2026, 11, 23, tzinfo=UTC),
        owner_id=owner_id,
        site_id=owner_id,
        key_id=owner_id,
        label=label,
        features=features.extract(Comment(content=text)).dump(),
        sequence=sequence,
        match=text.encode(),
        source=source,
    )


def make_fold(*events: Event) -> Fold:
    fold = Fold(BaseModel.empty())
    for event in events:
        fold.apply(event)
    return fold


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = open_store(f"sqlite:///{tmp_path}/saring.db")
    store.find_site(store.create_key(owner="Alice"), "https://alice.example")
    return store


labelled = st.lists(
    st.tuples(st.sampled_from(TEXTS), st.sampled_from(list(Label))), max_size=6
)


@settings(deadline=None, max_examples=20)
@given(labelled)
def test_fold_gives_the_same_bits_for_the_same_events(
    given_labels: list[tuple[str, Label]],
) -> None:
    events = [
        make_event(text, label, number)
        for number, (text, label) in enumerate(given_labels, 1)
    ]

    assert make_fold(*events).digest() == make_fold(*events).digest()


@settings(deadline=None, max_examples=10)
@given(labelled, st.integers(0, 6))
def test_fold_goes_on_from_a_checkpoint_to_the_same_bits(
    given_labels: list[tuple[str, Label]], cut: int
) -> None:
    events = [
        make_event(text, label, number)
        for number, (text, label) in enumerate(given_labels, 1)
    ]
    resumed = Fold(BaseModel.empty())
    resumed.load(make_fold(*events[:cut]).dump())

    for event in events[cut:]:
        resumed.apply(event)

    assert resumed.digest() == make_fold(*events).digest()


def test_fold_learns_an_event_once() -> None:
    event = make_event(TEXTS[0], Label.SPAM, 1)

    assert make_fold(event, event).digest() == make_fold(event).digest()


def test_fold_without_an_event_is_as_if_it_had_never_been() -> None:
    one, other = make_event(TEXTS[0], Label.SPAM), make_event(TEXTS[1], Label.HAM)
    mallory = make_event(TEXTS[1], Label.SPAM, owner_id=2)

    alice_after = make_fold(one, mallory, other)

    site = Site(id=1, owner_id=1)
    scored = features.extract(Comment(content=TEXTS[1]))
    assert alice_after.score(scored, site) == make_fold(one, other).score(scored, site)


def test_fold_scores_each_comment_by_what_its_owner_taught() -> None:
    fold = make_fold(
        make_event(TEXTS[0], Label.SPAM), make_event(TEXTS[0], Label.HAM, owner_id=2)
    )
    sites = [Site(id=1, owner_id=owner_id) for owner_id in (1, 3, 2, 1, 2)]
    batch = features.extract_many([Comment(content=TEXTS[0])] * 5)

    scores = fold.score_many(batch, sites)

    assert scores == [fold.score(batch[0], site) for site in sites]
    assert len({score.margin for score in scores}) == 3


def test_fold_learns_many_events_as_it_learns_each() -> None:
    events = [
        make_event(TEXTS[number % 2] * (1 + number % 3), label, number + 1)
        for number, label in enumerate([Label.SPAM, Label.HAM, Label.SPAM] * 30)
    ]
    together = make_fold()

    together.apply_many([*events, *events[-5:]])

    assert together.digest() == make_fold(*events).digest()
    assert together.sequence == len(events)


def test_fold_learns_what_stands_before_a_damaged_event() -> None:
    first, third = (
        make_event(TEXTS[0], Label.SPAM, 1),
        make_event(TEXTS[1], Label.HAM, 3),
    )
    damaged = msgspec.structs.replace(make_event(TEXTS[1], Label.HAM, 2), features=b"")
    fold = make_fold()

    with pytest.raises(ModelError):
        fold.apply_many([first, damaged, third])

    assert fold.sequence == 1
    assert fold.digest() == make_fold(first).digest()


def test_fold_of_labels_that_teach_nothing_is_the_base_model() -> None:
    known = [make_event(TEXTS[0], Label.SPAM) for _ in range(9)]
    fold = make_fold(*known)
    before = fold.digest()

    fold.apply(known[0])

    assert fold.digest() == before
    assert make_fold().digest() != before


def test_fold_copy_is_not_reached_by_later_events() -> None:
    fold = make_fold(make_event(TEXTS[0], Label.SPAM, 1))
    frozen, before = fold.copy(), fold.digest()

    fold.apply(make_event(TEXTS[1], Label.HAM, 2))

    assert frozen.digest() == before != fold.digest()
    assert (frozen.sequence, fold.sequence) == (1, 2)


SITE = Site(id=1, owner_id=1)


def imported(count: int = 30) -> list[Event]:
    """Return as many labels of either kind, of which every fifth is wrong."""
    return [
        make_event(
            f"{('thank you', 'cheap pills')[is_spam]} {number}",
            Label.SPAM if is_spam ^ (number % 5 == 0) else Label.HAM,
            source=IMPORT,
        )
        for number in range(count)
        for is_spam in (False, True)
    ]


def score_of(fold: Fold, text: str) -> float:
    return fold.score(features.extract(Comment(content=text)), SITE).probability


def test_fold_calibrates_on_labels_that_nobody_selected() -> None:
    moved, unmoved = make_fold(*imported()), make_fold()
    for event in imported():
        unmoved.apply(msgspec.structs.replace(event, source=FEEDBACK))

    moved_line, unmoved_line = (fold.line(SITE) for fold in (moved, unmoved))
    assert unmoved_line == BaseModel.empty().calibration
    assert moved_line != unmoved_line


def test_fold_keeps_the_lines_of_owners_apart() -> None:
    fold = make_fold(*imported())

    assert fold.line(Site(id=2, owner_id=2)) == fold.base.calibration


def test_fold_goes_on_from_a_checkpoint_with_its_line() -> None:
    events = imported()
    resumed = Fold(BaseModel.empty())
    resumed.load(make_fold(*events[:40]).dump())

    for event in events[40:]:
        resumed.apply(event)

    assert resumed.digest() == make_fold(*events).digest()
    assert resumed.line(SITE) == make_fold(*events).line(SITE)


@pytest.mark.parametrize("label", list(Label))
def test_fold_lets_a_label_bite_after_its_line_has_moved(label: Label) -> None:
    fold = make_fold(*imported(100))
    text = "cheap pills 7" if label is Label.HAM else "thank you 7"

    fold.apply(make_event(text, label))

    cutoffs = fold.base.cutoffs
    if label is Label.HAM:
        assert score_of(fold, text) < cutoffs.unsure
    else:
        assert score_of(fold, text) >= cutoffs.spam


CAMPAIGN_TEXT = "kemarin saya coba main di naga lalu depo sedikit dan langsung cair"


def campaign_events() -> list[Event]:
    """Return labels of a campaign by two writers, a decision, marks, and its end."""
    people = (b"e" * 16, b"a" * 16)
    told = [
        make_event(f"{CAMPAIGN_TEXT} {'🔥' * number}", Label.SPAM, number + 1)
        for number in range(4)
    ]
    told = [msgspec.structs.replace(event, subjects=people) for event in told]
    decided = [
        make_event(CAMPAIGN_TEXT, Label.HAM, 5, source=CAMPAIGN),
        make_event(CAMPAIGN_TEXT, Label.HAM, 6, source=CAMPAIGN),
        make_event(CAMPAIGN_TEXT, Label.HAM, 7, source=UNDO),
        make_event("terlalu pendek", Label.HAM, 8, source=CAMPAIGN),
    ]
    whole = {5, 7, 8}
    return told + [
        msgspec.structs.replace(event, match=b"") if event.sequence in whole else event
        for event in decided
    ]


def of_key(event: Event, key_id: int) -> Event:
    return msgspec.structs.replace(event, key_id=key_id, site_id=key_id)


OPENINGS = ("Tanya dong", "Menurut saya", "Kemarin", "Alhamdulillah", "Wah", "Kata ibu")
TOPICS = (
    "resepnya enak sekali",
    "jalan di desa rusak lagi",
    "tiket kereta sudah habis",
    "nilai ujian anak keluar",
    "motornya susah dinyalakan",
    "hujan turun sejak pagi",
    "laporannya belum dibaca",
    "gurunya sabar mengajar",
    "listrik mati dua jam",
    "kucing tetangga beranak",
)
HONEST = [f"{opening}, {topic}" for topic in TOPICS for opening in OPENINGS]


def hostile_events() -> list[Event]:
    """Return what a host's sites agree on, and labels of one that says the opposite."""
    honest = [
        of_key(make_event(text, label), 1 + n % 4)
        for n, said in enumerate(HONEST)
        for text, label in ((said, Label.HAM), (f"cheap pills {n}", Label.SPAM))
    ]
    return honest + [of_key(make_event(said, Label.SPAM), 5) for said in HONEST]


def test_fold_hears_a_key_that_contradicts_all_others_at_its_own_site() -> None:
    events = hostile_events()
    fold = make_fold(*events)
    trust = fold.trust(1)
    assert trust is not None
    assert [trust.has(key_id) for key_id in (1, 2, 3, 4, 5)] == [True] * 4 + [False]
    before = score_of(fold, "Wah, tiketnya enak sekali")

    for event in events[-20:]:
        fold.apply(event)

    assert score_of(fold, "Wah, tiketnya enak sekali") == before
    theirs = fold.score(
        features.extract(Comment(content=HONEST[39])),
        Site(id=5, owner_id=1),
    )
    assert theirs.probability > fold.base.cutoffs.spam


def test_fold_of_one_key_knows_nothing_of_trust() -> None:
    events = [of_key(event, 1) for event in hostile_events()]
    other = [
        msgspec.structs.replace(event, key_id=2 + n % 5)
        for n, event in enumerate(events)
    ]

    trust = make_fold(*events).trust(1)

    assert trust is not None
    assert trust.digest() == b""
    assert make_fold(*events).digest() != make_fold(*other).digest()


def test_fold_goes_on_from_a_checkpoint_with_its_trust() -> None:
    events = hostile_events()
    resumed = Fold(BaseModel.empty())
    resumed.load(make_fold(*events[:130]).dump())

    for event in events[130:]:
        resumed.apply(event)

    assert resumed.digest() == make_fold(*events).digest()


@pytest.mark.parametrize("at", range(9))
def test_fold_goes_on_from_a_checkpoint_with_campaigns_and_writers(at: int) -> None:
    events = campaign_events()
    first = make_fold(*events[:at])
    second = Fold(BaseModel.empty())
    second.load(first.dump())
    for event in events[at:]:
        second.apply(event)

    assert second.digest() == make_fold(*events).digest()


def test_fold_takes_back_a_decision_without_a_trace() -> None:
    events = campaign_events()
    site = Site(owner_id=1)
    before, decided, after = (make_fold(*events[:n]) for n in (4, 5, 7))

    assert before.digest() != decided.digest()
    assert before.digest() == after.digest()
    assert decided.campaigns(site) is not None
    assert before.campaigns(Site(owner_id=2)) is None
    assert before.reputation(site) is not None


def test_fold_copy_has_its_own_campaigns_and_writers() -> None:
    events = campaign_events()
    fold = make_fold(*events[:3])
    copied = fold.copy()
    before = copied.digest()
    fold.apply(events[3])
    fold.apply(events[4])

    assert copied.digest() == before != fold.digest()


def test_fold_refuses_a_damaged_checkpoint() -> None:
    with pytest.raises(ModelError, match="cannot be read"):
        Fold(BaseModel.empty()).load(b"\xc1")


def test_rebuild_gives_the_bits_of_the_running_fold(store: Store) -> None:
    running = Fold(BaseModel.empty())
    for text, label in zip(TEXTS, (Label.SPAM, Label.HAM) * 2, strict=True):
        assert store.append(make_event(text, label))
        replay(running, store)
    keep_checkpoint(running, store)
    steps: list[int] = []

    anew, restored = Fold(BaseModel.empty()), Fold(BaseModel.empty())
    rebuild(anew, store, steps.append)
    restore(restored, store)

    assert anew.digest() == restored.digest() == running.digest()
    assert (sum(steps), restored.sequence) == (4, 4)


def test_restore_passes_over_a_checkpoint_it_cannot_read(store: Store) -> None:
    store.append(make_event(TEXTS[0], Label.SPAM))
    store.save_checkpoint(1, b"\xc1")
    fold, wanted = Fold(BaseModel.empty()), Fold(BaseModel.empty())

    restore(fold, store)
    replay(wanted, store)

    assert fold.digest() == wanted.digest()


def test_bake_keeps_what_was_taught_and_erases_the_features(store: Store) -> None:
    running = Fold(BaseModel.empty())
    for text, label in zip(TEXTS, (Label.SPAM, Label.HAM) * 2, strict=True):
        store.append(make_event(text, label))
    replay(running, store)

    assert bake(running.base, store, datetime(2027, 1, 1, tzinfo=UTC)) == 4
    assert bake(running.base, store, datetime(2027, 1, 1, tzinfo=UTC)) == 0

    anew = Fold(BaseModel.empty())
    rebuild(anew, store)
    assert anew.digest() == running.digest()
    assert {event.features for event in store.events_after(0)} == {b""}


def test_bake_stops_before_the_first_young_event(store: Store) -> None:
    store.append(make_event(TEXTS[0], Label.SPAM))

    assert bake(BaseModel.empty(), store, datetime(2026, 1, 1, tzinfo=UTC)) == 0


def test_restore_starts_from_what_is_baked_and_goes_on(store: Store) -> None:
    running = Fold(BaseModel.empty())
    store.append(make_event(TEXTS[0], Label.SPAM))
    bake(running.base, store, datetime(2027, 1, 1, tzinfo=UTC))
    store.append(make_event(TEXTS[1], Label.HAM))

    restore(running, store)

    wanted = make_fold(
        make_event(TEXTS[0], Label.SPAM, 1), make_event(TEXTS[1], Label.HAM, 2)
    )
    assert running.digest() == wanted.digest()
    assert running.sequence == 2
