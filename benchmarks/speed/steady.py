"""Latency at a steady rate, as the writers of comments would feel it.

The load is open: requests have times at which they are due, whatever the server does.
Latency counts from the due time, so that a slow answer is charged for every request
that had to wait behind it (wrk's closed loop would leave those out). Runs in its own
process: `python -m benchmarks.speed.steady PORT REQUESTS RATE SECONDS`.
"""

import json
import re
import select
import socket
import sys
import time
from collections import Counter, deque
from pathlib import Path

from benchmarks.speed.bodies import read_requests
from benchmarks.speed.plan import CONNECTION_COUNT

LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)
GUID = re.compile(rb"x-akismet-guid: *([0-9a-f]+)", re.IGNORECASE)


class Sender:
    """Sends requests when they are due over connections opened beforehand."""

    def __init__(self, port: int, requests: list[bytes]) -> None:
        self.requests = requests
        self.idle = deque(self._connect(port) for _ in range(CONNECTION_COUNT))
        self.due_at: dict[socket.socket, float] = {}
        self.received: dict[socket.socket, bytes] = {}
        self.latencies: list[float] = []
        self.lateness: list[float] = []
        self.bodies: Counter[str] = Counter()
        self.guids: list[str] = []

    @staticmethod
    def _connect(port: int) -> socket.socket:
        connection = socket.create_connection(("127.0.0.1", port))
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        connection.settimeout(0)
        return connection

    def run(self, rate: int, seconds: int) -> None:
        """Send `rate` requests a second for so long, then wait for the answers."""
        start_at, count, number = time.perf_counter() + 0.1, rate * seconds, 0
        deadline = start_at + seconds + 10
        while (number < count or self.due_at) and time.perf_counter() < deadline:
            due_at = start_at + number / rate
            now = time.perf_counter()
            if number < count and now >= due_at and self.idle:
                self._send(self.requests[number % len(self.requests)], due_at, now)
                number += 1
                continue
            may_wait = number < count and self.idle
            self._receive(max(due_at - now, 0) if may_wait else 0.05)

    def _send(self, request: bytes, due_at: float, now: float) -> None:
        connection = self.idle.popleft()
        self.lateness.append(now - due_at)
        self.due_at[connection] = due_at
        self.received[connection] = b""
        rest = request[connection.send(request) :]
        while rest:  # a body beyond the socket's buffer: rare, so it may block
            select.select([], [connection], [])
            rest = rest[connection.send(rest) :]

    def _receive(self, wait_seconds: float) -> None:
        ready, _, _ = select.select(list(self.due_at), [], [], wait_seconds)
        for connection in ready:
            data = connection.recv(65_536)
            answer = self.received[connection] + data
            self.received[connection] = answer
            if not data or is_whole(answer):
                self._finish(connection, answer)

    def _finish(self, connection: socket.socket, answer: bytes) -> None:
        self.latencies.append(time.perf_counter() - self.due_at.pop(connection))
        head, _, body = answer.partition(b"\r\n\r\n")
        is_ok = head.startswith(b"HTTP/1.1 200") and body in (b"true", b"false")
        self.bodies[body.decode() if is_ok else "other"] += 1
        if found := GUID.search(head):
            self.guids.append(found[1].decode())
        if answer:
            self.idle.append(connection)


def is_whole(answer: bytes) -> bool:
    """Say whether the answer has its head and all of its body."""
    head, separator, body = answer.partition(b"\r\n\r\n")
    found = LENGTH.search(head)
    return bool(separator) and found is not None and len(body) >= int(found[1])


def percentile(values: list[float], percent: float) -> float:
    """Return the value that `percent` of the sorted values do not exceed."""
    return values[min(int(len(values) * percent / 100), len(values) - 1)]


def main() -> None:
    """Run one steady load and print what it measured as one line of JSON."""
    port, path, rate, seconds = sys.argv[1:5]
    sender = Sender(int(port), read_requests(Path(path)))
    sender.run(int(rate), int(seconds))
    latencies, lateness = sorted(sender.latencies), sorted(sender.lateness)
    result = {f"p{p}_ms": 1e3 * percentile(latencies, p) for p in (50, 99, 99.9)}
    result |= {
        "sent": len(lateness),
        "answered": len(latencies),
        "max_ms": 1e3 * latencies[-1],
        "late_p99_ms": 1e3 * percentile(lateness, 99),
    }
    print(json.dumps({**result, "bodies": sender.bodies, "guids": sender.guids[::25]}))


if __name__ == "__main__":
    main()
