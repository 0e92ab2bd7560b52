"""Imports: in which order labels are learned."""

from hypothesis import given
from hypothesis import strategies as st

from saring import Comment, Label
from saring.cli.importing import Labelled, take_turns


def lines(*labels: Label) -> list[Labelled]:
    return [({}, Comment(content=str(n)), label) for n, label in enumerate(labels)]


def test_ham_and_spam_take_turns() -> None:
    mixed = take_turns(lines(*[Label.HAM] * 4, *[Label.SPAM] * 2))

    assert "".join(label[0] for *_, label in mixed) == "hshhsh"


@given(st.lists(st.sampled_from(list(Label))))
def test_turns_lose_nothing_and_keep_the_order_within_a_label(
    labels: list[Label],
) -> None:
    labelled = lines(*labels)

    mixed = take_turns(labelled)

    for label in Label:
        assert [one for one in mixed if one[2] is label] == [
            one for one in labelled if one[2] is label
        ]
    assert len(mixed) == len(labelled)


@given(st.integers(1, 50), st.integers(1, 50))
def test_turns_do_not_depend_on_which_label_comes_first(ham: int, spam: int) -> None:
    one = take_turns(lines(*[Label.HAM] * ham, *[Label.SPAM] * spam))
    other = take_turns(lines(*[Label.SPAM] * spam, *[Label.HAM] * ham))

    longest = max(
        len(run)
        for mixed in (one, other)
        for run in "".join(label[0] for *_, label in mixed).split("s")
    )
    assert longest <= ham // spam + 2
