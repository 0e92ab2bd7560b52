from saring.features import disguise
from saring.features.reading import read
from saring.features.slots import slot_of


def names(content: str) -> set[str]:
    return set(disguise.names(read([("Alice", content)])))


def test_names_count_kinds_of_letters() -> None:
    named = names("𝗦𝗟𝗢𝗧 Ⓢ ｓ ɢ pa\u0332 s\u200b ѕ 😂")

    assert {
        "disguise:decorated_mathematical:3",
        "disguise:decorated_enclosed:1",
        "disguise:decorated_full_width:1",
        "disguise:decorated_small_capital:1",
        "disguise:decorated_mark:1",
        "disguise:decorated_format:1",
        "disguise:decorated_cyrillic:1",
        "disguise:decorated_share:mathematical:3",
        "disguise:emoji:1",
    } <= named


def test_names_of_plain_text_hold_no_decoration() -> None:
    assert not [name for name in names("Terima kasih infonya") if "decorated" in name]


def test_names_of_decorated_text_are_those_of_plain_text_and_its_decoration() -> None:
    plain, decorated = names("Slot Gacor 88!"), names("𝗦𝗹𝗼𝘁 Ⓖⓐⓒⓞⓡ 𝟴𝟴！")

    assert plain <= decorated
    assert all("decorated" in name for name in decorated - plain)


def test_names_say_how_letters_stand() -> None:
    assert "disguise:words_then_digits:1" in names("pulau777 dan 3 lagi")
    assert "disguise:digits_then_words:1" in names("7pulau")
    assert "disguise:repeats:3" in names("hahaaaaaaa")
    assert "disguise:capital_share:8" in names("AYO GAS")
    assert "disguise:capital_share:9" in names("777")


def test_names_take_an_empty_content() -> None:
    assert "disguise:length:2" in names("")
    assert "disguise:word_length:41" in set(disguise.names(read([("", "")])))


CONTENTS = ("", "Terima kasih", "pulau777 𝗦𝗟𝗢𝗧", "x" * 3_000, "😂" * 4_000)


def test_extract_gives_the_slots_of_the_names() -> None:
    for content in CONTENTS:
        reading = read([("Alice", content)])

        slots, sizes = disguise.extract(reading)

        assert slots.tolist() == [*map(slot_of, disguise.names(reading))]
        assert sizes == [len(slots)]


def test_extract_measures_each_comment_by_itself() -> None:
    singles = [disguise.extract(read([("Alice", content)])) for content in CONTENTS]

    slots, sizes = disguise.extract(read([("Alice", content) for content in CONTENTS]))

    assert slots.tolist() == [slot for one in singles for slot in one.slots.tolist()]
    assert sizes == [size for one in singles for size in one.sizes]


def test_names_of_measures_and_kinds_are_told_apart() -> None:
    named = disguise.names(read([("", "Ab 7, 𝗦 + © ฟ ѕ α")]))

    assert len(named) == len(set(named))
