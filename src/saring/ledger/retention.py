"""Retention: what may no longer be kept is erased, for good.

Comments of checks go by age. Events are *baked*: what they taught stays in a
checkpoint that the fold begins with from then on, and all that tells of a person goes
from them, so that they can no longer be unlearned singly.
"""

import time
from datetime import datetime, timedelta

from sqlalchemy import Connection, func, select, update

from saring.errors import BadRequestError
from saring.ledger import checkpoints, facts, matches, rollbacks, samples
from saring.ledger.database import EVENTS_LOCK, to_milliseconds
from saring.ledger.schema import checks, events
from saring.ledger.schema import rollbacks as rollbacks_table
from saring.ledger.store import Store

# So many in one transaction: checks are waiting behind it.
BATCH_ROWS = 1000
# Between two of them, long enough for every writer that waits to have its turn.
PAUSE_SECONDS = 0.02


def begin_round(store: Store, now: datetime, period: timedelta) -> bool:
    """Say whether a round is due, and if so note that it begins.

    Over all workers and starts of a store it is due once in a period.
    """
    due = to_milliseconds(now - period)
    with store.database.read() as connection:
        # Nearly always; and a read holds nobody up.
        if facts.number(connection, facts.HOUSEKEPT_AT) > due:
            return False
    with store.database.write(EVENTS_LOCK) as connection:
        if facts.number(connection, facts.HOUSEKEPT_AT) > due:
            return False
        facts.put(connection, facts.HOUSEKEPT_AT, str(to_milliseconds(now)))
    return True


def erase_comments(store: Store, before: datetime) -> int:
    """Erase comments and match keys of the checks before an instant; return how many.

    The checks stay, with their verdicts and scores. It takes many transactions, and
    may be stopped at any moment: what is left is done the next time.
    """
    total = 0
    upto = -1
    while upto != 0:
        with store.database.write(EVENTS_LOCK) as connection:
            upto, number = _erase_batch(connection, to_milliseconds(before))
        total += number
        if upto:
            time.sleep(PAUSE_SECONDS)
    return total


def _erase_batch(connection: Connection, before: int) -> tuple[int, int]:
    """Erase the next batch; return its last check (0: nothing left) and its size."""
    done = facts.number(connection, facts.ERASED_UPTO)
    rows = (
        select(checks.c.id, checks.c.at)
        .where(checks.c.id > done)
        .order_by(checks.c.id)
        .limit(BATCH_ROWS)
    )
    old = []
    for check_id, at in connection.execute(rows):
        if at >= before:
            break
        old.append(check_id)
    if not old:
        return 0, 0
    matches.forget(connection, done, old[-1])
    query = update(checks).where(checks.c.id > done, checks.c.id <= old[-1])
    connection.execute(query.values(comment=None, match_key=None))
    facts.put(connection, facts.ERASED_UPTO, str(old[-1]))
    return old[-1], len(old)


def erase_samples(store: Store, checks: datetime, events: datetime) -> None:
    """Take away what leads from samples to comments and labels from before instants."""
    with store.database.write() as connection:
        before = to_milliseconds(checks), to_milliseconds(events)
        samples.erase(connection, *before)


def bakeable_sequence(store: Store, before: datetime) -> int:
    """Return the last event of which neither it nor any before it is younger.

    Returns:
        A sequence for `bake`; 0 where there is nothing new to bake.
    """
    with store.database.read() as connection:
        baked = checkpoints.latest_sequence(connection, checkpoints.BAKED)
        young = select(func.min(events.c.sequence)).where(
            events.c.sequence > baked, events.c.at >= to_milliseconds(before)
        )
        first_young = connection.scalar(young)
        older = select(func.max(events.c.sequence)).where(events.c.sequence > baked)
        if first_young is not None:
            older = older.where(events.c.sequence < first_young)
        return connection.scalar(older) or 0


def bake(store: Store, sequence: int, payload: bytes, turn: int = 0) -> int:
    """Save what was learned up to an event for good, and erase those events' data.

    Labels, times and counts stay; features, match keys, subjects and reporters go, in
    many transactions. If that is stopped, `erase_baked` goes on with it.

    Args:
        store: The ledger.
        sequence: The last event to be baked.
        payload: The fold's state after exactly that event.
        turn: The last rollback that the fold heeds.

    Returns:
        How many events were baked.

    Raises:
        BadRequestError: There is no such event, it was baked before, or labels were
            rolled back meanwhile.
    """
    with store.database.write(EVENTS_LOCK) as connection:
        baked = checkpoints.latest_sequence(connection, checkpoints.BAKED)
        newest = connection.scalar(select(func.max(events.c.sequence))) or 0
        if not baked < sequence <= newest:
            raise BadRequestError(
                f"events up to {sequence} cannot be baked: {baked} are, of {newest}",
                field="sequence",
            )
        if rollbacks.turned_at(connection) != turn:
            raise BadRequestError("labels were rolled back meanwhile", field="turn")
        checkpoints.save(connection, store.vault, sequence, payload, checkpoints.BAKED)
        baking = (events.c.sequence > baked, events.c.sequence <= sequence)
        number = connection.scalar(select(func.count()).where(*baking))
    erase_baked(store)
    return number or 0


def erase_baked(store: Store) -> None:
    """Erase the data of events that are baked, where that was not done to its end."""
    while _erase_baked_batch(store):
        time.sleep(PAUSE_SECONDS)


def _erase_baked_batch(store: Store) -> bool:
    """Erase the next batch; say whether there was one."""
    with store.database.write(EVENTS_LOCK) as connection:
        baked = checkpoints.latest_sequence(connection, checkpoints.BAKED)
        done = facts.number(connection, facts.BAKED_ERASED_UPTO)
        if done >= baked:
            return False
        upto = min(baked, done + BATCH_ROWS)
        query = update(events).where(
            events.c.sequence > done, events.c.sequence <= upto
        )
        erased = dict.fromkeys(
            ("features", "match_key", "check_guid", "subjects", "reporter")
        )
        connection.execute(query.values(erased))
        # All that such a rollback was about is baked, too.
        over = update(rollbacks_table).where(rollbacks_table.c.sequence <= upto)
        connection.execute(over.values(reporter=None))
        facts.put(connection, facts.BAKED_ERASED_UPTO, str(upto))
    return True
