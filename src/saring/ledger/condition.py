"""Condition: which of a process's jobs on the store fail; logged where that changes."""

import time
from collections.abc import Callable

import structlog

from saring import log
from saring.errors import SaringError

RECORDING = "recording"
FOLLOWING = "following"
UPKEEP = "upkeep"
# A server that nobody asks has no check to see by that the store takes them again.
QUIET_SECONDS = 5.0

logger = structlog.get_logger()


class Condition:
    """The jobs that fail just now; may be told from any thread.

    Args:
        clock: Gives seconds that only ever grow.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._failing: dict[str, float] = {}

    @property
    def is_degraded(self) -> bool:
        """Whether any job fails."""
        return bool(self._failing)

    def fail(self, job: str, error: Exception) -> None:
        """Note that a job failed; it is logged once until the job works again."""
        is_new = job not in self._failing
        self._failing[job] = self._clock()
        if is_new:
            logger.error(log.STORE_FAILED, job=job, reason=reason_of(error))

    def succeed(self, job: str) -> None:
        """Note that a job works.

        Where following works and no check has failed for some seconds, checks are
        taken to be recorded again.
        """
        self._forget(job)
        recorded_at = self._failing.get(RECORDING)
        is_quiet = recorded_at and self._clock() - recorded_at >= QUIET_SECONDS
        if job == FOLLOWING and is_quiet:
            self._forget(RECORDING)

    def _forget(self, job: str) -> None:
        if self._failing.pop(job, None) is not None:
            logger.info(log.STORE_WORKS, job=job)


def reason_of(error: Exception) -> str:
    """Return what may be logged of an error: the text of ours, else its kind."""
    return str(error) if isinstance(error, SaringError) else type(error).__name__
