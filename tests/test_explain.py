"""Tests of reasons: families, words, decoded text, one sentence."""

import pytest

from saring import Comment, Engine, Label, features
from saring.explain import decode
from saring.ledger.records import Site
from saring.phrases import phrase

GAMBLING = Comment(content="gila 𝗡𝗔𝗚𝗔𝟳𝟳 beneran ɢᴀᴄᴏʀ, main slot di sini", author="Sam")


@pytest.fixture(scope="module")
def engine() -> Engine:
    engine = Engine("empty")
    engine.learn(GAMBLING, Label.SPAM)
    engine.learn(Comment(content="terima kasih infonya"), Label.HAM)
    return engine


def test_explain_gives_the_verdict_of_the_check(engine: Engine) -> None:
    explanation, check = engine.explain(GAMBLING), engine.check(GAMBLING)

    assert (explanation.verdict, explanation.score) == (check.verdict, check.score)
    assert explanation.families == check.clues


def test_explain_shows_the_decoded_text_beside_the_disguised(engine: Engine) -> None:
    decoded = engine.explain(GAMBLING).decoded

    assert decoded == "gila naga77 beneran gacor, main slot di sini"


def test_explain_names_words_that_speak_for_spam(engine: Engine) -> None:
    clues = engine.explain(GAMBLING).clues

    assert "the word “gacor”" in [clue.text for clue in clues if clue.weight > 0]
    assert len(clues) <= 12


def test_explain_says_in_a_sentence_what_the_site_is_told(engine: Engine) -> None:
    held = engine.explain(GAMBLING).sentence
    published = engine.explain(Comment(content="terima kasih infonya")).sentence

    assert held.startswith("Held as spam: spam with a probability of over 99.9%")
    assert published.startswith("Published")


def test_explain_says_which_step_settled_it(engine: Engine) -> None:
    blocked = Site(blocklist=frozenset({"@example.org"}))
    comment = Comment(content="Hello", author_email="sam@example.org")

    explanation = engine.explain(comment, blocked)

    assert explanation.sentence == (
        "Held as spam: the site's blocklist names its author."
    )
    assert explanation.clues == ()


@pytest.mark.parametrize(
    ("content", "decoded"),
    [
        ("ѕӏоt gасоr", "slot gacor"),
        ("p͟u͟l͟a͟u͟ 8️⃣8️⃣", "pulau 88"),
        ("Спасибо за статью", ""),
        ("Γεια σου", ""),
        ("Terima <b>kasih</b>", ""),
        ("ขอบคุณครับ", ""),
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
    )

    unknown = [
        named.name
        for named in features.describe(rich)
        if phrase(named.name) == ": ".join(named.name.split(":"))
    ]

    assert unknown == []
