"""Gathering: calls that come at about the same time are answered in one go."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

Asked = TypeVar("Asked")
Answered = TypeVar("Answered")


class Gatherer(Generic[Asked, Answered]):
    """Answers what is asked within a moment together; belongs to one event loop.

    Args:
        answer: Gives the answers to several questions, in their order.
        seconds: How long a group waits for the next question; it is answered when
            none has come for so long, or after `most_waits` of such waits.
        most_waits: How many waits a group has at most, 1 or more.
    """

    def __init__(
        self,
        answer: Callable[[Sequence[Asked]], Sequence[Answered]],
        seconds: float,
        most_waits: int = 1,
    ) -> None:
        self._answer = answer
        self._seconds = seconds
        self._most_waits = most_waits
        self._waiting: list[tuple[Asked, asyncio.Future[Answered]]] = []

    async def ask(self, question: Asked) -> Answered:
        """Return the answer to a question.

        Raises:
            Exception: What `answer` raises for this question alone.
        """
        loop = asyncio.get_running_loop()
        future: asyncio.Future[Answered] = loop.create_future()
        if not self._waiting:
            loop.call_later(self._seconds, self._look, 1, self._most_waits - 1)
        self._waiting.append((question, future))
        return await future

    def _look(self, known_count: int, waits: int) -> None:
        """Answer the group, or wait on where others have just come."""
        count = len(self._waiting)
        if waits and count > known_count:
            loop = asyncio.get_running_loop()
            loop.call_later(self._seconds, self._look, count, waits - 1)
        else:
            self._settle()

    def _settle(self) -> None:
        group, self._waiting = self._waiting, []
        try:
            answers = self._answer([question for question, _ in group])
        except Exception as error:  # noqa: BLE001 whoever waits must be told
            if len(group) == 1:
                _set(group[0][1], error)
                return
            # One question that cannot be answered must not take the others with it.
            for one in group:
                self._waiting = [one]
                self._settle()
            return
        for (_, future), answer in zip(group, answers, strict=True):
            _set(future, answer)


def _set(future: asyncio.Future[Answered], outcome: Answered | Exception) -> None:
    """Give a future its outcome, unless its caller is gone."""
    if future.done():
        return
    if isinstance(outcome, Exception):
        future.set_exception(outcome)
    else:
        future.set_result(outcome)
