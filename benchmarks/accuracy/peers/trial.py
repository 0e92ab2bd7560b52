"""The small trial that was there before Saring, read from its folder."""

import contextlib
import hashlib
import importlib.util
import math
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

from benchmarks.accuracy.peers.peer import Maker
from benchmarks.accuracy.runs import Opinion
from benchmarks.speed.contestants import trial_folder
from benchmarks.speed.corpus import Row

SETUP = """\
A hundred lines that were there before Saring: n-grams of three views of name, URL and
text, character classes, online logistic regression.
Its `features` and `Learner` are called as its own test-then-train does."""

LARGEST_MARGIN = 30.0


def source() -> Path:
    """Return the file of the trial."""
    return trial_folder() / "trial.py"


def load() -> ModuleType:
    """Return the trial as a module."""
    spec = importlib.util.spec_from_file_location("saring_trial", source())
    assert spec  # a file that ends in .py has one
    assert spec.loader  # likewise
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Trial:
    """A learner that has learned nothing."""

    def __init__(self) -> None:
        self._trial = load()
        self._learner = self._trial.Learner()
        self._slots, self._margin = None, 0.0

    def judge(self, row: Row) -> Opinion:
        """Return the margin and the chance."""
        names = f"{row.get('comment_author', '')} {row.get('comment_author_url', '')}"
        text = f"{names.strip()}\n{row.get('comment_content', '')}"
        self._slots = self._trial.features(text)
        self._margin = self._learner.margin(self._slots)
        cut = max(-LARGEST_MARGIN, min(LARGEST_MARGIN, self._margin))
        return Opinion(self._margin, 1 / (1 + math.exp(-cut)), self._margin > 0)

    def learn(self, *, is_spam: bool) -> None:
        """Take one step."""
        self._learner.learn(self._slots, self._margin, is_spam)


@contextlib.contextmanager
def open_trial(_folder: Path) -> Iterator[Trial]:
    """Give a new trial."""
    yield Trial()


TRIAL = Maker(
    "trial",
    SETUP,
    open_trial,
    lambda: hashlib.sha256(source().read_bytes()).hexdigest()[:12],
    has_other_orders=True,
)
