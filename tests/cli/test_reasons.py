"""What `saring explain` prints for people."""

import re
from typing import Any

import msgspec
import pytest

from saring import Comment, Engine, Label
from saring.cli.reasons import print_reasons

SPAM = Comment(content="Main 𝗦𝗟𝗢𝗧 g a c o r di \x1b[31m naga77", author="Sam")


@pytest.fixture(scope="module")
def engine() -> Engine:
    engine = Engine("empty")
    engine.learn(SPAM, Label.SPAM)
    engine.learn(Comment(content="terima kasih"), Label.HAM)
    return engine


def told_of(engine: Engine, comment: Comment, language: str = "") -> dict[str, Any]:
    then = msgspec.to_builtins(engine.check(comment))
    now = engine.explain(comment, languages=[language])
    return {**then, "now": msgspec.to_builtins(now)}


def test_print_reasons_shows_all_of_them(
    engine: Engine, capsys: pytest.CaptureFixture[str]
) -> None:
    print_reasons(told_of(engine, SPAM), "")

    lines = capsys.readouterr().out.splitlines()
    assert re.match(r"Held as spam: spam with a probability of 9\d\.\d%", lines[0])
    assert "As sent       Main 𝗦𝗟𝗢𝗧 g a c o r di [31m naga77" in map(str.rstrip, lines)
    assert "Reads         Main slot gacor di [31m naga77" in map(str.rstrip, lines)
    assert any(line.startswith("Weighed most  “") for line in lines)
    assert any("The word “naga77” often stands in spam" in line for line in lines)
    assert any(line.startswith("Nothing small would have") for line in lines)
    assert lines[-1].endswith("decided by the classifier.")


def test_print_reasons_begins_with_what_speaks_for_the_verdict(
    engine: Engine, capsys: pytest.CaptureFixture[str]
) -> None:
    comment = Comment(content="terima kasih, main terus")

    print_reasons(told_of(engine, comment, "id"), "id")

    out = capsys.readouterr().out
    assert out.startswith("Diterbitkan: ")
    assert "akan terbit" not in out
    if "Menunjuk ke spam" in out:
        assert out.index("Menunjuk ke komentar asli") < out.index("Menunjuk ke spam")


def test_print_reasons_tells_what_was_recorded_when_the_comment_is_gone(
    engine: Engine, capsys: pytest.CaptureFixture[str]
) -> None:
    found = {**told_of(engine, SPAM), "now": None}
    found |= {"at": "2026-11-23T04:05:06Z", "score": 0.98764}

    print_reasons(found, "")
    print_reasons(found, "id")

    gone, recorded, gone_id, recorded_id = capsys.readouterr().out.splitlines()
    assert gone == "The comment is no longer kept, so there are no more reasons."
    assert recorded.startswith("When it was checked, November 23, 2026, 4:05:06")
    assert recorded.endswith("Held as spam, score 0.9876, decided by the classifier.")
    assert gone_id.startswith("Komentarnya tidak disimpan lagi")
    assert recorded_id.startswith("Saat diperiksa, 23 November 2026 04.05.06 UTC: ")
    assert recorded_id.endswith("skor 0,9876, diputuskan oleh pengklasifikasi.")


def test_print_reasons_colours_a_terminal(
    engine: Engine, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)

    print_reasons(told_of(engine, SPAM), "")

    out = capsys.readouterr().out
    assert out.startswith("\x1b[1;31mHeld as spam")
    assert "\x1b[31m naga77" not in out
