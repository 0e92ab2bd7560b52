import random
import re

import pytest

from saring.brands import graft, hide, make_brand, make_model, rebrand


def test_brands_are_made_up_again_the_same_for_a_seed() -> None:
    first, second = (
        [make_brand(chance) for _ in range(50)]
        for chance in (random.Random(1), random.Random(1))
    )

    assert first == second
    assert len(set(first)) > 45


def test_brands_have_a_number_or_say_what_is_played() -> None:
    chance = random.Random(2)
    brands = [make_brand(chance).lower() for _ in range(200)]

    plain = [brand for brand in brands if not re.search("[0-9]", brand)]

    assert 20 < len(plain) < 120
    assert len(set(brands)) > 190


def test_honest_names_are_made_up_too() -> None:
    chance = random.Random(2)

    models = {make_model(chance) for _ in range(200)}

    assert len(models) > 100
    assert not [model for model in models if "#" in model]


def test_graft_puts_a_name_among_the_words_of_a_content() -> None:
    chance = random.Random(3)
    words = ["semoga", "sehat", "selalu", "ya", "pak"]

    for _ in range(30):
        grafted = graft(" ".join(words), "naga77", chance).split(" ")
        assert grafted.count("naga77") == 1
        grafted.remove("naga77")
        assert " ".join(grafted) in " ".join(words)


def test_graft_of_nothing_is_the_name() -> None:
    assert graft("", "naga77", random.Random(0)) == "naga77"


def test_some_brands_are_hidden_and_some_stand_openly() -> None:
    chance = random.Random(0)

    written = {hide("naga77", chance) for _ in range(60)}

    assert "naga77" in written
    assert len(written) > 20


@pytest.mark.parametrize(
    "content", ["main di MEJA99 gacor", "main di meja-99 gacor", "main di mejatoto"]
)
def test_rebrand_names_another_brand(content: str) -> None:
    renamed = rebrand(content, random.Random(2))

    assert renamed is not None
    assert renamed.startswith("main di ")
    assert "meja" not in renamed.lower()


def test_rebrand_finds_a_brand_in_disguise() -> None:
    renamed = rebrand("main di 𝗠𝗘𝗝𝗔𝟵𝟵", random.Random(2))

    assert renamed is not None
    assert "meja99" not in renamed


def test_rebrand_leaves_a_content_without_a_brand() -> None:
    assert rebrand("Terima kasih, Bu Alice", random.Random(2)) is None
