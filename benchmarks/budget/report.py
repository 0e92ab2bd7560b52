"""Report: the page that tells whether promises were kept."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from benchmarks.budget import simulation, streams
from benchmarks.budget.results import Reliability, Replays, Results

from saring.binomial import interval

TEMPLATE = Path(__file__).with_name("page.md")


def page(results: Results) -> str:
    """Return the page; a part that was not measured is left out."""
    parts = TEMPLATE.read_text(encoding="utf-8").split("\n## ")
    measured = (True, results.made_up, results.streams, results.reliability)
    template = "\n## ".join(
        part for part, found in zip(parts, measured, strict=True) if found
    )
    return template.format(
        spam=simulation.SPAM_SHARE,
        usual=simulation.held_ham(simulation.SHIPPED_CUTOFF),
        spam_seen=simulation.REPORTED_SPAM,
        ham_seen=simulation.REPORTED_HAM,
        one_in=streams.BUDGET.one_in,
        stream_count=streams.REPLAYS,
        made_up=_table(results.made_up, with_group=False),
        streams=_table(results.streams, with_group=True),
        reliability="".join(_reliability_rows(results.reliability)),
    )


def _table(replays: Sequence[Replays], *, with_group: bool) -> str:
    heading = "| stream, held against " if with_group else ""
    rule = "|---" if with_group else ""
    columns = (
        "cutoff from | at most | confidence | sites | hams | no promise | "
        "**kept** (95 % interval) | ham held: median · 95 % of sites below | "
        "spam caught"
    )
    lines = [
        f"\n{heading}| {columns} |",
        f"{rule}|---|--:|--:|--:|--:|--:|--:|--:|--:|",
        *(_row(one, with_group=with_group) for one in replays),
    ]
    return "\n".join(lines) + "\n"


def _row(one: Replays, *, with_group: bool) -> str:
    confidence = f"{one.confidence:.0%}" if one.confidence else "none"
    kept = "–"
    if one.count:
        low, high = interval(one.kept_count, one.count, 0.95)
        kept = f"**{one.kept_share:.1%}** ({low:.1%} to {high:.1%})"
    held = "–"
    if one.count:
        held = f"{one.realised[10]:.2%} · {one.realised[19]:.2%}"
    cells = [
        one.way,
        f"1 in {one.one_in:,}",
        confidence,
        f"{one.count + one.silent_count:,}",
        f"{one.ham_count:,}",
        f"{one.silent_count:,}",
        kept,
        held,
        f"{one.caught:.0%}" if one.count else "–",
    ]
    return "| " + " | ".join([one.group] * with_group + cells) + " |"


def _reliability_rows(found: Iterable[Reliability]) -> list[str]:
    errors: dict[tuple[str, str], dict[bool, float]] = {}
    for one in found:
        errors.setdefault((one.stream, one.start), {})[one.follows] = one.error
    return [
        f"| {stream} | {'the base model' if start == 'shipped' else 'nothing'} "
        f"| {error[False]:.4f} | {error[True]:.4f} |\n"
        for (stream, start), error in errors.items()
    ]
