"""Table: what one line of our table of routes says, and what its handler is given."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Literal

import msgspec

from saring.desk import Desk


class Asked(msgspec.Struct):
    """A request that was understood.

    Attributes:
        key: As sent; empty where there is none.
        parts: The named parts of the path.
        body: The decoded body, of the type that the route takes.
        options: What stands behind the question mark.
        languages: What the caller reads, the dearest first.
    """

    desk: Desk
    links: "Links"
    key: str
    parts: Mapping[str, str]
    body: Any = None
    options: Mapping[str, str] = {}
    languages: Sequence[str] = ()


class Route(msgspec.Struct, frozen=True, kw_only=True):
    """One route: all that is said of it anywhere is said here.

    Attributes:
        who: Who may call: `nobody` in particular, or the holder of a `key`.
        takes: The type of the body, if it has one.
        gives: The type of the answer.
        options: What may stand behind the question mark, and what it means.
    """

    method: Literal["GET", "POST"]
    path: str
    who: Literal["nobody", "key"]
    answers: str
    handler: Callable[[Asked], Awaitable[object]]
    gives: Any
    takes: Any = None
    options: Mapping[str, str] = {}


class Links(msgspec.Struct, frozen=True):
    """Makes links: absolute where the public address is known."""

    public_url: str = ""
    path_prefix: str = ""

    def to(self, path: str) -> str:
        """Return the link to a path of ours."""
        return (self.public_url or self.path_prefix) + path
