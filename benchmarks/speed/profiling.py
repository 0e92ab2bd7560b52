"""Where Saring's time goes: a sampled profile of the server under load.

py-spy looks at the running worker from outside, so that what is measured is the
server as it is. A step's microseconds are its share of the samples times the CPU time
that one check cost in the same seconds.
"""

import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from benchmarks.speed.bars import digits
from benchmarks.speed.contestants import Contestant
from benchmarks.speed.report import table

RATE_HZ = 200

# The deepest frame of Saring's that matches says which step a sample belongs to.
STEPS = {
    "saring/akismet/pars": "parse",
    "saring/akismet/form": "parse",
    "saring/akismet/field": "parse",
    "saring/akismet": "route and answer",
    "saring/markup": "judge: markup",
    "saring/features": "judge: features",
    "saring/fold": "judge: score",
    "saring/classifiers": "judge: score",
    "saring/verdict": "judge: other",
    "saring/engine": "judge: other",
    "saring/lists": "judge: other",
    "saring/ledger/sites": "find key and site",
    "saring/ledger/keys": "find key and site",
    "saring/ledger/tenants": "find key and site",
    "saring/ledger": "record",
    "saring/log": "log",
    "saring/": "service and application",
    "starlette": "Starlette",
    "uvicorn": "uvicorn",
}

# Threads that wait for work may look busy from outside.
WAITING = ("_worker (", "wait (threading")


@dataclass(frozen=True)
class Profile:
    """Microseconds of a check by step, by function alone, by function with callees."""

    steps: dict[str, float]
    alone: dict[str, float]
    whole: dict[str, float]


def step_of(frames: list[str]) -> str:
    """Return the step that a stack (outermost frame first) belongs to."""
    for frame in reversed(frames):
        for part, step in STEPS.items():
            if part in frame:
                return step
    return "Python and event loop"


def short(frame: str) -> str:
    """Return `function (folder/file)` of py-spy's `function (path/to/file.py:12)`."""
    name, _, place = frame.rpartition(" (")
    return f"{name} ({'/'.join(place.split(':')[0].rstrip(')').split('/')[-2:])})"


def read_profile(raw: str, micros: float) -> Profile:
    """Return the profile from collapsed stacks; `micros` is the cost of a check."""
    steps, alone, whole = Counter[str](), Counter[str](), Counter[str]()
    for line in raw.splitlines():
        stack, _, count = line.rpartition(" ")
        frames = stack.split(";")
        if frames[-1].startswith(WAITING):
            continue
        steps[step_of(frames)] += int(count)
        alone[short(frames[-1])] += int(count)
        for frame in {short(frame) for frame in frames if "saring/" in frame}:
            whole[frame] += int(count)
    unit = micros / max(steps.total(), 1)
    by_cost = [
        {name: unit * count for name, count in counts.most_common()}
        for counts in (steps, alone, whole)
    ]
    return Profile(*by_cost)


def profile_server(contestant: Contestant, folder: Path, seconds: int) -> Profile:
    """Load the server and sample its worker for so long."""
    contestant.take_burst(2, is_warm_up=True)
    output = folder / "stacks.txt"
    pid = contestant.program.processes()[-1]
    command = [str(Path(sys.executable).with_name("py-spy")), "record"]
    options = ["--format", "raw", "--rate", str(RATE_HZ)]
    options += ["--duration", str(seconds), "--output", str(output)]
    # The worker stands still while it is looked at: that costs it rate, not CPU time.
    spy = subprocess.Popen(
        [*command, "--pid", str(pid), *options],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    time.sleep(0.3)
    burst = contestant.take_burst(seconds + 1)
    spy.wait(timeout=60)
    return read_profile(output.read_text(), burst.server_micros)


def show_profile(profile: Profile) -> str:
    """Return the profile as three tables."""
    parts = []
    for head, values, limit in (
        ("step", profile.steps, 20),
        ("function, with what it calls", profile.whole, 40),
        ("function alone", profile.alone, 40),
    ):
        rows = [(name, digits(micros)) for name, micros in values.items()][:limit]
        parts.append(table((head, "µs/check"), rows))
    return "\n\n".join(parts)


def show_steps(steps: dict[str, dict[str, float]]) -> str:
    """Return the steps, each measured by itself, as a table."""
    rows = [
        (name, digits(cost["floor"]), digits(cost["median"]))
        for name, cost in steps.items()
    ]
    return table(("step by itself", "floor, µs", "median, µs"), rows)
