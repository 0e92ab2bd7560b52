"""Report: the page that tells what noise and poison do."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from benchmarks.poison import undoing
from benchmarks.poison.attacks import TARGETS
from benchmarks.poison.host import ONE_IN, SITES
from benchmarks.poison.results import Rates, Results, Run, Undone

TEMPLATE = Path(__file__).with_name("page.md")
POINTS_BEARABLE = 1.0
STARTS = {"shipped": "the base model", "empty": "nothing"}
MANNERS = {
    "none": "none",
    "all": "all",
    "errors": "what was judged wrongly",
    "spam": "all spam",
    "ham": "all ham",
}


def page(results: Results) -> str:
    """Return the page."""
    straight = {
        (one.stream, one.start): one for one in results.noise if one.way == "0%"
    }
    noise = [(one, lost(one, straight)) for one in results.noise]
    attacks = [(one, lost(one, straight)) for one in results.attacks]
    wrong = [points for one, points in noise if one.way == "5%"]
    hurt = [points for one, points in attacks if not one.trusts_all]
    return TEMPLATE.read_text(encoding="utf-8").format(
        sites=SITES,
        one_in=ONE_IN,
        targets=TARGETS,
        rows=undoing.ROWS,
        noise="\n".join(_noise_row(one, points) for one, points in noise),
        noise_bar=_bar(wrong),
        attacks="\n".join(_attack_rows(attacks)),
        attacks_bar=_bar(hurt),
        undone="\n".join(map(_undone_row, results.undone)),
        drift="\n".join(_drift_rows(results.drift, straight)),
    )


def lost(one: Run, straight: dict[tuple[str, str], Run]) -> float:
    """Return how many points of F1 a run lost beside that without any wrong label."""
    return 100 * (straight[one.stream, one.start].rates.f1 - one.rates.f1)


def _bar(points: Sequence[float]) -> str:
    if not points:
        return ""
    missed = sum(one > POINTS_BEARABLE for one in points)
    most = f"{max(points):.2f} points are lost at most"
    if not missed:
        return f"The aim is reached: {most}."
    return f"The aim is missed in {missed} of {len(points)} cases: {most}."


def _noise_row(one: Run, points: float) -> str:
    told = f"{points:.2f}" if one.way != "0%" else "–"
    cells = [one.stream, STARTS[one.start], one.way, f"{one.rates.f1:.2%}", told]
    return _line([*cells, *_shares(one.rates)])


def _attack_rows(runs: Sequence[tuple[Run, float]]) -> Iterable[str]:
    for (trusted, before), (doubted, after) in zip(runs[::2], runs[1::2], strict=True):
        yield _line(
            [
                trusted.stream,
                trusted.way,
                f"{before:.2f}",
                f"**{after:.2f}**",
                f"{trusted.rates.false_positives:.2%}",
                f"{doubted.rates.false_positives:.2%}",
                f"{trusted.rates.missed_spam:.2%}",
                f"{doubted.rates.missed_spam:.2%}",
                str(trusted.targets_held),
                str(doubted.targets_held),
            ]
        )


def _undone_row(one: Undone) -> str:
    return _line(
        [
            one.way,
            f"{one.labels:,}",
            str(one.lies),
            "the same" if one.was_equal else "another",
            "the same, to the bit" if one.is_equal else "**another**",
        ]
    )


def _drift_rows(
    runs: Sequence[Run], straight: dict[tuple[str, str], Run]
) -> Iterable[str]:
    for one in runs:
        yield _drift_row(one)
        if one.way == "none" and straight:
            yield _drift_row(straight[one.stream, "shipped"])


def _drift_row(one: Run) -> str:
    return _line(
        [
            one.stream,
            MANNERS.get(one.way, "all"),
            f"{one.rates.f1:.2%}",
            *_shares(one.rates),
            " · ".join(f"{100 * part.f1:.1f}" for part in one.fifths),
            " · ".join(f"{100 * part.false_positives:.1f}" for part in one.fifths),
        ]
    )


def _shares(rates: Rates) -> list[str]:
    return [f"{rates.false_positives:.2%}", f"{rates.missed_spam:.2%}"]


def _line(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cells) + " |"
