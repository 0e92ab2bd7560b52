"""Picture: what each attack costs, trusted and not."""

from collections.abc import Sequence
from pathlib import Path

import matplotlib as mpl
from benchmarks.poison.report import POINTS_BEARABLE
from benchmarks.poison.results import Run
from matplotlib.figure import Figure

GOOD, GREY = "#1a7f5a", "#7a838c"


def draw(runs: Sequence[tuple[Run, float]], path: Path) -> None:
    """Write the points of F1 lost as an SVG, a pair of bars for each attack."""
    mpl.rcParams["svg.hashsalt"] = "saring"
    names = [f"{one.stream}, {one.way}" for one, _ in runs[::2]]
    figure = Figure(figsize=(7.4, 0.55 * len(names) + 1.1), layout="constrained")
    axes = figure.subplots()
    for start, offset, color, label in (
        (0, -0.18, GREY, "trusted like all others"),
        (1, 0.18, GOOD, "trust by agreement"),
    ):
        rows = [row + offset for row in range(len(names))]
        points = [lost for _, lost in runs[start::2]]
        axes.barh(rows, points, 0.34, color=color, label=label)
    axes.axvline(POINTS_BEARABLE, color="#333333", linewidth=1)
    axes.set_yticks(range(len(names)), names, fontsize=8)
    axes.invert_yaxis()
    axes.set_xlabel(
        "points of F1 lost at the other sites; the line is what is aimed at"
    )
    axes.legend(frameon=False, fontsize=8)
    axes.spines[["top", "right"]].set_visible(False)
    figure.savefig(path, metadata={"Date": None})
