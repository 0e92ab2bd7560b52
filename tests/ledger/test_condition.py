"""The condition of a process's jobs on the store."""

import pytest
from structlog.testing import capture_logs

from saring import log
from saring.errors import SecretError
from saring.ledger.condition import (
    FOLLOWING,
    QUIET_SECONDS,
    RECORDING,
    UPKEEP,
    Condition,
    reason_of,
)


class Clock:
    """Seconds that the test moves on."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


def test_condition_is_logged_where_it_changes() -> None:
    condition = Condition()

    with capture_logs() as said:
        for _ in range(3):
            condition.fail(FOLLOWING, SecretError("damaged"))
        condition.fail(UPKEEP, OSError("/home/alice"))
        for _ in range(3):
            condition.succeed(FOLLOWING)

    facts = [(line["event"], line["job"], line.get("reason")) for line in said]
    assert facts == [
        (log.STORE_FAILED, FOLLOWING, "damaged"),
        (log.STORE_FAILED, UPKEEP, "OSError"),
        (log.STORE_WORKS, FOLLOWING, None),
    ]
    assert condition.is_degraded


@pytest.mark.parametrize("job", [FOLLOWING, UPKEEP])
def test_condition_of_a_quiet_server_gets_well_by_following(job: str) -> None:
    clock = Clock()
    condition = Condition(clock)
    condition.fail(RECORDING, OSError())

    condition.succeed(job)
    assert condition.is_degraded
    clock.now += QUIET_SECONDS
    condition.succeed(job)

    assert condition.is_degraded is (job != FOLLOWING)


def test_condition_is_well_when_checks_are_recorded() -> None:
    condition = Condition()
    condition.fail(RECORDING, OSError())

    condition.succeed(RECORDING)

    assert not condition.is_degraded


def test_reason_leaves_out_what_others_errors_say() -> None:
    assert reason_of(ValueError("a comment")) == "ValueError"
