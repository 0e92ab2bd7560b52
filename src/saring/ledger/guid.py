"""Guids of checks: unguessable, and rising with time.

A table keyed by them is appended to instead of being written all over, and whatever is
older than a moment is one range of keys.
"""

import os
import time

RANDOM_BYTES = 10
GUID_BYTES = 16
POOL_GUIDS = 128
GUID_DIGITS = 32


def new_guid(now: float | None = None) -> str:
    """Return a guid: 48 bits of milliseconds, then 80 random bits.

    Args:
        now: Seconds since 1970; the clock's time by default.

    Returns:
        32 lower-case hexadecimal digits.
    """
    milliseconds = int((time.time() if now is None else now) * 1000)
    return f"{milliseconds:012x}{_POOL.take()}"


class _Pool:
    """Random bytes from the system, fetched for many guids at once.

    A call into the system for each would cost more than all else of a guid.
    """

    def __init__(self) -> None:
        self.restart()

    def restart(self) -> None:
        """Forget what was fetched, so that a forked process repeats no guid."""
        self._parts: list[str] = []

    def take(self) -> str:
        """Return `RANDOM_BYTES` in hexadecimal, never the same twice; thread-safe."""
        try:
            return self._parts.pop()
        except IndexError:
            digits = os.urandom(RANDOM_BYTES * POOL_GUIDS).hex()
            size = 2 * RANDOM_BYTES
            parts = [digits[at : at + size] for at in range(0, len(digits), size)]
            last = parts.pop()
            self._parts = parts
            return last


_POOL = _Pool()
os.register_at_fork(after_in_child=_POOL.restart)


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
