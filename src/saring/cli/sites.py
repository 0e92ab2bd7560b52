"""`saring sites`: what single sites have set for themselves."""

from typing import TYPE_CHECKING, Any

import click
import msgspec

from saring.cli.options import with_settings
from saring.cli.output import print_json, print_table
from saring.errors import NotFoundError
from saring.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from saring.ledger.records import Key, Site
    from saring.ledger.store import Store

ENTRY = "an e-mail address, @domain, a host, an IP address or a network"


@click.group()
def sites() -> None:
    """List sites; set their cutoffs, budget, allowlist, blocklist and discarding."""


@sites.command("list")
@with_settings()
@click.option("--key", help="Only the sites of this key.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def list_sites(settings: Settings, key: str | None, *, as_json: bool) -> None:
    """List the sites that have asked, with what they have set."""
    from saring.cli.stores import open_store_to_look  # noqa: PLC0415 - slow to import

    with open_store_to_look(settings) as store:
        found = [
            _shown(k, site) for k in keys_of(store, key) for site in store.sites(k)
        ]
    if as_json:
        print_json(found)
        return
    headings = ("site", "key", "cutoffs", "discard", "allowlist", "blocklist")
    print_table(headings, [_row(site) for site in found])


@sites.command("set")
@with_settings()
@click.argument("site")
@click.option("--key", help="The key that the site uses; the oldest by default.")
@click.option(
    "--cutoffs",
    nargs=3,
    type=click.FloatRange(0, 1),
    metavar="UNSURE SPAM DISCARD",
    help="Scores from which a person should look, a comment is held, may be dropped.",
)
@click.option("--default-cutoffs", is_flag=True, help="Go back to the server's own.")
@click.option(
    "--budget",
    type=click.IntRange(0),
    metavar="N",
    help="Hold at most one honest comment in N; 0 for the cutoffs alone.",
)
@click.option(
    "--confidence",
    type=click.FloatRange(0.5, 0.999),
    help="How sure that must be; 0.95 unless the server says otherwise.",
)
@click.option("--default-budget", is_flag=True, help="Go back to the server's own.")
@click.option(
    "--discard/--no-discard",
    "may_discard",
    default=None,
    help="Whether the site may drop the plainest spam unseen; at first it may not.",
)
@click.option("--allow", multiple=True, help=f"Always publish {ENTRY}; repeatable.")
@click.option("--block", multiple=True, help=f"Always hold {ENTRY}; repeatable.")
@click.option("--forget", multiple=True, help="Take an entry off both lists.")
def set_site(settings: Settings, site: str, key: str | None, **wanted: Any) -> None:  # noqa: ANN401 - whatever the options above give
    """Set what SITE, an address such as https://example.org, wants for itself.

    It is in force on a running server within about a second.
    """
    from saring.cli.budget import shown  # noqa: PLC0415 - slow to import
    from saring.cli.stores import good_key, open_store  # noqa: PLC0415
    from saring.promises import renew  # noqa: PLC0415

    with open_store(settings) as store:
        owned = good_key(store, key)
        if owned is None:
            raise NotFoundError(
                "there is no key yet: create one with saring keys create"
            )
        changed = _changed(store.find_site(owned, site), wanted)
        store.save_site(changed)
        promised = renew(store, changed, settings)
        print_json(_shown(owned, changed) | {"promise": shown(promised)})


def _changed(site: "Site", wanted: dict[str, Any]) -> "Site":
    """Return a site with what was asked for.

    Raises:
        click.BadParameter: The cutoffs are out of order.
        BadRequestError: An entry is none.
    """
    from saring.lists import normalise_entry  # noqa: PLC0415 - slow to import

    allow, block, forget = (
        frozenset(map(normalise_entry, wanted[name]))
        for name in ("allow", "block", "forget")
    )
    may_discard = wanted["may_discard"]
    return msgspec.structs.replace(
        site,
        cutoffs=None if wanted["default_cutoffs"] else _cutoffs(wanted, site),
        may_discard=site.may_discard if may_discard is None else may_discard,
        **_budget(wanted, site),
        allowlist=(site.allowlist | allow) - forget,
        blocklist=(site.blocklist | block) - forget,
    )


def _budget(wanted: dict[str, Any], site: "Site") -> dict[str, Any]:
    """Return a site's own budget, changed as wanted.

    Raises:
        BadRequestError: Nobody can promise that.
    """
    from saring.budget import Budget  # noqa: PLC0415 - slow to import

    if wanted["default_budget"]:
        return {"budget_one_in": None, "budget_confidence": None}
    one_in, confidence = wanted["budget"], wanted["confidence"]
    if one_in:
        Budget(one_in)
    return {
        "budget_one_in": site.budget_one_in if one_in is None else one_in,
        "budget_confidence": site.budget_confidence
        if confidence is None
        else confidence,
    }


def _cutoffs(wanted: dict[str, Any], site: "Site") -> Any:  # noqa: ANN401 - Cutoffs or None, imported late
    from saring.verdict import Cutoffs  # noqa: PLC0415 - slow to import

    if not wanted["cutoffs"]:
        return site.cutoffs
    try:
        return Cutoffs(*wanted["cutoffs"])
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--cutoffs") from error


def keys_of(store: "Store", text: str | None) -> "Sequence[Key]":
    """Return the key of a text alone, or all keys where there is none."""
    from saring.cli.stores import good_key  # noqa: PLC0415 - slow to import

    if text is None:
        return store.keys()
    found = good_key(store, text)
    return [found] if found else []


def _shown(key: "Key", site: "Site") -> dict[str, Any]:
    return {
        "site": site.address,
        "key": key.key,
        "cutoffs": msgspec.to_builtins(site.cutoffs),
        "budget": site.budget_one_in,
        "may_discard": site.may_discard,
        "allowlist": sorted(site.allowlist),
        "blocklist": sorted(site.blocklist),
    }


def _row(shown: dict[str, Any]) -> tuple[object, ...]:
    cutoffs = shown["cutoffs"]
    return (
        shown["site"],
        shown["key"],
        "/".join(f"{value:g}" for value in cutoffs.values()) if cutoffs else "",
        "yes" if shown["may_discard"] else "no",
        " ".join(shown["allowlist"]),
        " ".join(shown["blocklist"]),
    )
