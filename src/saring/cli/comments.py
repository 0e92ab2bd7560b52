"""`saring check`, `learn`, `explain`: comments judged and taught without a server."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import msgspec

from saring.cli.options import with_settings
from saring.cli.output import print_json
from saring.messages import LANGUAGES
from saring.settings import Settings

if TYPE_CHECKING:
    from saring.corpus import Row

KEY_HELP = "Act for the owner of this key; the oldest key by default."


@click.command()
@with_settings("unsure_cutoff", "spam_cutoff", "discard_cutoff")
@click.argument("file", default="-", metavar="[FILE|-]")
@click.option("--key", help=KEY_HELP)
def check(settings: Settings, file: str, key: str | None) -> None:
    """Judge comments: one JSON object a line in, one a line out.

    The fields have the names of the Akismet protocol; `id` comes back as it was. What
    the store has learned is used if there is a store; nothing is written to it.
    """
    from saring.cli.engines import engine_for  # noqa: PLC0415 - slow to import
    from saring.corpus import comment_from_row  # noqa: PLC0415

    engine, site = engine_for(settings, key)
    for row in _rows(file):
        found = engine.check(comment_from_row(row), site)
        print_json(
            {
                "id": row.get("id"),
                "verdict": found.verdict,
                "score": found.score,
                "clues": [
                    {"family": c.family, "weight": c.weight} for c in found.clues
                ],
            }
        )


def _rows(file: str) -> Iterator["Row"]:
    """Yield the rows of a file, or of standard input as they come.

    Raises:
        CorpusError: A line is no JSON object.
    """
    from saring.corpus import read_rows  # noqa: PLC0415 - slow to import

    if file != "-":
        yield from (row for _, row in read_rows(Path(file)))
        return
    for number, line in enumerate(sys.stdin.buffer, 1):
        if line.strip():
            yield _row(number, line)


def _row(number: int, line: bytes) -> "Row":
    from saring.errors import CorpusError  # noqa: PLC0415 - with its only use

    try:
        return msgspec.json.decode(line, type=dict[str, Any])
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise CorpusError(
            f"standard input, line {number}: {error}; it must be a JSON object"
        ) from error


@click.command()
@with_settings()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--key", help=KEY_HELP)
@click.option(
    "--site",
    default="http://localhost",
    show_default=True,
    help="The site of lines that name no `blog`.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def learn(
    settings: Settings,
    files: Sequence[Path],
    key: str | None,
    site: str,
    *,
    as_json: bool,
) -> None:
    """Learn labelled comments, one JSON object a line with a `label`, ham or spam.

    A file whose name ends in .gz is unpacked. What was learned before is not learned
    again.
    """
    from saring.cli.importing import import_labels  # noqa: PLC0415 - slow to import
    from saring.cli.stores import (  # noqa: PLC0415
        FIRST_OWNER,
        good_key,
        open_store,
    )
    from saring.corpus import read_labelled  # noqa: PLC0415

    with open_store(settings) as store:
        chosen = good_key(store, key) or store.create_key(FIRST_OWNER)
        labelled = [row for file in files for row in read_labelled(file)]
        learned = import_labels(settings, store, chosen, site, labelled)
    if as_json:
        print_json({"labels": len(labelled), "new": learned})
    else:
        click.echo(f"{learned} of {len(labelled)} labels were new")


@click.command()
@with_settings("unsure_cutoff", "spam_cutoff", "discard_cutoff")
@click.argument("guid")
@click.option(
    "--key", help="Look among the checks of this key's owner; of all owners by default."
)
@click.option(
    "--language",
    type=click.Choice(LANGUAGES),
    help="Of the answer; the site's own by default, else English.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def explain(
    settings: Settings,
    guid: str,
    key: str | None,
    language: str | None,
    *,
    as_json: bool,
) -> None:
    """Say why the check with this GUID came out as it did, and how it would now.

    First comes what is said of the comment now, with what was learned since: the
    reasons, what it reads as without disguise, and the smallest change that would have
    published it. Then comes what was recorded when it was checked.
    """
    from saring.cli.engines import explanation_of  # noqa: PLC0415 - slow to import
    from saring.cli.reasons import print_reasons  # noqa: PLC0415

    found = explanation_of(settings, guid, key, [language] if language else [])
    if as_json:
        print_json(found)
    else:
        print_reasons(found, language or "")
