import itertools
import math
from dataclasses import replace
from email import message_from_bytes
from email.policy import SMTP
from pathlib import Path

import numpy as np
import pytest
from benchmarks.accuracy import folds, looks, measures, saring, slices, sources, tables
from benchmarks.accuracy.bars import BARS, not_better, not_half, numbers
from benchmarks.accuracy.laboratory import arrange, make_runs
from benchmarks.accuracy.mails import mail
from benchmarks.accuracy.peers import rspamd
from benchmarks.accuracy.peers.peer import Maker
from benchmarks.accuracy.peers.sgd import SGD
from benchmarks.accuracy.pictures import draw
from benchmarks.accuracy.plan import Plan
from benchmarks.accuracy.report import Page, to_json, write_markdown
from benchmarks.accuracy.results import SHUFFLED, Key, Results
from benchmarks.accuracy.runs import Kept, Opinion, Run
from benchmarks.accuracy.streams import Stream, blank
from benchmarks.accuracy.tasks import LEFT_OUT, Desk, Task
from benchmarks.accuracy.work import plan_tasks
from benchmarks.speed.corpus import Row

from saring.classifiers.base import BaseModel
from saring.engine import Engine

PLAN = Plan(seeds=(0, 1), has_trainings=False)


def rows(count: int = 40) -> tuple[Row, ...]:
    texts = itertools.cycle(
        (
            ("Bonus gacor nomor {}, daftar sekarang", "spam"),
            ("Resep ke-{} enak sekali, terima kasih", "ham"),
        )
    )
    return tuple(
        {
            "id": f"own-{number}",
            "label": label,
            "comment_content": text.format(number),
            "comment_author": "Sam" if label == "spam" else "Alice",
            "note": {"video": number % 3, "slice": "font" if number % 4 else "plain"},
        }
        for number, (text, label) in zip(range(count), texts, strict=False)
    )


@pytest.fixture
def stream() -> Stream:
    return Stream("benchmark", "uci_youtube", rows(), is_ordered=True)


def desk(stream: Stream, folder: Path, *makers: Maker) -> Desk:
    return Desk(
        folder,
        {stream.title: stream},
        {maker.name: maker for maker in makers},
        {saring.NAME: "here"} | {maker.name: maker.version() for maker in makers},
        Kept(folder / "kept"),
    )


def run_of(chances: list[float], turns: list[int] | None = None) -> Run:
    opinions = [Opinion(chance, chance, chance >= 0.8) for chance in chances]
    return Run.collect(opinions, turns or list(range(len(chances))))


def test_opinions_are_kept_in_the_order_of_the_rows() -> None:
    run = run_of([0.3, 0.1, 0.2], turns=[2, 0, 1])

    assert run.chances.tolist() == [0.1, 0.2, 0.3]


def test_the_first_comments_judged_are_a_run_of_their_own() -> None:
    run = run_of([0.4, 0.1, 0.3, 0.2], turns=[3, 0, 2, 1]).first(3)

    assert run.chances.tolist() == [0.1, 0.3, 0.4]
    assert run.turns.tolist() == [2, 0, 1]


def test_a_kept_run_comes_back_whole(stream: Stream, tmp_path: Path) -> None:
    kept = Kept(tmp_path)
    path = kept.path("filter 1", stream, 0)
    kept.save(path, run_of([0.3, 0.1]))

    found = kept.load(path)

    assert found is not None
    assert found.chances.tolist() == [0.3, 0.1]
    assert kept.path("filter 2", stream, 0) != path != kept.path("filter 1", stream, 1)


def test_measures_count_at_the_cutoffs_of_the_filter() -> None:
    run = run_of([0.9, 0.7, 0.85, 0.1])

    found = measures.measure(run, np.array([True, True, False, False]))

    assert (found["false_positives"], found["missed_spam"]) == (1, 1)
    assert found["f1"] == pytest.approx(0.5)
    assert found["accuracy_percent"] == 50
    assert found["accuracy_percent_at_even_odds"] == 75
    assert found["held_percent"] == 50
    assert found["one_minus_roca_percent"] == 25


