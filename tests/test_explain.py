"""Tests of reasons: one sentence, words, decoded text, spans and what would publish."""

import re

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from saring import Comment, Engine, Label, demo, features
from saring.corpus import comment_from_row
from saring.explanation import Explanation
from saring.ledger.records import Site
from saring.phrases import Facts, phrase
from saring.words import decode

GAMBLING = Comment(content="gila 𝗡𝗔𝗚𝗔𝟳𝟳 beneran ɢᴀᴄᴏʀ, main slot di sini", author="Sam")
SHOP = Comment(
    content='Nice! <a href="http://cheap.example/buy">Cheap <b>pills</b></a> &amp; so',
    author="Cheap pills",
    author_url="http://cheap.example",
)


@pytest.fixture(scope="module")
def engine() -> Engine:
    engine = Engine("empty")
    engine.learn(GAMBLING, Label.SPAM)
    engine.learn(Comment(content="terima kasih infonya"), Label.HAM)
    return engine


@pytest.fixture(scope="module")
def shipped() -> Engine:
    return Engine()


def is_verified(
    engine: Engine, comment: Comment, explanation: Explanation, site: Site
) -> bool:
    """Judge every change that is told once more, from its JSON."""
    told = msgspec.json.decode(msgspec.json.encode(explanation))
    for change in told["changes"]:
        blocklist = site.blocklist - set(change["entries"])
        now = engine.check(
            msgspec.structs.replace(comment, **change["fields"]),
            msgspec.structs.replace(site, blocklist=blocklist),
        )
        if now.verdict.is_held or now.verdict != change["verdict"]:
            return False
    return True


def test_explain_gives_the_verdict_of_the_check(engine: Engine) -> None:
    explanation, check = engine.explain(GAMBLING), engine.check(GAMBLING)

    assert (explanation.verdict, explanation.score) == (check.verdict, check.score)
    assert explanation.families == check.clues
    assert explanation.kinds == tuple(clue.family for clue in check.clues[:2])


def test_explain_shows_the_decoded_text_beside_the_disguised(engine: Engine) -> None:
    explanation = engine.explain(GAMBLING)

    assert explanation.decoded == "gila naga77 beneran gacor, main slot di sini"
    assert [(r.written, r.reads, r.start, r.end) for r in explanation.readings] == [
        ("𝗡𝗔𝗚𝗔𝟳𝟳", "naga77", 5, 11),
        ("ɢᴀᴄᴏʀ", "gacor", 20, 25),
    ]


def test_explain_names_words_that_speak_for_spam(engine: Engine) -> None:
    clues = engine.explain(GAMBLING).clues

    texts = [clue.text for clue in clues if clue.weight > 0]
    assert "The word “gacor” often stands in spam" in texts
    assert "Letters are disguised: “𝗡𝗔𝗚𝗔𝟳𝟳” reads “naga77”" in texts
    assert len(texts) == len(set(texts))
    assert len(clues) <= 12


def test_explain_parts_words_whose_letters_stand_apart() -> None:
    engine = Engine("empty")
    comment = Comment(content="S L O T  G A C O R")
    engine.learn(comment, Label.SPAM)

    found = engine.explain(comment)

    assert found.decoded == "slot gacor"
    assert any("word “slot”" in clue.text for clue in found.clues)
    assert any("words “slot gacor”" in clue.text for clue in found.clues)


def test_explain_counts_words_as_they_read() -> None:
    comment = Comment(content="S L O T  G A C O R 88 maxwin: slot88.example")

    said = {clue.text for clue in Engine().explain(comment, languages=["en"]).clues}

    counted = {text for text in said if re.fullmatch(r"It has \d+ words", text)}
    longest = {text for text in said if text.startswith("Its longest word has")}
    assert counted == {"It has 6 words"}
    assert longest == {"Its longest word has 7 letters"}


def test_explain_shows_words_of_other_alphabets_as_they_are_written() -> None:
    engine = Engine("empty")
    comment = Comment(content="Пишите в личку")
    engine.learn(comment, Label.SPAM)

    texts = [clue.text for clue in engine.explain(comment).clues]

    assert "The word “пишите” often stands in spam" in texts


