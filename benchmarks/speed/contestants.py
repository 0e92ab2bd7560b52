"""Who is measured: each a running server that takes bursts of its own requests."""

import os
import sys
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.speed.load import Burst, make_burst, run_wrk
from benchmarks.speed.plan import ROOT
from benchmarks.speed.processes import Program, free_port

SARING, TWO_WORKERS = "Saring, 1 worker", "Saring, 2 workers"
CONSTANT, RSPAMD, TRIAL = "constant answer", "Rspamd 3.4, Bayes only", "trial/serve.py"


@dataclass
class Contestant:
    """A running server, the file of its requests, and the bursts it has taken.

    `answered`, `sent` and `guids` count everything that was ever asked of it, warming
    up included, since all of that must be found in its store.
    """

    name: str
    program: Program
    port: int
    requests: Path
    bursts: list[Burst] = field(default_factory=list)
    answered: int = 0
    sent: int = 0
    guids: tuple[str, ...] = ()

    def take_burst(self, seconds: int, *, is_warm_up: bool = False) -> Burst:
        """Load the server for so long, beginning where the last burst stopped."""
        before = self.program.cpu_seconds()
        wrk = run_wrk(self.port, self.requests, seconds, self.sent)
        burst = make_burst(wrk, self.program.cpu_seconds() - before)
        if not is_warm_up:
            self.bursts.append(burst)
        self.answered += burst.answered
        self.sent += burst.sent
        self.guids += burst.guids
        return burst


# What Saring's own server leaves out is left out here too: the ratio is to the best.
LEAN = ("--no-server-header", "--no-proxy-headers", "--ws", "none")


def start_uvicorn(
    application: str, folder: Path, log: Path, port: int, *options: str
) -> Program:
    """Start one worker of an application on the stack that Saring stands on."""
    return Program(
        [
            *(sys.executable, "-m", "uvicorn", application, "--app-dir", str(folder)),
            *("--host", "127.0.0.1", "--port", str(port), "--no-access-log"),
            *("--loop", "uvloop", "--http", "httptools", "--log-level", "warning"),
            *options,
        ],
        log,
        {"DATABASE": str(log.with_suffix(".db")), "PYTHONDONTWRITEBYTECODE": "1"},
    )


def start_constant(folder: Path) -> tuple[Program, int]:
    """Start the constant-answer endpoint and return it with its port."""
    port = free_port()
    application = "benchmarks.speed.constant:app"
    program = start_uvicorn(application, ROOT, folder / "constant.log", port, *LEAN)
    program.wait_for(port)
    return program, port


def trial_folder() -> Path:
    """Return where the trial of the fast path should lie (SARING_TRIAL)."""
    return Path(os.environ.get("SARING_TRIAL", ROOT.parent / "shared" / "trial"))


def start_trial(folder: Path) -> tuple[Program, int]:
    """Start the trial's server and return it with its port."""
    port = free_port()
    program = start_uvicorn("serve:app", trial_folder(), folder / "trial.log", port)
    program.wait_for(port)
    return program, port
