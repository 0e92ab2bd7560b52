"""Messages: both languages say the same, with the same places to fill."""

import re
from datetime import UTC, datetime
from importlib.resources import files

import pytest
from fluent.runtime import FluentBundle, FluentResource
from fluent.syntax import FluentParser, ast
from fluent.syntax.visitor import Visitor

from saring import messages, phrases, telling
from saring.messages import LANGUAGES


class Places(Visitor):
    def __init__(self) -> None:
        self.names: set[str] = set()

    def visit_VariableReference(self, node: ast.VariableReference) -> None:  # noqa: N802 - named by the library
        self.names.add(node.id.name)


def places_of(message: ast.Message) -> set[str]:
    visitor = Places()
    visitor.visit(message)
    return visitor.names


def resources(language: str) -> list[ast.Resource]:
    folder = files(messages) / language
    texts = [path.read_text(encoding="utf-8") for path in folder.iterdir()]
    return [FluentParser().parse(text) for text in texts]


def messages_of(language: str) -> dict[str, set[str]]:
    return {
        entry.id.name: places_of(entry)
        for resource in resources(language)
        for entry in resource.body
        if isinstance(entry, ast.Message)
    }


ENGLISH = messages_of("en")
NUMBERS = ("count", "score", "share", "low", "high", "start", "end")


@pytest.mark.parametrize("language", LANGUAGES)
def test_messages_can_all_be_read(language: str) -> None:
    junk = [
        entry.content
        for resource in resources(language)
        for entry in resource.body
        if isinstance(entry, ast.Junk)
    ]

    assert junk == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_messages_are_the_same_in_every_language(language: str) -> None:
    assert messages_of(language).keys() == ENGLISH.keys()


@pytest.mark.parametrize("name", ENGLISH)
def test_messages_fill_the_same_places_in_every_language(name: str) -> None:
    # A language without plurals need not ask how many seconds there are.
    optional = {"low", "high"}

    found = [messages_of(language)[name] - optional for language in LANGUAGES]

    assert all(places == found[0] for places in found)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ENGLISH)
def test_messages_say_something_without_errors(name: str, language: str) -> None:
    bundle = FluentBundle([language], use_isolating=False)
    for path in (files(messages) / language).iterdir():
        bundle.add_resource(FluentResource(path.read_text(encoding="utf-8")))
    pattern = bundle.get_message(name).value
    assert pattern is not None

    for count in (0, 1, 2, 5):
        filled: dict[str, object] = dict.fromkeys(ENGLISH[name], "x")
        filled |= dict.fromkeys(NUMBERS, count)
        filled["at"] = datetime(2026, 11, 23, tzinfo=UTC)
        text, errors = bundle.format_pattern(pattern, filled)
        assert errors == []
        assert str(text).strip()


def test_messages_are_all_used() -> None:
    source = "".join(
        path.read_text(encoding="utf-8")
        for path in files("saring").iterdir()
        if path.name.endswith(".py")
    )
    source += (files("saring") / "cli" / "reasons.py").read_text(encoding="utf-8")
    # What is put together from a prefix and a name that the code has.
    made = ("said-", "kind-", "step-", "span-in-", "heading-", "clue-")

    unused = [
        name for name in ENGLISH if name not in source and not name.startswith(made)
    ]

    assert unused == []


def test_messages_have_every_clue_that_phrases_name() -> None:
    named = set(re.findall(r"\"(clue-[a-z-]+)=?\"", source_of("phrases.py")))

    assert {name for name in named if name not in ENGLISH} == set()
    assert {
        name
        for name in ENGLISH
        if name.startswith("clue-")
        and name not in named
        and name
        not in {f"clue-{kind}" for kind in ("emoji", "cyrillic", "greek", "mix")}
    } == set()


def source_of(name: str) -> str:
    return (files("saring") / name).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("language", "count", "text"),
    [
        ("en", 0, "It has no links"),
        ("en", 1, "It has one link"),
        ("en", 1_234, "It has 1,234 links"),
        ("id", 1, "Ada 1 tautan"),
        ("id", 1_234, "Ada 1.234 tautan"),
    ],
)
def test_say_counts_as_the_language_does(language: str, count: int, text: str) -> None:
    assert messages.say(language, "clue-links", count=count) == text


def test_say_knows_no_other_message() -> None:
    with pytest.raises(LookupError):
        messages.say("en", "no-such-message")

    assert not messages.has("no-such-message")


@pytest.mark.parametrize(
    ("wanted", "language"),
    [
        ([], "en"),
        (["", "id"], "id"),
        (["fr", "in-ID"], "id"),
        (["EN-gb", "id"], "en"),
        (["fr"], "en"),
        (["id_ID"], "id"),
    ],
)
def test_choose_takes_the_first_language_that_is_ours(
    wanted: list[str], language: str
) -> None:
    assert messages.choose(wanted) == language


@pytest.mark.parametrize(
    ("header", "tags"),
    [
        ("", []),
        ("id", ["id"]),
        ("en;q=0.3, id;q=0.7", ["id", "en"]),
        ("en;q=0, id;Q=1", ["id"]),
        ("en;q=nan, ;q=1, id", ["id"]),
        ("en;x=1", ["en"]),
    ],
)
def test_accepted_orders_by_quality(header: str, tags: list[str]) -> None:
    assert messages.accepted(header) == tags


def test_telling_has_a_kind_for_every_family_and_step() -> None:
    from saring.engine import STEPS  # noqa: PLC0415
    from saring.features import FAMILIES  # noqa: PLC0415

    assert len(STEPS) == 6
    names = [*FAMILIES, "asked", "administrator", "allowlist", "blocklist"]
    names += ["honeypot", "pre_check", telling.CLASSIFIER]

    assert [name for name in names if not messages.has(f"kind-{name}")] == []
    assert telling.tell_kind("something", "en") == "something"


def test_quote_keeps_terminals_safe() -> None:
    assert phrases.quote("a\x1b[31m\u202eb\ud800") == "a[31mb"
    assert len(phrases.quote("x" * 200)) == phrases.MAX_QUOTE
