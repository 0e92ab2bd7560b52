"""Samples and audits: what a budget may count, on SQLite and PostgreSQL alike."""

import random
from datetime import datetime, timedelta

import msgspec
import pytest

from ledger.stores import NOON, Ledger, make_check
from ledger.test_contract import record
from saring.comment import Comment
from saring.errors import NotFoundError
from saring.ledger import audits, retention
from saring.ledger.database import to_milliseconds
from saring.ledger.records import Audit, CheckRow, Judged, Site
from saring.ledger.samples import WORST
from saring.verdict import Label, Verdict

YESTERDAY = NOON - timedelta(days=1)
TOMORROW = NOON + timedelta(days=1)
EVERYTHING = {False: 100, True: 100}


def judged(ledger: Ledger, name: str, margin: int = 5, **fields: object) -> Judged:
    return Judged(
        site_id=ledger.site.id,
        at=NOON,
        match=name.encode().ljust(16),
        margin=margin,
        **fields,  # type: ignore[arg-type]  # of a test's own words
    )


def record_checks(
    ledger: Ledger,
    verdict: Verdict,
    count: int,
    *,
    site: Site | None = None,
    step: str = "classifier",
) -> None:
    checks = [
        msgspec.structs.replace(make_check(verdict), margin=number, decided_by=step)
        for number in range(count)
    ]
    site_id = (site or ledger.site).id
    comment = Comment(content=f"a {verdict} comment")
    record(
        ledger.store,
        [CheckRow(check=check, site_id=site_id, comment=comment) for check in checks],
    )


def draw(
    ledger: Ledger, wanted: dict[bool, int] | None = None, until: datetime = TOMORROW
) -> Audit:
    return ledger.store.draw_audit(
        ledger.site,
        (to_milliseconds(YESTERDAY), to_milliseconds(until)),
        wanted or EVERYTHING,
        random.Random(1),
    )


def answer_all(ledger: Ledger, audit: Audit, label: str = "ham") -> None:
    for item in ledger.store.audit_items(ledger.site, audit):
        ledger.store.answer_audit(audit, item.place, label)


def margins(ledger: Ledger) -> list[int]:
    return sorted(ham.margin for ham in ledger.store.hams(ledger.site))


def test_samples_keep_each_imported_ham_once(ledger: Ledger) -> None:
    first, second = judged(ledger, "a"), judged(ledger, "b", margin=-7)

    assert ledger.store.add_judged([first, second]) == 2
    assert ledger.store.add_judged([first, second]) == 0
    assert margins(ledger) == [-7, 5]


def test_samples_of_one_site_are_not_anothers(ledger: Ledger) -> None:
    ledger.store.add_judged([judged(ledger, "a")])

    assert ledger.store.hams(ledger.rival_site) == []


def test_ham_that_was_reported_before_it_was_judged_is_the_worst(
    ledger: Ledger,
) -> None:
    event = ledger.event(Label.HAM)
    ledger.store.append(event)
    one = msgspec.structs.replace(judged(ledger, ""), match=event.match)

    ledger.store.add_judged([one])

    assert margins(ledger) == [WORST]


def test_ham_written_since_the_site_asks_us_proves_nothing(ledger: Ledger) -> None:
    long_ago = judged(ledger, "a", written_at=NOON.replace(year=2020))
    since_then = judged(ledger, "b", written_at=NOON.replace(year=2100))

    assert ledger.store.add_judged([long_ago, since_then]) == 1


def test_ham_judged_by_an_earlier_base_model_counts_no_more(ledger: Ledger) -> None:
    ledger.store.add_judged([judged(ledger, "a")])

    assert ledger.store.note_base("sha256:1", TOMORROW)
    assert not ledger.store.note_base("sha256:1", TOMORROW + timedelta(days=1))
    assert margins(ledger) == []


def test_audit_draws_from_what_was_published_and_what_was_held(
    ledger: Ledger,
) -> None:
    record_checks(ledger, Verdict.HAM, 8)
    record_checks(ledger, Verdict.UNSURE, 2)
    record_checks(ledger, Verdict.SPAM, 4)
    record_checks(ledger, Verdict.DISCARD, 1)
    record_checks(ledger, Verdict.SPAM, 3, step="asked")
    record_checks(ledger, Verdict.SPAM, 9, site=ledger.rival_site)

    audit = draw(ledger, {False: 3, True: 2})

    assert (audit.published.there, audit.held.there) == (10, 5)
    assert (audit.published.open, audit.held.open) == (3, 2)


def test_audit_shows_no_verdict(ledger: Ledger) -> None:
    record_checks(ledger, Verdict.SPAM, 2)

    items = ledger.store.audit_items(ledger.site, draw(ledger))

    assert set(items[0].__struct_fields__) == {"place", "answer", "guid", "comment"}
    assert [item.place for item in items] == [1, 2]


