"""The bars of the accuracy benchmark: what was promised, what was measured."""

from benchmarks.accuracy import folds, saring
from benchmarks.accuracy.peers.table import OPEN_PEERS
from benchmarks.accuracy.results import FILE, SHUFFLED, Key, Results
from benchmarks.speed.bars import Bar, bar_rows

Number = tuple[str, str, str, str]
"""Measure, protocol, stream and order."""

ROCA, F1, HELD = "one_minus_roca_percent", "f1", "held_percent"
YOUTUBE = "benchmark/uci_youtube"
GAMBLING = "benchmark/id_judol_gbennnn"
AUDITED = "benchmark/id_judol_gbennnn_audited"
TELEGRAM, THAI = "benchmark/tgspam_umputun", "benchmark/th_sms"
DATACAMP, NAFI = "benchmark/blog_datacamp", "dev/id_judol_nafi"
HONEST = "benchmark/mademistakes_ham"


def _roca(stream: str, order: str, limit: float) -> Bar:
    number = f"empty | {stream} | {order} | {ROCA}"
    text = f"from empty, {stream.partition('/')[2]}, {order}"
    return Bar(number, text, limit, "1-ROCA %", is_floor=False)


def _cold(stream: str, measure: str, bar: float, unit: str) -> Bar:
    number = f"cold | {stream} | {FILE} | {measure}"
    text = f"cold, {stream.partition('/')[2]}"
    return Bar(number, text, bar, unit, is_floor=measure != HELD)


BARS = (
    _roca(YOUTUBE, FILE, 0.45),
    _roca(GAMBLING, FILE, 0.070),
    _roca(GAMBLING, SHUFFLED, 0.070),
    _roca(AUDITED, FILE, 0.015),
    _roca(AUDITED, SHUFFLED, 0.015),
    _roca(TELEGRAM, SHUFFLED, 1.0),
    _roca(THAI, SHUFFLED, 0.9),
    _roca(DATACAMP, SHUFFLED, 2.7),
    _roca(NAFI, FILE, 0.40),
    Bar(
        f"empty | {NAFI} | {FILE} | missed_percent_at_1",
        "from empty, id_judol_nafi, file",
        3,
        "% missed at 1 % FP",
        is_floor=False,
    ),
    Bar(
        "half of the best open peer",
        "from empty, streams above half of the best open peer's 1-ROCA %",
        0,
        "streams",
        is_floor=False,
    ),
    Bar(
        "base better than empty",
        "streams on which the base model, learning, is no better than from empty",
        0,
        "streams",
        is_floor=False,
    ),
    _cold(GAMBLING, F1, 0.97, "F1"),
    Bar(
        "plain letters",
        "cold, id_judol_gbennnn, plain letters with all ham",
        0.95,
        "F1",
    ),
    Bar("unseen brand", "cold, id_judol_gbennnn, unseen brands", 0.95, "recall"),
    _cold(TELEGRAM, F1, 0.93, "F1"),
    _cold(THAI, F1, 0.97, "F1"),
    _cold(YOUTUBE, F1, 0.85, "F1"),
    _cold(GAMBLING, HELD, 0.5, "% of ham held"),
    _cold(HONEST, HELD, 0.5, "% of ham held"),
    _cold(TELEGRAM, HELD, 1, "% of ham held"),
    _cold(DATACAMP, HELD, 1, "% of ham held"),
    Bar("folds at even odds", "uci_youtube, pooled 10-fold, even odds", 97, "% right"),
    Bar(
        "folds at the cutoffs", "uci_youtube, pooled 10-fold, as shipped", 97, "% right"
    ),
    Bar(
        f"base | {NAFI} | {FILE} | calibration_error",
        "calibration error, id_judol_nafi, in time order",
        0.03,
        "",
        is_floor=False,
    ),
    Bar(
        f"base | dev/blog_stream | {FILE} | calibration_error",
        "calibration error, blog_stream, in time order",
        0.03,
        "",
        is_floor=False,
    ),
)


def numbers(results: Results) -> dict[str, float]:
    """Return every number that a bar speaks of, by the bar's name."""
    found: dict[str, float | None] = {}
    for bar in BARS:
        if bar.number.count(" | ") == 3:
            protocol, stream, order, measure = bar.number.split(" | ")
            key = Key(saring.NAME, protocol, stream, order)
            found[bar.number] = results.median(measure, key)
    cold = (
        results.of_slices(Key(saring.NAME, "cold", GAMBLING))
        if (GAMBLING in results.streams)
        else {}
    )
    for name, measure in (("plain letters", F1), ("unseen brand", "recall")):
        if cold.get(name):
            found[name] = cold[name][0][measure]
    pooled = Key(saring.NAME, f"{folds.POOLED}, base", folds.STREAM, SHUFFLED)
    found["folds at even odds"] = results.median(
        "accuracy_percent_at_even_odds", pooled
    )
    found["folds at the cutoffs"] = results.median("accuracy_percent", pooled)
    names = [maker.name for maker in OPEN_PEERS]
    if any(key.filter in names for key in results.groups):
        found["half of the best open peer"] = len(not_half(results))
    if any(key.protocol == "base" for key in results.groups):
        found["base better than empty"] = len(not_better(results))
    return {name: value for name, value in found.items() if value is not None}


def judge(results: Results) -> list[tuple[str, str, str, str]]:
    """Return each promise as text: what, bar, measured, outcome."""
    return bar_rows(numbers(results), BARS, lambda value: f"{value:,.4g}")


def not_better(results: Results) -> list[str]:
    """Return the streams on which starting from the base model does not help."""
    return [
        title
        for title, stream in results.streams.items()
        if (base := _own(results, "base", title)) is not None
        and (empty := _own(results, "empty", title)) is not None
        and base >= empty
    ]


def not_half(results: Results) -> list[str]:
    """Return the streams on which some open peer's number is below twice ours."""
    names = [maker.name for maker in OPEN_PEERS]
    found = []
    for title, stream in results.streams.items():
        for key in results.filters(names, title, results.main_order(stream)):
            own = Key(saring.NAME, "empty", title, key.order, key.prefix)
            theirs, ours = results.median(ROCA, key), results.median(ROCA, own)
            if theirs is not None and ours is not None and 2 * ours > theirs:
                found.append(title)
                break
    return found


def _own(results: Results, protocol: str, title: str) -> float | None:
    order = results.main_order(results.streams[title])
    return results.median(ROCA, Key(saring.NAME, protocol, title, order))