def test_ham_alone_has_no_measure_of_spam() -> None:
    found = measures.measure(run_of([0.9, 0.1]), np.array([False, False]))

    assert found["held_percent"] == 50
    assert found["f1"] is found["recall"] is found["lam_percent"] is None


def test_the_interval_of_no_error_in_so_many_is_the_rule_of_three() -> None:
    low, high = measures.interval(0, 3_000)

    assert low == 0
    assert high == pytest.approx(100 * (1 - 0.025 ** (1 / 3_000)))


def test_lam_is_the_middle_of_two_equal_rates() -> None:
    assert measures.lam_percent(9, 99, 9, 99) == pytest.approx(9.5)
    assert measures.lam_percent(0, 10, 0, 0) is None


def test_bins_hold_what_was_said_beside_what_came() -> None:
    chances = np.array([0.95, 0.97, 0.1, 0.1, 1.0])
    are_spam = np.array([True, False, False, True, True])

    found = measures.bins(chances, are_spam)

    assert [(one.share, one.comments) for one in found] == [(0.5, 2), (2 / 3, 3)]
    assert found[0].chance == pytest.approx(0.1)


def test_a_learning_curve_ends_at_the_figure_of_the_whole() -> None:
    chance = np.random.default_rng(1)
    are_spam = chance.random(400) < 0.5
    run = run_of([float(x) for x in are_spam * 0.2 + chance.random(400) * 0.7])

    points = measures.curve(run, are_spam)

    whole = measures.measure(run, are_spam)["one_minus_roca_percent"]
    assert points[0][0] == measures.CURVE_START
    assert points[-1] == (400, whole)


def test_a_spread_needs_every_run() -> None:
    assert measures.spread([{"f1": 0.5}, {"f1": 0.7}], "f1") == (0.6, 0.5, 0.7)
    assert measures.spread([{"f1": 0.5}, {"f1": None}], "f1") is None
    assert measures.spread([], "f1") is None


def test_a_slice_of_spam_stands_beside_all_ham(stream: Stream) -> None:
    found = {one.name: rows for one, rows in slices.slices_of(stream)}

    plain = found["plain letters"]
    assert (plain & ~stream.are_spam).sum() == (~stream.are_spam).sum()
    assert (plain & stream.are_spam).sum() == 10
    assert "unseen brand" not in found


def test_a_blanked_row_has_no_url_and_no_address() -> None:
    row = {"comment_author_url": "https://a.example", "comment_content": "Halo"}

    assert blank(row) == {"comment_content": "Halo"}


def test_a_mail_says_all_that_the_comment_says() -> None:
    row = {
        "id": "own-1",
        "comment_author": "Ibu\nBcc: x",
        "comment_author_url": "https://toko.example",
        "comment_content": "Terima kasih 𝗦𝗟𝗢𝗧\0 selesai",
    }

    message = message_from_bytes(mail(row), policy=SMTP)

    assert "bcc" not in message
    assert "own-1" not in message.as_string()
    assert (
        message["message-id"]
        != message_from_bytes(mail(row | {"id": "own-2"}))["message-id"]
    )
    text = message.get_content()
    assert "https://toko.example" in text
    assert "Terima kasih 𝗦𝗟𝗢𝗧  selesai" in text


def test_folds_judge_each_row_once_and_never_learn_it(stream: Stream) -> None:
    for split in folds.SPLITS.values():
        judged: list[int] = []
        for learned, held_out in split(stream, 3):
            assert not set(learned) & set(held_out)
            judged += held_out

        assert sorted(judged) == list(range(len(stream.rows)))


def test_held_out_rows_are_judged_by_what_the_others_taught(stream: Stream) -> None:
    ticks = []

    splits = list(folds.pooled(stream, 0))
    run = saring.hold_out(stream, splits, BaseModel.empty(), lambda: ticks.append(1))

    assert len(ticks) == len(stream.rows)
    assert measures.measure(run, stream.are_spam)["one_minus_roca_percent"] == 0


