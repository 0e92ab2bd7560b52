"""The report: what the simulation showed, as Markdown."""

import statistics
from collections.abc import Callable, Iterable, Sequence

from benchmarks.campaigns import texts
from benchmarks.campaigns.backwards import Marking
from benchmarks.campaigns.measures import (
    Later,
    Runs,
    Share,
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


def write(runs: Sequence[Runs], marking: Marking, stream: Sequence[Arrival]) -> str:
    """Return the page.

    Args:
        runs: Of each seed.
        marking: Of one decision for each campaign, over a store.
        stream: Of the first seed.
    """
    later = (
        "## Later copies of a campaign that are held\n\n"
        "Later is: after ten people had posted the campaign, after three of it were "
        "labelled spam, after one decision for all of it.\n\n"
    )
    parts = [
        HEAD,
        _stream_part(stream, len(runs)),
        later,
        _by("change to each copy", [*MUTATIONS], runs, lambda one: one.strength),
        _by("kind of campaign", [*CAMPAIGNS], runs, lambda one: one.kind),
        NOTES,
        _honest_part(runs),
        _decision_part(runs, marking),
    ]
    return "".join(parts)


def _stream_part(stream: Sequence[Arrival], seeds: int) -> str:
    spam = sum(arrival.label.value == "spam" for arrival in stream)
    return f"""## The stream

{len(stream):,} comments come in ten days to twelve sites of one owner.
{spam:,} of them are spam.
The seeds are the first {seeds}, from 0.
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
            total = Share(0, 0)
            for one in runs:
                found = split(one.outcomes[run], later, name_of)
                total += found.get(name, Share(0, 0))
            cells.append(str(total))
        rows.append(cells)
    return table([title, *LATER], rows) + "\n\n"


def _honest_part(runs: Sequence[Runs]) -> str:
    rows = []
    for name, kinds in KINDS.items():
        cells = [name]
        for run in HONEST.values():
            found = [honest(one.outcomes[run], kinds) for one in runs]
            held = sum(one.held for one in found)
            repeated = sum(one.by_repetition for one in found)
            comments = sum(one.comments for one in found)
            cells.append(f"{held:,} of {comments:,} ({repeated:,})")
        rows.append(cells)
    for_address = sum(
        honest(outcomes).for_address
        for one in runs
        for outcomes in one.outcomes.values()
    )
    return f"""## Honest comments

Held, of all seeds together.
In brackets: held because others posted or labelled the same.

{table(["", *HONEST], rows)}

What is held for no repetition is held for what the classifier was taught.
Held, and would not be without its IP address, in all runs together: {for_address}.
Behind the bad address, unsure of {CARRIER_READERS:,} in the median:
{_unsure(runs, "flood")} with reputation, and without
{_unsure(runs, "flood, without reputation")}.

"""


def _unsure(runs: Sequence[Runs], name: str) -> str:
    found = [honest(one.outcomes[name], ("carrier",)) for one in runs]
    return f"{statistics.median(one.unsure for one in found):,.0f}"


def _decision_part(runs: Sequence[Runs], marking: Marking) -> str:
    same = all(
        one.digests["one decision, undone"] == one.digests["nothing"]
        and [o.verdict for o in one.outcomes["one decision, undone"]]
        == [o.verdict for o in one.outcomes["nothing"]]
        for one in runs
    )
    return f"""## One decision, backwards and taken back

The stream recorded in a store, every fourth campaign decided once by its first copy:
{marking.marked:,} of {marking.copies:,} recorded copies were marked,
with {marking.siblings:,} of other campaigns made from the same text,
and {marking.honest} honest comments.
After taking all of that back the model is
{"the same, bit for bit" if marking.is_undone else "another"}.
A stream in which each decision is taken back at once gets
{"the same" if same else "other"} verdicts and model as one without any.
"""
