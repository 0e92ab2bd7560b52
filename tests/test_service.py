"""Tests of the running filter: recorded before answered, learned before thanked."""

import asyncio
import threading
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

import msgspec
import pytest

import saring.service as service_module
from saring import Comment, Engine, Label, Verdict, housekeeping
from saring.api.shapes import ReasonsAnswer
from saring.desk import Caller, Feedback
from saring.errors import (
    BadRequestError,
    KeyRefusedError,
    ModelError,
    NotFoundError,
    SecretError,
    StoreError,
)
from saring.fold import Fold
from saring.housekeeping import erase_old
from saring.ledger.store import Store, open_store
from saring.replay import rebuild, restore
from saring.rollback import RollbackWish
from saring.service import Service
from saring.settings import Settings

SPAM = Comment(content="slot gacor NAGA77 maxwin, daftar sekarang", author="Sam")
HAM = Comment(content="Terima kasih, artikelnya jelas sekali", author="Bob")

T = TypeVar("T")


class World:
    """One store with the keys of Alice and Mallory, and workers over it."""

    def __init__(self, folder: Path) -> None:
        self.settings = Settings(database=f"sqlite:///{folder}/saring.db")
        self.store: Store = open_store(self.settings.database)
        self.alice = self.caller("Alice")
        self.mallory = self.caller("Mallory")

    def caller(self, owner: str) -> Caller:
        key = self.store.create_key(owner=owner).key
        return Caller(key, f"https://{owner.lower()}.example")

    @asynccontextmanager
    async def worker(self) -> AsyncIterator[Service]:
        service = Service(self.settings, Engine("empty"))
        await service.start()
        try:
            yield service
        finally:
            await service.stop()


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


def run(world: World, story: Callable[[Service], Awaitable[T]]) -> T:
    async def tell() -> T:
        async with world.worker() as service:
            return await story(service)

    return asyncio.run(tell())


async def until(condition: Callable[[], Awaitable[bool]]) -> None:
    """Wait for a condition; give up loudly."""
    for _ in range(500):
        if await condition():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("the condition never came true")


def label(comment: Comment, said: Label, guid: str = "") -> Feedback:
    return Feedback(label=said, comment=comment, guid=guid, reporter="bob")


def test_service_records_a_check_before_it_answers(world: World) -> None:
    check = run(world, lambda service: service.check(SPAM, world.alice))

    stored = world.store.find_check(1, check.guid)
    assert stored is not None
    assert (stored.check.verdict, stored.comment) == (check.verdict, SPAM)


def test_service_has_a_label_in_force_when_it_thanks(world: World) -> None:
    async def story(service: Service) -> list[Verdict]:
        verdicts = []
        for said in (Label.SPAM, Label.HAM, Label.SPAM):
            await service.feedback(label(SPAM, said), world.alice)
            verdicts.append((await service.check(SPAM, world.alice)).verdict)
        return verdicts

    assert run(world, story) == [Verdict.SPAM, Verdict.HAM, Verdict.SPAM]


def test_service_keeps_what_it_learned_over_a_restart(world: World) -> None:
    async def teach(service: Service) -> str:
        await service.feedback(label(SPAM, Label.SPAM), world.alice)
        return (await service.health()).model

    async def look(service: Service) -> tuple[str, Verdict]:
        check = await service.check(SPAM, world.alice)
        return (await service.health()).model, check.verdict

    model = run(world, teach)

    assert run(world, look) == (model, Verdict.SPAM)


def test_service_is_what_a_rebuild_gives(world: World) -> None:
    async def teach(service: Service) -> str:
        await service.feedback(label(SPAM, Label.SPAM), world.alice)
        await service.feedback(label(HAM, Label.HAM), world.alice)
        await service.feedback(label(HAM, Label.SPAM), world.mallory)
        return (await service.health()).model

    model = run(world, teach)
    anew = Fold(Engine("empty").fold.base)
    rebuild(anew, world.store)

    assert anew.digest() == model


def test_service_takes_a_repeated_label_once(world: World) -> None:
    async def story(service: Service) -> int:
        for _ in range(3):
            await service.feedback(label(SPAM, Label.SPAM), world.alice)
        return (await service.health()).sequence

    assert run(world, story) == 1


def test_service_follows_what_another_worker_was_taught(world: World) -> None:
    async def story(first: Service) -> bool:
        async with world.worker() as second:
            await first.feedback(label(SPAM, Label.SPAM), world.alice)

            async def is_held() -> bool:
                check = await second.check(SPAM, world.alice)
                return check.verdict is Verdict.SPAM

            await until(is_held)
            return (await first.health()).model == (await second.health()).model

    assert run(world, story)