def test_a_family_leaves_none_of_its_files(tmp_path: Path) -> None:
    for name in ("train/th_sms", "train/id_sms", "train/ru_telegram", "dev/blog_a"):
        path = tmp_path / f"{name}.jsonl.gz"
        path.parent.mkdir(exist_ok=True)
        path.touch()

    found = {path.name for path in sources.left_out(tmp_path, "short messages")}

    assert found == {"th_sms.jsonl.gz", "id_sms.jsonl.gz"}
    assert sources.family_of("unheard_of") is None


def test_slow_filters_are_run_in_the_main_order(stream: Stream) -> None:
    makers = [replace(SGD, name="slow"), replace(SGD, has_other_orders=True)]
    tasks = plan_tasks([stream], makers, PLAN)

    orders = {
        name: {t.order for t in tasks if (t.filter, t.protocol) == (name, "empty")}
        for name in (saring.NAME, SGD.name, "slow")
    }
    assert orders[saring.NAME] == orders[SGD.name] == {None, 0, 1}
    assert orders["slow"] == {None}


def test_what_never_learns_is_run_once(stream: Stream) -> None:
    tasks = plan_tasks([stream], [], PLAN)

    assert [task.order for task in tasks if task.protocol == "cold"] == [None]


def test_ham_alone_is_not_learned_from_nothing() -> None:
    honest = tuple(row for row in rows() if row["label"] == "ham")
    stream = Stream("benchmark", "mademistakes_ham", honest, is_ordered=True)

    protocols = {task.protocol for task in plan_tasks([stream], [SGD], PLAN)}

    assert protocols == {"base", "cold"}


def test_a_look_is_told_once_for_one_program(tmp_path: Path) -> None:
    path = tmp_path / "accuracy.json"

    first = looks.add_look(path, "one")

    assert looks.add_look(path, "one") == first == looks.read_looks(path)
    assert [look["program"] for look in looks.add_look(path, "two")] == ["one", "two"]


