import numpy as np

from saring.features import disguise
from saring.features.reading import read
from saring.features.slots import pack


def names(content: str) -> set[str]:
    return set(disguise.names(read("Alice", content)))


def test_names_count_kinds_of_letters() -> None:
    named = names("𝗦𝗟𝗢𝗧 Ⓢ ｓ ɢ p\u0332 s\u200b 😂 ѕ")

    assert {
        "disguise:mathematical:3",
        "disguise:enclosed:1",
        "disguise:full_width:1",
        "disguise:small_capital:1",
        "disguise:mark:1",
        "disguise:format:1",
        "disguise:emoji:1",
        "disguise:cyrillic:1",
    } <= named


def test_names_of_plain_text_hold_no_decoration() -> None:
    assert "disguise:decorated_share:0" in names("Terima kasih infonya")


def test_names_say_how_letters_stand() -> None:
    assert "disguise:words_then_digits:1" in names("pulau777 dan 3 lagi")
    assert "disguise:digits_then_words:1" in names("7pulau")
    assert "disguise:repeats:3" in names("hahaaaaaaa")
    assert "disguise:capital_share:8" in names("AYO GAS")
    assert "disguise:capital_share:9" in names("777")


def test_names_take_an_empty_content() -> None:
    assert "disguise:length:2" in names("")
    assert "disguise:word_length:41" in set(disguise.names(read("", "")))


def test_extract_packs_the_names() -> None:
    for content in ("", "Terima kasih", "pulau777 𝗦𝗟𝗢𝗧", "x" * 3_000, "😂" * 4_000):
        reading = read("Alice", content)
        slots = np.frombuffer(disguise.extract(reading), np.uint32).tolist()

        expected = np.frombuffer(pack(disguise.names(reading)), np.uint32).tolist()
        assert slots == expected


def test_names_of_measures_and_kinds_are_told_apart() -> None:
    named = disguise.names(read("", "Ab 7, 𝗦 + © ฟ ѕ α"))

    assert len(named) == len(set(named))
