import asyncio
from collections.abc import Sequence
from itertools import chain

import pytest

from saring.gathering import Gatherer


class Doubler:
    """Doubles numbers, and cannot stand 13."""

    def __init__(self) -> None:
        self.groups: list[list[int]] = []

    def double(self, numbers: Sequence[int]) -> list[int]:
        self.groups.append([*numbers])
        if 13 in numbers:
            raise ValueError("13 brings bad luck")
        return [2 * number for number in numbers]


def test_gatherer_answers_together_what_is_asked_together() -> None:
    doubler = Doubler()

    async def ask() -> list[int]:
        gatherer = Gatherer(doubler.double, 0.0)
        return await asyncio.gather(*map(gatherer.ask, range(5)))

    assert asyncio.run(ask()) == [0, 2, 4, 6, 8]
    assert doubler.groups == [[0, 1, 2, 3, 4]]


def test_gatherer_begins_a_new_group_afterwards() -> None:
    doubler = Doubler()

    async def ask() -> list[int]:
        gatherer = Gatherer(doubler.double, 0.0)
        return [await gatherer.ask(1), await gatherer.ask(2)]

    assert asyncio.run(ask()) == [2, 4]
    assert doubler.groups == [[1], [2]]


def test_gatherer_fails_only_the_question_at_fault() -> None:
    doubler = Doubler()

    async def ask() -> list[int | BaseException]:
        gatherer = Gatherer(doubler.double, 0.0)
        questions = map(gatherer.ask, (1, 13, 3))
        return await asyncio.gather(*questions, return_exceptions=True)

    first, second, third = asyncio.run(ask())

    assert (first, third) == (2, 6)
    with pytest.raises(ValueError, match="bad luck"):
        raise second  # type: ignore[misc]  # raises proves that it is an error


def test_gatherer_forgets_who_is_gone() -> None:
    doubler = Doubler()

    async def ask() -> int:
        gatherer = Gatherer(doubler.double, 0.0)
        gone = asyncio.ensure_future(gatherer.ask(1))
        await asyncio.sleep(0)
        gone.cancel()
        return await gatherer.ask(2)

    assert asyncio.run(ask()) == 4


@pytest.mark.parametrize(("most_waits", "groups"), [(1, 2), (4, 1)])
def test_gatherer_waits_on_while_others_come(most_waits: int, groups: int) -> None:
    doubler = Doubler()

    async def ask() -> None:
        gatherer = Gatherer(doubler.double, 0.0, most_waits)
        asked = []
        # One more at each turn of the loop, at the end of which the gatherer looks.
        for number in range(3):
            asked.append(asyncio.create_task(gatherer.ask(number)))
            await asyncio.sleep(0)
        await asyncio.gather(*asked)

    asyncio.run(ask())

    assert len(doubler.groups) == groups
    assert [*chain(*doubler.groups)] == [0, 1, 2]
