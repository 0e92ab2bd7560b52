"""The pages that are made from the code."""

import shutil
from pathlib import Path

import pytest

from cli.conftest import Run
from saring.cli import reference

ROOT = Path(__file__).parent.parent.parent


def test_reference_writes_every_page_it_makes(run: Run, tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "src" / "saring").mkdir(parents=True)
    (tmp_path / "src" / "saring" / "new.py").write_text('"""New: what\nis new.\n"""\n')
    shutil.copy(ROOT / "ARCHITECTURE.md", tmp_path)

    result = run("reference", str(tmp_path))

    assert result.stdout.splitlines() == list(reference.pages(tmp_path))
    assert (tmp_path / "docs" / "settings.md").exists()
    last = (tmp_path / "ARCHITECTURE.md").read_text("utf-8").splitlines()[-1]
    assert last == "| `new.py` | New: what is new. |"


@pytest.mark.parametrize(
    ("schema", "words"),
    [
        ({"type": "string"}, "string"),
        ({"type": "string", "format": "date-time"}, "date-time"),
        ({"$ref": "Verdict"}, "[Verdict](#verdict)"),
        ({"anyOf": [{"type": "integer"}, {"type": "null"}]}, "integer or null"),
        ({"type": "array", "items": {"type": "string"}}, "array of string"),
        ({"type": "array"}, "array"),
        ({"enum": ["", "ham"]}, '`""` or `"ham"`'),
        ({}, "any value"),
    ],
)
def test_reference_says_a_json_type_in_words(
    schema: dict[str, object], words: str
) -> None:
    assert reference._kind(schema) == words
