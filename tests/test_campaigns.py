"""Tests of campaigns: what people said of some copies holds for all."""

from datetime import UTC, datetime, timedelta

import msgspec
import pytest

import saring.campaigns
from saring import Comment, features
from saring.campaigns import CAMPAIGN_LIFE, MAX_MEMBERS, Campaigns, Copy
from saring.errors import ModelError
from saring.verdict import Label

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
TEXT = "Makasih kakak yang kemarin kasih tahu NAGA77, sekarang motor saya sudah lunas"
OTHER = (
    "Butuh dana cepat tanpa jaminan? Hubungi ibu Ratna, proses sebentar langsung cair"
)
LINK = " https://naga.example/daftar"


def copy(
    content: str = TEXT, author: str = "Sam", url: str = "", permalink: str = ""
) -> Copy:
    comment = Comment(
        content=content, author=author, author_url=url, permalink=permalink
    )
    found = Copy.of(features.extract(comment))
    assert found is not None
    return found


def told(*labels: Label, of: Copy | None = None) -> Campaigns:
    """Return campaigns after labels of different comments."""
    campaigns = Campaigns()
    for number, label in enumerate(labels):
        campaigns.learn(of or copy(), label, NOON, b"comment %d" % number)
    return campaigns


SPAM, HAM = Label.SPAM, Label.HAM


def test_copy_of_a_pleasantry_is_none() -> None:
    short = features.extract(Comment(content="Terima kasih min", author="Bob"))

    assert Copy.of(short) is None


@pytest.mark.parametrize(
    ("content", "url", "leads"),
    [
        (TEXT, "", False),
        (TEXT + LINK, "", True),
        (TEXT, "https://naga.example", True),
        (TEXT, "naga", True),
    ],
)
def test_a_copy_leads_where_its_links_go_and_not_to_its_post(
    content: str, url: str, *, leads: bool
) -> None:
    alone = copy(content, url=url)
    posted = copy(content, url=url, permalink="https://alice.example/resep/")

    assert alone.leads is leads
    assert posted.leads is leads
    assert alone.links == posted.links


@pytest.mark.parametrize(
    ("labels", "said"),
    [
        ([], None),
        ([SPAM] * 2, None),
        ([SPAM] * 3, SPAM),
        ([SPAM] * 3 + [HAM], None),
        ([SPAM] * 9 + [HAM], SPAM),
        ([SPAM] * 9 + [HAM] * 2, None),
        ([HAM] * 5, None),
    ],
)
def test_campaign_is_spam_from_three_labels_that_agree(
    labels: list[Label], said: Label | None
) -> None:
    assert told(*labels).judge(copy(TEXT + " gan", "Dewi")) is said


def test_campaign_says_nothing_of_other_comments() -> None:
    assert told(SPAM, SPAM, SPAM).judge(copy(OTHER)) is None


def test_campaign_counts_a_comment_once_however_often_it_is_labelled() -> None:
    campaigns = Campaigns()
    for label in (SPAM, HAM, SPAM, HAM, SPAM):
        campaigns.learn(copy(), label, NOON, b"the same")

    assert campaigns.labels(copy().fingerprint) == (1, 0)


def test_campaign_takes_back_a_label_that_is_reversed() -> None:
    campaigns = told(SPAM, SPAM, SPAM)
    campaigns.learn(copy(), HAM, NOON, b"comment 1")

    assert campaigns.labels(copy().fingerprint) == (2, 1)
    assert campaigns.judge(copy()) is None


def test_campaign_counts_labels_of_comments_that_no_store_tells_apart() -> None:
    campaigns = Campaigns()
    for _ in range(3):
        campaigns.learn(copy(), SPAM, NOON)

    assert campaigns.judge(copy()) is SPAM


def test_campaign_remembers_so_many_members() -> None:
    campaigns = told(*[SPAM] * (MAX_MEMBERS + 8))
    campaigns.learn(copy(), HAM, NOON, b"comment 39")

    assert campaigns.labels(copy().fingerprint) == (MAX_MEMBERS + 7, 1)


def test_campaign_with_links_leaves_alone_what_it_was_copied_from() -> None:
    campaigns = told(SPAM, SPAM, SPAM, of=copy(TEXT + LINK))

    assert campaigns.judge(copy(TEXT + LINK, "Dewi")) is SPAM
    assert campaigns.judge(copy(TEXT, url="https://naga.example")) is SPAM
    assert campaigns.judge(copy(TEXT)) is None


def test_campaign_labelled_ham_stands_before_one_that_is_farther_off() -> None:
    spam = copy(TEXT.replace("lunas", "hilang").replace("motor", "rumah"))
    campaigns = told(SPAM, SPAM, SPAM, of=spam)
    assert campaigns.judge(copy()) is SPAM

    # They are alike: a label of the one goes to the other's campaign.
    for number in range(8):
        campaigns.learn(copy(), HAM, NOON, b"honest %d" % number)

    assert campaigns.judge(copy()) is None
    assert campaigns.is_known_ham(copy().fingerprint)


