"""SpamAssassin 4 with nothing but its Bayes classifier, in one Perl process."""

import contextlib
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from benchmarks.accuracy.mails import mail
from benchmarks.accuracy.peers.peer import Maker
from benchmarks.accuracy.runs import Opinion
from benchmarks.speed.corpus import Row
from benchmarks.speed.machine import program_version

SETUP = """\
Only the Bayes plugin, its chance taken as it is, held from 0.95 on, where the rules it
comes with give 3 to 4 of 5 points.
Every label is learned, as its manual asks for; it learns no automatically.
As it comes it says nothing before 200 ham and 200 spam are learned, which would be most
of the small streams; here it speaks from the first of each on, which helps it.
Where it has no opinion 0.5 is taken."""

HELD_FROM = 0.95
UNSURE_FROM = 0.5


class SpamAssassin:
    """One Perl process that answers line by line."""

    def __init__(self, requests: IO[bytes], answers: IO[bytes]) -> None:
        self._requests, self._answers = requests, answers

    def judge(self, row: Row) -> Opinion:
        """Return the chance that Bayes sees."""
        text = mail(row)
        answer = self._ask(f"judge {len(text)}", text)
        chance = 0.5 if answer == "none" else float(answer)
        held = chance >= HELD_FROM
        return Opinion(chance, chance, held, not held and chance > UNSURE_FROM)

    def learn(self, *, is_spam: bool) -> None:
        """Teach the label."""
        self._ask("spam" if is_spam else "ham")

    def _ask(self, line: str, text: bytes = b"") -> str:
        self._requests.write(f"{line}\n".encode() + text)
        self._requests.flush()
        answer = self._answers.readline().decode().strip()
        if not answer:
            raise RuntimeError("SpamAssassin's process has ended")
        return answer


@contextlib.contextmanager
def open_spamassassin(folder: Path) -> Iterator[SpamAssassin]:
    """Give a new SpamAssassin, and end its process afterwards."""
    script = Path(__file__).with_suffix(".pl")
    with (
        (folder / "stderr.log").open("wb") as log,
        subprocess.Popen(
            ["perl", str(script), str(folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
        ) as process,
    ):
        assert process.stdin  # a pipe
        assert process.stdout  # likewise
        yield SpamAssassin(process.stdin, process.stdout)
        process.stdin.close()


SPAMASSASSIN = Maker(
    "SpamAssassin, Bayes only",
    SETUP,
    open_spamassassin,
    lambda: program_version(["spamassassin", "-V"]),
    tool="spamassassin",
    milliseconds=7.0,
    row_limit=5_000,
)
