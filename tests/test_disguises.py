import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saring.disguises import (
    DISGUISES,
    Disguise,
    disguise,
    leetspeak,
    lookalikes,
    shouted,
    upside_down,
)
from saring.features.decoding import squeeze

TEXT = "Sarapan pagi di kebun belakang 2024"
# What is turned over, guessed or drawn only alike is not read back letter by letter.
GUESSED = (leetspeak, upside_down, lookalikes)


@pytest.mark.parametrize("method", dict.fromkeys(DISGUISES))
def test_disguise_changes_the_text(method: Disguise) -> None:
    assert method(TEXT, random.Random(0)) != TEXT


@pytest.mark.parametrize(
    "method", [method for method in dict.fromkeys(DISGUISES) if method not in GUESSED]
)
@pytest.mark.parametrize("seed", range(12))
def test_disguised_letters_are_read_again(method: Disguise, seed: int) -> None:
    written = method(TEXT, random.Random(seed))

    assert squeeze(written) == squeeze(TEXT)


@given(st.text(), st.integers())
def test_disguise_takes_any_text_and_is_the_same_for_a_seed(
    text: str, seed: int
) -> None:
    assert disguise(text, random.Random(seed)) == disguise(text, random.Random(seed))


def test_disguise_of_some_words_leaves_the_others() -> None:
    written = {disguise(TEXT, random.Random(seed)) for seed in range(60)}

    assert any("kebun" in text for text in written)
    assert any("kebun" not in text for text in written)


def test_shouted_is_in_capitals() -> None:
    assert shouted("Halo", random.Random(0)) == "HALO"
