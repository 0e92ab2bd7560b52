"""Tenants: which key and which site a call speaks for, remembered for a moment.

Each check asks for both, so they are kept in memory. Once a second the store is asked
whether any key or site has changed since, so that a revoked key or a new setting is in
force on every worker within that time.
"""

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from saring.errors import BadRequestError, KeyRefusedError, StoreError
from saring.ledger.addresses import MAX_ADDRESS_CHARACTERS
from saring.ledger.records import Key, Tenant
from saring.ledger.store import Store

RECHECK_SECONDS = 1.0
TIMEOUT_SECONDS = 0.5
# Past this many the memory starts anew; a tenant takes about 1 KB.
MAX_TENANTS = 20_000
# Refusals are kept apart, so that no stream of made-up keys pushes a good one out.
MAX_REFUSALS = 2_000
# Longer ones are no keys and no addresses; cut, they are refused all the same.
MAX_KEY_CHARACTERS = 64
MAX_SITE_CHARACTERS = MAX_ADDRESS_CHARACTERS + 1
# So many look-ups at once; a store that hangs holds up no other work than these.
MAX_THREADS = 4

T = TypeVar("T")
Refusal = KeyRefusedError | BadRequestError


class Tenants:
    """Finds who calls; belongs to one process, safe from several threads.

    Args:
        store: Where keys and sites are.
        may_omit_key: Take a call without a key as one with the only key there is.
        timeout_seconds: How long `seek` waits for the store at most.
        clock: Gives seconds that never run backwards.
    """

    def __init__(
        self,
        store: Store,
        *,
        may_omit_key: bool = False,
        timeout_seconds: float = TIMEOUT_SECONDS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._store = store
        self._may_omit_key = may_omit_key
        self._timeout_seconds = timeout_seconds
        self._clock = clock
        self._checked_at = clock()
        self._version = store.settings_version()
        self._known: dict[tuple[str, str], Tenant] = {}
        self._refused: dict[tuple[str, str], Refusal] = {}
        self._threads = ThreadPoolExecutor(MAX_THREADS, thread_name_prefix="tenants")

    async def seek(self, key: str, site: str) -> Tenant:
        """Return who calls, as `find` does, without ever holding up the event loop.

        While the store fails, whoever is known is still taken for what they were.
        """
        if self._clock() - self._checked_at >= RECHECK_SECONDS:
            # Noted first: the others go on with what is known, one asks.
            self._checked_at = self._clock()
            await self._bounded(self._recheck)
        key, site = _cut(key, site)
        found = self._recall(key, site)
        if found is None:
            found = await self._bounded(self._look_up, key, site)
        if isinstance(found, Tenant):
            return found
        if found is None:
            raise StoreError("the store is too slow to say whose key this is")
        raise found.with_traceback(None)

    def find(self, key: str, site: str) -> Tenant:
        """Return who calls; a site's first use of a key registers it.

        Args:
            key: As sent, in letters of any case; empty if none was sent.
            site: The site's address as sent.

        Raises:
            KeyRefusedError: The key is missing, unknown or revoked.
            BadRequestError: The site's address is none (field `site`).
            StoreError: It is not in memory and the store cannot be read.
        """
        if self._clock() - self._checked_at >= RECHECK_SECONDS:
            self._checked_at = self._clock()
            self._recheck()
        key, site = _cut(key, site)
        found = self._recall(key, site) or self._look_up(key, site)
        if isinstance(found, Tenant):
            return found
        raise found.with_traceback(None)

    def find_key(self, key: str) -> Key:
        """Return the key of a call that speaks for no site.

        Raises:
            KeyRefusedError: It is missing, unknown or revoked.
            StoreError: The store cannot be read.
        """
        if key.strip():
            found = self._store.find_key(key)
        else:
            found = self._store.only_key() if self._may_omit_key else None
        if found is None:
            raise KeyRefusedError("the key is missing, unknown or revoked")
        return found

    def _look_up(self, key: str, site: str) -> Tenant | Refusal:
        version = self._version
        found: Tenant | Refusal
        try:
            owned = self.find_key(key)
            found = Tenant(owned, self._store.find_site(owned, site))
        except (KeyRefusedError, BadRequestError) as error:
            found = error
        # What was read before a change was noticed may be older than the change.
        if version == self._version:
            self._keep(key, site, found)
        return found

    def _recall(self, key: str, site: str) -> Tenant | Refusal | None:
        return self._known.get((key, site)) or self._refused.get((key, site))

    def _keep(self, key: str, site: str, found: Tenant | Refusal) -> None:
        if isinstance(found, Tenant):
            if len(self._known) >= MAX_TENANTS:
                self._known.clear()
            self._known[key, site] = found
            return
        if len(self._refused) >= MAX_REFUSALS:
            self._refused.clear()
        self._refused[key, site] = found

    def _recheck(self) -> None:
        """Forget everything if a key or a site has changed; keep it if none can say."""
        try:
            version = self._store.settings_version()
        except StoreError:
            return
        if version != self._version:
            self._version = version
            self._known.clear()
            self._refused.clear()

    async def _bounded(self, work: Callable[..., T], *args: str) -> T | None:
        """Return what a thread finds out; None where it takes too long."""
        job = asyncio.get_running_loop().run_in_executor(self._threads, work, *args)
        done, _ = await asyncio.wait([job], timeout=self._timeout_seconds)
        if done:
            return job.result()
        # Whatever comes of it, nobody waits for it any more.
        job.add_done_callback(lambda late: late.exception())
        return None


def _cut(key: str, site: str) -> tuple[str, str]:
    """Return what is looked up and kept; what is cut could not have been found."""
    return key[:MAX_KEY_CHARACTERS], site[:MAX_SITE_CHARACTERS]
