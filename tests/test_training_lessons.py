import numpy as np

from saring.comment import Comment
from saring.features import extract
from saring.training_lessons import Lesson, learn
from saring.verdict import Label

SPAM = Lesson(extract(Comment(content="Bonus gacor daftar sekarang")).slots, Label.SPAM)
HAM = Lesson(extract(Comment(content="Terima kasih, resep enak")).slots, Label.HAM)


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
