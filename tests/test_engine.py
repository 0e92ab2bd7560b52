"""Tests of the order of steps, and of judging and learning in memory."""

import math

import pytest

from saring import Comment, Engine, features
from saring.ledger.records import Site
from saring.verdict import Cutoffs, Label, Verdict

PLEASANTRY = Comment(content="Terima kasih, artikelnya jelas sekali.", author="Alice")
GAMBLING = Comment(content="slot gacor NAGA77 maxwin hari ini, depo langsung jepe")


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(clock=lambda: 1_800_000_000.5)


def test_engine_tells_plain_spam_from_a_pleasantry(engine: Engine) -> None:
    assert engine.check(PLEASANTRY).verdict is Verdict.HAM
    assert engine.check(GAMBLING).verdict is Verdict.SPAM


def test_engine_takes_the_time_from_its_clock(engine: Engine) -> None:
    check = engine.check(PLEASANTRY)

    assert check.at.timestamp() == pytest.approx(1_800_000_000.5)
    assert len(check.guid) == 32
    assert check.guid != engine.check(PLEASANTRY).guid


def test_engine_gives_a_clients_test_what_it_asks_for(engine: Engine) -> None:
    for asked in ("ham", "spam", "discard"):
        check = engine.check(Comment(content="x", asked_verdict=asked))
        assert (check.verdict, check.decided_by) == (Verdict(asked), "asked")


def test_engine_publishes_an_administrator(engine: Engine) -> None:
    check = engine.check(
        Comment(content=GAMBLING.content, user_role="Editor, Administrator")
    )

    assert (check.verdict, check.decided_by) == (Verdict.HAM, "administrator")


def test_engine_lets_guaranteed_spam_beat_an_administrator(engine: Engine) -> None:
    check = engine.check(Comment(asked_verdict="spam", user_role="administrator"))

    assert check.verdict is Verdict.SPAM


def test_engine_judges_other_roles_like_anybody(engine: Engine) -> None:
    check = engine.check(Comment(content=GAMBLING.content, user_role="subscriber"))

    assert (check.verdict, check.decided_by) == (Verdict.SPAM, "classifier")


def test_engine_allows_nobody_for_a_link_to_an_allowed_host(engine: Engine) -> None:
    comment = Comment(content="https://alice.example and https://sam.example")
    listed = frozenset({"alice.example"})

    allowed = engine.check(comment, Site(allowlist=listed))
    blocked = engine.check(comment, Site(blocklist=listed))

    assert (allowed.decided_by, blocked.decided_by) == ("classifier", "blocklist")


def test_engine_ranks_a_check_by_its_margin(engine: Engine) -> None:
    administrator = engine.check(Comment(content="Halo", user_role="administrator"))
    trapped = engine.check(Comment(content="Halo", honeypot="x"))
    judged = engine.check(Comment(content="Halo"))

    assert (administrator.margin, trapped.margin) == (-math.inf, math.inf)
    extracted = features.extract(Comment(content="Halo"))
    assert judged.margin == engine.fold.score(extracted, Site()).margin


def test_engine_checks_many_as_it_checks_each(engine: Engine) -> None:
    comments = [
        GAMBLING,
        Comment(content="Halo", honeypot="x"),
        Comment(content="Terima kasih infonya"),
        Comment(content="Halo", user_role="administrator"),
    ]
    sites = [Site(), Site(), Site(cutoffs=Cutoffs(0.0, 0.0, 1.0)), Site()]

    found = engine.check_many(comments, sites)

    expected = [*map(engine.check, comments, sites)]
    told = [(one.verdict, one.score, one.decided_by, one.clues) for one in found]
    assert told == [(e.verdict, e.score, e.decided_by, e.clues) for e in expected]
    assert len({one.guid for one in found}) == 4
    assert engine.check_many([]) == []


def test_engine_asks_the_allowlist_before_the_blocklist(engine: Engine) -> None:
    comment = Comment(content=GAMBLING.content, author_email="alice@example.org")
    blocked = Site(blocklist=frozenset({"@example.org"}))
    both = Site(
        allowlist=frozenset({"alice@example.org"}),
        blocklist=frozenset({"@example.org"}),
    )

    assert engine.check(comment, both).decided_by == "allowlist"
    assert engine.check(comment, both).verdict is Verdict.HAM
    assert engine.check(comment, blocked).decided_by == "blocklist"


def test_engine_holds_what_filled_the_honeypot(engine: Engine) -> None:
    check = engine.check(
        Comment(content=PLEASANTRY.content, honeypot="http://x.example")
    )

    assert (check.verdict, check.decided_by) == (Verdict.SPAM, "honeypot")


def test_engine_lets_the_page_behind_a_pingback_be_read_first(engine: Engine) -> None:
    asked = Comment(type="pingback", author_url="https://b.example", is_pre_check=True)

    check = engine.check(asked)
    blocked = engine.check(asked, Site(blocklist=frozenset({"b.example"})))

    assert (check.verdict, check.decided_by) == (Verdict.HAM, "pre_check")
    assert blocked.verdict is Verdict.SPAM


def test_engine_discards_only_where_the_site_asked_for_it(engine: Engine) -> None:
    cutoffs = Cutoffs(unsure=0.0, spam=0.0, discard=0.0)

    assert engine.check(PLEASANTRY, Site(cutoffs=cutoffs)).verdict is Verdict.SPAM
    asked = Site(cutoffs=cutoffs, may_discard=True)
    assert engine.check(PLEASANTRY, asked).verdict is Verdict.DISCARD


def test_engine_follows_the_sites_own_cutoffs(engine: Engine) -> None:
    lenient = Site(cutoffs=Cutoffs(unsure=1.0, spam=1.0, discard=1.0))

    assert engine.check(GAMBLING, lenient).verdict is Verdict.HAM


def test_engine_explains_its_check_by_families(engine: Engine) -> None:
    check = engine.check(GAMBLING)

    weights = [abs(clue.weight) for clue in check.clues]
    assert weights == sorted(weights, reverse=True)
    assert check.clues[0].family == "text"


def test_engine_changes_nothing_by_judging(engine: Engine) -> None:
    before = engine.fold.digest()

    engine.check(GAMBLING)
    engine.explain(GAMBLING)

    assert engine.fold.digest() == before


def test_engine_publishes_the_same_comment_after_one_correction() -> None:
    engine = Engine()
    assert engine.check(GAMBLING).verdict is Verdict.SPAM

    engine.learn(GAMBLING, Label.HAM)

    assert not engine.check(GAMBLING).verdict.is_held


def test_engine_holds_the_same_comment_after_one_correction() -> None:
    engine = Engine()
    assert engine.check(PLEASANTRY).verdict is Verdict.HAM

    engine.learn(PLEASANTRY, Label.SPAM)

    assert engine.check(PLEASANTRY).verdict.is_held


def test_engine_keeps_owners_apart_to_the_bit() -> None:
    engine = Engine()
    alice, mallory = Site(id=1, owner_id=1), Site(id=2, owner_id=2)
    before = engine.check(PLEASANTRY, alice)

    for _ in range(5):
        engine.learn(PLEASANTRY, Label.SPAM, mallory)

    assert engine.check(PLEASANTRY, mallory).verdict.is_held
    assert engine.check(PLEASANTRY, alice).score == before.score
    assert engine.check(PLEASANTRY, alice).clues == before.clues


def test_engine_knows_nothing_when_it_starts_empty() -> None:
    assert Engine("empty").check(PLEASANTRY).score == 0.5
