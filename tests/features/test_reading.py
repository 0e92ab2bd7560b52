import numpy as np

from saring.features.decoding import CODE_MASK
from saring.features.glyphs import Kind
from saring.features.reading import (
    HEAD_CHARACTERS,
    TAIL_CHARACTERS,
    Readings,
    read,
    shorten,
)


def letters_of(reading: Readings) -> str:
    return "".join(map(chr, (reading.letters & CODE_MASK).tolist()))


def words_of(reading: Readings) -> list[str]:
    letters, bounds = letters_of(reading), (reading.edges + 1).tolist()
    return [
        letters[start:stop]
        for start, stop in zip(bounds[::2], bounds[1::2], strict=True)
    ]


def test_read_sets_author_and_content_apart() -> None:
    reading = read([("Alice", "Alice")])

    assert letters_of(reading) == "  alice  alice "
    assert words_of(reading) == ["alice", "alice"]
    assert not np.array_equal(reading.letters[2:7], reading.letters[9:14])


def test_read_drops_what_cannot_be_seen_from_letters_only() -> None:
    reading = read([("", "s\u0332lo\u200bt")])

    assert words_of(reading) == ["slot"]
    assert reading.decorated.tolist() == [Kind.MARK, Kind.FORMAT]
    assert len(reading.shapes) == len(" slot ")


def test_read_joins_letters_that_stand_apart() -> None:
    assert words_of(read([("", "main B . O . S - 8 8 sekarang")])) == [
        "main",
        "bos88",
        "sekarang",
    ]


def test_read_keeps_words_apart_whose_letters_stand_apart() -> None:
    assert words_of(read([("", "s l o t   g a c o r  8 8")])) == ["slot", "gacor", "88"]
    assert words_of(read([("", "s.l.o.t g.a.c.o.r")])) == ["slot", "gacor"]


def test_read_sees_leetspeak() -> None:
    assert words_of(read([("", "g4c0r toko88 3jam")])) == ["gacor", "toko88", "3jam"]


def test_read_leaves_wide_gaps_and_longer_words() -> None:
    assert words_of(read([("", "a -- -- b, it is I, a b c")])) == [
        "a",
        "b",
        "it",
        "is",
        "i",
        "abc",
    ]


def test_read_traces_letters_to_their_places() -> None:
    content = "½ p u l\u0332a u"
    reading = read([("Sam", content)], is_traced=True)

    assert reading.places is not None
    where = dict(zip(reading.places.tolist(), letters_of(reading), strict=True))
    assert [where[content.index(letter)] for letter in "pula"] == list("pula")
    assert min(reading.places.tolist()) < 0


def test_read_traces_only_when_asked() -> None:
    assert read([("Sam", "p u l a u")]).places is None


def test_read_knows_digits() -> None:
    assert read([("", "abc")]).digits is None
    digits = read([("", "a 𝟕 7")]).digits
    assert digits is not None
    assert digits.sum() == 2


def test_read_keeps_the_content_apart_after_an_author_that_grows() -> None:
    reading = read([("Straße ½", "1 ❤")])

    assert "".join(map(chr, reading.raw.tolist())) == "❤"


def test_shorten_keeps_head_and_tail() -> None:
    text = "a" * 10_000 + "b" * 10_000

    assert shorten("short") == "short"
    assert shorten(text) == "a" * HEAD_CHARACTERS + " " + "b" * TAIL_CHARACTERS


def test_read_tells_comments_apart() -> None:
    readings = read([("A", "b"), ("", ""), ("Sam", "𝗦𝗟𝗢𝗧 ok")])

    assert letters_of(readings) == "  a  b       sam  slot ok "
    assert readings.comments == 3
    assert [(readings.owners[readings.is_content] == n).sum() for n in range(3)] == [
        *(len(" b "), len("  "), len(" slot ok "))
    ]


def test_read_closes_no_gap_between_comments() -> None:
    readings = read([("", "a"), ("", "b")])

    assert words_of(readings) == ["a", "b"]
