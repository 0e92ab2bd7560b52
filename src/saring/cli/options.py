"""Options that are settings: made from the fields of `Settings`, help line and all."""

import functools
import os
from collections.abc import Callable, Mapping
from typing import Any

import click

from saring.settings import Setting, Settings, all_settings, read_settings

Command = Callable[..., None]


def with_settings(*names: str) -> Callable[[Command], Command]:
    """Give a command the options of these settings; its first argument is `Settings`.

    `--config` and the store's own (`--database`, `--secret-file`) are always there.
    What was given on the command line stays in the context's `obj`, by name.
    """
    wanted = {"database", "secret_file", *names}
    chosen = [setting for setting in all_settings() if setting.name in wanted]

    def decorate(command: Command) -> Command:
        @functools.wraps(command)
        def run(**given: Any) -> None:  # noqa: ANN401 - whatever click passes
            names = ["config", *(setting.name for setting in chosen)]
            options = {name: given.pop(name) for name in names}
            click.get_current_context().obj = options
            command(_read(options), **given)

        decorated: Command = run
        for option in reversed([*map(_option, chosen), _config_option()]):
            decorated = option(decorated)
        return decorated

    return decorate


def _read(options: Mapping[str, str | None]) -> Settings:
    return read_settings(options, os.environ)


def _option(setting: Setting) -> Callable[[Command], Command]:
    # Always text: one place, `read_settings`, says what is wrong with a value.
    return click.option(
        setting.option, setting.name, metavar=metavar(setting), help=help_line(setting)
    )


def _config_option() -> Callable[[Command], Command]:
    return click.option(
        "--config",
        metavar="FILE",
        help="TOML file with settings.  [SARING_CONFIG]",
    )


def metavar(setting: Setting) -> str:
    """Return what stands for the value in a help text."""
    if setting.rule.choices:
        return "|".join(setting.rule.choices)
    return {str: "TEXT", bool: "true|false"}.get(setting.kind, "NUMBER")


def help_line(setting: Setting) -> str:
    """Return a setting's help with its variable and its default."""
    default = f"; default {setting.shown_default}" if setting.shown_default else ""
    return f"{setting.rule.help}  [{setting.environment_name}{default}]"
