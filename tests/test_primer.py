import random
import re

import pytest

from saring.primer import LANGUAGES, expand, write
from saring.verdict import Label


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_line_is_written_out(language: str) -> None:
    written = list(write(language, 3, random.Random(0)))

    assert {comment.label for comment in written} == {Label.HAM, Label.SPAM}
    assert {comment.language for comment in written} == {language}
    assert not [c.content for c in written if re.search(r"[{}]|<\w+>", c.content)]


def test_the_same_seed_writes_the_same() -> None:
    first, second = ([*write("english", 2, random.Random(seed))] for seed in (5, 5))

    assert first == second


def test_lines_stand_for_many_comments() -> None:
    written = [comment.content for comment in write("english", 20, random.Random(0))]

    assert len(set(written)) > 0.7 * len(written)


def test_choices_may_lie_in_lists_and_lists_in_choices() -> None:
    lists = {"greeting": ["{Halo|Hai} <who>"], "who": ["Bob"]}

    line = expand("{<greeting>|<greeting>}, apa kabar ?", lists, random.Random(0))

    assert line in {"Halo Bob, apa kabar?", "Hai Bob, apa kabar?"}
