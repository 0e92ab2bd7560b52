"""Guids of checks: unguessable, and rising with time.

A table keyed by them is appended to instead of being written all over, and whatever is
older than a moment is one range of keys.
"""

import os
import time

RANDOM_BYTES = 10
GUID_BYTES = 16
GUID_DIGITS = 32


def new_guid(now: float | None = None) -> str:
    """Return a guid: 48 bits of milliseconds, then 80 random bits.

    Args:
        now: Seconds since 1970; the clock's time by default.

    Returns:
        32 lower-case hexadecimal digits.
    """
    milliseconds = int((time.time() if now is None else now) * 1000)
    return f"{milliseconds:012x}{os.urandom(RANDOM_BYTES).hex()}"


def first_guid(milliseconds: int) -> bytes:
    """Return the smallest guid, as bytes, that a millisecond since 1970 can have.

    Example:
        >>> first_guid(256).hex()
        '00000000010000000000000000000000'

    """
    return milliseconds.to_bytes(6, "big") + bytes(RANDOM_BYTES)


def parse_guid(text: str) -> bytes | None:
    """Return a guid's bytes, or None for what is no guid (letters of any case).

    Example:
        >>> parse_guid("not a guid") is None
        True

    """
    text = text.strip()
    if len(text) != GUID_DIGITS or not text.isalnum():
        return None
    try:
        return bytes.fromhex(text)
    except ValueError:
        return None
