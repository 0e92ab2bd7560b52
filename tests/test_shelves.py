"""Tests of shelves: so many things, so long, and the same after a dump."""

from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from saring import Comment, features
from saring.errors import ModelError
from saring.fingerprints import Fingerprint, fingerprint
from saring.shelves import Shelf, milliseconds

WORDS = "satu dua tiga empat lima enam tujuh delapan sembilan sepuluh"


class Thing(msgspec.Struct, frozen=True, array_like=True):
    """A thing with a name."""

    values: bytes
    at: int
    name: str


def fingerprinted(number: int) -> Fingerprint:
    content = " ".join(f"{word}{'abcdefghijkl'[number]}" for word in WORDS.split())
    found = fingerprint(features.extract(Comment(content=content)))
    assert found is not None
    return found


def thing(number: int, at: int = 0) -> Thing:
    return Thing(fingerprinted(number).values, at, f"thing {number}")


def shelf(capacity: int = 3) -> Shelf[Thing]:
    return Shelf(Thing, capacity, timedelta(seconds=10))


def names(of: Shelf[Thing]) -> list[str]:
    return [one.name for one in of]


def test_shelf_finds_what_was_put_there() -> None:
    kept = shelf()
    kept.put(thing(1), fingerprinted(1))
    number = kept.find(fingerprinted(1))

    assert number is not None
    assert kept[number] == thing(1)
    assert kept.find(fingerprinted(2)) is None
    assert kept.nearest(fingerprinted(1)) == [number]


def test_shelf_lets_the_oldest_go_when_it_is_full() -> None:
    kept = shelf()
    for number in range(3):
        kept.put(thing(number), fingerprinted(number))
    kept.put(thing(0, at=1), fingerprinted(0), kept.find(fingerprinted(0)))
    kept.put(thing(3), fingerprinted(3))

    assert names(kept) == ["thing 2", "thing 0", "thing 3"]
    assert len(kept) == 3


def test_shelf_lets_go_what_is_older_by_its_life_than_the_newest() -> None:
    kept = shelf()
    kept.put(thing(0, at=0), fingerprinted(0))
    kept.put(thing(1, at=10_000), fingerprinted(1))
    assert names(kept) == ["thing 0", "thing 1"]

    kept.put(thing(2, at=10_001), fingerprinted(2))
    assert names(kept) == ["thing 1", "thing 2"]


def test_shelf_changes_a_thing_where_it_stands() -> None:
    kept = shelf()
    kept.put(thing(0), fingerprinted(0))
    kept.put(thing(1), fingerprinted(1))
    number = kept.find(fingerprinted(0))
    assert number is not None

    kept.change(number, msgspec.structs.replace(thing(0), name="other"))

    assert names(kept) == ["other", "thing 1"]


def test_shelf_is_the_same_after_a_dump_and_what_follows_too() -> None:
    first = shelf()
    for number in range(3):
        first.put(thing(number), fingerprinted(number))
    second = shelf()
    second.load(first.dump())
    for kept in (first, second):
        kept.put(thing(4), fingerprinted(4))
        kept.put(thing(1, at=1), fingerprinted(1), kept.find(fingerprinted(1)))

    assert second.digest() == first.digest()
    assert second.dump() == first.dump()


def test_shelf_that_is_empty_is_no_bytes() -> None:
    kept = shelf()
    kept.put(thing(0), fingerprinted(0))
    kept.load(b"")

    assert (kept.dump(), kept.digest(), len(kept)) == (b"", b"", 0)


def test_shelf_copy_is_its_own() -> None:
    kept = shelf()
    kept.put(thing(0), fingerprinted(0))
    other = kept.copy()
    kept.put(thing(1), fingerprinted(1))

    assert names(other) == ["thing 0"]
    assert other.find(fingerprinted(1)) is None


@pytest.mark.parametrize(
    "state",
    [b"nothing", msgspec.msgpack.encode((1, [(0, Thing(b"short", 0, "x"))]))],
)
def test_shelf_refuses_what_is_damaged(state: bytes) -> None:
    with pytest.raises(ModelError, match="damaged"):
        shelf().load(state)


def test_milliseconds_are_since_1970() -> None:
    assert milliseconds(datetime(1970, 1, 2, tzinfo=UTC)) == 86_400_000
