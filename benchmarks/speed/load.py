"""One burst of wrk against one server, with its answers counted."""

import json
import resource
import subprocess
from dataclasses import dataclass
from pathlib import Path

from benchmarks.speed.plan import CONNECTION_COUNT

SCRIPT = Path(__file__).with_name("load.lua")


@dataclass(frozen=True)
class Burst:
    """What one burst of requests brought back.

    Attributes:
        sent: Requests begun; those cut off at the end have no answer.
        ok: Answers with status 200.
        clear: Verdicts: `true`, `false`, or one of Rspamd's Bayes symbols.
        no_symbol: Rspamd's answers without a symbol (too few words, or undecided).
        failed: Broken connections and time-outs.
        wrk_cpu_share: Of one core; near 1 the load itself is the limit.
        server_micros: The server's own CPU time for each answer, in microseconds.
    """

    answered: int
    sent: int
    seconds: float
    ok: int
    said_true: int
    said_false: int
    said_spam: int
    said_ham: int
    no_symbol: int
    other: int
    failed: int
    p50_ms: float
    p99_ms: float
    wrk_cpu_share: float
    server_micros: float
    guids: tuple[str, ...] = ()

    @property
    def rate(self) -> float:
        """Answers a second."""
        return self.answered / self.seconds

    @property
    def is_sound(self) -> bool:
        """Say whether every answer was a verdict, and no connection broke."""
        return self.ok == self.answered and not self.other and not self.failed


@dataclass(frozen=True)
class Wrk:
    """What wrk said at its end, and the CPU seconds it took."""

    counts: dict[str, int | str]
    cpu_seconds: float


def run_wrk(port: int, requests: Path, seconds: int, first: int) -> Wrk:
    """Load the server at this port and return the counts of `load.lua`.

    Raises:
        RuntimeError: wrk ended without a result.
    """
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        [
            *("wrk", "-t1", f"-c{CONNECTION_COUNT}", f"-d{seconds}s"),
            *("--timeout", "10s", "-s", str(SCRIPT), f"http://127.0.0.1:{port}"),
            *("--", str(requests), str(first)),
        ],
        capture_output=True,
        text=True,
        check=False,
        timeout=seconds + 60,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    lines = [line for line in done.stdout.splitlines() if line.startswith("RESULT ")]
    if not lines:
        raise RuntimeError(f"wrk gave no result: {done.stdout} {done.stderr}")
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Wrk(json.loads(lines[-1].removeprefix("RESULT ")), cpu)


def make_burst(wrk: Wrk, server_cpu_seconds: float) -> Burst:
    """Return the burst that wrk and the server's clock tell of."""
    counts = wrk.counts
    answered, seconds = int(counts["answered"]), int(counts["micros"]) / 1e6
    same = ("sent", "ok", "said_true", "said_false", "said_spam", "said_ham")
    return Burst(
        **{name: int(counts[name]) for name in (*same, "no_symbol", "other")},
        answered=answered,
        seconds=seconds,
        failed=int(counts["failed"]) + int(counts["timeouts"]),
        p50_ms=int(counts["p50_us"]) / 1e3,
        p99_ms=int(counts["p99_us"]) / 1e3,
        wrk_cpu_share=wrk.cpu_seconds / seconds,
        server_micros=1e6 * server_cpu_seconds / max(answered, 1),
        guids=tuple(str(counts["guids"]).split()),
    )
