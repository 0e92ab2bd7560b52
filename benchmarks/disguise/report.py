"""The report: what each attack takes and whom it harms, as Markdown."""

from collections.abc import Iterator, Sequence

from benchmarks.disguise.attacks import ATTACKS
from benchmarks.disguise.extents import EXTENTS
from benchmarks.disguise.greetings import GREETINGS
from benchmarks.disguise.results import MOST_POINTS_LOST, Results
from benchmarks.disguise.trial import FORMS
from benchmarks.speed.report import table

WRITTEN_BY = """\
Written by `make bench-disguise`, which is `.venv/bin/python -m benchmarks.disguise`.
The picture is [disguise.svg](disguise.svg), all numbers are in
[disguise.json](disguise.json)."""

METHOD = """\
Plain comments of the dev part, spam and ham, are written in every disguise and judged
beside their plain form.
Plain means: letters of ASCII only, no marks, nothing invisible, no letters set apart,
no digits inside words.
The cutoff is the one that holds 0.1 % of the plain ham, and it stays where it is for
the disguised comments.
"Whole text" rewrites all that can be seen; "one word" only the words that join letters
and digits, as brands do, or else the longest word.
Tags and addresses stay as they are.

There are three filters.
*Base* is the shipped model and learns nothing.
*Base, plain learned* and *empty, plain learned* learn the label of each comment after
judging it, in its plain form only, in order of time: no disguised comment ever comes to
them with a label.

The attacks are code of their own, with alphabets that the training's disguises do not
have; the column "trained" says whether the base model's training decorates comments in
a like way.
`blog_stream` is judged without the e-mail and web addresses of its authors, since those
fields give its labels away."""

NOTES = """\
By the notes of its curator 1 to 2 % of the spam of `id_judol_nafi` stands among its
ham, and that sets the cutoff at 0.1 %.
Copies of campaigns were taken out of it, so its plain spam is few and the hard half: a
point of recall is two or three comments."""


GREETINGS_NOTE = """\
{} greetings, written for this benchmark in eighteen languages, each in {} forms, at the
shipped cutoffs."""

CUTOFFS_NOTE = """\
Of each filter: recall at that cutoff and the points lost.
Then, at the shipped cutoff of the base model: decorated ham held, and how much of it is
published in plain letters."""

GREETING_HEADS = (
    *("the filter has learned", "judged", "held", "unsure", "highest score"),
    "held in",
)


def write_markdown(results: Results) -> str:
    """Return the whole report."""
    parts = [
        "# Disguise",
        WRITTEN_BY,
        table(("", ""), results.facts.items()),
        METHOD,
        "![points of recall lost to each attack](disguise.svg)",
        "## Bars",
        table(("what", "bar", "measured", "outcome"), bar_rows(results)),
        NOTES,
    ]
    for name in dict.fromkeys(name for name, _ in results.outcomes):
        parts += _set_parts(results, name)
    parts += [
        "## Honest greetings",
        GREETINGS_NOTE.format(len(GREETINGS), len(FORMS)),
        table(GREETING_HEADS, greeting_rows(results)),
    ]
    return "\n\n".join(parts) + "\n"


def bar_rows(results: Results) -> Iterator[Sequence[str]]:
    """Yield each promise: what, bar, measured, outcome."""
    for name, manner in results.outcomes:
        kept, total = results.kept(name, manner)
        how, extent, worst = max(
            results.losses(name, manner), key=lambda found: found[2].lost
        )
        yield (
            f"recall lost, {name}, {manner}",
            f"≤ {MOST_POINTS_LOST:g} points",
            f"{kept} of {total} attacks; worst {worst.lost:.1f} ({how}, {extent})",
            "pass" if kept == total else "MISS",
        )
    for kindness in results.kindness:
        yield (
            f"greetings held, having learned {kindness.knows}",
            "0",
            f"{kindness.held_count} of {kindness.judged:,}",
            "MISS" if kindness.held_count else "pass",
        )


def greeting_rows(results: Results) -> Iterator[Sequence[str]]:
    """Yield a row for each filter that judged the greetings."""
    for kindness in results.kindness:
        where = ", ".join(
            f"{attack} ({extent}) {count}"
            for (attack, extent), count in kindness.held.items()
        )
        yield (
            kindness.knows,
            f"{kindness.judged:,}",
            str(kindness.held_count),
            str(kindness.unsure),
            f"{kindness.highest:.3f}",
            where or "–",
        )


def _set_parts(results: Results, name: str) -> Iterator[str]:
    manners = [manner for set_name, manner in results.outcomes if set_name == name]
    outcome = results.outcomes[name, manners[0]]
    yield f"## {name}: {outcome.spam:,} plain spam, {outcome.ham:,} plain ham"
    plain = {manner: results.plain(name, manner) for manner in manners}
    rows = [
        (
            manner,
            f"{plain[manner].recall:.1f} %",
            str(plain[manner].ham_held),
            f"{plain[manner].shipped_recall:.1f} %",
            str(plain[manner].shipped_ham_held),
        )
        for manner in manners
    ]
    heads = (
        *("plain, judged by", "recall at 0.1 %", "ham held"),
        *("recall at the shipped cutoff", "ham held there"),
    )
    yield table(heads, rows)
    yield CUTOFFS_NOTE
    for extent in EXTENTS:
        yield f"### {name}, {extent}"
        yield table(_loss_heads(manners), _loss_rows(results, name, extent))


def _loss_heads(manners: Sequence[str]) -> list[str]:
    heads = ["attack", "trained"]
    for manner in manners:
        heads += [f"{manner}: recall", "lost"]
    return [*heads, "ham held", "newly held"]


def _loss_rows(results: Results, name: str, extent: str) -> Iterator[Sequence[str]]:
    manners = [manner for set_name, manner in results.outcomes if set_name == name]
    for how in ATTACKS:
        cells = [how.name + (f": {how.example}" if how.example else ""), how.seen]
        for manner in manners:
            loss = results.outcomes[name, manner].losses[how.name, extent]
            mark = "**" if loss.lost > MOST_POINTS_LOST else ""
            cells += [f"{loss.recall:.1f}", f"{mark}{loss.lost:.1f}{mark}"]
        base = results.outcomes[name, manners[0]].losses[how.name, extent]
        yield [*cells, str(base.shipped_ham_held), str(base.newly_held)]
