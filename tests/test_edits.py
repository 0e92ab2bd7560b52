"""Edits: each takes one thing away, and nothing else."""

import pytest

from saring import Comment, features
from saring.edits import Edit, Looked, apply, find_edits, look
from saring.ledger.records import Site
from saring.words import Weighed, place


def see(comment: Comment) -> Looked:
    return look(comment, features.describe_all(comment), {})


def looked_at(content: str, *heavy: str) -> Looked:
    """Look at a content in which some words weigh something."""
    looked = see(Comment(content=content))
    words = [
        word._replace(weight=1.0 if word.reads in heavy else 0.0)
        for word in looked.words
    ]
    return looked._replace(words=words, placed=place(words))


def edits_of(kind: str, looked: Looked) -> list[Edit]:
    return [edit for edit in find_edits(looked) if edit.kind == kind]


def edited(looked: Looked, edit: Edit) -> Comment:
    return apply(looked.comment, Site(), [edit])[0]


@pytest.mark.parametrize(
    ("content", "left"),
    [
        ('see <a href="http://x.example/a">this</a> ok', "see this ok"),
        ("see http://x.example/a ok", "see  ok"),
        ("see [url=http://x.example]this[/url] ok", "see this ok"),
        ("see [url]http://x.example[/url] ok", "see [url][/url] ok"),
        ("<a href='http://x.example'>http://x.example</a>", ""),
        ("<img src='http://x.example/i.png'> ok", " ok"),
    ],
)
def test_edits_take_links_out_and_leave_what_they_are_called(
    content: str, left: str
) -> None:
    looked = see(Comment(content=content))

    (edit,) = edits_of("link", looked)

    assert edited(looked, edit).content == left


def test_edits_take_out_the_links_to_one_host_or_all() -> None:
    looked = looked_at("<a href='http://x.example'>a</a> http://y.example/b c")

    one, other = edits_of("link", looked)
    (both,) = edits_of("links", looked)

    assert edited(looked, one).content == "a http://y.example/b c"
    assert edited(looked, other).content == "<a href='http://x.example'>a</a>  c"
    assert edited(looked, both).content == "a  c"
    assert both.size == 2


def test_edits_take_a_word_out_wherever_it_stands() -> None:
    looked = looked_at("Slot, the <b>slot</b> and s l o t", "slot")

    (edit,) = edits_of("word", looked)

    assert edited(looked, edit).content == ", the <b></b>and "
    assert edit.size == 3
    assert (
        edit.phrase.say("en") == "without the word “Slot”, which stands there 3 times"
    )


def test_edits_leave_words_of_addresses_to_links() -> None:
    looked = looked_at("see http://slot.example", "slot")

    assert edits_of("word", looked) == []


def test_edits_take_a_phrase_out_with_what_stands_between() -> None:
    looked = looked_at("ayo main slot, gacor sekali", "slot", "gacor")
    looked = looked._replace(heaviest=Weighed(9, 20, 2.0))

    (edit,) = edits_of("phrase", looked)

    assert edited(looked, edit).content == "ayo main sekali"
    assert edit.size == 2


def test_edits_take_a_sentence_out() -> None:
    looked = looked_at("Bagus. Main slot.example! Salam", "main")

    (edit,) = edits_of("sentence", looked)

    assert edited(looked, edit).content == "Bagus. Salam"


def test_edits_write_plain_letters_and_keep_the_rest() -> None:
    looked = looked_at("<i>𝗦𝗟</i>𝗢𝗧 &amp; Café")

    (edit,) = edits_of("letters", looked)

    assert edited(looked, edit).content == "<i>slot</i> &amp; Café"


def test_edits_change_who_writes() -> None:
    comment = Comment(content="x", author="Slot", author_url="http://x.example")
    looked = see(comment)

    (site,), (author,), (mail,) = (
        edits_of(kind, looked) for kind in ("site", "author", "mail")
    )

    assert edited(looked, site).author_url == ""
    assert edited(looked, author).author == "Ani"
    assert edited(looked, mail).author_email == "ani@example.org"


def test_edits_offer_nobody_the_name_or_address_they_have() -> None:
    comment = Comment(content="x", author="Ani", author_email="a@example.org")
    looked = see(comment)

    assert list(find_edits(looked)) == []


def test_apply_takes_a_word_out_rather_than_writing_it_plainly() -> None:
    looked = looked_at("main 𝗦𝗟𝗢𝗧 dan ɢᴀᴄᴏʀ", "slot")

    together = [*edits_of("letters", looked), *edits_of("word", looked)]

    assert apply(looked.comment, Site(), together)[0].content == "main dan gacor"
