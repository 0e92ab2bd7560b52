"""The command line as a whole: help, version, exit codes."""

import pytest

import saring
from cli.conftest import Run
from saring.cli import COMMANDS
from saring.cli.options import help_line, metavar
from saring.settings import all_settings


def flat(text: str) -> str:
    return "".join(text.split())


def test_saring_tells_its_version(run: Run) -> None:
    assert run("--version").stdout == f"saring, version {saring.__version__}\n"


def test_saring_lists_its_commands_in_the_order_of_their_use(run: Run) -> None:
    lines = run("--help").stdout.splitlines()

    listed = [line.split()[0] for line in lines[lines.index("Commands:") + 1 :]]
    assert listed == [name for name in COMMANDS if name != "reference"]


@pytest.mark.parametrize("name", COMMANDS)
def test_saring_explains_each_command(run: Run, name: str) -> None:
    result = run(name, "--help")

    assert result.exit_code == 0
    assert result.stdout.startswith(f"Usage: saring {name}")


def test_saring_refuses_an_unknown_command(run: Run) -> None:
    assert run("filter").exit_code == 2


def test_serve_help_is_made_from_the_settings(run: Run) -> None:
    text = flat(run("serve", "--help").stdout)

    for each in all_settings():
        assert flat(f"{each.option} {metavar(each)} {help_line(each)}") in text


def test_saring_ends_with_2_for_wrong_settings_and_names_them_all(run: Run) -> None:
    result = run("serve", "--port", "x", "--workers", "0", "--log-level", "loud")

    assert result.exit_code == 2
    for option in ("--port", "--workers", "--log-level"):
        assert f"{option} is" in result.stderr


def test_saring_ends_with_1_for_a_failure(run: Run) -> None:
    result = run("explain", "0" * 32)

    assert result.exit_code == 1
    assert result.stderr == "Error: there is no store at sqlite:///var/saring.db\n"
