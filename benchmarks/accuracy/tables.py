"""Tables: measures as cells, and the rows of every table of the report."""

from collections.abc import Sequence

from benchmarks.accuracy import folds, saring, sources
from benchmarks.accuracy.measures import Measures, middle, spread
from benchmarks.accuracy.peers.table import OPEN_PEERS
from benchmarks.accuracy.results import FILE, SHUFFLED, Key, Results
from benchmarks.accuracy.streams import Stream
from benchmarks.accuracy.tasks import LEFT_OUT

Row = list[str]
NONE = "–"
FILTERS = (saring.NAME, *(maker.name for maker in OPEN_PEERS), "trial")

HEADS = (
    *("filter", "order", "1-ROCA %", "lam %", "missed at 0.1 % FP", "at 1 % FP"),
    *("F1", "ham held, with 95 % interval", "calibration error"),
)
COLD_HEADS = (
    *("stream", "F1", "recall", "ham held, with 95 % interval", "unsure ham / spam"),
    *("1-ROCA %", "calibration error"),
)
SLICE_HEADS = ("slice", "spam", "protocol", "recall", "F1", "missed at 1 % FP")
FEEDBACK_HEADS = (
    *("stream", "start", "each label at once", "100 comments late", "1 label in 10"),
    "no label",
)
LEFT_OUT_HEADS = (
    *("stream", "left out", "F1", "ham held", "1-ROCA %"),
    *("F1 as shipped", "ham held as shipped", "1-ROCA % as shipped"),
)
FOLD_HEADS = (
    *("how", "start", "right, even odds", "right, shipped cutoffs", "F1", "1-ROCA %"),
)


def plain(value: float | None, digits: int = 3) -> str:
    """Return a number, or a dash where there is none.

    Example:
        >>> plain(0.12345), plain(None)
        ('0.123', '–')

    """
    return NONE if value is None else f"{value:,.{digits}f}"


def spread_cell(found: Sequence[Measures], name: str, digits: int) -> str:
    """Return the median of a measure, with its range where there are several runs."""
    values = spread(found, name)
    if values is None:
        return NONE
    text = plain(values.median, digits)
    low, high = plain(values.low, digits), plain(values.high, digits)
    return text if low == high else f"{text} ({low} to {high})"


def held_cell(found: Sequence[Measures]) -> str:
    """Return how much ham was held in the middle run, with its exact interval."""
    if not found or found[0]["held_percent"] is None:
        return NONE
    one = middle(found)
    count, percent = one["false_positives"], plain(one["held_percent"], 2)
    low, high = plain(one["held_percent_low"], 2), plain(one["held_percent_high"], 2)
    return f"{count:.0f}: {percent} % ({low} to {high})"


def stream_rows(results: Results, stream: Stream) -> list[Row]:
    """Return a row for every filter, order and prefix on a stream, from empty."""
    rows: list[Row] = []
    orders = [results.main_order(stream), SHUFFLED]
    for order in dict.fromkeys(orders):
        keys = results.filters(FILTERS, stream.title, order)
        rows += [
            [_filter_name(key), order, *measure_cells(results, key)]
            for key in sorted(keys, key=lambda key: key.prefix)
        ]
        base = Key(saring.NAME, "base", stream.title, order)
        if base in results.groups:
            name = f"{saring.NAME} from the base model"
            rows.append([name, order, *measure_cells(results, base)])
    return rows


def _filter_name(key: Key) -> str:
    return f"{key.filter}, first {key.prefix:,}" if key.prefix else key.filter


def measure_cells(results: Results, key: Key) -> Row:
    """Return the cells of one group of runs."""
    found = results.measures[key]
    return [
        spread_cell(found, "one_minus_roca_percent", 3),
        spread_cell(found, "lam_percent", 2),
        spread_cell(found, "missed_percent_at_0.1", 1),
        spread_cell(found, "missed_percent_at_1", 1),
        spread_cell(found, "f1", 3),
        held_cell(found),
        spread_cell(found, "calibration_error", 3),
    ]


def cold_rows(results: Results) -> list[Row]:
    """Return a row for each stream, judged by the base model that learns nothing."""
    rows = []
    for title in results.streams:
        found = results.measures.get(Key(saring.NAME, "cold", title), [])
        if found:
            unsure = [found[0][f"unsure_{label}_percent"] for label in ("ham", "spam")]
            rows.append(
                [
                    title,
                    spread_cell(found, "f1", 3),
                    spread_cell(found, "recall", 3),
                    held_cell(found),
                    " / ".join(plain(share, 1) for share in unsure),
                    spread_cell(found, "one_minus_roca_percent", 3),
                    spread_cell(found, "calibration_error", 3),
                ]
            )
    return rows


def slice_rows(results: Results, stream: Stream) -> list[Row]:
    """Return a row for each slice and protocol of a stream."""
    rows = []
    for protocol in ("cold", "empty", "base"):
        key = Key(saring.NAME, protocol, stream.title)
        for name, found in results.of_slices(key).items():
            if found:
                is_ham = not found[0]["spam"]
                rows.append(
                    [
                        name,
                        NONE if is_ham else f"{found[0]['spam']:,.0f}",
                        protocol,
                        *(
                            ["ham held: " + held_cell(found), NONE, NONE]
                            if is_ham
                            else [
                                spread_cell(found, "recall", 3),
                                spread_cell(found, "f1", 3),
                                spread_cell(found, "missed_percent_at_1", 1),
                            ]
                        ),
                    ]
                )
    return sorted(rows, key=lambda row: row[0])


def feedback_rows(results: Results) -> list[Row]:
    """Return 1-ROCA % of each stream by how the labels come."""
    rows = []
    for title, stream in results.streams.items():
        order = results.main_order(stream)
        for start, ending in (("empty", ", empty"), ("base", "")):
            names = (start, f"delayed{ending}", f"partial{ending}")
            groups = [
                results.measures.get(Key(saring.NAME, name, title, order), [])
                for name in names
            ]
            cold = results.measures.get(Key(saring.NAME, "cold", title), [])
            groups.append(cold if start == "base" else [])
            cells = [spread_cell(one, "one_minus_roca_percent", 3) for one in groups]
            if any(cell != NONE for cell in cells):
                rows.append([title, start, *cells])
    return rows


def left_out_rows(results: Results) -> list[Row]:
    """Return what the base model is worth on sources of which it knows no kin."""
    rows = []
    for title, stream in results.streams.items():
        key = Key(saring.NAME, LEFT_OUT, title)
        if key in results.groups:
            cells: Row = []
            for one in (key, Key(saring.NAME, "cold", title)):
                found = results.measures[one]
                cells += [
                    spread_cell(found, "f1", 3),
                    spread_cell(found, "held_percent", 2),
                    spread_cell(found, "one_minus_roca_percent", 2),
                ]
            rows.append([title, str(sources.family_of(stream.name)), *cells])
    return rows


def fold_rows(results: Results) -> list[Row]:
    """Return the rows of the folds of one stream."""
    rows = []
    for how, order in ((folds.POOLED, SHUFFLED), (folds.BY_VIDEO, FILE)):
        for start in ("base", "empty"):
            key = Key(saring.NAME, f"{how}, {start}", folds.STREAM, order)
            if key in results.groups:
                found = results.measures[key]
                rows.append(
                    [
                        how,
                        start,
                        spread_cell(found, "accuracy_percent_at_even_odds", 2),
                        spread_cell(found, "accuracy_percent", 2),
                        spread_cell(found, "f1", 4),
                        spread_cell(found, "one_minus_roca_percent", 3),
                    ]
                )
    return rows