def test_audit_mixes_what_was_published_and_what_was_held(ledger: Ledger) -> None:
    record_checks(ledger, Verdict.HAM, 20)
    record_checks(ledger, Verdict.SPAM, 20)

    items = ledger.store.audit_items(ledger.site, draw(ledger))

    contents = [item.comment.content for item in items if item.comment]
    assert contents != sorted(contents)
    assert contents != sorted(contents, reverse=True)


def test_audit_draws_each_comment_as_likely_as_another(ledger: Ledger) -> None:
    record_checks(ledger, Verdict.HAM, 10)
    span = to_milliseconds(YESTERDAY), to_milliseconds(TOMORROW)
    counts = [0] * 10
    with ledger.store.database.read() as connection:
        for seed in range(300):
            chosen = audits.choose(
                connection, ledger.site, span, {False: 3}, random.Random(seed)
            )
            for row in chosen.rows:
                counts[row["margin"]] += 1

    # 90 each, with a standard deviation of 8.
    assert min(counts) > 58
    assert max(counts) < 122


def test_audit_never_draws_from_a_time_twice(ledger: Ledger) -> None:
    record_checks(ledger, Verdict.HAM, 3)
    draw(ledger)

    with pytest.raises(NotFoundError, match="since the last audit"):
        draw(ledger, until=TOMORROW + timedelta(days=1))


def test_audit_is_seen_by_its_own_site_alone(ledger: Ledger) -> None:
    record_checks(ledger, Verdict.HAM, 3)
    audit = draw(ledger)

    assert ledger.store.newest_audit(ledger.site) == audit
    assert ledger.store.newest_audit(ledger.rival_site) is None
    with pytest.raises(NotFoundError):
        ledger.store.find_audit(ledger.rival_site, audit.id)
    rivals = ledger.store.audit_items(ledger.rival_site, audit)
    assert [item.comment for item in rivals] == [None] * 3


def test_audit_has_no_place_that_was_not_drawn(ledger: Ledger) -> None:
    record_checks(ledger, Verdict.HAM, 1)

    with pytest.raises(NotFoundError, match="no comment 2"):
        ledger.store.answer_audit(draw(ledger), 2, "ham")


def test_audit_counts_its_answers(ledger: Ledger) -> None:
    record_checks(ledger, Verdict.HAM, 3)
    record_checks(ledger, Verdict.SPAM, 1)
    audit = draw(ledger)
    for place, label in ((1, "ham"), (2, "spam"), (3, "unclear")):
        ledger.store.answer_audit(audit, place, label)

    found = ledger.store.find_audit(ledger.site, audit.id)

    parts = [(s.ham, s.spam, s.unclear, s.open) for s in (found.published, found.held)]
    assert [sum(part) for part in zip(*parts, strict=True)] == [1, 1, 1, 1]


def test_hams_of_an_audit_count_once_it_is_finished(ledger: Ledger) -> None:
    record_checks(ledger, Verdict.HAM, 3)
    audit = draw(ledger)
    ledger.store.answer_audit(audit, 1, "ham")
    assert margins(ledger) == []

    answer_all(ledger, audit)

    assert margins(ledger) == [0, 1, 2]


def test_hams_of_an_audit_weigh_what_their_chance_was(ledger: Ledger) -> None:
    record_checks(ledger, Verdict.HAM, 10)
    record_checks(ledger, Verdict.SPAM, 4)
    # One half of the held, one fifth of the published.
    audit = draw(ledger, {False: 2, True: 2})
    answer_all(ledger, audit)

    weights = sorted(ham.weight for ham in ledger.store.hams(ledger.site))

    assert weights == pytest.approx([0.4, 0.4, 1, 1])


def test_what_nobody_could_tell_counts_as_ham_and_spam_does_not(
    ledger: Ledger,
) -> None:
    record_checks(ledger, Verdict.SPAM, 2)
    audit = draw(ledger)
    ledger.store.answer_audit(audit, 1, "unclear")
    ledger.store.answer_audit(audit, 2, "spam")

    assert len(ledger.store.hams(ledger.site)) == 1


def test_what_another_step_settled_is_no_ham_of_the_classifiers(
    ledger: Ledger,
) -> None:
    record_checks(ledger, Verdict.SPAM, 2, step="blocklist")
    answer_all(ledger, draw(ledger))

    assert ledger.store.hams(ledger.site) == []


def test_erased_samples_lead_to_no_comment_and_still_count(ledger: Ledger) -> None:
    ledger.store.add_judged([judged(ledger, "a")])
    record_checks(ledger, Verdict.HAM, 2)
    audit = draw(ledger)
    ledger.store.answer_audit(audit, 1, "ham")

    retention.erase_samples(ledger.store, TOMORROW, TOMORROW.replace(year=2100))

    found = ledger.store.find_audit(ledger.site, audit.id)
    items = ledger.store.audit_items(ledger.site, found)
    assert [(item.guid, item.comment) for item in items] == [("", None)] * 2
    assert (found.published.ham, found.published.unclear) == (1, 1)
    assert len(ledger.store.hams(ledger.site)) == 3
    assert ledger.store.add_judged([judged(ledger, "a")]) == 1
