"""`saring campaigns`: copies that many people posted, and one decision for all."""

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import click

from saring.cli.options import with_settings
from saring.cli.output import print_json, print_table
from saring.errors import NotFoundError
from saring.settings import Settings

if TYPE_CHECKING:
    from saring.ledger.records import Key
    from saring.ledger.store import Store
    from saring.roundup import Found


@click.group()
def campaigns() -> None:
    """List campaigns; decide for all copies of a comment, or take that back."""


@campaigns.command("list")
@with_settings()
@click.option("--key", help="Of this key's owner; of the oldest key's by default.")
@click.option("--days", default=1.0, show_default=True, help="How far to look back.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def list_campaigns(
    settings: Settings, key: str | None, days: float, *, as_json: bool
) -> None:
    """List comments that three or more people posted in nearly the same words."""
    from saring.cli.engines import restored_engine  # noqa: PLC0415 - slow to import
    from saring.cli.stores import open_store_to_look  # noqa: PLC0415
    from saring.roundup import Roundup  # noqa: PLC0415

    since = datetime.now(UTC) - timedelta(days=days)
    with open_store_to_look(settings) as store:
        engine = restored_engine(settings, store)
        found = Roundup(store, engine, _owned(store, key)).survey(since)
    if as_json:
        print_json(found)
        return
    headings = ("guid", "people", "comments", "held", "labels", "decision", "begins")
    print_table(headings, [_row(one) for one in found])


@campaigns.command("decide")
@with_settings()
@click.argument("guid")
@click.argument("label", type=click.Choice(["spam", "ham"]))
@click.option("--key", help="The owner's key; the oldest by default.")
def decide_campaign(settings: Settings, guid: str, label: str, key: str | None) -> None:
    """Decide that all copies of the comment with this GUID are spam, or ham.

    That holds for those that were checked and for those to come.
    """
    from saring.cli.engines import restored_engine  # noqa: PLC0415 - slow to import
    from saring.cli.stores import open_existing_store  # noqa: PLC0415
    from saring.roundup import Roundup  # noqa: PLC0415
    from saring.verdict import Label  # noqa: PLC0415

    with open_existing_store(settings) as store:
        owned, engine = _owned(store, key), restored_engine(settings, store)
        print_json(Roundup(store, engine, owned).decide(guid, Label(label)))


@campaigns.command("undo")
@with_settings()
@click.argument("guid")
@click.option("--key", help="The owner's key; the oldest by default.")
def undo_campaign(settings: Settings, guid: str, key: str | None) -> None:
    """Take back what was decided of all copies of the comment with this GUID."""
    from saring.cli.engines import restored_engine  # noqa: PLC0415 - slow to import
    from saring.cli.stores import open_existing_store  # noqa: PLC0415
    from saring.roundup import Roundup  # noqa: PLC0415

    with open_existing_store(settings) as store:
        owned, engine = _owned(store, key), restored_engine(settings, store)
        print_json(Roundup(store, engine, owned).undo(guid))


def _owned(store: "Store", text: str | None) -> "Key":
    from saring.cli.stores import good_key  # noqa: PLC0415 - slow to import

    key = good_key(store, text)
    if key is None:
        raise NotFoundError("there is no key yet: create one with saring keys create")
    return key


def _row(found: "Found") -> tuple[str, ...]:
    return (
        found.guid,
        str(found.identities),
        str(found.comments),
        str(found.held),
        f"{found.spam} spam, {found.ham} ham" if found.spam or found.ham else "",
        found.decision.value if found.decision else "",
        found.excerpt[:40],
    )
