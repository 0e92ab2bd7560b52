import numpy as np

from saring.comment import Comment
from saring.features import extract
from saring.training_lessons import Lesson, learn
from saring.verdict import Label

BONUS = extract(Comment(content="Bonus gacor daftar sekarang")).slots
THANKS = extract(Comment(content="Terima kasih, resep enak")).slots
SPAM = Lesson(BONUS, Label.SPAM, "alice")
HAM = Lesson(THANKS, Label.HAM, "alice")


def told(*_progress: object) -> None:
    """Take what is told of the progress."""


def test_lessons_move_weights_towards_their_labels() -> None:
    weights = learn([SPAM, HAM] * 5, 2, 0, told)

    assert weights[SPAM.slots].sum() > 0
    assert weights[HAM.slots].sum() < 0


def test_lessons_give_the_same_weights_twice() -> None:
    first, second = (learn([SPAM, HAM] * 5, 2, 7, told) for _ in range(2))

    assert np.array_equal(first, second)


def test_lessons_that_were_expected_teach_nothing() -> None:
    few, many = (learn([SPAM] * count, 1, 0, told) for count in (20, 60))

    assert np.array_equal(few, many)


def test_weights_keep_less_where_the_voices_disagree() -> None:
    alone = learn([SPAM] * 20, 1, 0, told)
    agreed = learn([SPAM] * 20 + [SPAM._replace(voice="bob")] * 20, 1, 0, told)
    other = Lesson(BONUS, Label.HAM, "bob")
    opposed = learn([SPAM] * 20 + [other] * 2, 1, 0, told)

    strengths = [int(np.abs(w[BONUS]).sum()) for w in (agreed, alone, opposed)]

    assert strengths == sorted(strengths, reverse=True)
    assert strengths[1] > 2 * strengths[2]
