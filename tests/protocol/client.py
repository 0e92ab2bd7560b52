"""Client: somebody else's Akismet client, run as a program of its own.

Clients of the Python index that share the package name "akismet", and those of npm,
each need an environment; it is made here from the lock file beside the program, and
kept until that file changes. A program speaks one JSON line per step (see `steps`).
"""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

HERE = Path(__file__).resolve().parent
TESTS = HERE.parent
NODE_MAJOR = 20
INSTALL_SECONDS = 300

Form = dict[str, str]


class MissingToolError(Exception):
    """A program that the client needs is not on this machine; the text names it."""


class ClientError(Exception):
    """The client raised; `name` is the class of what it raised."""

    def __init__(self, name: str, text: str) -> None:
        super().__init__(f"{name}: {text}")
        self.name = name
        self.text = text


@dataclass(frozen=True)
class Caller:
    """Who calls which server: its address, an API key, a site."""

    base: str
    key: str
    blog: str


class Client:
    """One client program, running.

    Args:
        name: As in `CLIENTS`.
        caller: On whose behalf it calls, and where.
    """

    def __init__(self, name: str, caller: Caller) -> None:
        self.name = name
        self.caller = caller
        self._process = subprocess.Popen(
            CLIENTS[name](),
            env=os.environ | {"PYTHONPATH": str(TESTS), "NODE_NO_WARNINGS": "1"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    def __enter__(self) -> Self:
        """Return the client; leaving ends the program."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the program by closing its input."""
        self._process.communicate()

    def verify(self, key: str | None = None) -> object:
        """Ask whether the key is good."""
        return self._step("verify", None, key)

    def check(self, comment: Form, key: str | None = None) -> object:
        """Return `ham`, `spam` or `discard`."""
        return self._step("check", comment, key)

    def submit(self, label: str, comment: Form, key: str | None = None) -> object:
        """Report the comment as `spam` or `ham`; return what the client does."""
        return self._step(label, comment, key)

    def other(self, call: str) -> object:
        """Make a call that only this client has."""
        return self._step(call, None, None)

    def _step(self, call: str, comment: Form | None, key: str | None) -> object:
        step = {
            "call": call,
            "base": self.caller.base,
            "key": key or self.caller.key,
            "blog": self.caller.blog,
            "comment": comment,
        }
        said = json.loads(self._tell(json.dumps(step)))
        if "raised" in said:
            raise ClientError(said["raised"], said["text"])
        return said["answer"]

    def _tell(self, line: str) -> str:
        """Write a line to the program and return the line it answers."""
        if self._process.stdin is None or self._process.stdout is None:
            raise ClientError("Closed", "no pipes to the program")
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        if not answer:
            raise ClientError("Ended", f"status {self._process.wait()}")
        return answer


def tool(name: str) -> str:
    """Return the path of a program: beside our Python, or on the PATH.

    Raises:
        MissingToolError: It is in neither place.
    """
    beside = Path(sys.executable).parent / name
    found = str(beside) if beside.exists() else shutil.which(name)
    if not found:
        raise MissingToolError(f"{name} is not installed")
    return found


def python_environment(name: str) -> Path:
    """Make the Python environment of `tests/protocol/NAME`; return its interpreter."""
    environment = Path(sys.prefix) / "clients" / name
    _once(
        HERE / name / "uv.lock",
        environment / "made-from",
        [tool("uv"), "sync", "--frozen", "--quiet", "--python", sys.executable],
        {"UV_PROJECT_ENVIRONMENT": str(environment), "UV_PYTHON_DOWNLOADS": "never"},
    )
    return environment / "bin" / "python"


def node_modules() -> Path:
    """Install the npm clients; return Node's program.

    Raises:
        MissingToolError: There is no npm, or no Node of version 20 or newer.
    """
    node = tool("node")
    printed = subprocess.run(
        [node, "--version"], capture_output=True, text=True, check=True
    )
    version = re.match(r"v(\d+)", printed.stdout)
    if not version or int(version[1]) < NODE_MAJOR:
        raise MissingToolError(
            f"Node {printed.stdout.strip()} is older than {NODE_MAJOR}"
        )
    _once(
        HERE / "npm" / "package-lock.json",
        HERE / "npm" / "node_modules" / ".made-from",
        [tool("npm"), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"],
        {},
    )
    return Path(node)


def _once(lock: Path, stamp: Path, install: list[str], settings: Form) -> None:
    """Run an installer in the lock file's folder, unless it ran for the same lock."""
    digest = hashlib.sha256(lock.read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text() == digest:
        return
    outside = {name: text for name, text in os.environ.items() if name != "VIRTUAL_ENV"}
    subprocess.run(
        install,
        cwd=lock.parent,
        env=outside | settings,
        check=True,
        timeout=INSTALL_SECONDS,
    )
    stamp.write_text(digest)


def _npm(package: str) -> list[str]:
    loader = (HERE / "npm" / "lookup.mjs").as_uri()
    return [
        str(node_modules()),
        "--import",
        loader,
        str(HERE / "npm" / "program.mjs"),
        package,
    ]


def _own(folder: str) -> list[str]:
    return [str(python_environment(folder)), str(HERE / folder / "program.py")]


CLIENTS: Mapping[str, Callable[[], list[str]]] = {
    "akismet": lambda: [sys.executable, str(HERE / "pypi_akismet.py")],
    "akismet, async": lambda: [sys.executable, str(HERE / "pypi_akismet.py"), "async"],
    "python-akismet": lambda: _own("python_akismet"),
    "akismet-async": lambda: _own("akismet_async"),
    "npm akismet": lambda: _npm("akismet"),
    "npm akismet-api": lambda: _npm("akismet-api"),
    "npm @cedx/akismet": lambda: _npm("@cedx/akismet"),
}
