"""Programs that the benchmark starts, watches through /proc, and ends."""

import contextlib
import os
import signal
import socket
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Self

from benchmarks.speed.plan import ROOT

TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")


def free_port() -> int:
    """Return a TCP port of 127.0.0.1 that the kernel says is free."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def plain_environment() -> dict[str, str]:
    """Return the environment without Saring's settings.

    A setting of whoever runs the benchmark must not change what is measured.
    """
    return {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("SARING_")
    }


@dataclass(frozen=True)
class Memory:
    """The memory of one process, in megabytes (10^6 bytes)."""

    name: str
    uss: float
    pss: float
    rss: float


class Program:
    """One started program with all its children; a context that ends them."""

    def __init__(
        self,
        command: Sequence[str],
        log: Path,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self.started_at = time.perf_counter()
        self.log, self.command = log, " ".join(command)
        with log.open("ab") as output:
            self._process = subprocess.Popen(
                command,
                cwd=ROOT,
                env={**plain_environment(), **(environment or {})},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def is_running(self) -> bool:
        """Say whether the program has not ended."""
        return self._process.poll() is None

    def processes(self) -> list[int]:
        """Return the process ids of the program and its children, oldest first."""
        found = [self._process.pid]
        for pid in found:
            for path in Path(f"/proc/{pid}/task").glob("*/children"):
                found += [int(child) for child in path.read_text().split()]
        return found

    def cpu_seconds(self) -> float:
        """Return the CPU seconds that the program has taken so far."""
        ticks = 0
        for pid in self.processes():
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            ticks += int(fields[11]) + int(fields[12])
        return ticks / TICKS_PER_SECOND

    def memory(self) -> list[Memory]:
        """Return the memory of each process, the largest first."""
        found = [read_memory(pid) for pid in self.processes()]
        return sorted(found, key=lambda memory: -memory.rss)

    def wait_for(self, port: int, timeout_seconds: float = 60) -> None:
        """Return as soon as the port answers a request, with whatever status.

        Raises:
            RuntimeError: The program ended, or the time ran out.
        """
        deadline = time.monotonic() + timeout_seconds
        while time.monotonic() < deadline and self.is_running:
            # A server may listen long before it is ready, so a connection says little.
            if _answers(port, deadline - time.monotonic()):
                return
            time.sleep(0.02)
        tail = self.log.read_text(errors="replace")[-2_000:]
        raise RuntimeError(f"{self.command} does not answer: {tail}")

    def stop(self) -> None:
        """End the program: a polite signal, then a hard one to its own group."""
        if self.is_running:
            self._process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(timeout=10)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()


def _answers(port: int, timeout_seconds: float) -> bool:
    connection = HTTPConnection("127.0.0.1", port, timeout=timeout_seconds)
    try:
        connection.request("GET", "/")
        connection.getresponse()
    except (OSError, HTTPException):
        return False
    else:
        return True
    finally:
        connection.close()


def read_memory(pid: int) -> Memory:
    """Return the memory of a process: its own, its fair share, all it maps."""
    kilobytes: dict[str, int] = {}
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]:
        name, value = line.split(":")
        kilobytes[name] = int(value.split()[0])
    unshared = kilobytes["Private_Clean"] + kilobytes["Private_Dirty"]
    # Not its whole command line, which would name folders of this machine.
    name = Path(f"/proc/{pid}/comm").read_text()
    sizes = (unshared, kilobytes["Pss"], kilobytes["Rss"])
    return Memory(name.strip(), *[size * 1024 / 1e6 for size in sizes])
