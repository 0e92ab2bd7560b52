"""The report: what the simulation showed, as Markdown."""

import statistics
from collections.abc import Callable, Iterable, Sequence

from benchmarks.campaigns import texts
from benchmarks.campaigns.backwards import Marking
from benchmarks.campaigns.measures import (
    Later,
    Runs,
    after_crowd,
    after_decision,
    after_labels,
    honest,
    split,
)
from benchmarks.campaigns.mutations import MUTATIONS
from benchmarks.campaigns.stream import (
    CAMPAIGN_SIZES,
    CARRIER_READERS,
    FLOOD,
    PLEASANTRIES,
    Arrival,
)
from benchmarks.campaigns.texts import CAMPAIGNS, COPIED

HEAD = """# Campaigns and shared addresses

Written by `make bench-campaigns`, which is `.venv/bin/python -m benchmarks.campaigns`.
All comments are made up for it: nothing here says how good the filter is on real ones.
It says what campaigns, crowds and reputation do to the verdicts of the real engine over
the shipped base model.

"""
NOTES = """`gossip` names nothing to go to: no link, no number, no brand.
It looks like what honest readers paste, and so no crowd holds it.
Labels and decisions do.

![by place](campaigns-places.svg)

![by change](campaigns-mutations.svg)

"""
LATER: dict[str, tuple[str, Later]] = {
    "classifier alone": ("classifier alone", after_crowd),
    "ten people, nobody labels": ("nobody labels", after_crowd),
    "three labelled, by the campaign alone": (
        "three labelled, classifier learns nothing",
        after_labels,
    ),
    "three labelled": ("three labelled", after_labels),
    "one decision": ("one decision", after_decision),
}
HONEST = {
    "classifier alone": "classifier alone",
    "nobody labels": "nobody labels",
    "three of each campaign labelled": "three labelled",
    "the flood labelled, without reputation": "flood, without reputation",
    "the flood labelled": "flood",
}
KINDS: dict[str, Sequence[str]] = {
    "readers with an address of their own": ("reader",),
    "readers behind the bad address": ("carrier",),
    "pleasantries": ("pleasantry",),
    **{name: (name,) for name in COPIED},
}


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a Markdown table, its first column to the left, the others right."""
    marks = ["---", *["--:"] * (len(heads) - 1)]
    lines = ["| " + " | ".join(cells) + " |" for cells in (heads, marks, *rows)]
    return "\n".join(lines)


def middle(values: Sequence[float], digits: int = 0) -> str:
    """Return the median of a figure over the seeds, and its range where it has one.

    Example:
        >>> middle([3, 1, 1]), middle([100.0, 100.0], 1)
        ('1 (1 to 3)', '100.0')

    """
    found = (statistics.median(values), min(values), max(values))
    median, low, high = (f"{value:,.{digits}f}" for value in found)
    return median if low == high else f"{median} ({low} to {high})"


def write(
    runs: Sequence[Runs], markings: Sequence[Marking], stream: Sequence[Arrival]
) -> str:
    """Return the page.

    Args:
        runs: Of each seed.
        markings: Of one decision for each campaign over a store, of each seed.
        stream: Of the first seed.
    """
    later = (
        "## Later copies of a campaign that are held\n\n"
        "Later is: after ten people had posted the campaign, after three of it were "
        "labelled spam, after one decision for all of it.\n"
        "In percent: the median of the seeds, and their range.\n\n"
    )
    parts = [
        HEAD,
        _stream_part(stream, len(runs)),
        later,
        _by("change to each copy", [*MUTATIONS], runs, lambda one: one.strength),
        _by("kind of campaign", [*CAMPAIGNS], runs, lambda one: one.kind),
        NOTES,
        _honest_part(runs),
        _decision_part(runs, markings),
    ]
    return "".join(parts)


def _stream_part(stream: Sequence[Arrival], seeds: int) -> str:
    spam = sum(arrival.label.value == "spam" for arrival in stream)
    return f"""## The stream

{len(stream):,} comments come in ten days to twelve sites of one owner.
{spam:,} of them are spam.
That is the first of {seeds} seeds, 0 to {seeds - 1}; the others differ by a few.
{len(MUTATIONS) * len(CAMPAIGNS)} campaigns come within a day each.
They have {CAMPAIGN_SIZES[0]} to {CAMPAIGN_SIZES[-1]} copies.
Each copy is by another person from another address, and changed.
{CARRIER_READERS:,} readers write from one address of their carrier.
{FLOOD} spam comments come through it first, none of them a copy of another.
{PLEASANTRIES:,} pleasantries are {len(texts.PLEASANTRIES)} texts again and again.
Four honest texts are pasted by forty people each within a day.
Labels come an hour after their comment.
Where moderators label, they also correct what was held by mistake.

"""


def _by(
    title: str,
    names: Sequence[str],
    runs: Sequence[Runs],
    name_of: Callable[[Arrival], str],
) -> str:
    rows = []
    for name in names:
        cells = [name]
        for run, later in LATER.values():
            shares = [split(one.outcomes[run], later, name_of) for one in runs]
            percents = [share[name].percent for share in shares if name in share]
            cells.append(middle(percents, 1))
        rows.append(cells)
    return table([title, *LATER], rows) + "\n\n"


def _honest_part(runs: Sequence[Runs]) -> str:
    rows = []
    for name, kinds in KINDS.items():
        cells = [name, f"{honest(runs[0].outcomes['nothing'], kinds).comments:,}"]
        for run in HONEST.values():
            found = [honest(one.outcomes[run], kinds) for one in runs]
            held = middle([one.held for one in found])
            repeated = middle([one.by_repetition for one in found])
            cells.append(held if repeated == "0" else f"{held}; {repeated}")
        rows.append(cells)
    for_address = sum(
        honest(outcomes).for_address
        for one in runs
        for outcomes in one.outcomes.values()
    )
    return f"""## Honest comments

How many are held: the median of the seeds, and their range.
After a semicolon: held because others posted or labelled the same, where any are.

{table(["", "of", *HONEST], rows)}

What is held for no repetition is held for what the classifier was taught.
Held, and would not be without its IP address, in all runs together: {for_address}.
Behind the bad address, unsure of {CARRIER_READERS:,}:
{_unsure(runs, "flood")} with reputation, and without
{_unsure(runs, "flood, without reputation")}.

"""


def _unsure(runs: Sequence[Runs], name: str) -> str:
    found = [honest(one.outcomes[name], ("carrier",)) for one in runs]
    return middle([one.unsure for one in found])


def _decision_part(runs: Sequence[Runs], markings: Sequence[Marking]) -> str:
    same = all(
        one.digests["one decision, undone"] == one.digests["nothing"]
        and [o.verdict for o in one.outcomes["one decision, undone"]]
        == [o.verdict for o in one.outcomes["nothing"]]
        for one in runs
    )
    is_undone = all(one.is_undone for one in markings)
    return f"""## One decision, backwards and taken back

Each stream recorded in a store, every fourth campaign decided once by its first copy,
of all seeds together:
{sum(one.marked for one in markings):,} of
{sum(one.copies for one in markings):,} recorded copies were marked,
with {sum(one.siblings for one in markings):,} of other campaigns made from the same
text, and {sum(one.honest for one in markings)} honest comments.
After taking all of that back the model is
{"the same, bit for bit" if is_undone else "another"}.
A stream in which each decision is taken back at once gets
{"the same" if same else "other"} verdicts and model as one without any.
"""
