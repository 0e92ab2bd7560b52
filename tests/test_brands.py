import random

import pytest

from saring.brands import hide, make_brand, rebrand


def test_brands_are_made_up_again_the_same_for_a_seed() -> None:
    first, second = (
        [make_brand(chance) for _ in range(50)]
        for chance in (random.Random(1), random.Random(1))
    )

    assert first == second
    assert len(set(first)) > 45


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
