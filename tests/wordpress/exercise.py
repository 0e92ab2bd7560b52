"""Exercise: everything the Akismet plugin does, done in a real WordPress.

    python -m wordpress.exercise --root DIR [--upstream http://127.0.0.1:8383 --key KEY]

Without a server to test, the stub answers, which shows whether the cases still hold for
the plugin. What counts is the state in WordPress's database and what the plugin sent.
Prints one line a case and "N passed, N failed, N skipped"; exits 1 if any failed.
"""

import argparse
import sys
import time
import traceback
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from wordpress import comments, failures, keys, moderation, pings, screens
from wordpress.expect import SkippedError
from wordpress.site import Site

FILES = (keys, comments, pings, moderation, failures, screens)


@dataclass
class Tally:
    """How many cases ended how."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def __str__(self) -> str:
        return f"{self.passed} passed, {self.failed} failed, {self.skipped} skipped"

    def add(self, other: "Tally") -> None:
        """Add another tally to this one."""
        self.passed += other.passed
        self.failed += other.failed
        self.skipped += other.skipped


def say(*words: object) -> None:
    """Print a line at once."""
    sys.stdout.write(" ".join(str(word) for word in words) + "\n")
    sys.stdout.flush()


def try_case(case: Callable[..., object], *arguments: object) -> Tally:
    """Run one case and print how it ended."""
    name = getattr(case, "__name__", str(case))
    started = time.monotonic()
    try:
        note = case(*arguments)
    except SkippedError as reason:
        say(f"skip  {name}: {reason}")
        return Tally(skipped=1)
    except AssertionError as failure:
        say(f"FAIL  {name}: {failure}")
        return Tally(failed=1)
    except Exception:  # noqa: BLE001 - a case that breaks is a case that failed
        say(f"FAIL  {name}: {traceback.format_exc()}")
        return Tally(failed=1)
    took = time.monotonic() - started
    say(f"ok    {name} ({took:.1f} s){f': {note}' if note else ''}")
    return Tally(passed=1)


def run(site: Site, cases: Iterable[Callable[..., object]]) -> Tally:
    """Prepare the site and run the cases on it, in order."""
    tally = Tally()
    try:
        site.prepare()
        say(f"{site.versions}, {site.upstream or 'the stub'}")
        for case in cases:
            site.begin()
            tally.add(try_case(case, site))
    finally:
        site.finish()
    return tally


def all_cases(*, slow: bool = False) -> list[Callable[..., object]]:
    """Return every case in order; with `slow` also the one that waits a minute."""
    cases = [case for file in FILES for case in file.CASES]
    return [*cases, failures.down_and_silent] if slow else cases


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the exercise as the command line says; return the exit code."""
    summary = (__doc__ or "").splitlines()[0]
    parser = argparse.ArgumentParser(description=summary)
    parser.add_argument("--root", type=Path, default=Path("/tmp/saring-wp"))
    parser.add_argument("--upstream", default="", help="the server to test")
    parser.add_argument("--key", default="0123456789ab", help="a key that it takes")
    parser.add_argument("--slow", action="store_true", help="also what takes a minute")
    options = parser.parse_args(arguments)
    site = Site(options.root, options.key, options.upstream)
    tally = run(site, all_cases(slow=options.slow))
    say(tally)
    return 1 if tally.failed else 0


if __name__ == "__main__":
    sys.exit(main())
