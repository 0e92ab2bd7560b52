"""bogofilter 1.2: words by Fisher's method, one process a mail."""

import contextlib
import subprocess
from collections.abc import Iterator
from pathlib import Path

from benchmarks.accuracy.mails import mail
from benchmarks.accuracy.peers.peer import Maker
from benchmarks.accuracy.runs import Opinion
from benchmarks.speed.corpus import Row
from benchmarks.speed.machine import program_version

SETUP = """\
As it comes (`-C`, no configuration file), with full training, which its FAQ calls the
one that works better: `-u` registers a mail as what it was judged to be; what was wrong
is corrected with `-Ns` or `-Sn`, what was unsure is registered with `-s` or `-n`.
So each label is learned exactly once."""


class Bogofilter:
    """A word list in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self._folder = str(folder)
        self._said, self._mail = "U", b""

    def judge(self, row: Row) -> Opinion:
        """Return the spamicity, and let bogofilter register what it believes."""
        self._mail = mail(row)
        self._said, number = self._run("-u", "-T").split()
        chance = float(number)
        return Opinion(chance, chance, self._said == "S", self._said == "U")

    def learn(self, *, is_spam: bool) -> None:
        """Register what was unsure, and correct what was wrong."""
        if self._said == "U":
            self._run("-s" if is_spam else "-n")
        elif (self._said == "S") != is_spam:
            self._run("-Ns" if is_spam else "-Sn")

    def _run(self, *options: str) -> str:
        done = subprocess.run(
            ["bogofilter", *options, "-C", "-d", self._folder],
            input=self._mail,
            capture_output=True,
            check=False,  # 0, 1 and 2 are verdicts
        )
        if done.returncode > 2:
            raise RuntimeError(f"bogofilter: {done.stderr.decode(errors='replace')}")
        return done.stdout.decode()


@contextlib.contextmanager
def open_bogofilter(folder: Path) -> Iterator[Bogofilter]:
    """Give a new bogofilter."""
    yield Bogofilter(folder)


BOGOFILTER = Maker(
    "bogofilter",
    SETUP,
    open_bogofilter,
    lambda: program_version(["bogofilter", "-V"]),
    tool="bogofilter",
    milliseconds=5.0,
)
