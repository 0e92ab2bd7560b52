"""Expect: what a case says when it does not hold, and how cases are listed."""

from collections.abc import Callable, Iterator
from typing import TypeVar

Function = TypeVar("Function", bound=Callable[..., object])


class SkippedError(Exception):
    """The case cannot be tried here; the text says why."""


def expect(condition: object, *message: object) -> None:
    """Fail with the message unless the condition holds."""
    if not condition:
        raise AssertionError(" ".join(str(part) for part in message))


def same(got: object, wanted: object, what: str) -> None:
    """Fail unless what was got is what was wanted."""
    expect(got == wanted, f"{what}: got {got!r}, wanted {wanted!r}")


class Cases:
    """The cases of one file, in the order of their definition."""

    def __init__(self) -> None:
        self._functions: list[Callable[..., object]] = []

    def add(self, function: Function) -> Function:
        """Take a function that is given the site; what it returns is printed."""
        self._functions.append(function)
        return function

    def __iter__(self) -> Iterator[Callable[..., object]]:
        return iter(self._functions)
