"""Run: every case in each generation of WordPress, against a real Saring.

    tests/wordpress/run.sh [bookworm] [trixie]

For each Debian suite: a server with a new store, a WordPress beside it, the exercise,
the story; then all of it is taken down, also after a failure. Needs root, since PHP and
MariaDB are installed from Debian's packages.
"""

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Iterator, Sequence
from functools import partial, update_wrapper
from pathlib import Path
from types import FrameType

import live
from wordpress import exercise, story
from wordpress.exercise import Tally, say
from wordpress.expect import expect
from wordpress.site import Site

SUITES = ("bookworm", "trixie")
SETUP = Path(__file__).resolve().parent / "setup.sh"


@contextlib.contextmanager
def wordpress(root: Path, suite: str, server: live.LiveServer) -> Iterator[None]:
    """Set WordPress up under `root`, and remove it afterwards."""
    settings = {
        "SARING_WP_ROOT": str(root),
        "SARING_WP_SUITE": suite,
        "SARING_WP_PORT": str(live.free_port()),
        "SARING_URL": server.url,
        "SARING_KEY": server.key,
    }
    environment = os.environ | settings
    try:
        subprocess.run([SETUP, "up"], env=environment, check=True)
        yield
    finally:
        subprocess.run([SETUP, "destroy"], env=environment, check=True)


def log_tells_nothing(server: live.LiveServer) -> None:
    """See that the server's log has no key, no comment and no address of a visitor."""
    log = server.log_text()
    for planted in (server.key, "greenhouse", "198.18.", "pills.example.net"):
        expect(planted not in log, f"the log has {planted!r}")


def try_suite(suite: str, folder: Path) -> Tally:
    """Run all cases of one suite; return how they ended."""
    tally = Tally()
    with contextlib.ExitStack() as stack:
        server = stack.enter_context(live.serving(folder))
        stack.enter_context(wordpress(folder / "wp", suite, server))
        site = Site(folder / "wp", server.key, server.url)
        tally.add(exercise.run(site, exercise.all_cases()))
        site = Site(folder / "wp", server.key, server.url)
        told = [update_wrapper(partial(one, server=server), one) for one in story.CASES]
        tally.add(exercise.run(site, told))
        tally.add(exercise.try_case(log_tells_nothing, server))
        if tally.failed:
            say("The end of the server's log:", server.log_text()[-3000:])
    return tally


def run_suite(suite: str) -> Tally:
    """Run one suite in a folder of its own; what breaks on the way has failed."""
    say(f"--- {suite}")
    with tempfile.TemporaryDirectory(prefix="saring-") as folder:
        try:
            tally = try_suite(suite, Path(folder))
        except Exception:  # noqa: BLE001 - the other suite is still to be run
            say(f"FAIL  {suite}: {traceback.format_exc()}")
            tally = Tally(failed=1)
    say(tally)
    return tally


def end(number: int, _frame: FrameType | None) -> None:
    """Leave through every `finally` when somebody ends this program."""
    sys.exit(128 + number)


def main(suites: Sequence[str]) -> int:
    """Run the suites named, or all; return the exit code."""
    if os.geteuid() != 0:
        say("The WordPress tests install Debian packages: run them as root.")
        return 2
    unknown = set(suites) - set(SUITES)
    if unknown:
        say(f"There is no suite {', '.join(sorted(unknown))}; there are {SUITES}.")
        return 2
    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGHUP, end)
    total = Tally()
    for suite in suites or SUITES:
        total.add(run_suite(suite))
    say(f"wordpress: {total}")
    return 1 if total.failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
