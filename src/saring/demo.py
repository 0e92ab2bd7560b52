"""Demo: a live server on a temporary store, met by a real client of the protocol.

The comments are of our own writing; names, brands and hosts in them are made up.
"""

import contextlib
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Self, cast

import msgspec
from rich.console import Console
from rich.table import Table

from saring import log
from saring.app import create_app
from saring.errors import SettingsError
from saring.ledger.store import open_store
from saring.service import Service
from saring.settings import Settings

if TYPE_CHECKING:
    import httpx
    import uvicorn

    import akismet

BLOG = "https://alice.example"
START_SECONDS = 30
COLOURS = {"ham": "green", "unsure": "yellow", "spam": "red", "discard": "red"}
SHOWN_CLUES = 2
WIDTH = 120

Fields = dict[str, str]


class Correction(msgspec.Struct):
    """A label that a moderator gives, and a comment like it that comes later."""

    label: str
    taught: Fields
    then: Fields


class Answer(msgspec.Struct, frozen=True):
    """What came back for one comment."""

    verdict: str
    score: str
    guid: str


def read_comments() -> list[Fields]:
    """Return the comments of the demonstration by wire names, with their `kind`."""
    return [msgspec.json.decode(line, type=Fields) for line in _lines("comments")]


def read_corrections() -> list[Correction]:
    """Return what is taught at the end."""
    return [
        msgspec.json.decode(line, type=Correction) for line in _lines("corrections")
    ]


def run() -> None:
    """Send the comments through a real client, show the answers, teach corrections.

    Raises:
        SettingsError: The client is not installed.
    """
    log.configure("warning", "auto")
    console = Console(width=max(Console().width, WIDTH))
    with tempfile.TemporaryDirectory(prefix="saring-demo-") as folder:
        settings = Settings(database=f"sqlite:///{folder}/demo.db", port=0)
        with contextlib.closing(open_store(settings.database)) as store:
            key = store.create_key(owner="Alice").key
        with serving(settings) as address, Visitor(address, key) as visitor:
            console.print(f"A server listens on {address}, over a temporary store.\n")
            _show_comments(console, visitor)
            for correction in read_corrections():
                _show_correction(console, visitor, correction)
    console.print("\nThe server has stopped and its store is gone.")


@contextlib.contextmanager
def serving(settings: Settings) -> Iterator[str]:
    """Give the address of a server that runs in a thread of this process."""
    import uvicorn  # noqa: PLC0415 - slow to import

    config = uvicorn.Config(
        create_app(settings, Service(settings)),
        host=settings.host,
        port=settings.port,
        log_config=None,
        access_log=False,
        ws="none",
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, name="server")
    thread.start()
    try:
        yield f"http://{settings.host}:{_wait_for_port(server, thread)}"
    finally:
        server.should_exit = True
        thread.join()


def _wait_for_port(server: "uvicorn.Server", thread: threading.Thread) -> int:
    """Return the port the kernel gave.

    Raises:
        SettingsError: The server did not start.
    """
    deadline = time.monotonic() + START_SECONDS
    while thread.is_alive() and time.monotonic() < deadline:
        if server.started:
            port: int = server.servers[0].sockets[0].getsockname()[1]
            return port
        time.sleep(0.01)
    raise SettingsError("the server of the demonstration did not start")


