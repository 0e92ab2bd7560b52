"""Reasons: what `saring explain` prints for people, in colour where a terminal can."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from saring import messages
from saring.phrases import clean
from saring.telling import tell_kind

COLOURS = {"ham": "green", "unsure": "yellow", "spam": "red", "discard": "red"}
SHOWN_CHARACTERS = 600
SHOWN_CLUES = 6
# Wide enough for a sentence where no terminal says how wide it is.
PLAIN_WIDTH = 120

Values = Mapping[str, Any]


def print_reasons(found: Values, language: str) -> None:
    """Print what `explain_check` returned: how it is judged now, and how it was then.

    Args:
        found: The answer.
        language: Where the answer has none, since the comment is gone.
    """
    now = found["now"]
    language = now["language"] if now else messages.choose([language])
    console = Console(highlight=False)
    if not console.is_terminal:
        console = Console(highlight=False, width=PLAIN_WIDTH)
    parts = [*_now(now, language)] if now else [Text(messages.say(language, "gone"))]
    console.print(Group(*parts, _then(found, language)))


def _now(now: Values, language: str) -> Sequence[RenderableType]:
    clues = {
        "spam": [clue for clue in now["clues"] if clue["weight"] > 0],
        "ham": [clue for clue in now["clues"] if clue["weight"] < 0],
    }
    sides = ["spam", "ham"] if now["verdict"] != "ham" else ["ham", "spam"]
    parts: list[RenderableType] = [
        Text(now["sentence"], style=f"bold {COLOURS[now['verdict']]}"),
        _text(now, language),
    ]
    for side in sides:
        if clues[side]:
            parts.append(Text(messages.say(language, f"heading-{side}"), style="bold"))
            parts.append(_clues(clues[side][:SHOWN_CLUES]))
    if now["change"]:
        parts += [Text(now["change"], style="bold"), Text("")]
    return parts


def _text(now: Values, language: str) -> RenderableType:
    """Return the text as sent, what it reads as, and what of it weighed most."""
    table = Table.grid(padding=(0, 2))
    written = Text(clean(now["text"])[:SHOWN_CHARACTERS])
    span = now["span"]
    quoted = clean(span["text"]) if span else ""
    if span:
        written.highlight_words([quoted], style="reverse")
    table.add_row(messages.say(language, "heading-written"), written)
    if now["decoded"]:
        read = Text(clean(now["decoded"])[:SHOWN_CHARACTERS])
        table.add_row(messages.say(language, "heading-reads"), read)
    if span:
        told = messages.say(
            language,
            f"span-in-{span['base']}",
            value=quoted,
            start=span["start"] + 1,  # people count from one
            end=span["end"],
        )
        table.add_row(messages.say(language, "heading-span"), Text(told))
    return Padding(table, (1, 0), expand=False)


def _clues(clues: Sequence[Values]) -> RenderableType:
    table = Table.grid(padding=(0, 2))
    table.add_column(justify="right")
    for clue in clues:
        style = "red" if clue["weight"] > 0 else "green"
        table.add_row(Text(f"{clue['weight']:+.2f}", style=style), Text(clue["text"]))
    return Padding(table, (0, 0, 1, 2), expand=False)


def _then(found: Values, language: str) -> RenderableType:
    told = messages.say(
        language,
        "then",
        said=messages.say(language, f"said-{found['verdict']}"),
        score=found["score"],
        kind=tell_kind(found["decided_by"], language),
        at=datetime.fromisoformat(found["at"]),
    )
    return Text(told, style="dim")
