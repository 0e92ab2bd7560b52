"""Shelves: things known by a comment's fingerprint, no more and no longer than told."""

from collections import OrderedDict
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, Generic, Protocol, TypeVar

import msgspec

from saring.errors import ModelError
from saring.fingerprints import Fingerprint, Index


class Kept(Protocol):
    """What can stand on a shelf: a frozen value.

    Attributes:
        values: Of its fingerprint.
        at: When it was put there, in milliseconds since 1970.
    """

    @property
    def values(self) -> bytes:
        """Return the values of its fingerprint."""

    @property
    def at(self) -> int:
        """Return when it was put there, in milliseconds since 1970."""


T = TypeVar("T", bound=Kept)


class Shelf(Generic[T]):
    """Things by number and by fingerprint, the one that was put there last at the end.

    The same calls in the same order leave the same shelf, whether or not it was dumped
    and loaded in between.

    Args:
        kind: Of the things.
        capacity: So many stay; the oldest goes first.
        life: One that is older by this than what is put there goes too.
    """

    def __init__(self, kind: type[T], capacity: int, life: timedelta) -> None:
        self._kind, self._capacity = kind, capacity
        self._life_ms = life // timedelta(milliseconds=1)
        self._index = Index()
        # A plain dict looks through all that has left its front to find its first.
        self._things: OrderedDict[int, T] = OrderedDict()
        self._next = 0

    def __len__(self) -> int:
        return len(self._things)

    def __getitem__(self, number: int) -> T:
        return self._things[number]

    def __iter__(self) -> Iterator[T]:
        return iter(self._things.values())

    def find(self, known: Fingerprint) -> int | None:
        """Return the number of the thing most alike; None if none is alike."""
        return self._index.find(known)

    def nearest(self, known: Fingerprint) -> list[int]:
        """Return the numbers of all that is alike, the nearest first."""
        return self._index.nearest(known)

    def put(self, thing: T, known: Fingerprint, number: int | None = None) -> None:
        """Put a thing at the end.

        Args:
            thing: To be put there.
            known: Its fingerprint.
            number: Of the thing with the same fingerprint that goes for it, if any.
        """
        if number is None:
            number, self._next = self._next, self._next + 1
            self._index.add(number, known)
        else:
            del self._things[number]
        self._things[number] = thing
        if len(self._things) > self._capacity:
            self.remove(next(iter(self._things)))
        oldest = thing.at - self._life_ms
        while (first := next(iter(self._things.items())))[1].at < oldest:
            self.remove(first[0])

    def change(self, number: int, thing: T) -> None:
        """Put a thing where the one with this number stands."""
        self._things[number] = thing

    def remove(self, number: int) -> None:
        """Take a thing away."""
        del self._things[number]
        self._index.remove(number)

    def copy(self) -> "Shelf[T]":
        """Return a shelf that changes of this one do not reach."""
        other = Shelf(self._kind, self._capacity, timedelta())
        other._life_ms, other._next = self._life_ms, self._next
        other._index, other._things = self._index.copy(), self._things.copy()
        return other

    def dump(self) -> bytes:
        """Return all that stands there, to be read by `load`; empty for nothing."""
        if not self._things:
            return b""
        return msgspec.msgpack.encode((self._next, list(self._things.items())))

    def load(self, state: bytes) -> None:
        """Put what `dump` returned in the place of what stands there.

        Raises:
            ModelError: The state is damaged.
        """
        self._index, self._things, self._next = Index(), OrderedDict(), 0
        if not state:
            return
        form: Any = tuple[int, list[tuple[int, self._kind]]]  # type: ignore[name-defined]
        try:
            self._next, things = msgspec.msgpack.decode(state, type=form)
            for number, thing in things:
                self._index.add(number, Fingerprint.load(thing.values))
                self._things[number] = thing
        except (msgspec.DecodeError, ValueError) as error:
            raise ModelError(
                f"what is known of campaigns is damaged: {error}"
            ) from error

    def digest(self) -> bytes:
        """Return bytes that tell what stands there, whatever stood there before."""
        return msgspec.msgpack.encode(list(self)) if self._things else b""


def milliseconds(at: datetime) -> int:
    """Return an instant as milliseconds since 1970."""
    return int(at.timestamp() * 1000)
