"""The documentation says what is so: made pages, examples, links, commands."""

import re
import tomllib
from pathlib import Path

import pytest

import saring
from fakes import FakeDesk
from saring.akismet.routes import Calls, Protocol
from saring.api import ROUTES
from saring.cli import COMMANDS
from saring.cli.reference import pages
from saring.settings import all_settings

ROOT = Path(__file__).parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
MADE = pages(ROOT)


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def text_of(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def blocks(language: str) -> list[tuple[str, str]]:
    pattern = re.compile(rf"^ *```{language}\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)
    return [
        (f"{name_of(path)}-{number}", block)
        for path in PAGES
        for number, block in enumerate(pattern.findall(path.read_text("utf-8")), 1)
    ]


EXAMPLES = dict(blocks("python"))


@pytest.mark.parametrize("name", MADE)
def test_docs_made_from_the_code_are_as_the_code_is(name: str) -> None:
    assert text_of(name) == MADE[name], "run `make docs`"


@pytest.mark.parametrize("name", EXAMPLES)
def test_docs_examples_run(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    exec(compile(EXAMPLES[name], name, "exec"), {"__name__": "example"})


def test_docs_show_the_library_at_work() -> None:
    assert any(name.startswith("README.md") for name in EXAMPLES)


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_docs_links_lead_somewhere(path: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)", path.read_text("utf-8"))

    broken = [
        link
        for link in links
        if not link.startswith("http") and not (path.parent / link).exists()
    ]

    assert broken == []


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_docs_name_targets_of_the_makefile(path: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", text_of("Makefile"), re.MULTILINE))

    named = re.findall(
        r"(?:^|`)(?: {4})?make ([a-z-]+)\b", path.read_text(), re.MULTILINE
    )

    assert set(named) <= targets


def test_docs_tell_of_every_setting() -> None:
    page = text_of("docs/settings.md")

    assert all(f"`{each.environment_name}`" in page for each in all_settings())


def test_docs_tell_of_every_command() -> None:
    page = text_of("docs/commands.md")

    shown = set(COMMANDS) - {"reference"}
    assert all(re.search(rf"^## saring {name}\b", page, re.MULTILINE) for name in shown)


def test_docs_tell_of_every_route_of_our_api() -> None:
    page = text_of("docs/api.md")

    assert all(f"`{route.method} {route.path}`" in page for route in ROUTES)


def test_docs_tell_of_every_call_of_the_protocol() -> None:
    page = text_of("docs/akismet.md")

    calls = Protocol(Calls(FakeDesk())).endpoints
    assert [call for call in calls if f"`{call}`" not in page] == []


def test_architecture_names_every_file() -> None:
    page = text_of("ARCHITECTURE.md")
    source = ROOT / "src" / "saring"

    files = [str(path.relative_to(source)) for path in source.rglob("*.py")]

    assert [name for name in files if f"`{name}`" not in page] == []


def test_architecture_has_the_layers_that_are_checked() -> None:
    checks = tomllib.loads(text_of("pyproject.toml"))["tool"]["importlinter"]
    layers = [
        re.sub(" [|:] ", " · ", each) for each in checks["contracts"][0]["layers"]
    ]

    assert "".join(f"    {layer}\n" for layer in layers) in text_of("ARCHITECTURE.md")


def test_changelog_is_headed_by_the_version() -> None:
    headings = re.findall(r"^## (\S+)", text_of("CHANGELOG.md"), re.MULTILINE)

    released = [name for name in headings if name != "Unreleased"]
    assert released[:1] == [saring.__version__]


def test_docs_have_one_sentence_a_line() -> None:
    notes = {ROOT / "docs" / "experiments", ROOT / "docs" / "benchmarks"}
    by_hand = [
        page
        for page in PAGES
        if name_of(page) not in MADE and not notes & set(page.parents)
    ]
    prose = [
        (name_of(page), line)
        for page in by_hand
        for line in page.read_text("utf-8").splitlines()
        if line[:1].isalpha()
    ]

    # A full stop, a blank and a capital inside a line begin a second sentence.
    crowded = [where for where in prose if re.search(r"[a-z)`]\. [A-Z]", where[1])]

    assert crowded == []
