"""The picture: points of recall lost to each attack, the bar as a line."""

from pathlib import Path

import matplotlib as mpl
from benchmarks.disguise.attacks import ATTACKS
from benchmarks.disguise.extents import EXTENTS
from benchmarks.disguise.results import MOST_POINTS_LOST, Results
from matplotlib.figure import Figure

_COLORS = {"whole text": "#1a7f5a", "one word": "#c28a1a"}
_MARKS = ("o", "D", "s")
_LEAST = -6.0


def draw_losses(results: Results, path: Path) -> None:
    """Write the losses of all attacks on all sets as an SVG."""
    # Names and dates in the file would change with every run.
    mpl.rcParams["svg.hashsalt"] = "saring"
    mpl.rcParams["svg.fonttype"] = "none"
    sets = list(dict.fromkeys(name for name, _ in results.outcomes))
    manners = list(dict.fromkeys(manner for _, manner in results.outcomes))
    figure = Figure(figsize=(9, 0.26 * len(ATTACKS) + 1.4), layout="constrained")
    panels = figure.subplots(1, len(sets), sharey=True, squeeze=False)[0]
    rows = {how.name: row for row, how in enumerate(reversed(ATTACKS))}
    for panel, name in zip(panels, sets, strict=True):
        for mark, manner in zip(_MARKS, manners, strict=False):
            for extent, shift in zip(EXTENTS, (0.16, -0.16), strict=True):
                found = [
                    (max(loss.lost, _LEAST), rows[attack] + shift)
                    for attack, where, loss in results.losses(name, manner)
                    if where == extent
                ]
                panel.plot(
                    *zip(*found, strict=True),
                    mark,
                    color=_COLORS[extent],
                    markersize=4,
                    alpha=0.75,
                    label=f"{manner}, {extent}",
                )
        panel.axvline(0, color="#b8c0c8", linewidth=0.8)
        panel.axvline(MOST_POINTS_LOST, color="#a33333", linewidth=0.8, linestyle="--")
        panel.set_title(name, fontsize=10)
        panel.set_xlabel(
            "points of recall lost at 0.1 % false positives\n"
            f"(below 0: gained; whatever gained more stands at {_LEAST:g})",
            fontsize=8,
        )
        panel.tick_params(labelsize=8)
        panel.spines[["top", "right"]].set_visible(False)
        panel.grid(axis="y", color="#eeeeee", linewidth=0.6)
    panels[0].set_yticks(range(len(rows)), list(reversed(rows.keys()))[::-1])
    figure.legend(
        *panels[0].get_legend_handles_labels(),
        loc="outside lower center",
        ncols=len(manners),
        fontsize=8,
        frameon=False,
    )
    figure.savefig(path, metadata={"Date": None})
