"""What is measured outside the rounds: start, steady load, judging, rebuild."""

import time
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any

from benchmarks.speed.modules import run_module
from benchmarks.speed.plan import STEADY_RATE
from benchmarks.speed.processes import free_port
from benchmarks.speed.saring import Store

START_TIMEOUT_SECONDS = 60


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
