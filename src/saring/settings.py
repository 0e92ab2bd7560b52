"""Every setting of Saring: name, type, default, bounds and help line, in one place.

`read_settings` runs once, in `cli`; what it returns is passed on. Nothing is global or
read at import. `--help` and docs/settings.md are made from the same fields.
"""

import dataclasses
import difflib
import re
import tomllib
import types
import typing
from collections.abc import Iterator, Mapping
from pathlib import Path

from saring.errors import SettingsError
from saring.verdict import Cutoffs

PREFIX = "SARING_"
DEFAULT_DATABASE = "sqlite:///var/saring.db"

Value = str | int | float | bool | None


@dataclasses.dataclass(frozen=True, kw_only=True)
class Rule:
    """What a value must be, beyond its type.

    Attributes:
        pattern: A regular expression that text must match whole.
        wanted: The pattern, or the choices, in words.
        is_secret: Never printed; `SARING_NAME_FILE` may name a file that holds it.
    """

    help: str
    low: float = 0
    high: float = 0
    choices: tuple[str, ...] = ()
    pattern: str = ""
    wanted: str = ""
    is_secret: bool = False


@dataclasses.dataclass(frozen=True)
class Setting:
    """One field of `Settings`, as the command line and the documentation see it."""

    name: str
    kind: type[str | int | float | bool]
    default: Value
    rule: Rule

    @property
    def environment_name(self) -> str:
        """Return the name of its environment variable."""
        return PREFIX + self.name.upper()

    @property
    def option(self) -> str:
        """Return its name on the command line."""
        return "--" + self.name.replace("_", "-")

    @property
    def shown_default(self) -> str:
        """Return the default as one would write it; empty where there is none."""
        if isinstance(self.default, bool):
            return str(self.default).lower()
        return "" if self.default is None else str(self.default)

    @property
    def wanted(self) -> str:
        """Return what a value must be, in words that follow "must be"."""
        rule = self.rule
        if self.kind is bool:
            return "true or false"
        if rule.choices:
            return " or ".join(", ".join(rule.choices).rsplit(", ", 1))
        if self.kind is str:
            return rule.wanted or "text"
        noun = "a whole number" if self.kind is int else "a number"
        return f"{noun} from {rule.low:g} to {rule.high:g}"


def _field(default: Value, text: str, **rule: typing.Any) -> typing.Any:  # noqa: ANN401 - as dataclasses.field itself, so that each field keeps its own type
    return dataclasses.field(
        default=default,
        repr=not rule.get("is_secret", False),
        metadata={"rule": Rule(help=text, **rule)},
    )


