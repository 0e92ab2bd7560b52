"""`saring budget`: what each site's error budget comes to, and what is missing."""

from typing import TYPE_CHECKING, Any

import click

from saring.cli.options import with_settings
from saring.cli.output import print_json, print_table
from saring.settings import Settings

if TYPE_CHECKING:
    from saring.budget import Promise
    from saring.promises import SitePromise


@click.command()
@with_settings("error_budget", "budget_confidence")
@click.option("--key", help="Only the sites of this key.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def budget(settings: Settings, key: str | None, *, as_json: bool) -> None:
    """Tell what each site is promised: at most one honest comment in so many held.

    Set a site's own with `saring sites set --budget`. A promise needs confirmed ham:
    labels imported by `saring learn` before they were learned otherwise, and audits.
    """
    from saring.cli.sites import keys_of  # noqa: PLC0415 - slow to import
    from saring.cli.stores import open_store_to_look  # noqa: PLC0415
    from saring.promises import work_out  # noqa: PLC0415

    with open_store_to_look(settings) as store:
        found = [
            work_out(store, site, settings)
            for one in keys_of(store, key)
            for site in store.sites(one)
        ]
    if as_json:
        print_json([shown(one) for one in found])
        return
    headings = ("site", "at most", "confidence", "ham", "promise")
    print_table(headings, [_row(one) for one in found])


def shown(found: "SitePromise") -> dict[str, Any]:
    """Return what a site is promised as JSON values."""
    return {
        "site": found.site.address,
        "held": _promise(found.held),
        "discard": _promise(found.discard),
    }


def _promise(promise: "Promise | None") -> dict[str, Any] | None:
    if promise is None:
        return None
    return {
        "one_in": promise.one_in,
        "confidence": promise.confidence,
        "is_kept": promise.is_kept,
        "ham": promise.ham_count,
        "needed": promise.needed_count,
        "missing": promise.missing_count,
    }


def _row(found: "SitePromise") -> tuple[object, ...]:
    held = found.held
    if held is None:
        return (found.site.address, "", "", "", "no budget is set")
    return (
        found.site.address,
        f"1 in {held.one_in:,}",
        f"{held.confidence:.0%}",
        f"{held.ham_count:,}",
        sentence(held),
    )


def sentence(promise: "Promise") -> str:
    """Say in a sentence what is promised, or that nothing is and what is missing."""
    if promise.is_kept:
        return "kept"
    return (
        f"no guarantee: {promise.missing_count:,} of {promise.needed_count:,} "
        "confirmed hams are missing; the usual cutoffs stand in"
    )