def test_service_learns_nothing_of_one_owner_for_another(world: World) -> None:
    async def story(service: Service) -> tuple[float, float]:
        await service.feedback(label(HAM, Label.SPAM), world.mallory)
        alice = await service.check(HAM, world.alice)
        mallory = await service.check(HAM, world.mallory)
        return alice.score, mallory.score

    alice, mallory = run(world, story)

    assert alice == 0.5
    assert mallory > 0.9


def test_service_lets_nobody_label_or_see_anothers_check(world: World) -> None:
    async def story(service: Service) -> None:
        check = await service.check(SPAM, world.alice)
        only_guid = Feedback(label=Label.HAM, guid=check.guid)
        with pytest.raises(NotFoundError):
            await service.feedback(only_guid, world.mallory)
        with pytest.raises(NotFoundError):
            await service.explain(check.guid, world.mallory)
        assert (await service.health()).sequence == 0

    run(world, story)


def test_service_takes_a_label_by_the_guid_alone(world: World) -> None:
    async def story(service: Service) -> Verdict:
        guid = (await service.check(SPAM, world.alice)).guid
        by_guid = Feedback(label=Label.SPAM, guid=guid)
        await service.feedback(by_guid, Caller(world.alice.key))
        return (await service.check(SPAM, world.alice)).verdict

    assert run(world, story) is Verdict.SPAM


def test_service_teaches_the_comment_that_was_judged(world: World) -> None:
    judged = Comment(content="buy pills", author="Sam", user_agent="spambot/1.0")
    reported = Comment(content="buy pills", author="Sam")

    async def story(service: Service) -> str:
        await service.check(judged, world.alice)
        await service.feedback(label(reported, Label.SPAM), world.alice)
        return (await service.health()).model

    direct = Engine("empty")
    site = world.store.find_site(world.store.keys()[0], world.alice.site)
    direct.learn(judged, Label.SPAM, site)

    assert run(world, story) == direct.fold.digest()


def test_service_learns_nothing_from_a_clients_test(world: World) -> None:
    async def story(service: Service) -> int:
        test = Comment(content="x", is_test=True)
        await service.feedback(label(test, Label.SPAM), world.alice)
        return (await service.health()).sequence

    assert run(world, story) == 0


@pytest.mark.parametrize("key", ["", "ffffffffffff"])
def test_service_refuses_a_key_that_is_not_known(world: World, key: str) -> None:
    async def story(service: Service) -> None:
        stranger = Caller(key, "https://alice.example")
        with pytest.raises(KeyRefusedError):
            await service.check(SPAM, stranger)
        with pytest.raises(KeyRefusedError):
            await service.feedback(label(SPAM, Label.SPAM), stranger)
        with pytest.raises(KeyRefusedError):
            await service.verify(stranger)

    run(world, story)


def test_service_refuses_an_address_that_is_none(world: World) -> None:
    async def story(service: Service) -> None:
        with pytest.raises(BadRequestError):
            await service.check(SPAM, Caller(world.alice.key, "http://"))

    run(world, story)


def test_service_knows_whose_a_key_is(world: World) -> None:
    async def story(service: Service) -> str:
        assert await service.verify(Caller(world.alice.key)) == await service.verify(
            world.alice
        )
        return (await service.verify(world.mallory)).owner

    assert run(world, story) == "Mallory"


def test_service_counts_checks_and_corrections(world: World) -> None:
    async def story(service: Service) -> None:
        today = datetime.now(UTC).date()
        await service.check(HAM, world.alice)
        await service.feedback(label(HAM, Label.SPAM), world.alice)
        await service.check(HAM, world.alice)

        days = await service.counts_by_day(world.alice, None, today)
        sites = await service.counts_by_site(Caller(world.alice.key), today, today)

        counts = days[today]
        assert (counts.ham, counts.spam, counts.missed_spam) == (1, 1, 1)
        assert [site.address for site in sites] == ["alice.example"]
        assert sites[0].counts.spam == 1

    run(world, story)


def test_service_counts_by_the_clients_word_where_the_check_is_unknown(
    world: World,
) -> None:
    async def story(service: Service) -> list[int]:
        today = datetime.now(UTC).date()
        for comment, was_held in ((SPAM, True), (HAM, None)):
            told = Feedback(label=Label.SPAM, comment=comment, was_held=was_held)
            await service.feedback(told, world.alice)
        days = await service.counts_by_day(world.alice, None, today)
        return [counts.missed_spam for counts in days.values()]

    assert run(world, story) == [1]


