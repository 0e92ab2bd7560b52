"""Commands run in this process, on a store of their own."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from saring.cli import main

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Give a function that runs `saring` with these words in an empty folder."""
    monkeypatch.chdir(tmp_path)
    for name in ("SARING_CONFIG", "SARING_DATABASE"):
        monkeypatch.delenv(name, raising=False)

    def run_words(*words: str, text: str | None = None) -> Result:
        return CliRunner().invoke(main, words, input=text)

    return run_words
