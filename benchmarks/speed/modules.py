"""Parts of the benchmark that run in a process of their own."""

import json
import subprocess
import sys
from typing import Any

from benchmarks.speed.plan import ROOT
from benchmarks.speed.processes import plain_environment


def run_module(name: str, *arguments: object) -> dict[str, Any]:
    """Run a part of the benchmark in its own process; return its line of JSON.

    Raises:
        RuntimeError: It failed; the text holds what it said.
    """
    done = subprocess.run(
        [sys.executable, "-m", f"benchmarks.speed.{name}", *map(str, arguments)],
        cwd=ROOT,
        env=plain_environment(),
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    if done.returncode:
        raise RuntimeError(f"{name} failed: {done.stderr[-2000:]}")
    found: dict[str, Any] = json.loads(done.stdout)
    return found
