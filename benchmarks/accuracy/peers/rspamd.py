"""Rspamd with nothing but its Bayes classifier, asked over HTTP."""

import contextlib
import http.client
import json
from collections.abc import Iterator
from pathlib import Path

from benchmarks.accuracy.mails import mail
from benchmarks.accuracy.peers.peer import Maker
from benchmarks.accuracy.plan import CACHE
from benchmarks.accuracy.runs import Opinion
from benchmarks.speed import rspamd
from benchmarks.speed.corpus import Row
from benchmarks.speed.machine import program_version

SETUP = """\
Only its Bayes classifier, on its SQLite backend; the controller both judges and learns,
so a label is in force for the next comment.
Ranked by the score of the symbol, held where the symbol is BAYES_SPAM.
As it comes it says nothing of mails with fewer than 11 words or before 200 of each
label are learned; both minima are 1 here, which helps it.
It still says nothing of many short comments; these rank in the middle."""

WEIGHT = 100.0
COMPILED = CACHE / "rspamd"
_ATTEMPTS = 3

# The symbols' scores are all that is wanted; the speed benchmark only counts symbols.
_HEAD, _, _ = rspamd.CONFIGURATION.partition("metric ")
CONFIGURATION = (
    _HEAD.replace("min_tokens = 11", "min_tokens = 1")
    .replace("min_learns = 200", "min_learns = 1")
    # The list of domains is compiled once and not for ten seconds at every start.
    .replace('hs_cache_dir = "{folder}"', f'hs_cache_dir = "{COMPILED}"')
    + f"""
group "statistics" {{{{
  symbols {{{{
    "BAYES_SPAM" {{{{ weight = {WEIGHT}; }}}}
    "BAYES_HAM" {{{{ weight = -{WEIGHT}; }}}}
  }}}}
}}}}
actions {{{{ reject = 15; add_header = 4; }}}}
"""
)


class Rspamd:
    """A connection to the controller of one Rspamd."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self._mail = b""

    def judge(self, row: Row) -> Opinion:
        """Return the score of the Bayes symbol, if there is one."""
        self._mail = mail(row)
        found = json.loads(self._ask("/checkv2"))
        score = float(found["score"])
        chance = min(max(0.5 + score / (2 * WEIGHT), 0.0), 1.0)
        return Opinion(score, chance, "BAYES_SPAM" in found["symbols"])

    def learn(self, *, is_spam: bool) -> None:
        """Teach the label; Rspamd itself skips a text that it has learned already."""
        self._ask("/learnspam" if is_spam else "/learnham")

    def _ask(self, path: str) -> bytes:
        self._connection.request("POST", path, self._mail)
        return self._connection.getresponse().read()


@contextlib.contextmanager
def open_rspamd(folder: Path) -> Iterator[Rspamd]:
    """Give a new Rspamd, and end it afterwards."""
    COMPILED.mkdir(parents=True, exist_ok=True)
    server = _start(folder)
    with server.program:
        yield Rspamd(server.controller_port)


def _start(folder: Path) -> rspamd.Rspamd:
    """Start Rspamd; again where it fails, as two that take one port would."""
    for attempt in range(_ATTEMPTS - 1):
        with contextlib.suppress(RuntimeError):
            return rspamd.Rspamd(folder / f"rspamd-{attempt}", CONFIGURATION)
    return rspamd.Rspamd(folder / "rspamd", CONFIGURATION)


RSPAMD = Maker(
    "Rspamd, Bayes only",
    SETUP,
    open_rspamd,
    lambda: program_version(["rspamd", "--version"]),
    tool="rspamd",
    milliseconds=4.0,
    row_limit=5_000,
)
