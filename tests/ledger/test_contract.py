"""What every store must do, on SQLite and on PostgreSQL alike."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, date, timedelta

import msgspec
import pytest

from ledger.stores import HAM, NOON, SPAM, Ledger, make_check
from saring.errors import BadRequestError, NotFoundError, SecretError
from saring.ledger import retention
from saring.ledger.health import health
from saring.ledger.records import CheckRow, Counts, Event, Rollback, StoredCheck
from saring.ledger.store import Store, open_store
from saring.ledger.writer import Writer
from saring.verdict import Cutoffs, Label, Verdict

TODAY = NOON.date()


def record(store: Store, rows: Sequence[CheckRow]) -> None:
    async def go() -> None:
        writer = Writer(store, timeout_seconds=30)
        try:
            await asyncio.gather(*(writer.record(row) for row in rows))
        finally:
            await writer.close()

    asyncio.run(go())


def one_site(**numbers: int) -> Counts:
    return Counts(site_count=1, **numbers)


def counts(ledger: Ledger) -> Counts:
    return ledger.store.counts_by_day(ledger.key).get(TODAY, Counts())


# Keys


def test_store_opened_again_has_what_it_had(ledger: Ledger) -> None:
    again = open_store(ledger.address, ledger.secret)

    assert again.find_key(ledger.key.key) == ledger.key
    again.close()


def test_key_is_found_in_any_case(ledger: Ledger) -> None:
    made = ledger.store.create_key("Alice", "AbCdEf123456")

    assert ledger.store.find_key("aBCDEF123456") == made
    assert made.key == "AbCdEf123456"
    assert made.owner_id == ledger.key.owner_id


@pytest.mark.parametrize("text", ["", "short", "with blank", "x" * 65, "schlüssel"])
def test_key_of_other_letters_is_refused(ledger: Ledger, text: str) -> None:
    with pytest.raises(BadRequestError) as caught:
        ledger.store.create_key("Alice", text)

    assert caught.value.field == "key"


def test_key_is_given_once(ledger: Ledger) -> None:
    with pytest.raises(BadRequestError, match="already"):
        ledger.store.create_key("Mallory", ledger.key.key.upper())


def test_key_needs_an_owner(ledger: Ledger) -> None:
    with pytest.raises(BadRequestError, match="owner"):
        ledger.store.create_key("  ")


def test_revoked_key_is_refused_and_still_listed(ledger: Ledger) -> None:
    revoked = ledger.store.revoke_key(ledger.key.key)
    again = ledger.store.revoke_key(ledger.key.key)

    assert ledger.store.find_key(ledger.key.key) is None
    assert revoked.revoked_at is not None
    assert again == revoked
    assert ledger.store.keys() == [revoked, ledger.rival_key]


def test_unknown_key_cannot_be_revoked(ledger: Ledger) -> None:
    with pytest.raises(NotFoundError):
        ledger.store.revoke_key("ffffffffffff")


def test_only_key_is_the_only_one_in_force(ledger: Ledger) -> None:
    assert ledger.store.only_key() is None

    ledger.store.revoke_key(ledger.rival_key.key)

    assert ledger.store.only_key() == ledger.key


# Sites


def test_site_is_one_however_its_address_is_written(ledger: Ledger) -> None:
    again = ledger.store.find_site(ledger.key, "HTTP://www.Alice.Example:80")

    assert again == ledger.site
    assert ledger.store.sites(ledger.key) == [ledger.site]


def test_site_of_a_check_is_found_by_its_number(ledger: Ledger) -> None:
    check = ledger.row(Verdict.HAM).check
    known = StoredCheck(check=check, site_id=ledger.site.id)
    unknown = StoredCheck(check=check, site_id=999)

    assert ledger.store.site_of(known) == ledger.site
    with pytest.raises(NotFoundError):
        ledger.store.site_of(unknown)


def test_site_of_another_key_is_another_site(ledger: Ledger) -> None:
    rival = ledger.store.find_site(ledger.rival_key, "https://alice.example/")

    assert rival.id != ledger.site.id
    assert rival.owner_id == ledger.rival_key.owner_id


def test_site_keeps_its_settings(ledger: Ledger) -> None:
    wanted = msgspec.structs.replace(
        ledger.site,
        cutoffs=Cutoffs(0.25, 0.5, 0.75),
        may_discard=True,
        allowlist=frozenset({"bob@bob.example"}),
        blocklist=frozenset({"203.0.113.0/24", "spam.example"}),
    )
    before = ledger.store.settings_version()

    ledger.store.save_site(wanted)

    assert ledger.store.find_site(ledger.key, "alice.example") == wanted
    assert ledger.store.settings_version() > before


def test_site_lists_are_unreadable_in_the_store(sqlite_ledger: Ledger) -> None:
    listed = frozenset({"bob@bob.example"})
    site = msgspec.structs.replace(sqlite_ledger.site, allowlist=listed)

    sqlite_ledger.store.save_site(site)

    assert b"bob@bob" not in _bytes_of(sqlite_ledger)


def test_site_of_another_cannot_be_set(ledger: Ledger) -> None:
    stolen = msgspec.structs.replace(ledger.site, key_id=ledger.rival_key.id)

    with pytest.raises(NotFoundError):
        ledger.store.save_site(stolen)


def test_site_deactivated_keeps_its_settings(ledger: Ledger) -> None:
    ledger.store.deactivate_site(ledger.site)

    assert ledger.store.sites(ledger.key) == [ledger.site]


# Checks


def test_check_is_found_as_it_was_recorded(ledger: Ledger) -> None:
    row = ledger.row(Verdict.UNSURE, SPAM)

    record(ledger.store, [row])

    found = ledger.store.find_check(ledger.key.owner_id, row.check.guid.upper())
    assert found is not None
    assert found.check == row.check
    assert found.comment == SPAM
    assert found.site_id == ledger.site.id


def test_check_is_found_by_its_comment_the_newest_first(ledger: Ledger) -> None:
    rows = [ledger.row(comment=SPAM), ledger.row(), ledger.row(comment=SPAM)]
    for row in rows:
        record(ledger.store, [row])

    found = ledger.store.find_match(ledger.site, ledger.store.vault.match_key(SPAM))

    assert found is not None
    assert found.check.guid == rows[2].check.guid


def test_check_without_comment_is_found_by_guid_alone(ledger: Ledger) -> None:
    row = CheckRow(check=make_check(), site_id=ledger.site.id)

    record(ledger.store, [row])

    found = ledger.store.find_check(ledger.key.owner_id, row.check.guid)
    assert found is not None
    assert (found.comment, found.match) == (None, b"")


@pytest.mark.parametrize(
    "guid", ["", "x", "0" * 31, "0" * 32, "g" * 32, "0" * 31 + "é"]
)
def test_check_of_a_strange_guid_is_none(ledger: Ledger, guid: str) -> None:
    assert ledger.store.find_check(ledger.key.owner_id, guid) is None


def test_checks_are_counted_by_site_and_day(ledger: Ledger) -> None:
    tomorrow = make_check(Verdict.DISCARD, NOON + timedelta(days=1))
    rows = [ledger.row(Verdict.HAM), ledger.row(Verdict.UNSURE)]
    rows += [ledger.row(Verdict.SPAM)]
    rows += [CheckRow(check=tomorrow, site_id=ledger.site.id)]
    rows += [CheckRow(check=make_check(), site_id=ledger.rival_site.id)]

    record(ledger.store, rows)
    record(ledger.store, [ledger.row(Verdict.HAM)])

    assert ledger.store.counts_by_day(ledger.key) == {
        TODAY: one_site(api_calls=4, spam=1, ham=3),
        TODAY + timedelta(days=1): one_site(api_calls=1, spam=1),
    }


def test_check_that_the_store_refuses_leaves_the_others(ledger: Ledger) -> None:
    rows = [ledger.row(), CheckRow(check=make_check(), site_id=999), ledger.row()]

    async def go() -> list[object]:
        writer = Writer(ledger.store, timeout_seconds=30)
        done = await asyncio.gather(*map(writer.record, rows), return_exceptions=True)
        await writer.close()
        assert not writer.is_failing
        return [type(one).__name__ for one in done]

    assert asyncio.run(go()) == ["NoneType", "StoreError", "NoneType"]
    assert counts(ledger).ham == 2


# Events


def test_event_gets_the_next_sequence(ledger: Ledger) -> None:
    first = ledger.store.append(ledger.event(Label.SPAM, SPAM))
    second = ledger.store.append(ledger.event(Label.HAM, HAM))

    assert first is not None
    assert second is not None
    assert (first.sequence, second.sequence) == (1, 2)
    assert ledger.store.events_after(0) == [first, second]
    assert ledger.store.events_after(1) == [second]
    assert ledger.store.events_after(0, limit=1) == [first]
    assert ledger.store.last_sequence() == 2


def test_event_keeps_every_field(ledger: Ledger) -> None:
    vault, row = ledger.store.vault, ledger.row(comment=SPAM)
    record(ledger.store, [row])
    event = msgspec.structs.replace(
        ledger.event(Label.SPAM),
        reporter=vault.reporter_key(ledger.key.id, "Bob"),
        subjects=vault.subject_keys(SPAM, NOON),
        check_guid=row.check.guid,
        source="moderator",
    )

    ledger.store.append(event)

    [found] = ledger.store.events_after(0)
    assert found == msgspec.structs.replace(event, sequence=1)


def test_events_added_together_are_as_if_added_one_by_one(ledger: Ledger) -> None:
    labels = (Label.SPAM, Label.SPAM, Label.HAM)

    added = ledger.store.append_all(ledger.event(label) for label in labels)

    assert [one.sequence if one else None for one in added] == [1, None, 2]
    assert counts(ledger) == one_site(api_calls=2, false_positives=1)


def test_event_twice_is_one(ledger: Ledger) -> None:
    first = ledger.store.append(ledger.event(Label.SPAM))
    again = ledger.store.append(ledger.event(Label.SPAM))

    assert first is not None
    assert again is None
    assert len(ledger.store.events_after(0)) == 1
    assert counts(ledger).missed_spam == 1


def test_event_twice_by_guid_alone_is_one(ledger: Ledger) -> None:
    row = CheckRow(check=make_check(), site_id=ledger.site.id)
    record(ledger.store, [row])
    event = msgspec.structs.replace(
        ledger.event(Label.SPAM, None), check_guid=row.check.guid
    )

    assert ledger.store.append(event) is not None
    assert ledger.store.append(event) is None


def test_event_about_nothing_known_is_always_new(ledger: Ledger) -> None:
    ledger.store.append(ledger.event(Label.SPAM, None))
    ledger.store.append(ledger.event(Label.SPAM, None))

    assert ledger.store.last_sequence() == 2


def test_event_reversed_is_another_and_so_is_its_return(ledger: Ledger) -> None:
    for label in (Label.SPAM, Label.HAM, Label.HAM, Label.SPAM):
        ledger.store.append(ledger.event(label))

    labels = [event.label for event in ledger.store.events_after(0)]
    assert labels == [Label.SPAM, Label.HAM, Label.SPAM]
    assert counts(ledger).missed_spam == 1
    assert counts(ledger).false_positives == 0


def test_event_of_the_same_comment_at_another_site_is_another(ledger: Ledger) -> None:
    other = ledger.store.find_site(ledger.key, "https://bob.example")
    event = ledger.event(Label.SPAM)

    ledger.store.append(event)
    ledger.store.append(msgspec.structs.replace(event, site_id=other.id))

    assert ledger.store.last_sequence() == 2


@pytest.mark.parametrize(
    ("verdict", "label", "expected"),
    [
        (None, Label.SPAM, one_site(api_calls=1, missed_spam=1)),
        (None, Label.HAM, one_site(api_calls=1, false_positives=1)),
        (Verdict.HAM, Label.SPAM, one_site(api_calls=2, ham=1, missed_spam=1)),
        (Verdict.UNSURE, Label.SPAM, one_site(api_calls=2, ham=1, missed_spam=1)),
        (Verdict.SPAM, Label.SPAM, one_site(api_calls=2, spam=1)),
        (Verdict.DISCARD, Label.HAM, one_site(api_calls=2, spam=1, false_positives=1)),
        (Verdict.SPAM, Label.HAM, one_site(api_calls=2, spam=1, false_positives=1)),
        (Verdict.HAM, Label.HAM, one_site(api_calls=2, ham=1)),
        (Verdict.UNSURE, Label.HAM, one_site(api_calls=2, ham=1)),
    ],
)
def test_event_counts_where_it_contradicts_the_answer(
    ledger: Ledger, verdict: Verdict | None, label: Label, expected: Counts
) -> None:
    if verdict is not None:
        record(ledger.store, [ledger.row(verdict, SPAM)])

    ledger.store.append(ledger.event(label))

    assert counts(ledger) == expected


@pytest.mark.parametrize("was_held", [True, False])
@pytest.mark.parametrize("label", list(Label))
def test_event_of_an_unknown_check_is_held_against_what_the_client_was_told(
    ledger: Ledger,
    label: Label,
    was_held: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    event = msgspec.structs.replace(ledger.event(label), was_held=was_held)

    ledger.store.append(event)

    found = counts(ledger)
    assert found.missed_spam == (label is Label.SPAM and not was_held)
    assert found.false_positives == (label is Label.HAM and was_held)


def test_event_of_a_known_check_is_held_against_that(ledger: Ledger) -> None:
    record(ledger.store, [ledger.row(Verdict.HAM, SPAM)])
    event = msgspec.structs.replace(ledger.event(Label.SPAM), was_held=True)

    ledger.store.append(event)

    assert counts(ledger).missed_spam == 1


@pytest.mark.parametrize("label", list(Label))
def test_event_that_is_imported_counts_nothing(ledger: Ledger, label: Label) -> None:
    event = msgspec.structs.replace(ledger.event(label), source="import")

    assert ledger.store.append(event) is not None

    assert counts(ledger) == Counts()


def test_event_reversed_takes_its_count_from_its_own_day(ledger: Ledger) -> None:
    record(ledger.store, [ledger.row(Verdict.HAM, SPAM)])
    later = msgspec.structs.replace(
        ledger.event(Label.HAM), at=NOON + timedelta(days=3)
    )

    ledger.store.append(ledger.event(Label.SPAM))
    ledger.store.append(later)

    assert ledger.store.counts_by_day(ledger.key) == {
        TODAY: one_site(api_calls=2, ham=1),
        TODAY + timedelta(days=3): one_site(api_calls=1),
    }


def test_event_late_finds_its_check(ledger: Ledger) -> None:
    row = ledger.row(Verdict.SPAM, SPAM)
    record(ledger.store, [row])

    event = ledger.store.append(
        msgspec.structs.replace(ledger.event(Label.HAM), at=NOON + timedelta(days=400))
    )

    assert event is not None
    assert event.check_guid == row.check.guid


# Rollbacks


def told_by(ledger: Ledger, name: str, event: Event) -> Event:
    reporter = ledger.store.vault.reporter_key(ledger.key.id, name)
    return msgspec.structs.replace(event, reporter=reporter)


def rollback_of(ledger: Ledger, name: str = "") -> Rollback:
    reporter = ledger.store.vault.reporter_key(ledger.key.id, name)
    owner_id, key_id = ledger.key.owner_id, ledger.key.id
    return Rollback(owner_id=owner_id, key_id=key_id, at=NOON, reporter=reporter)


def settle(store: Store, change: Rollback) -> int:
    return store.settle(store.hear(change), lambda *_: b"learned")


def in_force(store: Store) -> list[int]:
    return [event.sequence for event in store.events_after(0)]


def test_label_repeated_by_somebody_else_is_kept_aside(ledger: Ledger) -> None:
    event = ledger.event(Label.SPAM)
    for name in ("Bob", "Mallory", "Mallory", "Bob"):
        ledger.store.append(told_by(ledger, name, event))

    assert in_force(ledger.store) == [1]
    assert counts(ledger).missed_spam == 1
    bob, mallory = sorted(ledger.store.voices(), key=lambda one: one.unheard_count)
    assert (bob.label_count, bob.spam_count, bob.unheard_count) == (2, 2, 1)
    assert (mallory.label_count, mallory.unheard_count, mallory.baked_count) == (
        1,
        1,
        0,
    )


def test_rollback_is_an_event_with_its_checkpoint(ledger: Ledger) -> None:
    store = ledger.store
    for name in ("Mallory", "Bob"):
        store.append(told_by(ledger, name, ledger.event(Label.SPAM)))
    store.save_checkpoint(1, b"with Mallory's")

    sequence = settle(store, rollback_of(ledger, "mallory"))

    newest = store.latest_checkpoint()
    assert newest is not None
    assert (newest.sequence, newest.payload) == (sequence, b"learned")
    assert store.turned_at() == sequence == 3
    assert in_force(store) == [2, 3]
    (rollback,) = store.rollbacks(ledger.key.owner_id)
    assert (rollback.sequence, rollback.restored_at) == (3, None)
    assert store.rollbacks(ledger.rival_key.owner_id) == []
    back = msgspec.structs.replace(rollback, restored_at=NOON)
    assert settle(store, back) == 4
    assert in_force(store) == [1, 3, 4]


def test_rollback_lets_the_last_label_of_a_check_be_another(ledger: Ledger) -> None:
    row = CheckRow(check=make_check(), site_id=ledger.site.id)
    record(ledger.store, [row])
    spam, ham = (
        msgspec.structs.replace(ledger.event(label, None), check_guid=row.check.guid)
        for label in (Label.SPAM, Label.HAM)
    )
    for name, event in (("Bob", spam), ("Mallory", ham), ("Bob", spam)):
        ledger.store.append(told_by(ledger, name, event))
    assert in_force(ledger.store) == [1, 2, 3]

    settle(ledger.store, rollback_of(ledger, "Mallory"))

    assert in_force(ledger.store) == [1, 4]
    assert ledger.store.append(told_by(ledger, "Bob", spam)) is None
    assert ledger.store.append(told_by(ledger, "Bob", ham)) is not None


def test_rollback_settles_nothing_that_has_moved(ledger: Ledger) -> None:
    ledger.store.append(told_by(ledger, "Bob", ledger.event(Label.SPAM)))
    ledger.store.append(ledger.event(Label.HAM))
    hearing = ledger.store.hear(rollback_of(ledger))
    settle(ledger.store, rollback_of(ledger, "Bob"))

    assert ledger.store.settle(hearing, lambda *_: b"learned") == 0
    with pytest.raises(NotFoundError, match="no such labels"):
        ledger.store.hear(rollback_of(ledger, "Bob"))


def test_rollback_of_what_is_baked_is_refused(ledger: Ledger) -> None:
    ledger.store.append(ledger.event(Label.SPAM))
    retention.bake(ledger.store, 1, b"baked")

    with pytest.raises(BadRequestError, match="baked into the model"):
        ledger.store.hear(rollback_of(ledger))
    assert [one.baked_count for one in ledger.store.voices()] == [1]


# Mallory


def test_mallory_cannot_find_the_check_of_alice(ledger: Ledger) -> None:
    row = ledger.row(comment=SPAM)
    record(ledger.store, [row])
    match = ledger.store.vault.match_key(SPAM)

    by_guid = ledger.store.find_check(ledger.rival_key.owner_id, row.check.guid)

    assert by_guid is None
    assert ledger.store.find_match(ledger.rival_site, match) is None


def test_mallory_cannot_label_the_check_of_alice(ledger: Ledger) -> None:
    row = ledger.row(Verdict.HAM, SPAM)
    record(ledger.store, [row])
    before = counts(ledger)

    event = ledger.store.append(rival_event(ledger, row.check.guid))

    assert event is not None
    assert event.check_guid == ""
    assert event.owner_id == ledger.rival_key.owner_id
    assert counts(ledger) == before


def test_mallory_cannot_silence_the_label_of_alice(ledger: Ledger) -> None:
    row = ledger.row(Verdict.HAM, SPAM)
    record(ledger.store, [row])
    ledger.store.append(rival_event(ledger, row.check.guid))

    event = ledger.store.append(ledger.event(Label.SPAM))

    assert event is not None
    assert event.check_guid == row.check.guid


def test_mallory_sees_nothing_of_alice_in_numbers(ledger: Ledger) -> None:
    record(ledger.store, [ledger.row()])
    store, rival = ledger.store, ledger.rival_key

    assert store.counts_by_day(rival, ledger.site) == {}
    assert store.counts_by_site(rival) == []
    assert [site.address for site in store.sites(rival)] == ["mallory.example"]


def rival_event(ledger: Ledger, guid: str) -> Event:
    return msgspec.structs.replace(
        ledger.event(Label.SPAM),
        owner_id=ledger.rival_key.owner_id,
        key_id=ledger.rival_key.id,
        site_id=ledger.rival_site.id,
        check_guid=guid,
    )


# Numbers


def test_counts_by_day_leave_out_other_days_and_count_sites(ledger: Ledger) -> None:
    other = ledger.store.find_site(ledger.key, "https://kebun.example/")
    for site, days in ((ledger.site, 0), (other, 0), (ledger.site, 40)):
        check = make_check(Verdict.SPAM, NOON + timedelta(days=days))
        record(ledger.store, [CheckRow(check=check, site_id=site.id)])
    store, key = ledger.store, ledger.key

    every = store.counts_by_day(key)
    first = store.counts_by_day(key, until=date(2026, 11, 30))
    own = store.counts_by_day(key, ledger.site)

    assert [(one.spam, one.site_count) for one in every.values()] == [(2, 2), (1, 1)]
    assert list(first) == [date(2026, 11, 23)]
    assert [one.spam for one in own.values()] == [1, 1]


# Checkpoints and retention


def test_checkpoint_is_read_as_it_was_saved(ledger: Ledger) -> None:
    assert ledger.store.latest_checkpoint() is None

    for sequence in (3, 5, 4):
        ledger.store.save_checkpoint(sequence, b"fold %d" % sequence)
    ledger.store.save_checkpoint(4, b"baked", "baked")

    latest, baked = (
        ledger.store.latest_checkpoint(),
        ledger.store.latest_checkpoint("baked"),
    )
    assert latest is not None
    assert baked is not None
    assert (latest.sequence, latest.kind, latest.payload) == (5, "fold", b"fold 5")
    assert baked.payload == b"baked"


def test_comments_past_their_time_are_erased(ledger: Ledger) -> None:
    old, new = make_check(at=NOON - timedelta(days=99)), make_check()
    for check in (old, new):
        row = CheckRow(check=check, site_id=ledger.site.id, comment=SPAM)
        record(ledger.store, [row])

    erased = retention.erase_comments(ledger.store, NOON - timedelta(days=90))
    again = retention.erase_comments(ledger.store, NOON - timedelta(days=90))

    gone = ledger.store.find_check(ledger.key.owner_id, old.guid)
    kept = ledger.store.find_check(ledger.key.owner_id, new.guid)
    assert (erased, again) == (1, 0)
    assert gone is not None
    assert (gone.comment, gone.match, gone.check) == (None, b"", old)
    assert kept is not None
    assert kept.comment == SPAM


def test_baked_events_lose_what_tells_of_a_person(ledger: Ledger) -> None:
    early = msgspec.structs.replace(
        ledger.event(Label.SPAM),
        at=NOON - timedelta(days=99),
        reporter=b"r" * 16,
        subjects=(b"s" * 16,),
    )
    ledger.store.append(early)
    ledger.store.append(ledger.event(Label.HAM, HAM))

    sequence = retention.bakeable_sequence(ledger.store, NOON - timedelta(days=90))
    number = retention.bake(ledger.store, sequence, b"state")

    baked, fresh = ledger.store.events_after(0)
    checkpoint = ledger.store.latest_checkpoint("baked")
    assert (sequence, number) == (1, 1)
    assert (baked.features, baked.match, baked.reporter) == (b"", b"", b"")
    assert (baked.subjects, baked.label) == ((), Label.SPAM)
    assert fresh.features
    assert checkpoint is not None
    assert (checkpoint.sequence, checkpoint.payload) == (1, b"state")


@pytest.mark.parametrize("batch_rows", [1, 2, 9])
def test_baked_events_are_erased_in_batches_up_to_the_last(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch, batch_rows: int
) -> None:
    monkeypatch.setattr(retention, "BATCH_ROWS", batch_rows)
    for _ in range(4):
        ledger.store.append(ledger.event(Label.SPAM, None))

    numbers = [retention.bake(ledger.store, upto, b"state") for upto in (1, 3)]

    erased = [not event.features for event in ledger.store.events_after(0)]
    assert numbers == [1, 2]
    assert erased == [True, True, True, False]


def test_baking_that_was_stopped_is_ended_later(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger.store.append(ledger.event(Label.SPAM))
    with monkeypatch.context() as stopped:
        stopped.setattr(retention, "erase_baked", lambda _: None)
        retention.bake(ledger.store, 1, b"state")
    assert ledger.store.events_after(0)[0].features

    retention.erase_baked(ledger.store)

    assert not ledger.store.events_after(0)[0].features


def test_housekeeping_is_due_once_in_a_period_over_all_workers(ledger: Ledger) -> None:
    other = open_store(ledger.address, ledger.secret)
    hour = timedelta(hours=1)

    rounds = [
        retention.begin_round(store, NOON + after, hour)
        for after in (timedelta(0), timedelta(minutes=59), hour)
        for store in (ledger.store, other)
    ]

    assert rounds == [True, False, False, False, True, False]
    other.close()


def test_bakeable_is_all_or_nothing_as_events_are_old(ledger: Ledger) -> None:
    assert retention.bakeable_sequence(ledger.store, NOON) == 0

    ledger.store.append(ledger.event(Label.SPAM))

    assert retention.bakeable_sequence(ledger.store, NOON) == 0
    assert retention.bakeable_sequence(ledger.store, NOON + timedelta(1)) == 1


@pytest.mark.parametrize("sequence", [0, 2])
def test_bake_refuses_what_is_not_there(ledger: Ledger, sequence: int) -> None:
    ledger.store.append(ledger.event(Label.SPAM))

    with pytest.raises(BadRequestError):
        retention.bake(ledger.store, sequence, b"state")

    assert ledger.store.events_after(0)[0].features


# The store as a whole


def test_health_tells_numbers_and_the_state_of_the_secret(ledger: Ledger) -> None:
    record(ledger.store, [ledger.row()])
    ledger.store.append(ledger.event(Label.SPAM))
    ledger.store.save_checkpoint(1, b"state")

    found = health(ledger.store, ledger.secret)

    assert (found.owner_count, found.key_count, found.site_count) == (2, 2, 2)
    assert (found.check_count, found.event_count, found.last_sequence) == (1, 1, 1)
    assert (found.checkpoint_sequence, found.baked_sequence) == (1, 0)
    assert found.revision == found.head
    assert found.secret == "ok"
    assert found.size_bytes > 0


def test_health_tells_of_a_secret_that_is_lost_open_or_wrong(ledger: Ledger) -> None:
    ledger.secret.chmod(0o644)
    opened = health(ledger.store, ledger.secret).secret
    ledger.secret.write_text(f"saring-secret-1 {'00' * 32}\n")
    wrong = health(ledger.store, ledger.secret).secret
    ledger.secret.unlink()
    lost = health(ledger.store, ledger.secret).secret

    assert "chmod" in opened
    assert "another store's" in wrong
    assert "missing" in lost


def test_store_without_its_secret_is_not_given_another(ledger: Ledger) -> None:
    ledger.secret.unlink()

    with pytest.raises(SecretError, match="missing"):
        open_store(ledger.address, ledger.secret)

    assert not ledger.secret.exists()


def test_store_with_the_secret_of_another_is_refused(ledger: Ledger) -> None:
    ledger.secret.write_text(f"saring-secret-1 {'00' * 32}\n")

    with pytest.raises(SecretError, match="another store's"):
        open_store(ledger.address, ledger.secret)


def test_times_come_back_in_utc(ledger: Ledger) -> None:
    ledger.store.append(ledger.event(Label.SPAM))

    [event] = ledger.store.events_after(0)
    assert event.at == NOON
    assert event.at.tzinfo is UTC


def _bytes_of(ledger: Ledger) -> bytes:
    path = ledger.store.database.path
    assert path is not None
    return b"".join(one.read_bytes() for one in path.parent.glob("saring.db*"))
