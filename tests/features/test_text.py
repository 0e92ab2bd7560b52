from saring.features.reading import read
from saring.features.text import describe, describe_kinds, hash_text, parts, to_slots


def words_of(content: str, author: str = "") -> list[int]:
    return to_slots(hash_text(read([(author, content)])).words)


def grams_of(content: str) -> set[int]:
    hashes = hash_text(read([("", content)]))
    return {slot for part in hashes.grams for slot in to_slots(part)}


def test_hash_text_gives_a_word_one_hash_wherever_it_stands() -> None:
    first, second, third = words_of("slot gacor SLOT")

    assert first == third != second


def test_hash_text_keeps_the_author_apart_from_the_content() -> None:
    author, content = words_of("slot", author="slot")

    assert author != content


def test_hash_text_sees_through_disguise() -> None:
    assert words_of("𝗦𝗟𝗢𝗧 g a c o r") == words_of("slot gacor")


def test_hash_text_tells_numbers_apart_in_words_only() -> None:
    assert words_of("pulau777") != words_of("pulau888")
    assert grams_of("pulau777") == grams_of("pulau888")
    assert grams_of("pulau777") != grams_of("pulauabc")


def test_hash_text_knows_the_order_of_letters_and_words() -> None:
    first, second = (hash_text(read([("", text)])) for text in ("ab ba", "ba ab"))

    assert len(set(words_of("ab ba"))) == 2
    assert not set(to_slots(first.pairs)) & set(to_slots(second.pairs))


def test_hash_text_keeps_undecoded_letters_beyond_ascii() -> None:
    assert [len(part) for part in hash_text(read([("", "slot")])).raw] == [0, 0]
    assert [len(part) for part in hash_text(read([("", "слот 😂❤")])).raw] == [3, 2]
    assert [len(part) for part in hash_text(read([("", "𝗦𝗟ot")])).raw] == [0, 0]


def test_parts_leave_out_what_lies_between_comments() -> None:
    contents = ["slot gacor 77", "𝗦𝗟ot", "", "terima kasih"]
    singles = [part_slots([content]) for content in contents]

    together = part_slots(contents)

    assert together == [
        [(number, slot) for number, part in enumerate(found) for _, slot in part]
        for found in zip(*singles, strict=True)
    ]


def part_slots(contents: list[str]) -> list[list[tuple[int, int]]]:
    readings = read([("Sam", content) for content in contents])
    return [
        [*zip(part.owners.tolist(), to_slots(part.hashes), strict=True)]
        for part in parts(readings, hash_text(readings))
    ]


def test_describe_names_words_and_pairs_with_their_places() -> None:
    content = "𝗦𝗟𝗢𝗧 gacor 😂"
    passages = list(describe(read([("Sam", content)], is_traced=True)))

    assert [(passage.name, passage.span) for passage in passages[:4]] == [
        ("text:author_word:sam", None),
        ("text:word:slot", (0, 4)),
        ("text:word:gacor", (5, 10)),
        ("text:pair:slot gacor", (0, 10)),
    ]
    assert passages[4].name == "text:letters:😂"


def test_describe_gives_the_slots_of_the_text() -> None:
    content = "Slot gacor 77, 𝗴as b o s"
    known = {slot for part in part_slots([content]) for _, slot in part}

    named = {
        slot
        for passage in describe(read([("Sam", content)], is_traced=True))
        for slot in passage.slots
    }

    assert named <= known


def test_describe_kinds_names_each_sequence() -> None:
    reading = read([("", "Ab 7")])

    names = [name for name, _ in describe_kinds(reading)]

    assert names == [
        "disguise:kinds:upper lower blank digit",
        "disguise:kinds:lower blank digit blank",
    ]
    assert len(names) == len(hash_text(reading).kinds)
