"""Values: what clients write loosely (yes and no, times, slashes), read strictly."""

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from saring.wire.fields import HONEYPOTS

MAX_LANGUAGES = 32
MAX_LANGUAGE_CHARACTERS = 512
MAX_NUMBER_DIGITS = 15
MAX_TIME_CHARACTERS = 64
# As seconds in the year 5138, as milliseconds in 1973.
MAX_SECONDS = 100_000_000_000
NO = frozenset(("", "0", "false", "no", "off", "none", "null"))

# What WordPress hands over as PHP's addslashes leaves it, until it is in its database.
SLASHED_SLOTS = (
    "content",
    "author",
    "author_email",
    "author_url",
    "user_agent",
    "referrer",
    *HONEYPOTS,
)
SLASHED = re.compile(r"[^'\"\\]*(?:\\['\"\\0][^'\"\\]*)*\Z")
ESCAPED = re.compile(r"\\(.)", re.DOTALL)


def is_yes(value: str) -> bool:
    """Return what a loose boolean means; what is absent or empty is no.

    Example:
        >>> is_yes("True"), is_yes("1"), is_yes("False"), is_yes("0"), is_yes("")
        (True, True, False, False, False)

    """
    return value.strip().lower() not in NO


def parse_time(value: str) -> datetime | None:
    """Return a loose date and time in UTC, or None for what is none.

    Example:
        >>> parse_time("2026-11-22 23:11:11")
        datetime.datetime(2026, 11, 22, 23, 11, 11, tzinfo=datetime.timezone.utc)

    """
    value = value.strip()[:MAX_TIME_CHARACTERS]
    try:
        found: datetime | None = datetime.fromisoformat(value)
    except ValueError:
        found = _parse_odd_time(value)
    if found is None:
        return None
    if found.tzinfo is None:
        return found.replace(tzinfo=UTC)
    try:
        return found.astimezone(UTC)
    except OverflowError:
        return None


def undo_slashes(values: dict[str, str]) -> None:
    """Take one level of backslashes from the texts that WordPress slashes.

    Only from what could have been slashed: plugins that share WordPress's client name
    (contact forms) send plain text, where a quote without a backslash gives it away.
    """
    for slot in SLASHED_SLOTS:
        text = values.get(slot, "")
        if "\\" in text and SLASHED.match(text):
            values[slot] = ESCAPED.sub(_unescape, text)


def _unescape(match: re.Match[str]) -> str:
    # addslashes writes NUL as \0, and no text of ours has one.
    return "" if match[1] == "0" else match[1]


def parse_languages(text: str) -> tuple[str, ...]:
    """Return language tags in the sender's order.

    Example:
        >>> parse_languages("en_US, id")
        ('en-US', 'id')

    """
    if not text:
        return ()
    tags = text[:MAX_LANGUAGE_CHARACTERS].replace("_", "-").replace(",", " ").split()
    return tuple(tags[:MAX_LANGUAGES])


def parse_number(text: str) -> int | None:
    """Return a whole number of at most 15 digits, or None."""
    text = text.strip()
    is_number = text.isascii() and text.isdigit() and len(text) <= MAX_NUMBER_DIGITS
    return int(text) if is_number else None


def _parse_odd_time(value: str) -> datetime | None:
    """Read Unix seconds, milliseconds and the dates of mail headers."""
    try:
        if value.isascii() and value.isdigit():
            seconds: float = int(value[:MAX_NUMBER_DIGITS])
            seconds = seconds / 1000 if seconds > MAX_SECONDS else seconds
            return datetime.fromtimestamp(seconds, UTC)
        return parsedate_to_datetime(value)
    except (ValueError, OverflowError, OSError, TypeError, IndexError):
        return None
