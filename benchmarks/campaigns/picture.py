"""The pictures: what is held of copies, by change and by place in a campaign."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import matplotlib as mpl
from benchmarks.campaigns.measures import Share
from benchmarks.campaigns.simulation import Outcome
from matplotlib.figure import Figure

COLORS = {
    "classifier alone": "#b8c0c8",
    "nobody labels": "#1a7f5a",
    "three labelled, classifier learns nothing": "#2f5fa8",
}
PLACES = 40


def draw_places(runs: Mapping[str, Iterable[Outcome]], path: Path) -> None:
    """Write the share of copies held by how many came before them, as an SVG."""
    figure, axes = _figure()
    for name, color in COLORS.items():
        places = [Share(0, 0)] * PLACES
        for outcome in runs[name]:
            if outcome.arrival.campaign and outcome.identities < PLACES:
                held = Share(int(outcome.verdict.is_held), 1)
                places[outcome.identities] += held
        shares = [100 * place.part / place.whole for place in places]
        axes.plot(range(1, PLACES + 1), shares, color=color, label=name, linewidth=2)
    axes.axvline(10, color="#333333", linewidth=0.8, linestyle=":")
    axes.set_xlabel("place of a copy in its campaign; the dots mark the tenth")
    _finish(figure, axes, path)


def draw_mutations(
    shares: Mapping[str, Mapping[str, Share]], names: Sequence[str], path: Path
) -> None:
    """Write the share of later copies held by mutation, as an SVG."""
    figure, axes = _figure()
    width = 0.8 / len(COLORS)
    for number, (run, color) in enumerate(COLORS.items()):
        found = [shares[run].get(name, Share(0, 1)) for name in names]
        axes.bar(
            [place + (number - 1) * width for place in range(len(names))],
            [100 * share.part / max(1, share.whole) for share in found],
            width,
            color=color,
            label=run,
        )
    axes.set_xticks(range(len(names)), names, rotation=20, ha="right")
    _finish(figure, axes, path)


def _figure() -> tuple[Figure, mpl.axes.Axes]:
    # Names and dates in the file would change with every run.
    mpl.rcParams["svg.hashsalt"] = "saring"
    figure = Figure(figsize=(7.5, 3.6), layout="constrained")
    return figure, figure.subplots()


def _finish(figure: Figure, axes: mpl.axes.Axes, path: Path) -> None:
    axes.set_ylabel("copies held, %")
    axes.set_ylim(0, 103)
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(frameon=False, fontsize=8, loc="lower right")
    figure.savefig(path, metadata={"Date": None})