def test_campaign_is_forgotten_after_its_life_by_the_times_of_labels() -> None:
    campaigns = told(SPAM, SPAM, SPAM)
    campaigns.learn(copy(OTHER), SPAM, NOON + CAMPAIGN_LIFE, b"x")
    assert campaigns.judge(copy()) is SPAM

    late = NOON + CAMPAIGN_LIFE + timedelta(seconds=1)
    campaigns.learn(copy(OTHER), SPAM, late, b"y")
    assert campaigns.judge(copy()) is None


@pytest.mark.parametrize("label", [SPAM, HAM])
def test_decision_holds_for_all_copies_until_it_is_undone(label: Label) -> None:
    campaigns = told(SPAM, SPAM, SPAM)
    before = campaigns.digest()

    campaigns.decide(copy(), label, NOON)
    assert campaigns.judge(copy(TEXT + " 🔥", "Dewi")) is label
    assert campaigns.decision(copy().fingerprint) is label

    campaigns.undo(copy(TEXT + " 🔥").fingerprint)
    assert campaigns.judge(copy()) is SPAM
    assert campaigns.decision(copy().fingerprint) is None
    assert campaigns.digest() == before


def test_decision_undone_leaves_no_trace_of_a_campaign() -> None:
    campaigns = Campaigns()
    campaigns.decide(copy(), SPAM, NOON)
    campaigns.undo(copy().fingerprint)

    assert (campaigns.digest(), campaigns.dump()) == (b"", b"")


def test_decision_may_be_changed() -> None:
    campaigns = Campaigns()
    campaigns.decide(copy(), SPAM, NOON)
    campaigns.decide(copy(), HAM, NOON)

    assert campaigns.judge(copy()) is HAM
    assert campaigns.is_known_ham(copy().fingerprint)


def test_decision_for_ham_lets_no_other_link_through() -> None:
    petition = TEXT + " https://petisi.example/hulu"
    campaigns = Campaigns()
    campaigns.decide(copy(petition), HAM, NOON)

    assert campaigns.judge(copy(petition, "Dewi")) is HAM
    assert campaigns.judge(copy(TEXT + LINK)) is None
    assert campaigns.decision(copy(TEXT + LINK).fingerprint) is HAM

    campaigns.include(copy(TEXT + LINK))
    assert campaigns.judge(copy(TEXT + LINK, "Bob")) is HAM


def test_decision_knows_no_more_links_than_there_is_room_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(saring.campaigns, "MAX_LINK_SLOTS", 4)
    campaigns = Campaigns()
    campaigns.decide(copy(), HAM, NOON)
    campaigns.include(copy(TEXT + LINK))

    assert campaigns.judge(copy(TEXT + LINK)) is None


def test_decision_for_spam_leaves_alone_what_it_was_copied_from() -> None:
    campaigns = Campaigns()
    campaigns.decide(copy(TEXT + LINK), SPAM, NOON)
    campaigns.include(copy(TEXT + LINK))

    assert campaigns.judge(copy(TEXT + LINK, "Dewi")) is SPAM
    assert campaigns.judge(copy(TEXT)) is None


def test_nothing_is_known_of_what_was_never_met() -> None:
    campaigns = Campaigns()
    campaigns.include(copy())

    assert campaigns.labels(copy().fingerprint) == (0, 0)
    assert not campaigns.is_known_ham(copy().fingerprint)
    assert campaigns.digest() == b""


def test_campaigns_are_the_same_after_a_dump_and_what_follows_too() -> None:
    first = told(SPAM, SPAM)
    first.decide(copy(OTHER), HAM, NOON)
    second = Campaigns()
    second.load(first.dump())
    for campaigns in (first, second):
        campaigns.learn(copy(), SPAM, NOON, b"third")
        campaigns.learn(copy(), HAM, NOON, b"comment 0")

    assert second.digest() == first.digest()
    assert second.dump() == first.dump()


def test_campaigns_copied_are_their_own() -> None:
    first = told(SPAM, SPAM)
    second = first.copy()
    first.learn(copy(), SPAM, NOON, b"third")
    first.decide(copy(OTHER), SPAM, NOON)

    assert first.judge(copy()) is SPAM
    assert second.judge(copy()) is None
    assert second.decision(copy(OTHER).fingerprint) is None


@pytest.mark.parametrize("state", [b"nothing", msgspec.msgpack.encode((b"x", b""))])
def test_campaigns_refuse_what_is_damaged(state: bytes) -> None:
    with pytest.raises(ModelError, match="damaged"):
        Campaigns().load(state)
