"""The machine and its programs: facts without which no number means anything."""

import importlib.metadata
import os
import platform
import re
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

PACKAGES = ("saring", "uvicorn", "starlette", "uvloop", "httptools", "numpy")
TOOLS = {"wrk": "wrk", "rspamd": "rspamd"}


def need_tools(tools: Mapping[str, str] = TOOLS) -> None:
    """Install programs from Debian where they are missing.

    Args:
        tools: The Debian package of each program.

    Raises:
        SystemExit: They are missing and cannot be installed: this is not root on a
            Debian machine, or Debian's servers cannot be reached.
    """
    missing = [package for tool, package in tools.items() if not shutil.which(tool)]
    if not missing:
        return
    needed = f"Needed first: apt-get install {' '.join(missing)}"
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise SystemExit(needed)
    print(f"installing {' '.join(missing)} from Debian")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends"]
    for command in (["apt-get", "update", "-qq"], [*install, *missing]):
        done = subprocess.run(
            command, env=environment, check=False, capture_output=True, text=True
        )
        if done.returncode:
            raise SystemExit(f"{needed}, which failed here: {done.stderr.strip()}")


def describe() -> dict[str, str]:
    """Return date, processor, memory, system and the versions of what took part."""
    return {
        "date": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        "processor": f"{_processor()}, {os.cpu_count()} cores",
        "memory": f"{_memory_gigabytes():.0f} GB",
        "system": f"{_system()}, Linux {platform.release()}",
        "Python": platform.python_version(),
        **{name: importlib.metadata.version(name) for name in PACKAGES},
        "wrk": program_version(["wrk", "-v"]),
        "Rspamd": program_version(["rspamd", "--version"]),
    }


def _find(path: str, pattern: str) -> str:
    found = re.search(pattern, Path(path).read_text(), re.MULTILINE)
    return found[1] if found else "unknown"


def _processor() -> str:
    return _find("/proc/cpuinfo", r"^model name\s*: (.+)$")


def _memory_gigabytes() -> float:
    return int(_find("/proc/meminfo", r"^MemTotal:\s+(\d+)")) * 1024 / 1e9


def _system() -> str:
    return _find("/etc/os-release", r'^PRETTY_NAME="(.+)"$')


def program_version(command: Sequence[str]) -> str:
    """Return the first number with a dot that a program prints."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    found = re.search(r"\d+(\.\d+)+", done.stdout + done.stderr)
    return found[0] if found else "unknown"
