"""What commands print, on a terminal and elsewhere."""

import pytest

from saring.cli import output


def as_terminal(monkeypatch: pytest.MonkeyPatch, stream: str) -> None:
    monkeypatch.setattr(f"sys.{stream}.isatty", lambda: True)


def test_table_is_separated_by_tabs_in_a_pipe(
    capsys: pytest.CaptureFixture[str],
) -> None:
    output.print_table(("a", "b"), [(1, None), ("x", "y")])

    assert capsys.readouterr().out == "a\tb\n1\t\nx\ty\n"


def test_table_is_ruled_on_a_terminal(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    as_terminal(monkeypatch, "stdout")

    output.print_table(("a", "b"), [("[red]", 2)])

    printed = capsys.readouterr().out
    assert "[red]" in printed
    assert "\t" not in printed


def test_progress_is_silent_in_a_pipe(capsys: pytest.CaptureFixture[str]) -> None:
    with output.counting("learning", 2) as advance:
        advance(1)

    assert capsys.readouterr().err == ""


def test_progress_is_shown_on_a_terminal(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    as_terminal(monkeypatch, "stderr")

    with output.counting("learning", 2) as advance:
        advance(1)

    captured = capsys.readouterr()
    assert "learning" in captured.err
    assert captured.out == ""
