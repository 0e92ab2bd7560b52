"""Pictures: what was promised against what came true, and scores against shares."""

from collections.abc import Sequence
from pathlib import Path

import matplotlib as mpl
from benchmarks.budget.results import Reliability, Replays
from matplotlib.figure import Figure

GOOD, BAD, GREY = "#1a7f5a", "#b3382c", "#7a838c"
# Of the 21 quantiles: the median, and the one that 95 % of the sites stay below.
MEDIAN, NEARLY_ALL = 10, 19


def draw_realised(replays: Sequence[Replays], path: Path) -> None:
    """Write what the ways come to as an SVG, in multiples of what was promised."""
    mpl.rcParams["svg.hashsalt"] = "saring"
    shown = [one for one in reversed(replays) if one.count]
    figure = Figure(figsize=(7.4, 0.42 * len(shown) + 1.1), layout="constrained")
    axes = figure.subplots()
    for row, one in enumerate(shown):
        color = GOOD if one.confidence else BAD
        multiples = [share * one.one_in for share in one.realised]
        axes.plot(
            [multiples[1], multiples[NEARLY_ALL]], [row, row], color=color, linewidth=5
        )
        axes.plot(multiples[MEDIAN], row, "o", color="white", markeredgecolor=color)
        axes.annotate(
            f"{one.kept_share:.1%} kept",
            (multiples[NEARLY_ALL], row),
            xytext=(8, 0),
            textcoords="offset points",
            va="center",
            fontsize=8,
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 1},
        )
    axes.axvline(1, color="#333333", linewidth=1)
    names = [
        f"{one.way}, 1 in {one.one_in:,}"
        + (f", {one.confidence:.0%}" if one.confidence else "")
        for one in shown
    ]
    axes.set_yticks(range(len(shown)), names, fontsize=8)
    axes.set_xlabel(
        "honest comments held, as a multiple of the promise; 90 % of the sites"
    )
    axes.set_xlim(0)
    axes.margins(x=0.16)
    axes.spines[["top", "right"]].set_visible(False)
    figure.savefig(path, metadata={"Date": None})


def draw_reliability(found: Sequence[Reliability], path: Path) -> None:
    """Write the share of spam against the score, a panel for each stream and start."""
    mpl.rcParams["svg.hashsalt"] = "saring"
    panels = sorted({(one.stream, one.start) for one in found}, reverse=True)
    figure = Figure(figsize=(7.4, 7.2), layout="constrained")
    for place, (stream, start) in enumerate(panels, 1):
        axes = figure.add_subplot(2, 2, place)
        axes.plot([0, 1], [0, 1], color="#cccccc", linewidth=1)
        for one in found:
            if (one.stream, one.start) != (stream, start):
                continue
            axes.plot(
                [mean for mean, _, _ in one.bins],
                [share for _, share, _ in one.bins],
                "o-",
                markersize=4,
                color=GOOD if one.follows else GREY,
                label=f"{'follows' if one.follows else 'one line'}, {one.error:.4f}",
            )
        begun = "the base model" if start == "shipped" else "nothing"
        axes.set_title(f"{stream}, from {begun}", fontsize=9)
        axes.legend(frameon=False, fontsize=8, title="calibration, error")
        axes.set_xlabel("score", fontsize=8)
        axes.set_ylabel("share of spam", fontsize=8)
        axes.spines[["top", "right"]].set_visible(False)
    figure.savefig(path, metadata={"Date": None})
