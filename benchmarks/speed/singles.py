"""What is measured outside the rounds: start, steady load, judging, rebuild."""

import json
import subprocess
import sys
import time
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any

from benchmarks.speed.plan import ROOT, STEADY_RATE
from benchmarks.speed.processes import free_port
from benchmarks.speed.saring import Store

START_TIMEOUT_SECONDS = 60


def run_module(name: str, *arguments: object) -> dict[str, Any]:
    """Run a part of the benchmark in its own process; return its line of JSON.

    Raises:
        RuntimeError: It failed; the text holds what it said.
    """
    done = subprocess.run(
        [sys.executable, "-m", f"benchmarks.speed.{name}", *map(str, arguments)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    if done.returncode:
        raise RuntimeError(f"{name} failed: {done.stderr[-2000:]}")
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def run_steady(port: int, requests: Path, seconds: int) -> dict[str, Any]:
    """Return the latencies at a steady rate, in milliseconds, and the verdicts."""
    return run_module("steady", port, requests, STEADY_RATE, seconds)


def time_start(store: Store, request: bytes) -> float:
    """Return the seconds from starting the server to its first verdict.

    Raises:
        RuntimeError: It never answered.
    """
    port = free_port()
    head, _, body = request.partition(b"\r\n\r\n")
    kind = "application/x-www-form-urlencoded"
    path = head.split()[1].decode()
    with store.serve(port, 1) as program:
        while time.perf_counter() - program.started_at < START_TIMEOUT_SECONDS:
            if _answers(port, path, body, kind):
                return time.perf_counter() - program.started_at
            time.sleep(0.005)
    raise RuntimeError("the server gave no verdict after its start")


def _answers(port: int, path: str, body: bytes, kind: str) -> bool:
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("POST", path, body, {"Content-Type": kind})
        answer = connection.getresponse()
        return answer.status == 200 and answer.read() in (b"true", b"false")
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()
