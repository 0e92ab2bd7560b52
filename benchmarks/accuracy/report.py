"""The report as Markdown: the bars, a table a stream, what every protocol means."""

import platform
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from typing import Any

from benchmarks.accuracy import saring, tables
from benchmarks.accuracy.bars import judge, not_better, not_half, numbers
from benchmarks.accuracy.looks import Look
from benchmarks.accuracy.measures import Measures
from benchmarks.accuracy.peers.peer import Maker
from benchmarks.accuracy.prose import PICTURES, read_prose
from benchmarks.accuracy.results import Results
from benchmarks.accuracy.streams import Stream
from benchmarks.speed.report import table

PACKAGES = ("numpy", "scipy", "scikit-learn")


@dataclass(frozen=True)
class Page:
    """What one report tells of.

    Attributes:
        missing_count: Runs that were wanted, but not made in the time there was.
    """

    results: Results
    makers: list[Maker]
    missing_count: int = 0

    def facts(self) -> dict[str, str]:
        """Return date and versions."""
        return {
            "date": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
            "program": saring.identity(),
            "Python": platform.python_version(),
            **{name: version(name) for name in PACKAGES},
            **{maker.name: maker.version() for maker in self.makers},
        }


def write_markdown(page: Page, looks: list[Look]) -> str:
    """Return the whole report."""
    results, prose = page.results, read_prose()
    facts = table(("", ""), ([name, value] for name, value in page.facts().items()))
    bars = table(("what", "bar", "measured", "outcome"), judge(results))
    parts = [
        "# How well it judges",
        prose["head"],
        facts,
        *([prose["unfinished"].format(page.missing_count)] * bool(page.missing_count)),
        "## Bars",
        bars,
        *_named("Streams above half of the best open peer's", not_half(results)),
        *_named("Streams that the base model does not help", not_better(results)),
        "## How often the benchmark part was looked at",
        prose["before"],
        *_looks(looks),
        "## What the numbers mean",
        prose["measures"],
        prose["protocols"],
        "## The base model alone",
        prose["cold"],
        table(tables.COLD_HEADS, tables.cold_rows(results)),
        "## Stream by stream",
        prose["streams"],
        *_stream_parts(results),
        *_last_parts(page),
    ]
    return "\n\n".join(parts) + "\n"


def _named(text: str, titles: list[str]) -> Iterator[str]:
    if titles:
        yield f"{text}: {', '.join(titles)}."


def _looks(looks: list[Look]) -> Iterator[str]:
    if looks:
        yield "Runs of this laboratory over it, by program:"
        yield table(
            ("look", "date", "program"),
            (
                [str(number), look["date"], look["program"]]
                for number, look in enumerate(looks, 3)
            ),
        )


def _stream_parts(results: Results) -> Iterator[str]:
    for stream in results.streams.values():
        if not stream.has_both:
            continue
        yield f"### {stream.title}"
        spam = int(stream.are_spam.sum())
        yield f"{spam:,} spam, {len(stream.rows) - spam:,} ham."
        yield table(tables.HEADS, tables.stream_rows(results, stream))
        if rows := tables.slice_rows(results, stream):
            yield "By its slices, Saring in the order of the file:"
            yield table(tables.SLICE_HEADS, rows)


def _last_parts(page: Page) -> Iterator[str]:
    results, prose = page.results, read_prose()
    for name, file in PICTURES.items():
        yield f"## {name}"
        yield f"![{name}]({file})"
    yield "## When labels come late, or seldom"
    yield prose["feedback"]
    yield table(tables.FEEDBACK_HEADS, tables.feedback_rows(results))
    if rows := tables.left_out_rows(results):
        yield "## Sources that the base model knows no kin of"
        yield prose["left out"]
        yield table(tables.LEFT_OUT_HEADS, rows)
    if rows := tables.fold_rows(results):
        yield "## Folds of uci_youtube"
        yield prose["folds"]
        yield table(tables.FOLD_HEADS, rows)
    yield "## The peers, and how they are set up"
    yield prose["peers"]
    for maker in page.makers:
        yield f"**{maker.name}** {maker.version()}"
        yield maker.setup + (
            f"\nIts runs end after {maker.row_limit:,} comments."
            if maker.row_limit
            else ""
        )


def to_json(page: Page, looks: list[Look]) -> dict[str, Any]:
    """Return every number for the JSON file; no comment is in it."""
    results = page.results
    return {
        "facts": page.facts(),
        "looks": looks,
        "bars": [
            dict(zip(("what", "bar", "measured", "outcome"), row, strict=True))
            for row in judge(results)
        ],
        "numbers": numbers(results),
        "streams": {
            title: _describe(stream) for title, stream in results.streams.items()
        },
        "runs": [
            {**asdict(key), "measures": [_rounded(one) for one in found]}
            for key, found in results.measures.items()
        ],
        "slices": [
            {**asdict(key), "slice": name, "measures": [_rounded(one) for one in found]}
            for key in results.groups
            if key.filter == saring.NAME and not key.prefix
            for name, found in results.of_slices(key).items()
        ],
    }


def _describe(stream: Stream) -> dict[str, int | str]:
    spam = int(stream.are_spam.sum())
    return {"sha256": stream.digest, "spam": spam, "ham": len(stream.rows) - spam}


def _rounded(found: Measures) -> Measures:
    return {
        name: None if value is None else round(value, 6)
        for name, value in found.items()
    }