class Visitor:
    """The site's side: the PyPI client `akismet`, with its calls sent to our server.

    Args:
        address: The server's, in place of the one written into the client.
        key: The site's API key.
    """

    def __init__(self, address: str, key: str) -> None:
        self._address = address
        self._key = key
        self._headers: dict[str, str] = {}

    def __enter__(self) -> Self:
        """Open the client.

        Raises:
            SettingsError: It is not installed.
        """
        try:
            import httpx  # noqa: PLC0415

            import akismet  # noqa: PLC0415 - only here
        except ImportError as error:
            raise SettingsError(
                "the demonstration needs a client: `make demo` in a clone, or "
                "pip install 'saring[demo]'"
            ) from error
        hooks: dict[str, Any] = {"request": [self._redirect], "response": [self._note]}
        self._http: httpx.Client = httpx.Client(event_hooks=hooks, timeout=10)
        self._client: akismet.SyncClient = akismet.SyncClient.validated_client(
            config=akismet.Config(key=self._key, url=BLOG), http_client=self._http
        )
        return self

    def __exit__(self, *_: object) -> None:
        """Close the client."""
        self._http.close()

    def _redirect(self, request: "httpx.Request") -> None:
        request.url = request.url.copy_with(
            **_parts(self._address), raw_path=request.url.raw_path
        )

    def _note(self, response: "httpx.Response") -> None:
        self._headers = dict(response.headers)

    def check(self, fields: Fields) -> Answer:
        """Ask for the verdict of a comment."""
        self._client.comment_check("203.0.113.7", **_wire(fields))
        return Answer(
            verdict=self._headers["x-saring-verdict"],
            score=self._headers["x-saring-score"],
            guid=self._headers["x-akismet-guid"],
        )

    def explain(self, guid: str) -> dict[str, Any]:
        """Ask our own API why a check came out as it did."""
        found = self._http.get(
            f"{self._address}/v1/checks/{guid}",
            headers={"authorization": f"Bearer {self._key}"},
        ).raise_for_status()
        now: dict[str, Any] = found.json()["now"]
        return now

    def teach(self, fields: Fields, label: str) -> None:
        """Send what a moderator says of a comment."""
        submit = {"spam": self._client.submit_spam, "ham": self._client.submit_ham}
        submit[label]("203.0.113.7", **_wire(fields))


def _parts(address: str) -> dict[str, Any]:
    scheme, _, rest = address.partition("://")
    host, _, port = rest.partition(":")
    return {"scheme": scheme, "host": host, "port": int(port)}


def _wire(fields: Fields) -> "akismet.AkismetArguments":
    """Return what travels; the names in the package's own file are the wire's."""
    sent = {name: value for name, value in fields.items() if name != "kind"}
    return cast("akismet.AkismetArguments", sent)


def _lines(name: str) -> list[str]:
    path = files("saring") / f"demo_{name}.jsonl"
    return path.read_text(encoding="utf-8").splitlines()


def _show_comments(console: Console, visitor: Visitor) -> None:
    table = Table(title="Two dozen comments", title_justify="left", show_lines=False)
    for heading in ("comment", "verdict", "score", "why"):
        table.add_column(heading, overflow="fold")
    for fields in read_comments():
        answer = visitor.check(fields)
        table.add_row(
            f"[dim]{fields['kind']}[/dim]\n{_plain(fields['comment_content'], 70)}",
            f"[{COLOURS[answer.verdict]}]{answer.verdict}[/]",
            answer.score,
            _why(visitor.explain(answer.guid)),
        )
    console.print(table)


def _why(told: Mapping[str, Any]) -> str:
    """Return how a comment reads, the clues for its verdict, what would publish it."""
    sign = -1 if told["verdict"] == "ham" else 1
    clues = [clue["text"] for clue in told["clues"] if clue["weight"] * sign > 0]
    reads = [f"Reads: {told['decoded']}"] if told["decoded"] else []
    lines = [*reads, *clues[:SHOWN_CLUES], *filter(None, [told["change"]])]
    return "\n".join(line.replace("[", "\\[") for line in lines)


def _show_correction(
    console: Console, visitor: Visitor, correction: Correction
) -> None:
    both = (correction.taught, correction.then)
    before = [visitor.check(fields) for fields in both]
    visitor.teach(correction.taught, correction.label)
    after = [visitor.check(fields) for fields in both]
    console.print(
        f"\nA moderator says [bold]{correction.label}[/bold] of this one; the server "
        "has learned it when it thanks:"
    )
    for fields, old, new in zip(both, before, after, strict=True):
        console.print(
            f"  {old.verdict} {old.score} → [{COLOURS[new.verdict]}]{new.verdict}[/] "
            f"{new.score}  {_plain(fields['comment_content'], 80)}"
        )


def _plain(text: str, limit: int) -> str:
    """Return the start of a text, safe from the table's own markup."""
    short = text if len(text) <= limit else text[: limit - 1] + "…"
    return short.replace("[", "\\[")
