"""Table: all peers."""

from dataclasses import replace

from benchmarks.accuracy.peers import trial
from benchmarks.accuracy.peers.bogofilter import BOGOFILTER
from benchmarks.accuracy.peers.peer import Maker
from benchmarks.accuracy.peers.rspamd import RSPAMD
from benchmarks.accuracy.peers.sgd import SGD
from benchmarks.accuracy.peers.spamassassin import SPAMASSASSIN
from benchmarks.accuracy.peers.spamprobe import SPAMPROBE

LONGEST = 14_000
"""Slower peers are run on so many comments of a stream, or a run would take hours."""

OPEN_PEERS = (
    replace(BOGOFILTER, row_limit=LONGEST),
    replace(SPAMPROBE, row_limit=LONGEST),
    SPAMASSASSIN,
    RSPAMD,
    replace(SGD, row_limit=LONGEST),
)
"""Filters that anybody can have."""


def peers() -> tuple[Maker, ...]:
    """Return all peers; without the trial where its folder is not there."""
    return (*OPEN_PEERS, *([trial.TRIAL] if trial.source().is_file() else []))
