"""`saring keys`: who may ask this server."""

import click

from saring.cli.options import with_settings
from saring.cli.output import print_json, print_table
from saring.settings import Settings


@click.group()
def keys() -> None:
    """Create, list and revoke API keys."""


def _checked_key(
    _ctx: click.Context, _parameter: click.Parameter, value: str | None
) -> str | None:
    from saring.errors import BadRequestError  # noqa: PLC0415 - with its only use
    from saring.ledger.keys import checked  # noqa: PLC0415 - slow to import

    try:
        return None if value is None else checked(value)
    except BadRequestError as error:
        raise click.BadParameter(str(error)) from error


@keys.command()
@with_settings()
@click.option(
    "--key", callback=_checked_key, help="The key to take over, such as Akismet's."
)
@click.option(
    "--owner",
    help="Whose key it is: keys of one owner learn from each other, all others never"
    " do. A new owner by default.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def create(
    settings: Settings, key: str | None, owner: str | None, *, as_json: bool
) -> None:
    """Create a key; the last line printed is the key alone, but with --json."""
    from saring.cli.stores import new_owner, open_store  # noqa: PLC0415 - slow to import

    with open_store(settings) as store:
        made = store.create_key(owner=owner or new_owner(store), key=key)
    if as_json:
        print_json(made)
    else:
        click.echo(made.key)


@keys.command("list")
@with_settings()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def list_keys(settings: Settings, *, as_json: bool) -> None:
    """List all keys, the revoked ones too."""
    from saring.cli.stores import open_store_to_look  # noqa: PLC0415 - slow to import

    with open_store_to_look(settings) as store:
        found = store.keys()
    if as_json:
        print_json(found)
        return
    rows = [
        (
            key.key,
            key.owner,
            f"{key.created_at:%Y-%m-%d}",
            f"{key.revoked_at:%Y-%m-%d}" if key.revoked_at else "",
        )
        for key in found
    ]
    print_table(("key", "owner", "created", "revoked"), rows)


@keys.command()
@with_settings()
@click.argument("key")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def revoke(settings: Settings, key: str, *, as_json: bool) -> None:
    """Refuse KEY from now on; what its owner taught stays learned."""
    from saring.cli.stores import open_store  # noqa: PLC0415 - slow to import

    with open_store(settings) as store:
        revoked = store.revoke_key(key)
    if as_json:
        print_json(revoked)
    else:
        click.echo(f"{key} is revoked")
