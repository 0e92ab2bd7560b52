"""Looks: how often the benchmark part of the data was looked at, and by which program.

Each look may tempt somebody to choose by it, so all of them are told.
"""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

Look = dict[str, str]


def read_looks(path: Path) -> list[Look]:
    """Return the looks that the numbers of an earlier run tell of."""
    looks: list[Look] = _read(path).get("looks", [])
    return looks


def add_look(path: Path, program: str) -> list[Look]:
    """Write one more look into the numbers, before the looking; return them all.

    A program that looks again sees what it saw, so that is the same look.
    """
    looks = read_looks(path)
    if not looks or looks[-1]["program"] != program:
        date = datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")
        looks = [*looks, {"date": date, "program": program}]
        write_numbers(path, {**_read(path), "looks": looks})
    return looks


def write_numbers(path: Path, numbers: dict[str, Any]) -> None:
    """Write all that is known as JSON."""
    text = json.dumps(numbers, indent=1, ensure_ascii=False)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text + "\n", encoding="utf-8")


def _read(path: Path) -> dict[str, Any]:
    if not path.is_file():
        return {}
    numbers: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return numbers
