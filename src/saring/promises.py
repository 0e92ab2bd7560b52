"""Promises: what each site's error budget comes to, from the ham that it has.

The margins that were promised are kept with the site, so that every worker holds by
the same ones; they are worked out anew after each import and audit, and every hour.
"""

from collections.abc import Iterator

import msgspec

from saring.budget import Budget, Ham, Promise, promise
from saring.ledger.records import Key, Site
from saring.ledger.store import Store
from saring.settings import Settings


class SitePromise(msgspec.Struct, frozen=True, kw_only=True):
    """What a site is promised.

    Attributes:
        site: With the margins as they are in force.
        held: For its budget; None where it has none.
        discard: For ten times that, where it may discard.
    """

    site: Site
    held: Promise | None = None
    discard: Promise | None = None


def budget_of(site: Site, settings: Settings) -> Budget | None:
    """Return a site's budget, its own or the server's; None for cutoffs alone."""
    one_in, confidence = site.budget_one_in, site.budget_confidence
    if one_in is None:
        one_in = settings.error_budget
    if confidence is None:
        confidence = settings.budget_confidence
    return Budget(one_in, confidence) if one_in else None


def work_out(store: Store, site: Site, settings: Settings) -> SitePromise:
    """Return what can be promised to a site now; nothing is written."""
    budget = budget_of(site, settings)
    if budget is None:
        return SitePromise(site=site)
    hams = [Ham(*ham) for ham in _in_order(store, site)]
    return SitePromise(
        site=site,
        held=promise(hams, budget),
        discard=promise(hams, budget.for_discard()) if site.may_discard else None,
    )


def _in_order(store: Store, site: Site) -> Iterator[tuple[int, int, float]]:
    for ham in store.hams(site):
        yield ham.margin, ham.number, ham.weight


def renew(store: Store, site: Site, settings: Settings) -> SitePromise:
    """Work out what a site is promised, and put it in force."""
    found = work_out(store, site, settings)
    held = found.held.margin if found.held else None
    discard = found.discard.margin if found.discard else None
    if (held, discard) == (site.held_margin, site.discard_margin):
        return found
    store.promise(site, held, discard)
    site = msgspec.structs.replace(site, held_margin=held, discard_margin=discard)
    return msgspec.structs.replace(found, site=site)


def renew_all(store: Store, settings: Settings) -> None:
    """Put in force what every site is promised, those that lost it included."""
    for site in _sites(store, store.keys()):
        is_bound = site.held_margin is not None or site.discard_margin is not None
        if is_bound or budget_of(site, settings):
            renew(store, site, settings)


def _sites(store: Store, keys: list[Key]) -> Iterator[Site]:
    for key in keys:
        yield from store.sites(key)
