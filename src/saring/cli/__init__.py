"""The command line: one module a group of commands, imported when it is called.

Exit codes: 0 for done, 1 for a finding or a failure, 2 for wrong usage or settings.
"""

import importlib

import click

from saring import __version__
from saring.errors import SaringError, SettingsError

COMMANDS = {
    "serve": "serve",
    "keys": "keys",
    "sites": "sites",
    "budget": "budget",
    "audit": "audit",
    "check": "comments",
    "learn": "comments",
    "explain": "comments",
    "campaigns": "campaigns",
    "feedback": "feedback",
    "rebuild": "upkeep",
    "doctor": "upkeep",
    "train": "laboratory",
    "evaluate": "laboratory",
    "demo": "laboratory",
    "reference": "reference",
}
"""Each command and the module that holds it."""


class WrongSettingsError(click.ClickException):
    """Settings are wrong; ends the command with the code for wrong usage."""

    exit_code = 2


class Commands(click.Group):
    """The group of all commands; turns our errors into a line and an exit code."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order of their use."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command, importing its module; None for an unknown name."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"saring.cli.{COMMANDS[cmd_name]}")
        command: click.Command = getattr(module, cmd_name)
        return command

    def invoke(self, ctx: click.Context) -> object:
        """Run a command.

        Raises:
            click.ClickException: It ended with one of our errors; the exit code is 2
                for wrong settings and 1 for everything else.
        """
        try:
            return super().invoke(ctx)
        except SettingsError as error:
            raise WrongSettingsError(str(error)) from error
        except SaringError as error:
            raise click.ClickException(str(error)) from error


@click.command(
    "saring", cls=Commands, context_settings={"help_option_names": ["-h", "--help"]}
)
@click.version_option(__version__, prog_name="saring")
def main() -> None:
    """Filter comment spam; speak the Akismet protocol; say why."""
