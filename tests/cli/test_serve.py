"""`saring serve`: first start and second, the port, signals, workers."""

import logging
import os
import shlex
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
import structlog
from starlette.types import Receive, Scope, Send

import live
from cli.conftest import Run
from saring.cli import serve
from saring.settings import Settings

WAIT_SECONDS = 20


@pytest.fixture
def server(tmp_path: Path) -> Iterator[live.LiveServer]:
    made = live.LiveServer(tmp_path)
    yield made
    made.stop()


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        yield taken


@pytest.fixture
def undisturbed() -> Iterator[None]:
    """Put signals and logging back as they were."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    numbers = (signal.SIGTERM, signal.SIGINT)
    before = {number: signal.getsignal(number) for number in numbers}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)
    structlog.reset_defaults()
    root.handlers, root.level = handlers, level


def printed(server: live.LiveServer) -> list[str]:
    return server.output.read_text("utf-8").splitlines()


def process_of(server: live.LiveServer) -> "subprocess.Popen[bytes]":
    assert server._process is not None
    return server._process


def wait_until(is_so: Callable[[], bool], what: str) -> None:
    until = time.monotonic() + WAIT_SECONDS
    while not is_so():
        assert time.monotonic() < until, f"waited in vain: {what}"
        time.sleep(0.02)


@pytest.mark.parametrize(
    ("host", "prefix", "address"),
    [
        ("127.0.0.1", "", "http://127.0.0.1:8383"),
        ("0.0.0.0", "/spam", "http://127.0.0.1:8383/spam"),
        ("::", "", "http://[::1]:8383"),
        ("localhost", "", "http://localhost:8383"),
    ],
)
def test_serve_names_an_address_that_this_machine_reaches(
    host: str, prefix: str, address: str
) -> None:
    settings = Settings(host=host, path_prefix=prefix)

    assert serve.local_address(settings, 8383) == address


def test_serve_says_that_a_port_is_in_use(run: Run, listener: socket.socket) -> None:
    port = listener.getsockname()[1]

    result = run("serve", "--port", str(port))

    assert result.exit_code == 1
    assert f"port {port} of 127.0.0.1 is in use" in result.stderr


def test_serve_says_that_a_host_is_not_here(run: Run) -> None:
    result = run("serve", "--host", "192.0.2.1")

    assert result.exit_code == 1
    assert "of 192.0.2.1 cannot be used" in result.stderr


def test_serve_touches_no_store_if_the_port_is_in_use(
    run: Run, listener: socket.socket, tmp_path: Path
) -> None:
    run("serve", "--port", str(listener.getsockname()[1]))

    assert not (tmp_path / "var").exists()


async def broken(scope: Scope, receive: Receive, send: Send) -> None:
    assert scope["type"] == "lifespan"
    await receive()
    await send({"type": "lifespan.startup.failed", "message": "the disk is gone"})


def test_serve_fails_if_the_application_cannot_start(
    run: Run, monkeypatch: pytest.MonkeyPatch, undisturbed: None
) -> None:
    del undisturbed
    monkeypatch.setenv("SARING_PORT", "1")  # put back at the end, whatever serve sets
    monkeypatch.setattr(serve, "application", lambda: broken)

    result = run("serve", "--port", "0")

    assert result.exit_code == 1
    assert "could not start; the log says why" in result.stderr
    assert "the disk is gone" in result.stderr


@pytest.mark.parametrize(("code", "has_started"), [(3, False), (0, True), (-9, True)])
def test_serve_knows_if_a_worker_could_not_start(
    monkeypatch: pytest.MonkeyPatch, code: int, *, has_started: bool
) -> None:
    class Supervisor:
        def __init__(self, *_: object, **__: object) -> None:
            self.processes = [SimpleNamespace(exitcode=code)]

        def run(self) -> None:
            """Return at once."""

    monkeypatch.setattr("uvicorn.supervisors.Multiprocess", Supervisor)
    config = serve._uvicorn_config(Settings(workers=2))

    with socket.socket() as unused:
        assert serve._serve(config, unused) is has_started


@pytest.mark.slow
def test_serve_prints_a_key_and_a_request_that_works_as_pasted(
    server: live.LiveServer,
) -> None:
    server.start()

    line = next(line for line in printed(server) if line.startswith("curl "))
    done = subprocess.run(
        shlex.split(line), capture_output=True, text=True, check=True, timeout=30
    )

    head, _, body = done.stdout.replace("\r", "").partition("\n\n")
    assert head.startswith("HTTP/1.1 200")
    assert "x-saring-verdict: spam" in head.lower()
    assert body == "true"


@pytest.mark.slow
def test_serve_finds_all_as_it_was_at_the_second_start(server: live.LiveServer) -> None:
    server.start()
    server.stop()
    server.start()
    server.stop()

    keys = [line for line in printed(server) if line.startswith("API key: ")]

    assert len(keys) == 2
    assert keys[0] == keys[1]


@pytest.mark.slow
@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_serve_stops_cleanly_when_asked(
    server: live.LiveServer, workers: int, number: signal.Signals
) -> None:
    server.workers = workers
    server.start()
    process = process_of(server)

    process.send_signal(number)

    assert process.wait(WAIT_SECONDS) == 0
    assert "Traceback" not in server.log_text()
    assert '"event":"server_stopped"' in server.log_text()


@pytest.mark.slow
def test_serve_leaves_no_worker_behind_when_it_is_killed(
    server: live.LiveServer,
) -> None:
    server.workers = 2
    server.start()

    os.kill(process_of(server).pid, signal.SIGKILL)

    wait_until(lambda: is_free(server.port), "the port is free again")


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0


@pytest.mark.slow
def test_serve_says_what_is_wrong_with_the_secret(
    server: live.LiveServer, tmp_path: Path
) -> None:
    server.create_key("Alice")
    (tmp_path / "saring.secret").unlink()

    with pytest.raises(live.NotReadyError, match=r"secret file .* is missing"):
        server.start()
