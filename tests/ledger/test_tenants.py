"""Tenants: quick to say who calls, and not for long after it has changed."""

import asyncio
import threading

import msgspec
import pytest

from ledger.stores import Ledger
from saring.errors import BadRequestError, KeyRefusedError, StoreError
from saring.ledger import tenants as tenants_module
from saring.ledger.records import Tenant
from saring.ledger.tenants import RECHECK_SECONDS, Tenants


class Clock:
    """A clock that the test turns."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def tenants(sqlite_ledger: Ledger, clock: Clock) -> Tenants:
    return Tenants(sqlite_ledger.store, timeout_seconds=5, clock=clock)


def find(tenants: Tenants, key: str, site: str, way: str) -> Tenant:
    return (
        tenants.find(key, site)
        if way == "find"
        else asyncio.run(tenants.seek(key, site))
    )


both_ways = pytest.mark.parametrize("way", ["find", "seek"])


@both_ways
def test_tenant_is_found_whatever_the_letters(
    sqlite_ledger: Ledger, tenants: Tenants, way: str
) -> None:
    key = sqlite_ledger.key

    found = find(tenants, key.key.upper(), "http://WWW.alice.example", way)

    assert found == Tenant(key, sqlite_ledger.site)
    assert find(tenants, key.key.upper(), "http://WWW.alice.example", way) is found


@both_ways
@pytest.mark.parametrize("key", ["", "  ", "ffffffffffff", "é"])
def test_tenant_without_a_good_key_is_refused(
    tenants: Tenants, key: str, way: str
) -> None:
    for _ in range(2):
        with pytest.raises(KeyRefusedError):
            find(tenants, key, "https://alice.example", way)


@both_ways
def test_tenant_without_an_address_is_refused(
    sqlite_ledger: Ledger, tenants: Tenants, way: str
) -> None:
    with pytest.raises(BadRequestError) as caught:
        find(tenants, sqlite_ledger.key.key, "not an address", way)

    assert caught.value.field == "site"


@both_ways
def test_tenant_of_a_revoked_key_is_refused_within_a_second(
    sqlite_ledger: Ledger, tenants: Tenants, clock: Clock, way: str
) -> None:
    key = sqlite_ledger.key.key
    find(tenants, key, "https://alice.example", way)
    sqlite_ledger.store.revoke_key(key)
    find(tenants, key, "https://alice.example", way)

    clock.now += RECHECK_SECONDS

    with pytest.raises(KeyRefusedError):
        find(tenants, key, "https://alice.example", way)


@both_ways
def test_tenant_has_new_settings_within_a_second(
    sqlite_ledger: Ledger, tenants: Tenants, clock: Clock, way: str
) -> None:
    key = sqlite_ledger.key.key
    before = find(tenants, key, "alice.example", way)
    changed = msgspec.structs.replace(sqlite_ledger.site, may_discard=True)
    sqlite_ledger.store.save_site(changed)

    clock.now += RECHECK_SECONDS
    after = find(tenants, key, "alice.example", way)

    assert (before.site.may_discard, after.site.may_discard) == (False, True)


@both_ways
def test_tenant_of_a_key_made_just_now_is_taken_within_a_second(
    sqlite_ledger: Ledger, tenants: Tenants, clock: Clock, way: str
) -> None:
    with pytest.raises(KeyRefusedError):
        find(tenants, "newkey123456", "bob.example", way)
    sqlite_ledger.store.create_key("Bob", "newkey123456")

    clock.now += RECHECK_SECONDS

    assert find(tenants, "newkey123456", "bob.example", way).key.owner == "Bob"


def test_tenant_may_omit_the_only_key(sqlite_ledger: Ledger) -> None:
    tenants = Tenants(sqlite_ledger.store, may_omit_key=True)
    with pytest.raises(KeyRefusedError):
        tenants.find_key("")

    sqlite_ledger.store.revoke_key(sqlite_ledger.rival_key.key)

    assert tenants.find_key("") == sqlite_ledger.key


def test_tenants_in_memory_are_bounded(
    sqlite_ledger: Ledger, tenants: Tenants, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tenants_module, "MAX_TENANTS", 3)

    for number in range(10):
        tenants.find(sqlite_ledger.key.key, f"blog{number}.example")

    assert len(tenants._known) <= 3


@both_ways
def test_tenant_is_not_pushed_out_by_made_up_keys(
    sqlite_ledger: Ledger,
    tenants: Tenants,
    monkeypatch: pytest.MonkeyPatch,
    way: str,
) -> None:
    monkeypatch.setattr(tenants_module, "MAX_TENANTS", 3)
    monkeypatch.setattr(tenants_module, "MAX_REFUSALS", 3)
    known = find(tenants, sqlite_ledger.key.key, "alice.example", way)

    for number in range(10):
        with pytest.raises(KeyRefusedError):
            find(tenants, f"{number}" * 9_999, "x" * 9_999, way)

    assert find(tenants, sqlite_ledger.key.key, "alice.example", way) is known
    assert 0 < len(tenants._refused) <= 3
    kept = [text for pair in tenants._refused for text in pair]
    assert max(map(len, kept)) <= tenants_module.MAX_SITE_CHARACTERS


def test_tenant_is_found_by_an_address_with_blanks_around_it(
    sqlite_ledger: Ledger, tenants: Tenants
) -> None:
    key = sqlite_ledger.key

    assert tenants.find(f" {key.key}", " alice.example ").key == key


def test_tenant_known_is_taken_while_the_store_fails(
    sqlite_ledger: Ledger,
    tenants: Tenants,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    key = sqlite_ledger.key.key
    known = tenants.find(key, "alice.example")

    def fail(*_: object) -> int:
        raise StoreError("gone")

    monkeypatch.setattr(sqlite_ledger.store, "settings_version", fail)
    monkeypatch.setattr(sqlite_ledger.store, "find_key", fail)
    clock.now += RECHECK_SECONDS

    assert tenants.find(key, "alice.example") is known
    with pytest.raises(StoreError):
        asyncio.run(tenants.seek(key, "other.example"))


def test_tenant_unknown_is_not_waited_for_while_the_store_hangs(
    sqlite_ledger: Ledger, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    tenants = Tenants(sqlite_ledger.store, timeout_seconds=0.05, clock=clock)
    key, gate = sqlite_ledger.key.key, threading.Event()
    known = tenants.find(key, "alice.example")

    def hang(*_: object) -> int:
        gate.wait(20)
        raise StoreError("gone")

    monkeypatch.setattr(sqlite_ledger.store, "settings_version", hang)
    monkeypatch.setattr(sqlite_ledger.store, "find_key", hang)
    clock.now += RECHECK_SECONDS

    async def go() -> None:
        assert await tenants.seek(key, "alice.example") is known
        with pytest.raises(StoreError, match="too slow"):
            await tenants.seek(key, "other.example")
        gate.set()

    asyncio.run(go())


def test_tenant_read_before_a_change_does_not_outlive_it(
    sqlite_ledger: Ledger, tenants: Tenants, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, key = sqlite_ledger.store, sqlite_ledger.key
    find_site = store.find_site

    def find_slowly(*args: object) -> object:
        found = find_site(*args)  # type: ignore[arg-type] # as they came
        tenants._version += 1
        return found

    monkeypatch.setattr(store, "find_site", find_slowly)

    assert tenants.find(key.key, "alice.example").key == key
    assert tenants._known == {}
