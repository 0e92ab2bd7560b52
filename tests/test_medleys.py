import random

from saring.medleys import MAX_CHARACTERS, join, join_ham, join_spam

HAM = ["terima kasih bu", "resep ini enak", "kapan ke pasar lagi"]


def test_medleys_are_made_of_their_contents() -> None:
    joined = join(HAM, random.Random(0)).lower()

    assert all(content in joined for content in HAM)


def test_medleys_of_ham_hold_at_least_two_contents() -> None:
    joined = join_ham(HAM, random.Random(0))

    assert len(joined) > 2 * min(map(len, HAM))


def test_medleys_of_spam_hold_the_spam() -> None:
    chance = random.Random(0)

    joined = [join_spam("bonus besar", HAM, chance).lower() for _ in range(20)]

    assert all("bonus besar" in text for text in joined)
    assert {text.startswith("bonus besar") for text in joined} == {True, False}


def test_medleys_are_bounded() -> None:
    assert len(join(["ya" * MAX_CHARACTERS] * 2, random.Random(0))) == MAX_CHARACTERS
