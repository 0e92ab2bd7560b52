"""The picture: checks per second as plain bars, each round a dot."""

import statistics
from pathlib import Path

import matplotlib as mpl
from benchmarks.speed.report import ORDER
from benchmarks.speed.results import Results
from matplotlib.figure import Figure


def draw_rates(results: Results, path: Path) -> None:
    """Write the rates of all servers as an SVG."""
    # Names and dates in the file would change with every run.
    mpl.rcParams["svg.hashsalt"] = "saring"
    names = [name for name in reversed(ORDER) if results.bursts.get(name)]
    figure = Figure(figsize=(7, 0.55 * len(names) + 0.9), layout="constrained")
    axes = figure.subplots()
    for row, name in enumerate(names):
        rates = [burst.rate for burst in results.bursts[name]]
        median = statistics.median(rates)
        color = "#1a7f5a" if name.startswith("Saring") else "#b8c0c8"
        axes.barh(row, median, color=color, height=0.62)
        axes.plot(rates, [row] * len(rates), "|", color="#333333", markersize=9)
        axes.annotate(
            f"{median:,.0f}",
            (max(rates), row),
            xytext=(6, 0),
            textcoords="offset points",
            va="center",
        )
    axes.set_yticks(range(len(names)), names)
    axes.set_xlabel("checks per second on two cores, median; each mark is a round")
    axes.margins(x=0.12)
    axes.spines[["top", "right"]].set_visible(False)
    figure.savefig(path, metadata={"Date": None})