@pytest.mark.slow
def test_a_whole_run_gives_a_page_and_is_kept(
    stream: Stream, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    here = desk(stream, tmp_path, SGD)
    tasks = plan_tasks([stream], [SGD], PLAN)
    runs = make_runs(here, tasks)
    again = make_runs(here, tasks)
    results = Results(here.streams, runs)

    page = Page(results, [SGD], missing_count=3)
    text = write_markdown(page, [])
    draw(results, tmp_path)

    assert f"{len(tasks)} runs are kept from before, 0" in capsys.readouterr().out
    task = Task(SGD.name, "empty", stream.title, None)
    assert again[task].ranks.tolist() == runs[task].ranks.tolist()
    assert stream.title in text
    assert "3 of its parts were not made" in text
    assert "| from empty, uci_youtube, file |" in text
    assert to_json(page, [])["streams"][stream.title]["spam"] == 20
    for name in ("roc", "learning", "calibration"):
        assert (tmp_path / f"accuracy-{name}.svg").stat().st_size > 1_000


def test_what_never_learns_is_judged_as_one_by_one(stream: Stream) -> None:
    together = saring.follow(stream, 1, saring.PROTOCOLS["cold"], lambda: None)

    engine = Engine()
    alone = [engine.check(c, site).margin for c, _, site in saring.labelled(stream)]
    assert together.ranks.tolist() == alone


def test_the_longest_is_begun_first_and_a_family_is_one_job(tmp_path: Path) -> None:
    streams = [
        Stream("dev", f"blog_{size}", rows(size), is_ordered=True) for size in (20, 40)
    ]
    here = replace(
        desk(streams[0], tmp_path, SGD), streams={s.title: s for s in streams}
    )
    learned = [Task(SGD.name, "empty", stream.title, None) for stream in streams]
    trained = [Task(saring.NAME, LEFT_OUT, stream.title, None) for stream in streams]
    jobs = [tuple(trained), (learned[1],), (learned[0],)]

    assert arrange(here, [*learned, *trained], until=math.inf) == jobs
    assert arrange(here, [*learned, *trained], until=9.0) == jobs[::-1]


def test_nothing_begins_when_the_time_is_over(stream: Stream, tmp_path: Path) -> None:
    here = desk(stream, tmp_path)

    assert make_runs(here, plan_tasks([stream], [], PLAN), until=0) == {}


def result(stream: Stream, **chances: list[list[float]]) -> Results:
    names = {"ours": saring.NAME, "theirs": SGD.name, "base": saring.NAME}
    runs = {
        Task(names[name], "base" if name == "base" else "empty", stream.title, seed): (
            run_of(one)
        )
        for name, several in chances.items()
        for seed, one in enumerate(several)
    }
    return Results({stream.title: stream}, runs)


def test_a_peer_less_than_twice_as_wrong_is_named() -> None:
    stream = Stream("dev", "own", rows(4), is_ordered=False)
    half, good, bad = [0.5, 0.5, 0.5, 0.4], [0.9, 0.1, 0.9, 0.1], [0.1, 0.9, 0.1, 0.9]

    assert not_half(result(stream, ours=[good], theirs=[bad])) == []
    assert not_half(result(stream, ours=[half], theirs=[half])) == [stream.title]


def test_a_base_model_that_does_not_help_is_named() -> None:
    stream = Stream("dev", "own", rows(4), is_ordered=False)
    good, bad = [0.9, 0.1, 0.9, 0.1], [0.1, 0.9, 0.1, 0.9]

    assert not_better(result(stream, ours=[bad], base=[good])) == []
    assert not_better(result(stream, ours=[good], base=[good])) == [stream.title]


def test_a_bar_is_measured_by_the_median_over_the_seeds() -> None:
    stream = Stream("benchmark", "th_sms", rows(4), is_ordered=False)
    good, bad = [0.9, 0.1, 0.9, 0.1], [0.1, 0.9, 0.1, 0.9]

    found = numbers(result(stream, ours=[bad, good, good]))

    bar = next(bar for bar in BARS if bar.text == "from empty, th_sms, shuffled")
    assert found[bar.number] == 0
    assert "half of the best open peer" not in found
    assert bar.is_passed(found[bar.number])


def test_a_shortened_peer_stands_beside_as_much_of_saring() -> None:
    stream = Stream("dev", "own", rows(4), is_ordered=True)
    runs = {
        Task(saring.NAME, "empty", stream.title, None): run_of([0.9, 0.1, 0.1, 0.9]),
        Task(SGD.name, "empty", stream.title, None): run_of([0.9, 0.1]),
    }

    cells = tables.stream_rows(Results({stream.title: stream}, runs), stream)

    assert [(row[0], row[2]) for row in cells] == [
        ("Saring", "50.000"),
        ("Saring, first 2", "0.000"),
        ("scikit-learn SGD, first 2", "0.000"),
    ]


def test_groups_of_shuffled_runs_have_a_range() -> None:
    stream = Stream("dev", "own", rows(4), is_ordered=False)
    results = result(stream, ours=[[0.9, 0.1, 0.9, 0.1], [0.1, 0.9, 0.1, 0.9]])
    key = Key(saring.NAME, "empty", stream.title, SHUFFLED)

    cell = tables.spread_cell(results.measures[key], "one_minus_roca_percent", 1)

    assert cell == "50.0 (0.0 to 100.0)"


def test_a_peer_that_does_not_start_is_started_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folders: list[Path] = []

    def start(folder: Path, _configuration: str) -> None:
        folders.append(folder)
        if len(folders) < 3:
            raise RuntimeError("it does not answer")

    monkeypatch.setattr("benchmarks.speed.rspamd.Rspamd", start)

    rspamd._start(tmp_path)

    assert len(set(folders)) == 3
