"""`saring audit`: a blind look at a random part of what was published and held."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import msgspec

from saring.cli.options import with_settings
from saring.cli.output import print_json
from saring.settings import Settings

if TYPE_CHECKING:
    from saring.audit import Auditor, Findings, Rate
    from saring.comment import Comment
    from saring.ledger.records import Audit, AuditItem, Site
    from saring.ledger.store import Store

LETTERS = {"h": "ham", "s": "spam", "?": "unclear"}
QUIT = "q"
KEY = click.option("--key", help="The key that the site uses; the oldest by default.")
# What helps to tell, and nothing of what we had said.
SHOWN = ("type", "author", "author_email", "author_url", "permalink", "content")


@click.group()
def audit() -> None:
    """Draw comments by chance, label them blind, learn both error rates."""


@audit.command("draw")
@with_settings()
@click.argument("site")
@KEY
@click.option(
    "--published", default=200, show_default=True, help="So many of the published."
)
@click.option("--held", default=100, show_default=True, help="So many of the held.")
@click.option(
    "--days", default=30, show_default=True, help="From the last so many days."
)
def draw_audit(settings: Settings, site: str, key: str | None, **wanted: int) -> None:
    """Draw an audit of SITE, from what was judged since its last one."""
    from saring.audit import draw  # noqa: PLC0415 - slow to import

    now = datetime.now(UTC)
    with _opened(settings, site, key) as (store, audited):
        found = draw(
            store,
            audited,
            published=wanted["published"],
            held=wanted["held"],
            span=(now - timedelta(days=wanted["days"]), now),
        )
    click.echo(
        f"audit {found.id}: {found.open_count} comments to label, drawn from "
        f"{found.published.there:,} published and {found.held.there:,} held"
    )


@audit.command("label")
@with_settings()
@click.argument("site")
@KEY
def label_audit(settings: Settings, site: str, key: str | None) -> None:
    """Label the comments of SITE's newest audit, one after the other.

    What was answered is kept at once; come back at any time to go on.
    """
    from saring.audit import Auditor, newest  # noqa: PLC0415 - slow to import

    with _opened(settings, site, key) as (store, audited):
        found = newest(store, audited)
        _ask_all(Auditor(store, audited, found))
        _print_findings(_finish(settings, store, audited, found))


def _ask_all(auditor: "Auditor") -> None:
    """Ask about every comment without an answer, until there are none or one quits."""
    items = auditor.items()
    for item in items:
        if item.answer:
            continue
        if item.comment is None:
            auditor.answer(item, "unclear")
            continue
        _print_comment(item.comment, item.place, len(items))
        said = click.prompt(
            "[h]am, [s]pam, [?] cannot tell, [q]uit",
            type=click.Choice([*LETTERS, QUIT]),
            show_choices=False,
        )
        if said == QUIT:
            return
        auditor.answer(item, LETTERS[said])


def _print_comment(comment: "Comment", place: int, count: int) -> None:
    click.echo(f"\n── {place} of {count} " + "─" * 40)
    for name in SHOWN:
        value = getattr(comment, name)
        if value:
            click.echo(f"{name}: {_printable(str(value))}")


def _printable(text: str) -> str:
    """Return a text without what could move or fool a terminal; disguises stay."""
    return "".join(
        letter if letter.isprintable() or letter in "\n\u200d" else "\ufffd"
        for letter in text
    )


@audit.command("show")
@with_settings()
@click.argument("site")
@KEY
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def show_audit(
    settings: Settings, site: str, key: str | None, *, as_json: bool
) -> None:
    """Tell both error rates of SITE by its newest audit, with their intervals."""
    from saring.audit import find, newest  # noqa: PLC0415 - slow to import

    with _opened(settings, site, key) as (store, audited):
        findings = find(newest(store, audited))
    if as_json:
        print_json(msgspec.to_builtins(findings))
    else:
        _print_findings(findings)


@audit.command("export")
@with_settings()
@click.argument("site")
@KEY
def export_audit(settings: Settings, site: str, key: str | None) -> None:
    """Print the comments of SITE's newest audit that wait, one JSON object a line.

    Give each a `label` of ham, spam or unclear and take them back with `import`.
    """
    from saring.audit import newest  # noqa: PLC0415 - slow to import

    with _opened(settings, site, key) as (store, audited):
        found = newest(store, audited)
        for item in store.audit_items(audited, found):
            if not item.answer and item.comment is not None:
                print_json(_exported(found, item))


def _exported(audit: "Audit", item: "AuditItem") -> dict[str, Any]:
    comment = {name: getattr(item.comment, name) for name in SHOWN}
    return {"audit": audit.id, "place": item.place, "label": "", "comment": comment}


@audit.command("import")
@with_settings()
@click.argument("site")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@KEY
def import_audit(
    settings: Settings, site: str, files: Sequence[Path], key: str | None
) -> None:
    """Take labels for SITE's newest audit, as `export` printed them."""
    from saring.audit import Auditor, newest  # noqa: PLC0415 - slow to import

    with _opened(settings, site, key) as (store, audited):
        found = newest(store, audited)
        said = dict(_said(files, found.id))
        Auditor(store, audited, found).answer_all(said)
        _print_findings(_finish(settings, store, audited, found))


def _said(files: Sequence[Path], audit_id: int) -> Iterator[tuple[int, str]]:
    """Yield the place and the label of each line that has a label.

    Raises:
        CorpusError: A line is none of this audit's.
    """
    from saring.corpus import read_rows  # noqa: PLC0415 - slow to import
    from saring.errors import CorpusError  # noqa: PLC0415

    for file in files:
        for number, row in read_rows(file):
            if row.get("audit") != audit_id or not isinstance(row.get("place"), int):
                raise CorpusError(f"{file}, line {number}: not of audit {audit_id}")
            if row.get("label"):
                yield row["place"], str(row["label"])


def _finish(
    settings: Settings, store: "Store", site: "Site", audit: "Audit"
) -> "Findings":
    """Let the budget count what was labelled, and return the findings."""
    from saring.audit import find  # noqa: PLC0415 - slow to import
    from saring.promises import renew  # noqa: PLC0415

    renew(store, site, settings)
    return find(store.find_audit(site, audit.id))


@contextmanager
def _opened(
    settings: Settings, site: str, key: str | None
) -> "Iterator[tuple[Store, Site]]":
    """Give the store and a site of a key.

    Raises:
        NotFoundError: There is no store, no key, or no such site.
    """
    from saring.cli.stores import good_key, open_existing_store  # noqa: PLC0415
    from saring.errors import NotFoundError  # noqa: PLC0415
    from saring.ledger.addresses import normalise_site  # noqa: PLC0415

    with open_existing_store(settings) as store:
        owned = good_key(store, key)
        address = normalise_site(site)
        sites = store.sites(owned) if owned else []
        found = next((one for one in sites if one.address == address), None)
        if found is None:
            raise NotFoundError(f"there is no site {address} under this key")
        yield store, found


def _print_findings(findings: "Findings") -> None:
    if not findings.is_finished:
        click.echo(
            f"{findings.audit.open_count} comments have no answer yet; until then "
            "these numbers hold only if the comments are answered in their order."
        )
    sure = f"{findings.confidence:.0%}"
    for words, rate in (
        ("honest comments that were held", findings.honest_held),
        ("published comments that are spam", findings.published_spam),
    ):
        click.echo(f"{words}: {_rate(rate)} ({sure} interval)")


def _rate(rate: "Rate") -> str:
    estimate = "?" if rate.estimate is None else f"{rate.estimate:.2%}"
    return f"{estimate}, between {rate.low:.2%} and {rate.high:.2%}"
