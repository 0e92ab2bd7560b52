"""The scoreboard: each key sees and sets what is its own, and nothing of another's."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import pytest

from saring import Comment, Engine
from saring.errors import BadRequestError, NotFoundError
from saring.ledger.store import Store
from saring.scoreboard import AuditWish
from saring.service import Service
from test_service import World

T = TypeVar("T")
WISH = AuditWish(published=3, held=3)


@pytest.fixture
def world(tmp_path: object) -> World:
    return World(tmp_path)  # type: ignore[arg-type]  # a path


def run(world: World, story: Callable[[Service], Awaitable[T]]) -> T:
    async def tell() -> T:
        service = Service(world.settings, Engine("empty"))
        await service.start()
        try:
            return await story(service)
        finally:
            await service.stop()

    return asyncio.run(tell())


async def checks(service: Service, world: World) -> None:
    for number in range(3):
        await service.check(Comment(content=f"Halo {number}"), world.alice)


def events(store: Store) -> list[tuple[str, str]]:
    return [(event.source, event.label.value) for event in store.events_after(0)]


def test_budget_is_set_told_and_given_back(world: World) -> None:
    async def story(service: Service) -> list[int | None]:
        told = []
        for one_in in (200, 0, None):
            promised = await service.set_budget(world.alice, one_in, None)
            (listed,) = await service.budgets(world.alice)
            assert listed.held == promised.held
            told.append(promised.held.one_in if promised.held else None)
        return told

    assert run(world, story) == [200, None, None]


def test_budget_keeps_what_else_a_site_has_set(world: World) -> None:
    async def story(service: Service) -> None:
        await service.set_budget(world.alice, 200, 0.9)

    key = world.store.find_key(world.alice.key)
    assert key is not None
    site = world.store.find_site(key, world.alice.site)
    run(world, story)

    (changed,) = world.store.sites(key)
    assert changed.allowlist == site.allowlist
    assert (changed.budget_one_in, changed.budget_confidence) == (200, 0.9)


def test_budget_that_nobody_can_promise_is_refused(world: World) -> None:
    with pytest.raises(BadRequestError, match="1 in 1"):
        run(world, lambda service: service.set_budget(world.alice, 1, None))


def test_budgets_of_alice_are_not_shown_to_mallory(world: World) -> None:
    async def story(service: Service) -> int:
        await service.set_budget(world.alice, 200, None)
        return len(await service.budgets(world.mallory))

    assert run(world, story) == 0


def test_audit_is_drawn_labelled_and_learned(world: World) -> None:
    async def story(service: Service) -> tuple[bool, str]:
        await checks(service, world)
        sheet = await service.draw_audit(world.alice, WISH)
        said = {1: "ham", 2: "spam", 3: "unclear"}
        found = await service.answer_audit(world.alice, sheet.audit.id, said)
        again = await service.audit(world.alice, sheet.audit.id)
        return found.is_finished, again.items[1].answer

    assert run(world, story) == (True, "spam")
    assert events(world.store) == [("audit", "ham"), ("audit", "spam")]


def test_audit_of_alice_is_not_there_for_mallory(world: World) -> None:
    async def story(service: Service) -> None:
        await checks(service, world)
        audit_id = (await service.draw_audit(world.alice, WISH)).audit.id
        with pytest.raises(NotFoundError):
            await service.audit(world.mallory, audit_id)
        with pytest.raises(NotFoundError):
            await service.answer_audit(world.mallory, audit_id, {1: "spam"})
        with pytest.raises(NotFoundError):
            await service.draw_audit(world.mallory, WISH)

    run(world, story)
    assert events(world.store) == []


def test_audit_takes_no_answer_for_a_place_that_was_not_drawn(world: World) -> None:
    async def story(service: Service) -> None:
        await checks(service, world)
        audit_id = (await service.draw_audit(world.alice, WISH)).audit.id
        await service.answer_audit(world.alice, audit_id, {1: "ham", 9: "spam"})

    with pytest.raises(BadRequestError, match="no comment 9"):
        run(world, story)
    assert events(world.store) == []


def test_service_drops_a_promise_that_its_base_model_did_not_earn(world: World) -> None:
    key = world.store.find_key(world.alice.key)
    assert key is not None
    site = world.store.find_site(key, world.alice.site)
    world.store.promise(site, 5, None)

    run(world, lambda service: service.budgets(world.alice))

    assert world.store.sites(key)[0].held_margin is None