def test_service_answers_from_memory_when_the_store_fails(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(*_: object) -> None:
        raise StoreError("the disk is full")

    async def story(service: Service) -> None:
        await service.check(HAM, world.alice)
        with monkeypatch.context() as broken:
            broken.setattr(service._writer, "record", fail)
            check = await service.check(HAM, world.alice)
            assert check.verdict is Verdict.UNSURE
            health = await service.health()
            assert (health.status, health.degraded_count) == ("degraded", 1)
        await service.check(HAM, world.alice)
        assert (await service.health()).status == "ok"

    run(world, story)


@pytest.mark.parametrize(
    "error", [StoreError("gone"), SecretError("damaged"), ModelError("new"), OSError()]
)
def test_service_goes_on_following_after_any_error(
    world: World, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def fail(*_: object) -> None:
        raise error

    async def story(service: Service) -> None:
        async def is_degraded() -> bool:
            return (await service.health()).status == "degraded"

        async def is_well() -> bool:
            return not await is_degraded()

        with monkeypatch.context() as broken:
            broken.setattr(service._store, "events_after", fail)
            await until(is_degraded)
        # Nobody asks anything, and no answer was given without a record.
        await until(is_well)
        assert (await service.health()).degraded_count == 0

    run(world, story)


def test_service_refuses_a_label_that_a_hanging_store_does_not_take(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    released = threading.Event()

    def hang(_event: object) -> None:
        released.wait()

    async def story(service: Service) -> None:
        with monkeypatch.context() as hung:
            hung.setattr(service_module, "STORE_SECONDS", 0.05)
            hung.setattr(service._store, "append", hang)
            with pytest.raises(StoreError, match="does not answer"):
                await service.feedback(label(SPAM, Label.SPAM), world.alice)
            released.set()

    run(world, story)


COPY = "Makasih kakak yang kemarin kasih tahu NAGA77, sekarang motor saya sudah lunas"


def copies(number: int) -> list[Comment]:
    return [
        Comment(content=COPY, author=f"Sam {n}", author_email=f"sam{n}@m.example")
        for n in range(number)
    ]


def test_service_counts_crowds_of_the_checks_it_records(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(*_: object) -> None:
        raise StoreError("the disk is full")

    async def story(service: Service) -> list[str]:
        with monkeypatch.context() as broken:
            broken.setattr(service._writer, "record", fail)
            for comment in copies(12):
                await service.check(comment, world.alice)
        return [(await service.check(c, world.alice)).decided_by for c in copies(12)]

    assert run(world, story) == ["classifier"] * 10 + ["crowd"] * 2


def test_service_decides_for_a_campaign_and_takes_it_back(world: World) -> None:
    async def story(service: Service) -> None:
        async with world.worker() as other:
            checks = [await service.check(c, world.alice) for c in copies(4)]
            before = (await service.health()).model
            long_ago = datetime.now(UTC) - timedelta(hours=1)

            decided = await service.decide_campaign(
                checks[0].guid, Label.SPAM, world.alice
            )

            assert decided.marked == 4
            (found,) = await service.campaigns(long_ago, world.alice)
            assert (found.comments, found.decision) == (4, Label.SPAM)
            assert not await service.campaigns(long_ago, world.mallory)

            async def holds() -> bool:
                check = await other.check(copies(1)[0], world.alice)
                return check.decided_by == "campaign"

            await until(holds)
            assert (await service.check(copies(1)[0], world.alice)).verdict.is_held
            with pytest.raises(NotFoundError):
                await service.decide_campaign(checks[0].guid, None, world.mallory)

            await service.decide_campaign(checks[1].guid, None, world.alice)

            assert (await service.health()).model == before
            check = await service.check(copies(1)[0], world.alice)
            assert check.decided_by == "classifier"

    run(world, story)


def test_service_rolls_back_what_a_reporter_taught_on_every_worker(
    world: World,
) -> None:
    async def story(service: Service) -> None:
        async with world.worker() as other:
            await service.feedback(label(HAM, Label.HAM), world.alice)
            before = (await service.health()).model
            lie = Feedback(label=Label.SPAM, comment=HAM, reporter="mallory")
            await other.feedback(lie, world.alice)
            assert (await other.check(HAM, world.alice)).verdict is Verdict.SPAM
            wish = RollbackWish(reporter="mallory")

            rolling = asyncio.create_task(service.roll_back(world.alice, wish))
            asked = 0
            while not rolling.done():
                await other.check(HAM, world.alice)
                asked += 1
            effect = await rolling

            async def are_alike() -> bool:
                workers = [await one.health() for one in (service, other)]
                return {(one.model, one.sequence) for one in workers} == {(before, 3)}

            await until(are_alike)
            assert (effect.rollback, effect.labels) == (3, 1)
            assert asked
            assert (await other.check(HAM, world.alice)).verdict is not Verdict.SPAM
            survey = await service.taught(world.alice)
            assert sorted(one.unheard for one in survey.voices) == [0, 1]
            with pytest.raises(NotFoundError):
                await service.restore_rollback(world.mallory, 3)
            await service.feedback(label(SPAM, Label.SPAM), world.alice)

            await other.restore_rollback(world.alice, 3)

            assert (await other.check(HAM, world.alice)).verdict is Verdict.SPAM
            assert (await other.check(SPAM, world.alice)).verdict is Verdict.SPAM

    run(world, story)
    anew, kept = (Fold(Engine("empty").fold.base) for _ in range(2))
    rebuild(anew, world.store)
    restore(kept, world.store)
    assert anew.digest() == kept.digest()


def test_service_knows_writers_by_the_hashes_of_its_store(world: World) -> None:
    async def story(service: Service) -> tuple[float, float]:
        told = Comment(content="x", author_email="sam@m.example")
        await service.feedback(label(told, Label.SPAM), world.alice)
        known = Comment(content="halo semua", author_email="sam@m.example")
        other = Comment(content="halo semua", author_email="bob@m.example")
        checks = [await service.check(c, world.alice) for c in (known, other)]
        return checks[0].score, checks[1].score

    known, other = run(world, story)

    assert known > other


def test_service_explains_a_check_of_its_owner(world: World) -> None:
    async def story(service: Service) -> None:
        await service.feedback(label(SPAM, Label.SPAM), world.alice)
        check = await service.check(SPAM, world.alice)

        found = await service.explain(check.guid, world.alice)

        assert found["verdict"] == "spam"
        now = found["now"]
        assert isinstance(now, dict)
        assert now["clues"]
        assert "gacor" in " ".join(clue["text"] for clue in now["clues"])

    run(world, story)


def test_service_explains_in_the_language_asked_for_and_in_its_published_shape(
    world: World,
) -> None:
    async def story(service: Service) -> None:
        check = await service.check(SPAM, world.alice)

        found = await service.explain(check.guid, world.alice, ["id"])

        told = msgspec.convert(found, ReasonsAnswer)
        assert told.guid == check.guid
        assert told.now is not None
        assert told.now.language == "id"
        assert "kemungkinan spam" in told.now.sentence

    run(world, story)


def test_service_notes_that_a_site_was_switched_off(world: World) -> None:
    run(world, lambda service: service.deactivate(world.alice))


def test_erase_old_erases_comments_after_their_time(world: World) -> None:
    check = run(world, lambda service: service.check(SPAM, world.alice))

    def kept(days: int) -> Comment | None:
        now = datetime.now(UTC) + timedelta(days=days)
        erase_old(world.store, world.settings, now)
        stored = world.store.find_check(1, check.guid)
        assert stored is not None
        return stored.comment

    assert kept(days=89) == SPAM
    assert kept(days=91) is None


def test_service_cannot_explain_a_comment_that_is_erased(world: World) -> None:
    async def story(service: Service) -> object:
        check = await service.check(SPAM, world.alice)
        later = datetime.now(UTC) + timedelta(days=91)
        erase_old(world.store, world.settings, later)
        return (await service.explain(check.guid, world.alice))["now"]

    assert run(world, story) is None


def test_service_erases_soon_after_its_start_and_goes_on_after_any_error(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[datetime] = []

    def erase(_store: object, _settings: object, now: datetime) -> None:
        told.append(now)
        if len(told) == 1:
            raise ModelError("damaged")

    monkeypatch.setattr(service_module, "HOUSEKEEPING_LOOK_SECONDS", 0.01)
    monkeypatch.setattr(housekeeping, "PERIOD", timedelta(0))
    monkeypatch.setattr(housekeeping, "erase_old", erase)

    async def has_gone_on() -> bool:
        return len(told) > 1

    run(world, lambda _: until(has_gone_on))
