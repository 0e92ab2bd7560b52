"""What commands print: tables, JSON for machines, progress on a terminal."""

import contextlib
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence

import click
import msgspec


def print_json(value: object) -> None:
    """Print one value as JSON on one line."""
    click.echo(msgspec.json.encode(value).decode())


def print_table(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print rows: ruled on a terminal, separated by tabs elsewhere."""
    cells = [[("" if cell is None else str(cell)) for cell in row] for row in rows]
    if not sys.stdout.isatty():
        for line in [list(headings), *cells]:
            click.echo("\t".join(line))
        return
    from rich.console import Console  # noqa: PLC0415 - only where somebody looks
    from rich.markup import escape  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415

    table = Table(*headings)
    for row in cells:
        table.add_row(*map(escape, row))
    Console().print(table)


@contextlib.contextmanager
def counting(what: str, total: int) -> Iterator[Callable[[int], None]]:
    """Give a function that moves a progress bar on; it does nothing off a terminal."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console  # noqa: PLC0415 - only where somebody looks
    from rich.progress import Progress  # noqa: PLC0415

    with Progress(console=Console(stderr=True)) as bar:
        task = bar.add_task(what, total=total)
        yield lambda count: bar.advance(task, count)
