"""Tests of reputation: what is known of writers, decayed and capped."""

from datetime import UTC, datetime, timedelta

import pytest

from saring import Comment, reputation
from saring.errors import ModelError
from saring.reputation import ADDRESS_CAP, EMAIL_CAP, HALF_LIFE, LIFE, Reputation
from saring.verdict import Label

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
EMAIL, ADDRESS = b"e" * 16, b"a" * 16
COMMENT = Comment(content="x", author_email="sam@spam.example", address="192.0.2.1")
SPAM, HAM = Label.SPAM, Label.HAM


def known(*labels: Label, site_id: int = 1) -> Reputation:
    learned = Reputation()
    for label in labels:
        learned.learn((EMAIL, ADDRESS), label, site_id, NOON)
    return learned


@pytest.mark.parametrize(
    ("labels", "share"),
    [
        ([], 0),
        ([SPAM], 1 / 3),
        ([HAM], -1 / 3),
        ([SPAM] * 2, 2 / 3),
        ([SPAM] * 4, 1),
        ([SPAM] * 1000, 1),
        ([HAM] * 1000, -1),
        ([SPAM] * 1000 + [HAM] * 4, 0),
    ],
)
def test_share_comes_in_steps_and_ends(labels: list[Label], share: float) -> None:
    assert known(*labels).share(EMAIL, 1, NOON) == pytest.approx(share)


def test_share_elsewhere_counts_half() -> None:
    assert known(*[HAM] * 4).share(EMAIL, 2, NOON) == -0.5


def test_share_decays_with_the_time_of_the_labels() -> None:
    learned = known(*[SPAM] * 4)

    shares = [learned.share(EMAIL, 1, NOON + n * HALF_LIFE) for n in range(5)]

    assert shares == pytest.approx([1, 2 / 3, 1 / 3, 0, 0])
    assert learned.share(EMAIL, 1, NOON - HALF_LIFE) == 1


def test_labels_after_long_count_from_what_is_left() -> None:
    learned = known(*[SPAM] * 4)
    learned.learn((EMAIL,), HAM, 1, NOON + 2 * HALF_LIFE + timedelta(days=1))

    assert learned.share(EMAIL, 1, NOON + 2 * HALF_LIFE) == 0


def test_weigh_is_capped_and_least_for_an_address() -> None:
    worst = known(*[SPAM] * 10_000)

    shift = worst.weigh((EMAIL, ADDRESS), COMMENT, 1, NOON)

    assert shift == (EMAIL_CAP, ADDRESS_CAP)


def test_weigh_knows_which_subject_is_which() -> None:
    worst = known(*[SPAM] * 4)
    only_mail = Comment(author_email="sam@spam.example")
    only_address = Comment(address="192.0.2.1")

    assert worst.weigh((EMAIL,), only_mail, 1, NOON) == (EMAIL_CAP, 0)
    assert worst.weigh((ADDRESS,), only_address, 1, NOON) == (0, ADDRESS_CAP)
    assert worst.weigh((), Comment(), 1, NOON) == (0, 0)


def test_reputation_of_strangers_is_nothing() -> None:
    assert known(SPAM).weigh((b"x" * 16, b"y" * 16), COMMENT, 1, NOON) == (0, 0)


def test_reputation_is_of_so_many_subjects(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reputation, "MAX_SUBJECTS", 2)
    learned = Reputation()
    for subject in (b"1" * 16, b"2" * 16, b"1" * 16, b"3" * 16):
        learned.learn((subject,), SPAM, 1, NOON)

    shares = [learned.share(one * 16, 1, NOON) for one in (b"1", b"2", b"3")]
    assert shares == pytest.approx([2 / 3, 0, 1 / 3])
    assert len(learned) == 4


def test_reputation_is_the_same_after_a_dump_and_what_follows_too() -> None:
    first = known(SPAM, HAM, SPAM)
    second = Reputation()
    second.load(first.dump())
    for learned in (first, second):
        learned.learn((ADDRESS,), HAM, 2, NOON + 3 * HALF_LIFE)

    assert second.dump() == first.dump() != b""


def test_reputation_copied_is_its_own() -> None:
    first = known(SPAM)
    second = first.copy()
    first.learn((EMAIL,), SPAM, 1, NOON)

    assert second.share(EMAIL, 1, NOON) == pytest.approx(1 / 3)


def test_reputation_of_nobody_is_no_bytes() -> None:
    learned = known(SPAM)
    learned.load(b"")

    assert (learned.dump(), len(learned)) == (b"", 0)


def test_reputation_refuses_what_is_damaged() -> None:
    with pytest.raises(ModelError, match="damaged"):
        Reputation().load(b"nothing")


def test_reputation_forgets_what_has_faded_or_is_old() -> None:
    learned = Reputation()
    learned.learn((b"1" * 16,), SPAM, 1, NOON)
    for _ in range(1_000):
        learned.learn((b"2" * 16,), SPAM, 1, NOON)
    assert len(learned) == 4

    learned.learn((b"3" * 16,), SPAM, 1, NOON + HALF_LIFE)
    assert len(learned) == 4
    assert learned.share(b"2" * 16, 1, NOON) == 1

    learned.learn((b"3" * 16,), SPAM, 1, NOON + LIFE + HALF_LIFE)
    assert len(learned) == 2
