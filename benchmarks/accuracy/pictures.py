"""Pictures: ROC curves, learning curves and calibration, as SVG."""

import math
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import matplotlib as mpl
import numpy as np
from benchmarks.accuracy import saring
from benchmarks.accuracy.measures import bins, curve
from benchmarks.accuracy.results import Key, Results
from benchmarks.accuracy.streams import Stream
from benchmarks.accuracy.tables import FILTERS
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from sklearn.metrics import roc_curve

if TYPE_CHECKING:
    from matplotlib.artist import Artist

COLUMNS = 3
BASE = "Saring from the base model"
COLOURS = {
    saring.NAME: "#1a7f5a",
    BASE: "#0b4f8a",
    "bogofilter": "#b5651d",
    "SpamProbe": "#c2456b",
    "SpamAssassin, Bayes only": "#8a6fb0",
    "Rspamd, Bayes only": "#c9a227",
    "scikit-learn SGD": "#7a7a7a",
    "trial": "#222222",
}
SMALLEST_PERCENT = 0.01
LARGEST_POINTS = 150


def draw(results: Results, folder: Path) -> None:
    """Write all pictures into a folder."""
    # Names and dates in the files would change with every run.
    mpl.rcParams["svg.hashsalt"] = "saring"
    mpl.rcParams["svg.fonttype"] = "none"
    streams = [stream for stream in results.streams.values() if stream.has_both]
    draw_rocs(results, streams, folder / "accuracy-roc.svg")
    draw_curves(results, streams, folder / "accuracy-learning.svg")
    draw_calibration(results, streams, folder / "accuracy-calibration.svg")


def draw_rocs(results: Results, streams: Sequence[Stream], path: Path) -> None:
    """Draw how much spam is missed where so much ham is held, both in log scale."""
    figure, axes = _grid(len(streams))
    for stream, part in zip(streams, axes, strict=True):
        for name, key in _lines(results, stream):
            labels = results.labels(key)
            held, caught, _ = roc_curve(labels, results.groups[key][0].ranks)
            points = _thin(100 * held, 100 * (1 - caught))
            _plot(part, name, points, "steps-post")
        part.set(xscale="log", yscale="log", xlim=(SMALLEST_PERCENT, 100))
        part.set(ylim=(SMALLEST_PERCENT, 100), title=stream.title)
    _finish(figure, axes, "ham held, %", "spam missed, %", path)


def draw_curves(results: Results, streams: Sequence[Stream], path: Path) -> None:
    """Draw 1-ROCA % of the comments so far against their number."""
    figure, axes = _grid(len(streams))
    for stream, part in zip(streams, axes, strict=True):
        for name, key in _lines(results, stream):
            points = curve(results.groups[key][0], results.labels(key))
            values = [(x, max(y, SMALLEST_PERCENT / 10)) for x, y in points]
            _plot(part, name, values, "default")
        part.set(xscale="log", yscale="log", title=stream.title)
    _finish(figure, axes, "comments so far", "1-ROCA % so far", path)


def draw_calibration(results: Results, streams: Sequence[Stream], path: Path) -> None:
    """Draw which share of comments is spam where so high a chance was said."""
    figure, axes = _grid(len(streams))
    styles = {"empty": saring.NAME, "base": BASE, "cold": "trial"}
    for stream, part in zip(streams, axes, strict=True):
        part.plot([0, 1], [0, 1], color="#cccccc", linewidth=1)
        for protocol, colour in styles.items():
            order = "file" if protocol == "cold" else results.main_order(stream)
            key = Key(saring.NAME, protocol, stream.title, order)
            if key in results.groups:
                found = bins(results.groups[key][0].chances, stream.are_spam)
                part.plot(
                    [one.chance for one in found],
                    [one.share for one in found],
                    color=COLOURS[colour],
                    linewidth=0.8,
                    label=f"{saring.NAME}, {protocol}",
                )
                part.scatter(
                    [one.chance for one in found],
                    [one.share for one in found],
                    [4 + 8 * math.log10(one.comments) for one in found],
                    color=COLOURS[colour],
                )
        part.set(title=stream.title)
    _finish(figure, axes, "chance of spam that was said", "share that is spam", path)


def _lines(results: Results, stream: Stream) -> list[tuple[str, Key]]:
    """Return what is drawn of a stream: every filter from empty, Saring from base."""
    order = results.main_order(stream)
    found = {
        key.filter: key
        for key in results.filters(FILTERS, stream.title, order)
        if key.filter != saring.NAME or not key.prefix
    }
    base = Key(saring.NAME, "base", stream.title, order)
    lines = list(found.items())
    return [*lines, (BASE, base)] if base in results.groups else lines


def _grid(count: int) -> tuple[Figure, list[Axes]]:
    rows = math.ceil(count / COLUMNS)
    figure = Figure(figsize=(4 * COLUMNS, 3.2 * rows + 0.6), layout="constrained")
    axes = list(np.ravel(figure.subplots(rows, COLUMNS, squeeze=False)))
    for unused in axes[count:]:
        unused.remove()
    return figure, axes[:count]


def _plot(
    part: Axes, name: str, points: Sequence[tuple[float, float]], style: str
) -> None:
    if points:
        part.plot(
            *zip(*points, strict=True),
            color=COLOURS[name],
            linewidth=1.8 if name.startswith(saring.NAME) else 1,
            drawstyle=style,
            label=name,
        )


def _thin(held: "np.ndarray", missed: "np.ndarray") -> list[tuple[float, float]]:
    """Return a curve with no more points than can be seen apart in log scale."""
    x, y = np.maximum(held, SMALLEST_PERCENT), np.maximum(missed, SMALLEST_PERCENT)
    wanted = np.geomspace(SMALLEST_PERCENT, 100, LARGEST_POINTS)
    numbers = np.unique(np.searchsorted(x, wanted, "right") - 1).clip(0)
    return [(float(x[number]), float(y[number])) for number in numbers]


def _finish(
    figure: Figure, axes: Sequence[Axes], across: str, up: str, path: Path
) -> None:
    named: dict[str, Artist] = {}
    for part in axes:
        handles, names = part.get_legend_handles_labels()
        named |= {n: h for h, n in zip(handles, names, strict=True) if n not in named}
        part.title.set_fontsize(10)
        part.spines[["top", "right"]].set_visible(False)
    figure.legend(
        list(named.values()), list(named), loc="outside upper center", ncols=4
    )
    figure.supxlabel(across)
    figure.supylabel(up)
    figure.savefig(path, metadata={"Date": None})
