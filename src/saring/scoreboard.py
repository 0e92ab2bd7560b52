"""Scoreboard: budgets and audits as a key may see and set them.

Everything blocks; the service calls it in threads. A key reaches its own sites alone.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import msgspec

from saring.audit import Auditor, Findings, draw, find
from saring.budget import Budget
from saring.ledger.records import Audit, AuditItem, Key, Site
from saring.ledger.store import Store
from saring.ledger.tenants import Tenants
from saring.promises import SitePromise, renew, work_out
from saring.settings import Settings


class AuditSheet(msgspec.Struct, frozen=True, kw_only=True):
    """An audit with its comments, for the person who labels them."""

    site: Site
    audit: Audit
    items: list[AuditItem]


class AuditWish(msgspec.Struct, frozen=True, kw_only=True):
    """What to draw: so many published and held comments of the last days."""

    published: int = 200
    held: int = 100
    days: int = 30


class Scoreboard:
    """How honest the filter is with one key's sites.

    Args:
        store: The ledger.
        tenants: Finds keys and sites.
        settings: The server's own error budget.
    """

    def __init__(self, store: Store, tenants: Tenants, settings: Settings) -> None:
        self._store, self._tenants, self._settings = store, tenants, settings

    def budgets(self, key: str) -> list[SitePromise]:
        """Return what each site of a key is promised."""
        owned = self._tenants.find_key(key)
        sites = self._store.sites(owned)
        return [work_out(self._store, site, self._settings) for site in sites]

    def set_budget(
        self, key: str, address: str, one_in: int | None, confidence: float | None
    ) -> SitePromise:
        """Give a site a budget of its own and return what it is promised.

        Args:
            key: As sent.
            address: Of the site.
            one_in: 0 for none; None, with `confidence`, for the server's.
            confidence: None for the server's.

        Raises:
            BadRequestError: Nobody can promise that.
        """
        if one_in:
            Budget(one_in)
        tenant = self._tenants.find(key, address)
        # What is remembered of a site may be a moment old; its lists must not go back.
        sites = self._store.sites(tenant.key)
        site = next(one for one in sites if one.id == tenant.site.id)
        site = msgspec.structs.replace(
            site, budget_one_in=one_in, budget_confidence=confidence
        )
        self._store.save_site(site)
        return renew(self._store, site, self._settings)

    def draw(self, key: str, address: str, wish: AuditWish) -> AuditSheet:
        """Draw an audit of a site.

        Raises:
            BadRequestError: The last one is not finished.
            NotFoundError: There is nothing to draw from.
        """
        site, now = self._tenants.find(key, address).site, datetime.now(UTC)
        audit = draw(
            self._store,
            site,
            published=wish.published,
            held=wish.held,
            span=(now - timedelta(days=wish.days), now),
        )
        return self._sheet(site, audit)

    def sheet(self, key: str, audit_id: int) -> AuditSheet:
        """Return an audit of one of a key's sites.

        Raises:
            NotFoundError: No site of the key has such an audit.
        """
        return self._sheet(*self._find(self._tenants.find_key(key), audit_id))

    def answer(self, key: str, audit_id: int, said: Mapping[int, str]) -> Findings:
        """Keep what a person says of an audit's comments; return what it says so far.

        Raises:
            NotFoundError: No site of the key has such an audit.
            BadRequestError: A place is none of the audit's, or an answer is none.
        """
        site, audit = self._find(self._tenants.find_key(key), audit_id)
        Auditor(self._store, site, audit).answer_all(said)
        renew(self._store, site, self._settings)
        return find(self._store.find_audit(site, audit.id))

    def _find(self, key: Key, audit_id: int) -> tuple[Site, Audit]:
        return self._store.audit_of(key, audit_id)

    def _sheet(self, site: Site, audit: Audit) -> AuditSheet:
        items = Auditor(self._store, site, audit).items()
        return AuditSheet(site=site, audit=audit, items=items)
