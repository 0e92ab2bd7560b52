import pytest
from hypothesis import given
from hypothesis import strategies as st

from saring.features.decoding import skeleton
from saring.reversal import in_reading_order


@pytest.mark.parametrize(
    ("stored", "seen"),
    [
        ("\u202etols\u202c gacor", "slot gacor"),
        ("\u202e(88) tols", "slot (88)"),
        ("main \u202etols\u202c \u202erocag\u202c", "main slot gacor"),
        ("¡uᴉʍxɐɯ ɹoɔɐƃ ʇoןs", "slot gacor maxwin!"),
        ("ayo uᴉɐɯ sekarang", "ayo main sekarang"),
        ("satu\nɐnp\ntiga", "satu dua tiga"),
        ("😂 ɹoɔɐƃ 88", "88 gacor 😂"),
    ],
)
def test_in_reading_order_turns_what_readers_see_turned(stored: str, seen: str) -> None:
    assert " ".join(skeleton(in_reading_order(stored)).split()) == seen


@pytest.mark.parametrize(
    "text", ["", "dusun", "Selamat pagi ❤", "слот", "ɔ", "kɔfi and bɔs", "ʌ or not"]
)
def test_in_reading_order_leaves_other_text_alone(text: str) -> None:
    assert in_reading_order(text) == text


@given(st.text("\u202e\u202cab()ɐnpʇ \n88é", max_size=80))
def test_in_reading_order_keeps_the_length(text: str) -> None:
    assert len(in_reading_order(text)) == len(text)
