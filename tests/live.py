"""Live: a real `saring serve` on a free port, over a store and a key of its own.

Used where a test is about the whole: real clients, WordPress, restarts, the log. Only
what was started here is stopped here.
"""

import contextlib
import http.client
import os
import shlex
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

KEY = "0123456789ab"
OWNER = "Alice"
UNKNOWN_KEY = "ffffffffffff"
START_SECONDS = 30.0
STOP_SECONDS = 15.0
START_TRIES = 3


class NotReadyError(Exception):
    """The server did not come up; the text holds the end of its log."""


@dataclass(frozen=True)
class Answer:
    """What a server said: status, headers by lower-case name, body as text."""

    status: int
    headers: Mapping[str, str]
    body: str


def command() -> list[str]:
    """Return the program under test: `SARING_COMMAND`, or the one beside Python."""
    given = os.environ.get("SARING_COMMAND")
    return (
        shlex.split(given) if given else [str(Path(sys.executable).parent / "saring")]
    )


def free_port() -> int:
    """Return a port that the kernel says nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class LiveServer:
    """One server process, its store and its log.

    Args:
        folder: Where the store and the log lie; must exist.
        key: An API key to create in the store before the first start.
        workers: Server processes.
        settings: Further `SARING_...` environment variables.
    """

    def __init__(
        self,
        folder: Path,
        *,
        key: str = KEY,
        workers: int = 1,
        settings: Mapping[str, str] | None = None,
    ) -> None:
        self.folder = folder
        self.key = key
        self.workers = workers
        self.log = folder / "server.log"
        self.output = folder / "server.out"
        self.database = f"sqlite:///{folder / 'saring.db'}"
        self.port = free_port()
        self._process: subprocess.Popen[bytes] | None = None
        inherited = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith("SARING_")
        }
        self._environment = inherited | {
            "SARING_DATABASE": self.database,
            **(settings or {}),
        }

    @property
    def url(self) -> str:
        """The server's address without a slash at the end."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def is_running(self) -> bool:
        """Say whether the process lives."""
        return self._process is not None and self._process.poll() is None

    def run(self, *arguments: str, check: bool = True) -> str:
        """Run another `saring` command on the same store and return what it prints.

        Raises:
            subprocess.CalledProcessError: It failed and `check` is set.
        """
        done = subprocess.run(
            [*command(), *arguments],
            env=self._environment,
            cwd=self.folder,
            check=check,
            capture_output=True,
            text=True,
            timeout=120,
        )
        return done.stdout

    def create_key(self, owner: str, key: str | None = None) -> str:
        """Create an API key (chosen by the server if None) and return it.

        Keys of one owner learn from each other.
        """
        chosen = ["--key", key] if key else []
        printed = self.run("keys", "create", "--owner", owner, *chosen)
        return printed.splitlines()[-1].strip()

    def start(self) -> None:
        """Start the server, or start it again, and return when it answers.

        Raises:
            NotReadyError: It ended, or did not answer in `START_SECONDS`.
        """
        for left in reversed(range(START_TRIES)):
            self._launch()
            try:
                self._wait_until_ready()
            except NotReadyError:
                self.kill()
                if not left or "in use" not in self.log_text():
                    raise
                self.port = free_port()  # somebody took it between asking and binding
            else:
                return

    def _launch(self) -> None:
        arguments = ["--host", "127.0.0.1", "--port", str(self.port)]
        arguments += ["--workers", str(self.workers), "--database", self.database]
        with self.output.open("ab") as output, self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [*command(), "serve", *arguments],
                env=self._environment,
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=log,
                start_new_session=True,  # so that its workers can be ended with it
            )

    def _wait_until_ready(self) -> None:
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until:
            if not self.is_running:
                break
            with contextlib.suppress(OSError, http.client.HTTPException):
                if self.ask("/1.1/test").body == "connected":
                    return
            time.sleep(0.02)
        raise NotReadyError(f"no answer from {self.url}\n{self.log_text()[-2000:]}")

    def stop(self) -> None:
        """Ask the server to end, and wait; kill it if it will not."""
        if self._process is None:
            return
        self._signal(signal.SIGTERM)
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.kill()
        self._process = None

    def kill(self) -> None:
        """End the server and its workers at once (SIGKILL), as a power cut would."""
        if self._process is None:
            return
        self._signal(signal.SIGKILL)
        self._process.wait(STOP_SECONDS)
        self._process = None

    def _signal(self, number: signal.Signals) -> None:
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, number)

    def ask(
        self,
        path: str,
        form: Mapping[str, str] | bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """GET the path, or POST the form to it (or the bytes as they are)."""
        if isinstance(form, Mapping):
            form = urllib.parse.urlencode(form).encode()
        request = urllib.request.Request(self.url + path, form, dict(headers or {}))
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with opener.open(request, timeout=30) as reply:
                return _answer(reply.status, dict(reply.headers), reply.read())
        except urllib.error.HTTPError as error:
            with error:
                return _answer(error.code, dict(error.headers), error.read())

    def call(
        self, name: str, form: Mapping[str, str], key: str | None = None
    ) -> Answer:
        """Make a 1.1 call ("comment-check") with the server's key, or another."""
        return self.ask(f"/1.1/{name}", {"api_key": key or self.key, **form})

    def log_text(self) -> str:
        """Return all that the server has logged so far."""
        return self.log.read_text(errors="replace") if self.log.exists() else ""


def _answer(status: int, headers: Mapping[str, str], body: bytes) -> Answer:
    named = {name.lower(): value for name, value in headers.items()}
    return Answer(status, named, body.decode("utf-8", "replace"))


@contextlib.contextmanager
def serving(
    folder: Path,
    *,
    key: str = KEY,
    workers: int = 1,
    settings: Mapping[str, str] | None = None,
) -> Iterator[LiveServer]:
    """Give a running server with `key` in its store; stop it afterwards."""
    server = LiveServer(folder, key=key, workers=workers, settings=settings)
    server.create_key(OWNER, key)
    server.start()
    try:
        yield server
    finally:
        server.stop()