def test_explain_tells_words_of_an_address_as_such() -> None:
    engine = Engine("empty")
    comment = Comment(content="see http://cheap.example/pills")
    engine.learn(comment, Label.SPAM)

    texts = [clue.text for clue in engine.explain(comment).clues]

    assert "“pills” in an address" in texts
    assert not [text for text in texts if "word “pills”" in text]


def test_explain_calls_a_word_known_only_where_it_was_seen(engine: Engine) -> None:
    clues = engine.explain(Comment(content="gacoran")).clues

    assert "The word “gacoran” resembles words in spam" in [c.text for c in clues]


def test_explain_says_in_a_sentence_what_the_site_is_told(engine: Engine) -> None:
    held = engine.explain(GAMBLING).sentence
    published = engine.explain(Comment(content="terima kasih infonya")).sentence

    assert held.startswith("Held as spam: spam with a probability of 94.5%")
    assert published.startswith("Published")


def test_explain_speaks_the_language_that_is_asked_for(engine: Engine) -> None:
    ours = msgspec.structs.replace(GAMBLING, languages=("id", "en"))

    told = [
        engine.explain(GAMBLING),
        engine.explain(ours),
        engine.explain(ours, languages=["fr", "en-GB"]),
    ]

    assert [each.language for each in told] == ["en", "id", "en"]
    assert told[1].sentence.startswith("Ditahan sebagai spam: kemungkinan spam 94,5%")
    assert "Kata “gacor” sering muncul dalam spam" in [c.text for c in told[1].clues]
    assert told[1].change.startswith(("Komentar ini akan terbit", "Tidak ada"))


def test_explain_tells_which_span_weighed_most(engine: Engine) -> None:
    span = engine.explain(GAMBLING).span

    assert span is not None
    assert span.base == "content"
    assert span.weight > 0
    assert GAMBLING.content[span.start : span.end] == span.text


def test_explain_finds_the_span_in_the_content_as_sent() -> None:
    engine = Engine("empty")
    engine.learn(SHOP, Label.SPAM)

    span = engine.explain(SHOP).span

    assert span is not None
    assert span.base == "content"
    sent = SHOP.content[span.start : span.end]
    assert sent.replace("<b>", "").replace("</b>", "").startswith(span.text[:4])


def test_explain_says_which_entry_of_a_list_settled_it(engine: Engine) -> None:
    blocked = Site(blocklist=frozenset({"@example.org"}))
    allowed = Site(allowlist=frozenset({"@example.org"}))
    comment = Comment(content="Hello", author_email="sam@example.org")

    held, published = engine.explain(comment, blocked), engine.explain(comment, allowed)

    assert held.sentence == ("Held as spam: the site's blocklist names “@example.org”.")
    assert published.sentence == (
        "Published: the site's allowlist names “@example.org”."
    )
    assert (held.clues, held.kinds, held.span) == ((), ("blocklist",), None)
    assert (published.changes, published.change) == ((), "")


def test_explain_tells_what_would_publish_what_a_step_held(engine: Engine) -> None:
    site = Site(blocklist=frozenset({"@example.org", "example.com"}))
    comment = Comment(
        content="terima kasih infonya http://example.com",
        author_email="sam@example.org",
        honeypot="x",
    )

    found = engine.explain(comment, site)

    assert found.change == (
        "It would have been published without “@example.org” in the site's blocklist, "
        "without “example.com” in the site's blocklist, and without what was filled "
        "into the hidden field."
    )
    assert found.changes[0].kinds == ("entry", "entry", "honeypot")
    assert is_verified(engine, comment, found, site)


def test_explain_undoes_a_test_of_the_client(shipped: Engine) -> None:
    asked = Comment(content="Terima kasih!", author="Alice", asked_verdict="spam")

    found = shipped.explain(asked)

    assert found.change == (
        "It would have been published if the client had not asked for this answer."
    )


