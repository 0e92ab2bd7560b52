"""`saring serve`: the server, in one process or several."""

import contextlib
import errno
import gc
import multiprocessing
import os
import shlex
import signal
import socket
import threading
from typing import TYPE_CHECKING

import click

from saring import __version__, log
from saring.cli.options import with_settings
from saring.settings import Settings, all_settings, environment_of, read_settings

if TYPE_CHECKING:
    import uvicorn
    from starlette.applications import Starlette

    from saring.ledger.records import Key

BACKLOG = 2048
STOP_SECONDS = 10
IDLE_SECONDS = 30
GC_OBJECTS = 20_000

EXAMPLE_FIELDS = {
    "blog": "https://example.org",
    "user_ip": "203.0.113.7",
    "comment_author": "Sam",
}
EXAMPLE_CONTENT = (
    "comment_content=S L O T  G A C O R 88 maxwin tiap hari, daftar: slot88.example"
)


@click.command()
@with_settings(*[setting.name for setting in all_settings()])
def serve(settings: Settings) -> None:
    """Run the server; the first start makes the store, its secret and a key."""
    log.configure(settings.log_level, settings.log_format)
    listener = _listen(settings)
    with listener:
        _announce(settings, listener.getsockname()[1], _prepare_store(settings))
        _run(settings, listener)


def _listen(settings: Settings) -> socket.socket:
    """Return a socket that takes connections from now on.

    Raises:
        click.ClickException: The port is in use, or the host is not this machine.
    """
    where = (settings.host, settings.port)
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        return socket.create_server(where, family=family, backlog=BACKLOG)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            reason = "is in use; stop what uses it, or choose another with --port"
        else:
            reason = f"cannot be used: {error.strerror or error}"
        raise click.ClickException(
            f"port {settings.port} of {settings.host} {reason}"
        ) from error


def _prepare_store(settings: Settings) -> "list[Key]":
    """Bring the store up to date and return the keys in force, at least one."""
    from saring.cli.stores import (  # noqa: PLC0415 - slow to import
        FIRST_OWNER,
        keys_in_force,
        open_store,
    )

    with open_store(settings) as store:
        return keys_in_force(store) or [store.create_key(FIRST_OWNER)]


def _announce(settings: Settings, port: int, keys: "list[Key]") -> None:
    address = local_address(settings, port)
    more = f"   ({len(keys) - 1} more: saring keys list)" if keys[1:] else ""
    click.echo(f"Saring {__version__} listens on {address}")
    click.echo(f"API key: {keys[0].key}{more}")
    click.echo("Try it:")
    click.echo(example_request(address, keys[0].key))
    click.echo("")


def local_address(settings: Settings, port: int) -> str:
    """Return the address at which this machine reaches its own server."""
    host = settings.local_host
    host = f"[{host}]" if ":" in host else host
    return f"http://{host}:{port}{settings.path_prefix}"


def example_request(address: str, key: str) -> str:
    """Return a shell line that has a spam comment checked and shows every header."""
    fields = {"api_key": key, **EXAMPLE_FIELDS}
    words = ["curl", "-i", f"{address}/1.1/comment-check"]
    for name, value in fields.items():
        words += ["-d", f"{name}={value}"]
    return f"{shlex.join(words)} --data-urlencode {shlex.quote(EXAMPLE_CONTENT)}"


def _run(settings: Settings, listener: socket.socket) -> None:
    """Serve until a signal comes.

    Raises:
        click.ClickException: The server, or a worker, could not start.
    """
    import structlog  # noqa: PLC0415 - only the server logs

    logger = structlog.get_logger()
    logger.info(log.SERVER_STARTED, version=__version__, workers=settings.workers)
    # A worker is a new process: it reads the settings again, from the environment.
    os.environ.update(environment_of(click.get_current_context().obj))
    config = _uvicorn_config(settings)
    # uvicorn sends itself the signal again when all is closed; by then it was obeyed.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: None)
    if not _serve(config, listener):
        raise click.ClickException("the server could not start; the log says why")
    logger.info(log.SERVER_STOPPED)


def _serve(config: "uvicorn.Config", listener: socket.socket) -> bool:
    """Serve, and say at the end whether it ever started."""
    import uvicorn  # noqa: PLC0415 - slow to import
    from uvicorn.config import STARTUP_FAILURE  # noqa: PLC0415
    from uvicorn.supervisors import Multiprocess  # noqa: PLC0415

    if config.workers > 1:
        supervisor = Multiprocess(config, sockets=[listener])
        supervisor.run()
        return all(one.exitcode != STARTUP_FAILURE for one in supervisor.processes)
    server = uvicorn.Server(config)
    with contextlib.suppress(SystemExit):
        server.run(sockets=[listener])
    return server.started


def _uvicorn_config(settings: Settings) -> "uvicorn.Config":
    import uvicorn  # noqa: PLC0415 - slow to import

    return uvicorn.Config(
        "saring.cli.serve:application",
        factory=True,
        workers=settings.workers,
        loop="uvloop",
        http="httptools",
        ws="none",
        lifespan="on",
        log_config=None,
        access_log=False,
        # We never read the peer's address: who comments is in the form.
        proxy_headers=False,
        server_header=False,
        backlog=BACKLOG,
        timeout_keep_alive=IDLE_SECONDS,
        timeout_graceful_shutdown=STOP_SECONDS,
    )


def application() -> "Starlette":
    """Return the application of one process, by the settings in its environment."""
    from saring.app import create_app  # noqa: PLC0415 - slow to import
    from saring.service import Service  # noqa: PLC0415

    settings = read_settings({}, os.environ)
    parent = multiprocessing.parent_process()
    if parent is not None:
        log.configure(settings.log_level, settings.log_format)
        threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
    # What is imported by now stays for good: the collector need not look at it again,
    # nor so often at what a check makes and drops.
    gc.freeze()
    gc.set_threshold(GC_OBJECTS, 20, 20)
    return create_app(settings, Service(settings))


def _end_with(parent: "multiprocessing.process.BaseProcess") -> None:
    """Stop this worker when its parent is gone, so that no orphan keeps the port."""
    parent.join()
    os.kill(os.getpid(), signal.SIGTERM)
