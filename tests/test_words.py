"""Words: where they stand, how they read, and which of them weigh most."""

from saring import Comment, features
from saring.words import Shares, Word, find_disguised, find_heaviest, find_words, place


def words_in(text: str, shares: Shares | None = None) -> list[Word]:
    return find_words(features.describe_all(Comment(content=text)), text, shares)


def test_find_words_gives_every_place_of_a_word() -> None:
    (first, second) = words_in("slot 𝗦𝗟𝗢𝗧 gacor")

    assert (first.reads, first.spans) == ("slot", ((0, 4), (5, 9)))
    assert second.spans == ((10, 15),)


def test_find_words_reads_the_tail_of_a_long_text() -> None:
    text = "kata " * 1_000 + "gacor"

    (word,) = [word for word in words_in(text) if word.reads == "gacor"]

    assert text[slice(*word.spans[0])] == "gacor"


def test_find_disguised_gives_each_place_in_order() -> None:
    text = "𝗦𝗟𝗢𝗧 dan g.a.c.o.r dan 𝗦𝗟𝗢𝗧"

    found = find_disguised(text, words_in(text))

    assert [(each.written, each.reads) for each in found] == [
        ("𝗦𝗟𝗢𝗧", "slot"),
        ("g.a.c.o.r", "gacor"),
        ("𝗦𝗟𝗢𝗧", "slot"),
    ]


def test_find_disguised_leaves_scripts_that_live_by_their_joiners() -> None:
    text = "می‌خواهم"

    assert find_disguised(text, words_in(text)) == []


def test_find_words_weighs_them() -> None:
    shares = dict.fromkeys(range(1 << 22), 1.0)

    (word,) = words_in("slot", shares)

    assert word.weight >= 4
    assert words_in("slot")[0].weight == 0


def test_find_heaviest_takes_neighbours_that_weigh_much_too() -> None:
    weights = (-1.0, 2.0, 1.0, 0.5, -1.0)
    words = [Word("x", ((at, at + 1),), w) for at, w in enumerate(weights)]

    assert find_heaviest(place(words)) == (1, 3, 3.0)


def test_find_heaviest_finds_nothing_where_no_word_speaks_for_spam() -> None:
    assert find_heaviest(place([Word("x", ((0, 1),), -1.0)])) is None
    assert find_heaviest([]) is None
