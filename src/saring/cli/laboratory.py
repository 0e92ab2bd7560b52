"""`saring train`, `evaluate`, `demo`: where the filter is made, measured and shown."""

import contextlib
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from saring.cli.output import print_json, print_table

if TYPE_CHECKING:
    from saring.evaluation import Progress, Result

Learn = Literal["immediate", "delayed", "never"]


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--learn",
    type=click.Choice(["immediate", "delayed", "never"]),
    default="immediate",
    show_default=True,
    help="When a label is learned, once its comment was judged.",
)
@click.option(
    "--delay",
    type=click.IntRange(min=0),
    default=100,
    show_default=True,
    help="With `delayed`: after so many more comments.",
)
@click.option(
    "--start",
    type=click.Choice(["base", "empty"]),
    default="base",
    show_default=True,
    help="Begin with the base model, or knowing nothing.",
)
@click.option(
    "--shuffle", type=int, metavar="SEED", help="Shuffle each file's lines first."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def evaluate(  # noqa: PLR0913 - one for each option
    files: Sequence[Path],
    learn: Learn,
    delay: int,
    start: Literal["base", "empty"],
    shuffle: int | None,
    *,
    as_json: bool,
) -> None:
    """Judge labelled comments in order and count the mistakes; learn in between.

    A line is a JSON object with a `label`; a file whose name ends in .gz is unpacked.
    The store is neither read nor written.
    """
    from saring import evaluation  # noqa: PLC0415 - slow to import

    options = evaluation.Options(
        learn=learn,
        delay=delay,
        start="empty" if start == "empty" else "shipped",
        shuffle=shuffle,
    )
    with _progress() as progress:
        results = evaluation.evaluate(files, options, progress)
    if as_json:
        print_json({"files": results})
    else:
        _print_results(results)


def _print_results(results: Sequence["Result"]) -> None:
    headings = (
        "file",
        "spam",
        "ham",
        "1-ROCA %",
        "F1",
        "false positives",
        "missed spam",
        "unsure spam",
        "unsure ham",
        "comments/s",
    )
    rows = [
        (
            result.file,
            result.spam,
            result.ham,
            _rounded(result.one_minus_roca_percent, 3),
            _rounded(result.f1, 4),
            result.false_positives,
            result.missed_spam,
            result.unsure_spam,
            result.unsure_ham,
            _rounded(result.comments_per_second, 0),
        )
        for result in results
    ]
    print_table(headings, rows)


def _rounded(value: float | None, digits: int) -> str:
    return "none" if value is None else f"{value:.{digits}f}"


@contextlib.contextmanager
def _progress() -> Iterator["Progress | None"]:
    """Give a function that shows how far a file is; None away from a terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console  # noqa: PLC0415 - only where somebody looks
    from rich.progress import Progress as Bar  # noqa: PLC0415

    with Bar(console=Console(stderr=True)) as bar:
        tasks = {}

        def show(name: str, done: int, total: int) -> None:
            if name not in tasks:
                tasks[name] = bar.add_task(name)
            bar.update(tasks[name], completed=done, total=total)

        yield show


def _in_a_folder(_ctx: click.Context, _parameter: click.Parameter, path: Path) -> Path:
    # Training takes minutes; that it cannot be kept must not turn out at their end.
    if not path.parent.is_dir():
        raise click.BadParameter(f"there is no folder {path.parent}")
    return path


@click.command()
@click.argument(
    "folder",
    metavar="DIR",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
)
@click.option(
    "--out",
    required=True,
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    callback=_in_a_folder,
    help="Where the weights go; the manifest goes beside them.",
)
@click.option(
    "--seed",
    type=int,
    default=0,
    show_default=True,
    help="Of the order and of all that is changed at random.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def train(folder: Path, out: Path, seed: int, *, as_json: bool) -> None:
    """Train a base model from the labelled files in DIR.

    Calibration and cutoffs come from the folder `dev` beside it, if there is one. The
    same files and seed give the same bytes; the last line names them.
    """
    from saring.training import train as train_base  # noqa: PLC0415 - slow to import

    with _progress() as progress:
        manifest = train_base(folder, out, seed, progress)
    if as_json:
        print_json(manifest)
    else:
        click.echo(f"sha256:{manifest.sha256}")


@click.command()
def demo() -> None:
    """Show the filter at work: a server, two dozen comments, two corrections."""
    from saring.demo import run  # noqa: PLC0415 - slow to import

    run()