@dataclasses.dataclass(frozen=True, kw_only=True, slots=True)
class Settings:
    """How one Saring runs: checked whole, frozen, and passed to what needs it."""

    database: str = _field(
        DEFAULT_DATABASE,
        "Address of the store; a relative path starts at the current directory.",
        pattern=r"sqlite:///[^?#]+|postgresql(\+psycopg)?://.+",
        wanted="sqlite:///PATH or postgresql://USER:PASSWORD@HOST/NAME",
        is_secret=True,
    )
    secret_file: str = _field(
        "",
        "File with the store's secret; beside an SQLite store where empty.",
    )
    host: str = _field(
        "127.0.0.1",
        "Address to listen on; 0.0.0.0 for all of the machine's.",
        pattern=r"\S+",
        wanted="a host name or an IP address",
    )
    port: int = _field(
        8383, "Port to listen on; 0 for any free one.", low=0, high=65535
    )
    workers: int = _field(
        1, "Number of worker processes; one for each core is enough.", low=1, high=256
    )
    public_url: str = _field(
        "",
        "Where others reach this server; used in links that leave it.",
        pattern=r"(https?://[^\s/?#]+(/[^\s?#]*[^\s?#/])?)?",
        wanted="http://… or https://… without a slash at the end",
    )
    path_prefix: str = _field(
        "",
        "Path in front of every route, such as /spam.",
        pattern=r"(/[^\s/?#]+)*",
        wanted="a path that begins with a slash and ends without one",
    )
    log_level: str = _field(
        "info",
        "The least that is logged.",
        choices=("debug", "info", "warning", "error"),
    )
    log_format: str = _field(
        "auto",
        "How a line is written; auto takes columns on a terminal, JSON elsewhere.",
        choices=("auto", "columns", "json"),
    )
    unsure_cutoff: float | None = _field(
        None,
        "Score from which a person should look; the base model's where unset.",
        low=0,
        high=1,
    )
    spam_cutoff: float | None = _field(
        None,
        "Score from which a comment is held; the base model's where unset.",
        low=0,
        high=1,
    )
    discard_cutoff: float | None = _field(
        None,
        "Score from which a site that asked for it may drop; the base model's"
        " where unset.",
        low=0,
        high=1,
    )
    error_budget: int = _field(
        0,
        "Of so many honest comments at most one may be held, for sites without a"
        " budget of their own; 0 for the cutoffs alone.",
        low=0,
        high=1_000_000,
    )
    budget_confidence: float = _field(
        0.95, "How sure the error budget must be.", low=0.5, high=0.999
    )
    record_timeout_ms: int = _field(
        500,
        "How long an answer waits for the store before it is given as degraded,"
        " milliseconds.",
        low=1,
        high=60000,
    )
    check_retention_days: int = _field(
        90, "How long the comment of a check is kept, days.", low=1, high=3650
    )
    event_retention_days: int = _field(
        365,
        "How long a label keeps its features, and can be unlearned, days.",
        low=1,
        high=3650,
    )
    single_tenant: bool = _field(
        False,  # noqa: FBT003 - a default, named by its field
        "Answer requests without a key as if they had the only key there is.",
    )

    @property
    def cutoffs(self) -> Cutoffs | None:
        """Return the cutoffs that are set, or None for the base model's."""
        unsure, spam = self.unsure_cutoff, self.spam_cutoff
        if unsure is None or spam is None or self.discard_cutoff is None:
            return None
        return Cutoffs(unsure, spam, self.discard_cutoff)

    @property
    def masked_database(self) -> str:
        """Return the store's address with stars for its password."""
        return re.sub(r"(://[^/:@]*:).*@", r"\1****@", self.database)

    @property
    def local_host(self) -> str:
        """Return the host by which this machine reaches its own server."""
        every = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - compared, not bound
        return every.get(self.host, self.host)


def all_settings() -> tuple[Setting, ...]:
    """Return what can be set, in the order of the documentation."""
    hints = typing.get_type_hints(Settings)
    return tuple(
        Setting(
            field.name,
            _kind(hints[field.name]),
            typing.cast("Value", field.default),
            field.metadata["rule"],
        )
        for field in dataclasses.fields(Settings)
    )


def _kind(hint: type | types.UnionType) -> type[str | int | float | bool]:
    """Return the type of a field that may also be None."""
    options: tuple[type, ...] = typing.get_args(hint) or (hint,)
    return next(option for option in options if option is not types.NoneType)


def read_settings(
    options: Mapping[str, str | None], environment: Mapping[str, str]
) -> Settings:
    """Return the settings, checked whole.

    The command line comes first, then the environment, the TOML file, the default.

    Args:
        options: From the command line, by name; None where not given. `config` names
            the TOML file, as `SARING_CONFIG` does.
        environment: The process's variables.

    Raises:
        SettingsError: The text names every fault, one a line, and what would be right.
    """
    faults: list[str] = []
    config = options.get("config") or environment.get(PREFIX + "CONFIG", "")
    table = _read_table(config, faults) if config else {}
    values: dict[str, Value] = {}
    for setting in all_settings():
        try:
            source, raw = _find(setting, options, environment, table)
            if source:
                values[setting.name] = _parse(setting, source, raw)
        except SettingsError as error:
            values[setting.name] = None
            faults.append(str(error))
    faults.extend(_cutoff_faults(values))
    if values.get("error_budget") == 1:
        faults.append("error_budget is 1; it must be 0, or 2 and more")
    if faults:
        raise SettingsError("\n".join(faults))
    return Settings(**values)  # type: ignore[arg-type]  # _parse gave each its type