def test_explain_goes_on_where_the_classifier_would_hold_it_too(engine: Engine) -> None:
    trapped = msgspec.structs.replace(GAMBLING, honeypot="x")

    found = engine.explain(trapped)

    assert found.decided_by == "honeypot"
    assert all(change.kinds[0] == "honeypot" for change in found.changes)
    assert is_verified(engine, trapped, found, Site())


def test_explain_says_plainly_where_nothing_small_would_help() -> None:
    engine = Engine("empty")
    engine.learn(Comment(content="naga77"), Label.SPAM)

    found = engine.explain(Comment(content="naga77 " * 20))

    assert found.changes == ()
    assert found.judgement_count > 0
    assert found.change == (
        "Nothing small would have published it: "
        f"{found.judgement_count} changes were tried."
    )


def test_explain_tells_the_smallest_change_first(shipped: Engine) -> None:
    held = [each for each in demo_comments() if shipped.check(each).verdict.is_held]

    sizes = [[c.size for c in shipped.explain(each).changes] for each in held]

    assert any(sizes)
    assert all(each == sorted(each) for each in sizes)


def test_explain_judged_every_change_that_it_tells(shipped: Engine) -> None:
    for comment in [*demo_comments(), SHOP]:
        found = shipped.explain(comment)

        assert found.judgement_count <= 64
        assert bool(found.change) == found.verdict.is_held
        assert is_verified(shipped, comment, found, Site())


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "slot",
                "𝗚𝗔𝗖𝗢𝗥",
                "s l o t",
                "<b>naga77</b>",
                '<a href="http://x.example/y">jepe</a>',
                "[url=http://z.example]maxwin[/url]",
                "www.bit.ly/q",
                "&amp;",
                "&#103;acor",
                "terima kasih.",
                "\n",
                "<p>",
                "8️⃣8️⃣",
                "[b]",
                "[/b]",
                "<",
            ]
        ),
        min_size=1,
        max_size=24,
    ),
    st.sampled_from(["", "Sam", "𝗦𝗹𝗼𝘁"]),
    st.sampled_from(["", "http://bit.ly/slot"]),
)
def test_explain_judged_every_change_of_any_comment(
    parts: list[str], author: str, url: str
) -> None:
    comment = Comment(content=" ".join(parts), author=author, author_url=url)
    engine = SHIPPED

    found = engine.explain(comment)

    assert is_verified(engine, comment, found, Site())
    for reading in found.readings:
        if reading.base == "text":
            assert found.text[reading.start : reading.end] == reading.written


SHIPPED = Engine()


def demo_comments() -> list[Comment]:
    return [comment_from_row(fields) for fields in demo.read_comments()]


@pytest.mark.parametrize(
    ("content", "decoded"),
    [
        ("ѕӏоt gасоr", "slot gacor"),
        ("p͟u͟l͟a͟u͟ 8️⃣8️⃣", "pulau 88"),
        ("S L O T  G A C O R 88", "slot gacor 88"),
        ("Спасибо за статью", ""),
        ("Γεια σου", ""),
        ("Terima kasih, café, don’t", ""),
        ("ขอบคุณครับ", ""),
        ("1 2 3", ""),
        ("", ""),
    ],
)
def test_decode_reads_disguise_and_leaves_other_alphabets(
    content: str, decoded: str
) -> None:
    assert decode(content) == decoded


def test_phrase_knows_every_family_of_names() -> None:
    rich = Comment(
        content="gila 𝗡𝗔𝗚𝗔 <a href='http://naga77.example/daftar/vip'>klik</a> aku77",
        author="Sam Jackpot",
        author_email="x@mailinator.com",
        author_url="http://bit.ly/x",
        address="203.0.113.4",
        user_agent="Mozilla/5.0 Firefox/140",
        headers={"accept-language": "en"},
        languages=("id",),
        honeypot="x",
        nonce="failed",
    )

    unknown = [
        named.name
        for named in features.describe(rich)
        if phrase(named.name, Facts()).message == "clue-other"
    ]

    assert unknown == []
