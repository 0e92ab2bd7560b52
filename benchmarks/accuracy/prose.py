"""Prose: what the report says in words, whatever the numbers are (prose.md)."""

import re
from pathlib import Path

PICTURES = {
    "Spam missed against ham held": "accuracy-roc.svg",
    "How fast they learn": "accuracy-learning.svg",
    "Do the chances come true?": "accuracy-calibration.svg",
}


def read_prose() -> dict[str, str]:
    """Return the sections of prose.md by their headings."""
    text = Path(__file__).with_suffix(".md").read_text(encoding="utf-8")
    parts = re.split(r"^# (.+)\n", text, flags=re.MULTILINE)[1:]
    return {
        name: words.strip() for name, words in zip(parts[::2], parts[1::2], strict=True)
    }