def environment_of(options: Mapping[str, str | None]) -> dict[str, str]:
    """Return command line options as variables, for processes that start later."""
    return {
        PREFIX + name.upper(): value
        for name, value in options.items()
        if value is not None
    }


def _find(
    setting: Setting,
    options: Mapping[str, str | None],
    environment: Mapping[str, str],
    table: Mapping[str, object],
) -> tuple[str, object]:
    """Return where a value comes from and the value; no source means the default."""
    given = options.get(setting.name)
    if given is not None:
        return setting.option, given
    variable = setting.environment_name
    if variable in environment:
        return variable, environment[variable]
    if setting.rule.is_secret and variable + "_FILE" in environment:
        return variable + "_FILE", _read_secret(environment[variable + "_FILE"])
    if setting.name in table:
        return setting.name, table[setting.name]
    return "", None


def _read_secret(path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(
            f"{path} cannot be read: {error}; it must be a file of text"
        ) from error


def _read_table(path: str, faults: list[str]) -> dict[str, object]:
    try:
        with Path(path).open("rb") as file:
            table = tomllib.load(file)
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        faults.append(f"{path} cannot be read: {error}; it must be a TOML file")
        return {}
    faults.extend(_unknown_names(path, table))
    return table


def _unknown_names(path: str, table: Mapping[str, object]) -> Iterator[str]:
    names = [setting.name for setting in all_settings()]
    for name in table:
        if name not in names:
            near = difflib.get_close_matches(name, names, n=1)
            hint = f"; did you mean {near[0]}?" if near else ""
            yield f"{path} names {name}, which is no setting{hint}"


def _parse(setting: Setting, source: str, raw: object) -> Value:
    value = _typed(setting.kind, raw)
    if value is None or not _holds(setting.rule, value):
        shown = "not right" if setting.rule.is_secret else repr(raw)
        raise SettingsError(f"{source} is {shown}; it must be {setting.wanted}")
    return value


def _typed(kind: type, raw: object) -> Value:
    """Return the value in its type, or None where it has another."""
    if isinstance(raw, str):
        return _from_text(kind, raw.strip())
    if isinstance(raw, bool) or not isinstance(raw, (int, float)):
        return raw if isinstance(raw, bool) and kind is bool else None
    if kind is float:
        return float(raw)
    return raw if type(raw) is kind else None


def _from_text(kind: type, text: str) -> Value:
    if kind is str:
        return text
    if kind is bool:
        return {"true": True, "false": False}.get(text)
    try:
        return int(text) if kind is int else float(text)
    except ValueError:
        return None


def _holds(rule: Rule, value: str | float) -> bool:
    if isinstance(value, str):
        if rule.choices:
            return value in rule.choices
        return not rule.pattern or bool(re.fullmatch(rule.pattern, value))
    # Also false for the float that is no number.
    return isinstance(value, bool) or rule.low <= value <= rule.high


def _cutoff_faults(values: Mapping[str, Value]) -> Iterator[str]:
    names = ("unsure_cutoff", "spam_cutoff", "discard_cutoff")
    found = [value for name in names if isinstance(value := values.get(name), float)]
    if found and len(found) < len(names):
        missing = ", ".join(name for name in names if name not in values)
        yield f"set all three cutoffs or none; unset: {missing}"
    elif found != sorted(found):
        shown = ", ".join(f"{value:g}" for value in found)
        yield f"{', '.join(names)} are {shown}; they must rise in this order"
