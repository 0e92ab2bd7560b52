"""`saring feedback`: who has taught, and labels that are no longer listened to."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click
import msgspec

from saring.cli.options import with_settings
from saring.cli.output import print_json, print_table
from saring.errors import NotFoundError
from saring.settings import Settings

if TYPE_CHECKING:
    from saring.ledger.records import Key
    from saring.ledger.store import Store
    from saring.rollback import Effect, Rollbacks, RolledBack, Taught


@click.group()
def feedback() -> None:
    """Tell who has taught; stop listening to a key or reporter, or listen again."""


@feedback.command("list")
@with_settings()
@click.option("--key", help="Only what came with this key.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def list_feedback(settings: Settings, key: str | None, *, as_json: bool) -> None:
    """List who has taught what, by key and reporter, and what is rolled back of it.

    Reporters are hashes: names are not kept. Where one is asked for, either will do.
    """
    from saring.cli.engines import restored_engine  # noqa: PLC0415 - slow to import
    from saring.cli.stores import open_store_to_look  # noqa: PLC0415 - slow to import
    from saring.rollback import survey  # noqa: PLC0415 - slow to import

    with open_store_to_look(settings) as store:
        fold = restored_engine(settings, store).fold
        found = survey(store, fold, [_named(store, key)] if key else store.keys())
    if as_json:
        print_json(found)
        return
    headings = ["key", "owner", "reporter", "labels", "spam", "share", "agreement"]
    headings += ["trusted", "not in force", "baked", "first", "last"]
    print_table(headings, [_voice_row(one) for one in found.voices])
    if found.rollbacks:
        headings = ["rollback", "key", "reporter", "since", "until", "rolled back"]
        print_table(headings, [_rollback_row(one) for one in found.rollbacks])


@feedback.command()
@with_settings()
@click.option("--key", required=True, help="Whose labels: a key, revoked or not.")
@click.option("--reporter", default="", help="Only this reporter's: a name or a hash.")
@click.option("--since", type=click.DateTime(), help="Only those from then on (UTC).")
@click.option("--until", type=click.DateTime(), help="Only earlier ones (UTC).")
@click.option("--dry-run", is_flag=True, help="Only say what it would come to.")
@click.option("--yes", is_flag=True, help="Do not ask.")
def rollback(  # noqa: PLR0913 - one for each option
    settings: Settings,
    key: str,
    reporter: str,
    since: datetime | None,
    until: datetime | None,
    *,
    dry_run: bool,
    yes: bool,
) -> None:
    """Listen no longer to labels: all is learned as if they had never been given.

    Running servers follow within a second. The key itself still works: revoke it with
    `saring keys revoke` if nobody is to teach with it any more.
    """
    from saring.cli.stores import open_existing_store  # noqa: PLC0415 - slow to import
    from saring.rollback import RollbackWish  # noqa: PLC0415 - slow to import

    wish = RollbackWish(
        reporter=reporter,
        since=since and since.replace(tzinfo=UTC),
        until=until and until.replace(tzinfo=UTC),
        is_trial=True,
    )
    with open_existing_store(settings) as store:
        rollbacks, now = _rollbacks(store, key), datetime.now(UTC)
        would = rollbacks.roll_back(wish, now)
        if not dry_run:
            if not yes:
                _ask(would)
            wish = msgspec.structs.replace(wish, is_trial=False)
            would = rollbacks.roll_back(wish, now)
        print_json(would)


@feedback.command()
@with_settings()
@click.argument("number", type=int)
@click.option("--key", required=True, help="Whose labels were rolled back.")
def restore(settings: Settings, number: int, key: str) -> None:
    """Listen again to what the rollback of this NUMBER was about."""
    from saring.cli.stores import open_existing_store  # noqa: PLC0415 - slow to import

    with open_existing_store(settings) as store:
        print_json(_rollbacks(store, key).restore(number, datetime.now(UTC)))


def _rollbacks(store: "Store", key: str) -> "Rollbacks":
    from saring.classifiers.base import BaseModel  # noqa: PLC0415 - slow to import
    from saring.rollback import Rollbacks  # noqa: PLC0415 - slow to import

    return Rollbacks(store, BaseModel.load_shipped(), _named(store, key))


def _named(store: "Store", text: str) -> "Key":
    """Return a key, revoked or not: whose labels do harm is revoked first."""
    wanted = text.strip().lower()
    every = store.keys()
    found = next((key for key in every if key.key.lower() == wanted), None)
    if found is None:
        raise NotFoundError("there is no such key")
    return found


def _ask(effect: "Effect") -> None:
    """Say what a rollback would come to, and go on only with a yes."""
    click.echo(f"{effect.labels} labels would no longer be listened to.", err=True)
    if effect.baked:
        click.echo(
            f"{effect.baked} labels of this key and time are baked into the model and "
            "stay in it.",
            err=True,
        )
    click.confirm("Roll back?", abort=True, err=True)


def _voice_row(one: "Taught") -> tuple[object, ...]:
    return (
        one.key,
        one.owner,
        one.reporter,
        one.labels,
        one.spam,
        f"{one.share:.1%}",
        "" if one.agreement is None else f"{one.agreement:.1%}",
        "yes" if one.is_trusted else "no",
        one.unheard,
        one.baked,
        f"{one.first_at:%Y-%m-%d}",
        f"{one.last_at:%Y-%m-%d}",
    )


def _rollback_row(one: "RolledBack") -> tuple[object, ...]:
    return (
        one.rollback,
        one.key,
        one.reporter,
        f"{one.since:%Y-%m-%d %H:%M}" if one.since else "",
        f"{one.until:%Y-%m-%d %H:%M}" if one.until else "",
        f"{one.at:%Y-%m-%d %H:%M}",
    )
