"""`saring reference`: the pages of the repository that are made from the code."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import msgspec

from saring import api
from saring.cli import main
from saring.settings import Setting, all_settings

HELP_WIDTH = 88

MADE = "<!-- Made from the code by `make docs`; a change here is lost. -->\n\n"

FILES_MARK = (
    "<!-- Made from the code by `make docs`: what each file says of itself. -->"
)

SETTINGS_HEAD = """# Settings

Saring looks for a setting on the command line, then in the environment, then in a TOML
file; else it takes the default.
`--config FILE` or `SARING_CONFIG` names the TOML file, where a setting has the name in
the first column.
On the command line `spam_cutoff` is `--spam-cutoff`.
A boolean is `true` or `false` and nothing else.
Whatever is wrong is reported together, and nothing starts until it is right.

| name | variable | must be | default | what it does |
|---|---|---|---|---|
"""

SETTINGS_FOOT = """
`SARING_DATABASE_FILE` names a file that holds the address of the store, for addresses
with a password.
No message and no log line ever shows that address whole.
"""

API_HEAD = """# Our own HTTP API

For what the Akismet protocol has no words for: verdicts with four values, scores,
reasons.
Requests and answers are JSON.
Where a key is asked for, send `Authorization: Bearer KEY`.
`GET /v1` lists these routes and `GET /v1/openapi.json` describes them for machines.

An error has a status from 400 on and always this shape, where `field` names the part
at fault and is left out where there is none:

```json
{"error": {"code": "bad_field", "message": "what was wrong", "field": "site"}}
```

## Routes

| route | who may call | answers |
|---|---|---|
"""

COMMANDS_HEAD = """# Commands

Results go to standard output, progress and errors to standard error.
The exit code is 0 when all went well, 1 for a finding or a failure, 2 for wrong usage
or settings.
"""


@click.command(hidden=True)
@click.argument("root", type=click.Path(exists=True, file_okay=False, path_type=Path))
def reference(root: Path) -> None:
    """Write the made pages of the repository at ROOT."""
    for name, text in pages(root).items():
        (root / name).write_text(text, encoding="utf-8")
        click.echo(name)


def pages(root: Path) -> dict[str, str]:
    """Return the text of each made page, by its path in the repository."""
    return {
        "docs/settings.md": settings_page(),
        "docs/commands.md": commands_page(),
        "docs/api.md": api_page(),
        "ARCHITECTURE.md": architecture_page(root),
    }


def architecture_page(root: Path) -> str:
    """Return ARCHITECTURE.md with its last part, the table of files, made anew."""
    written = (root / "ARCHITECTURE.md").read_text(encoding="utf-8")
    prose, mark, _ = written.partition(FILES_MARK)
    source = root / "src" / "saring"
    rows = [
        _row(f"`{path.relative_to(source)}`", _first_sentence(path))
        for path in sorted(source.rglob("*.py"))
    ]
    table = "| file | what is in it |\n|---|---|\n" + "".join(rows)
    return f"{prose}{mark}\n\n{table}"


def _first_sentence(path: Path) -> str:
    text = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    return text.partition("\n\n")[0]


def settings_page() -> str:
    """Return docs/settings.md."""
    rows = "".join(_setting_row(setting) for setting in all_settings())
    return MADE + SETTINGS_HEAD + rows + SETTINGS_FOOT


def _setting_row(setting: Setting) -> str:
    cells = [
        f"`{setting.name}`",
        f"`{setting.environment_name}`",
        setting.wanted,
        f"`{setting.shown_default}`" if setting.shown_default else "none",
        setting.rule.help,
    ]
    return _row(*cells)


def _row(*cells: str) -> str:
    escaped = [" ".join(cell.split()).replace("|", "\\|") for cell in cells]
    return f"| {' | '.join(escaped)} |\n"


def commands_page() -> str:
    """Return docs/commands.md: the help of every command."""
    context = click.Context(main, info_name="saring")
    sections = "".join(_help_sections(main, context))
    return MADE + COMMANDS_HEAD + sections


def _help_sections(group: click.Group, parent: click.Context) -> Iterator[str]:
    """Yield the help of each command of a group, and of the groups in it."""
    for name in group.list_commands(parent):
        command = group.get_command(parent, name)
        if command is None or command.hidden:
            continue
        context = click.Context(command, parent, name, terminal_width=HELP_WIDTH)
        if isinstance(command, click.Group):
            yield from _help_sections(command, context)
        else:
            text = command.get_help(context)
            yield f"\n## {context.command_path}\n\n```text\n{text}\n```\n"


def api_page() -> str:
    """Return docs/api.md: the table of routes, and the objects in their JSON."""
    who = {"nobody": "anyone", "key": "who has a key"}
    rows = "".join(
        _row(f"`{route.method} {route.path}`", who[route.who], route.answers)
        for route in api.ROUTES
    )
    options = "".join(
        f"\n`{route.method} {route.path}` takes `?{name}=`: {meaning}\n"
        for route in api.ROUTES
        for name, meaning in route.options.items()
    )
    kinds = [
        kind for route in api.ROUTES for kind in (route.takes, route.gives) if kind
    ]
    _, objects = msgspec.json.schema_components(kinds, ref_template="{name}")
    titles = "".join(_object(name, objects[name]) for name in sorted(objects))
    return f"{MADE}{API_HEAD}{rows}{options}\n## Objects\n{titles}"


def _object(name: str, schema: dict[str, Any]) -> str:
    about = (schema.get("description") or "").split("Attributes:")[0]
    head = f"\n### {name}\n\n{' '.join(about.split())}\n\n"
    if "enum" in schema:
        return head + "One of " + ", ".join(f"`{v}`" for v in schema["enum"]) + ".\n"
    required = schema.get("required", [])
    rows = "".join(
        _row(f"`{field}`", _kind(kind), "yes" if field in required else "no")
        for field, kind in schema["properties"].items()
    )
    return f"{head}| field | type | required |\n|---|---|---|\n{rows}"


def _kind(schema: dict[str, Any]) -> str:
    """Return a JSON schema's type in a few words."""
    if "$ref" in schema:
        name = schema["$ref"]
        return f"[{name}](#{name.lower()})"
    if "anyOf" in schema:
        return " or ".join(map(_kind, schema["anyOf"]))
    if "enum" in schema:
        return " or ".join(f'`"{value}"`' for value in schema["enum"])
    if schema.get("type") == "array":
        inside = schema.get("items") or {}
        return f"array of {_kind(inside)}" if inside else "array"
    return str(schema.get("format") or schema.get("type") or "any value")
