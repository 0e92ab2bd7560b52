import json
import math
import random
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from saring import evaluation
from saring.errors import CorpusError
from saring.evaluation import (
    Labelled,
    Options,
    Outcome,
    evaluate,
    missed_spam_percent,
    one_minus_roca_percent,
    read_stream,
    run,
    summarise,
)
from saring.verdict import Label, Verdict

SPAM, HAM = Label.SPAM, Label.HAM

scored = st.lists(
    st.tuples(st.integers(0, 5), st.booleans()), min_size=2, max_size=40
).filter(lambda pairs: 0 < sum(is_spam for _score, is_spam in pairs) < len(pairs))


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    path = tmp_path / "stream.jsonl"
    path.write_text(
        "\n".join(
            json.dumps({"comment_content": text, "label": label, "blog": "alice"})
            for number in range(20)
            for text, label in (
                (f"Bonus gacor nomor {number}, daftar", "spam"),
                (f"Resep ke-{number} enak sekali, terima kasih", "ham"),
            )
        )
    )
    return path


def arrays(
    pairs: list[tuple[int, bool]],
) -> tuple[np.ndarray, np.ndarray]:
    scores, labels = zip(*pairs, strict=True)
    return np.array(scores, float), np.array(labels, bool)


@given(scored)
def test_roca_is_the_share_of_pairs_in_the_wrong_order(
    pairs: list[tuple[int, bool]],
) -> None:
    spam = [score for score, is_spam in pairs if is_spam]
    ham = [score for score, is_spam in pairs if not is_spam]
    wrong = sum((h > s) + (h == s) / 2 for s in spam for h in ham)

    found = one_minus_roca_percent(*arrays(pairs))

    assert found == pytest.approx(100 * wrong / (len(spam) * len(ham)))


@given(scored, st.floats(0, 0.99))
def test_missed_spam_is_told_where_no_more_ham_is_held(
    pairs: list[tuple[int, bool]], rate: float
) -> None:
    scores, are_spam = arrays(pairs)

    missed = missed_spam_percent(scores, are_spam, rate)

    assert missed is not None
    spam, ham = scores[are_spam], scores[~are_spam]
    cutoffs = [c for c in [*scores, 9.0] if (ham >= c).mean() <= rate]
    assert missed == pytest.approx(100 * min((spam < c).mean() for c in cutoffs))


@pytest.mark.parametrize("label", [SPAM, HAM])
def test_what_is_undefined_is_none(label: Label) -> None:
    result = summarise("one", [Outcome(label, Verdict.HAM, 0.1, -5.0)], 0.0)

    assert result.one_minus_roca_percent is None
    assert result.missed_spam_percent_at_fp_percent == {"0.1": None, "1": None}
    assert result.precision is None
    assert result.comments_per_second is None


@pytest.mark.parametrize(
    ("scores", "are_spam", "error"),
    [
        ([0.0, 1.0], [False, True], 0.0),
        ([0.0, 1.0], [True, False], 1.0),
        ([0.5, 0.5, 0.52, 0.48], [True, False, False, True], 0.0),
        ([0.01, 0.99, 0.99, 0.99], [False, True, True, False], 0.245),
    ],
)
def test_calibration_error_is_the_distance_in_each_bin(
    scores: list[float], are_spam: list[bool], error: float
) -> None:
    found = evaluation.calibration_error(np.array(scores), np.array(are_spam))

    assert found == pytest.approx(error)


def test_no_comments_give_a_result_of_nothing() -> None:
    result = summarise("none", [], 1.0)

    assert result.comments == 0
    assert result.accuracy_percent is None


def test_summary_counts_unsure_as_published() -> None:
    outcomes = [
        Outcome(SPAM, Verdict.SPAM, 0.9, 9.0),
        Outcome(SPAM, Verdict.DISCARD, 1.0, 20.0),
        Outcome(SPAM, Verdict.UNSURE, 0.7, 3.0),
        Outcome(HAM, Verdict.UNSURE, 0.6, 2.0),
        Outcome(HAM, Verdict.SPAM, 0.8, 5.0),
        Outcome(HAM, Verdict.HAM, 0.1, -5.0),
    ]

    result = summarise("six", outcomes, 2.0)

    assert (result.false_positives, result.missed_spam) == (1, 1)
    assert (result.unsure_ham, result.unsure_spam) == (1, 1)
    assert result.precision == result.recall == result.f1 == pytest.approx(2 / 3)
    assert result.accuracy_percent == pytest.approx(100 * 4 / 6)
    assert result.comments_per_second == 3


def test_ranks_are_told_by_margins_where_scores_run_together() -> None:
    outcomes = [
        Outcome(SPAM, Verdict.SPAM, 1.0, 3_000_000),
        Outcome(HAM, Verdict.SPAM, 1.0, 2_999_999),
        Outcome(HAM, Verdict.HAM, 0.0, -math.inf),
    ]

    result = summarise("three", outcomes, 1.0)

    assert result.one_minus_roca_percent == 0
    assert result.missed_spam_percent_at_fp_percent == {"0.1": 0, "1": 0}


def test_learning_at_once_beats_never_learning(corpus: Path) -> None:
    taught, untaught = (
        evaluate([corpus], Options(learn=learn, start="empty"))[0]
        for learn in ("immediate", "never")
    )

    assert taught.one_minus_roca_percent is not None
    assert taught.one_minus_roca_percent < 10
    assert untaught.one_minus_roca_percent == 50


def test_a_delayed_label_is_learned_after_so_many_comments(corpus: Path) -> None:
    options = Options(learn="delayed", delay=5, start="empty")

    outcomes = list(run(read_stream(corpus), options))

    assert [outcome.score for outcome in outcomes[:6]] == [0.5] * 6
    assert outcomes[6].score > 0.5


def test_a_share_of_the_labels_teaches_so_much_less(corpus: Path) -> None:
    stream = read_stream(corpus)

    untaught, some, all_taught = (
        [o.score for o in run(stream, Options(start="empty", share=share, shuffle=1))]
        for share in (0.0, 0.5, 1.0)
    )

    assert untaught == [0.5] * len(stream)
    assert some not in (untaught, all_taught)


def test_shuffle_is_that_of_the_lines(
    corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = corpus.read_text().splitlines()
    random.Random(4).shuffle(lines)
    seen: list[str] = []

    def watch(stream: list[Labelled], _options: Options) -> list[Outcome]:
        seen.extend(comment.content for comment, _label, _site in stream)
        return []

    monkeypatch.setattr(evaluation, "run", watch)

    evaluate([corpus], Options(start="empty", shuffle=4))

    assert seen == [json.loads(line)["comment_content"] for line in lines]


def test_each_blog_is_a_site(tmp_path: Path) -> None:
    path = tmp_path / "blogs.jsonl"
    rows = [{"label": "ham", "blog": blog} for blog in ("a", "b", "a")]
    path.write_text("\n".join(map(json.dumps, rows)))

    sites = [site.id for _comment, _label, site in read_stream(path)]

    assert sites == [0, 1, 0]


def test_progress_ends_at_the_end(
    corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[tuple[str, int, int]] = []
    monkeypatch.setattr(evaluation, "_PROGRESS_EVERY", 16)

    evaluate([corpus], Options(start="empty"), lambda *step: told.append(step))

    assert told == [("stream.jsonl", done, 40) for done in (16, 32, 40)]


def test_a_bad_line_is_named(corpus: Path) -> None:
    corpus.write_text('{"comment_content": "Halo"}')

    with pytest.raises(CorpusError, match=r"stream\.jsonl, line 1"):
        evaluate([corpus], Options(start="empty"))
