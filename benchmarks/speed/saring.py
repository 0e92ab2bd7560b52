"""Saring under test: its store, its commands, its server, and what it recorded."""

import contextlib
import json
import re
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path

from benchmarks.speed.corpus import Row
from benchmarks.speed.modules import run_module
from benchmarks.speed.plan import ROOT
from benchmarks.speed.processes import Program, plain_environment

COMMAND = str(Path(sys.executable).with_name("saring"))
KEY = "0123456789ab"


class Store:
    """One SQLite store in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.path = folder / "saring.db"

    @property
    def url(self) -> str:
        """The store's address, as Saring's commands take it."""
        return f"sqlite:///{self.path}"

    def run(self, *arguments: str) -> str:
        """Run a `saring` command on this store and return what it prints.

        Raises:
            RuntimeError: It failed; the text holds its output.
        """
        done = subprocess.run(
            [COMMAND, *arguments],
            cwd=ROOT,
            env={**plain_environment(), "SARING_DATABASE": self.url},
            capture_output=True,
            text=True,
            check=False,
            timeout=600,
        )
        if done.returncode:
            raise RuntimeError(
                f"saring {' '.join(arguments)}: {done.stdout[-1500:]}"
                f"{done.stderr[-1500:]}"
            )
        return done.stdout

    def prepare(self, labelled: Iterable[Row]) -> None:
        """Create the key and learn these labels."""
        self.run("keys", "create", "--key", KEY)
        path = self.folder / "labels.jsonl"
        with path.open("w", encoding="utf-8") as file:
            for row in labelled:
                file.write(json.dumps(row, ensure_ascii=False) + "\n")
        run_module("filling", self.url, KEY, path)
        path.unlink()
        # The first start folds all of it and leaves a checkpoint, as any server's does.
        self.run("rebuild")

    def copy(self, folder: Path) -> "Store":
        """Return a copy of the store, its secret and all, in a new folder."""
        shutil.copytree(self.folder, folder)
        return Store(folder)

    def serve(self, port: int, workers: int) -> Program:
        """Start the server; the caller waits for its port and ends it."""
        return Program(
            [
                *(COMMAND, "serve", "--database", self.url, "--host", "127.0.0.1"),
                *("--port", str(port), "--workers", str(workers)),
            ],
            self.folder / "server.log",
        )

    def count(self, table: str) -> int:
        """Return the number of rows of a table, read from the file itself."""
        return self._ask(f"select count(*) from {table}")

    def sum_of(self, table: str, value: str) -> int:
        """Return the sum of a value over the rows of a table; 0 where it has none."""
        return self._ask(f"select coalesce(sum({value}), 0) from {table}")

    def _ask(self, query: str) -> int:
        with contextlib.closing(self._open()) as database:
            return int(database.execute(query).fetchone()[0])

    def _open(self) -> sqlite3.Connection:
        return sqlite3.connect(f"file:{self.path}?mode=ro", uri=True)

    def find_checks(self, guids: Iterable[str]) -> int:
        """Return how many of these guids are recorded."""
        with contextlib.closing(self._open()) as database:
            return sum(_has_check(database, guid) for guid in guids)

    def count_log_lines(self, event: str) -> int:
        """Return how often the server's log names an event."""
        log = self.folder / "server.log"
        with log.open(errors="replace") as lines:
            return sum(event in line for line in lines)

    def rebuild(self) -> tuple[float, str]:
        """Fold all events anew; return the seconds it took and the model's digest."""
        started_at = time.perf_counter()
        printed = self.run("rebuild")
        seconds = time.perf_counter() - started_at
        found = re.search(r"model (sha256:[0-9a-f]+)\s*$", printed)
        return seconds, found[1] if found else ""


def _has_check(database: sqlite3.Connection, guid: str) -> bool:
    # The store keeps a guid as 16 bytes.
    found = database.execute(
        "select 1 from checks where guid = ?", [bytes.fromhex(guid)]
    )
    return found.fetchone() is not None
