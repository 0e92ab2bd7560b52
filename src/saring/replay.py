"""Replay: folds brought to where a store is, and what of them is kept there.

A fold begins with a checkpoint or with what is baked, and the events behind it follow.
Where labels are rolled back meanwhile, it begins anew.
"""

from collections.abc import Callable
from datetime import datetime

from saring.classifiers.base import BaseModel
from saring.errors import ModelError
from saring.fold import Fold, OutdatedError
from saring.ledger import retention
from saring.ledger.checkpoints import BAKED
from saring.ledger.rollbacks import NOT_YET, Hearing
from saring.ledger.store import Store

REPLAY_EVENTS = 2_000


def restore(fold: Fold, store: Store) -> None:
    """Bring a new fold to where the store is, from the newest checkpoint that fits.

    Raises:
        ModelError: Events are baked into a checkpoint that cannot be read.
        StoreError: The store cannot be read.
    """
    is_done = False
    while not is_done:
        if not _load_newest(fold, store):
            _load_baked(fold, store)
        is_done = _is_replayed(fold, store)


def _load_newest(fold: Fold, store: Store) -> bool:
    """Load the newest checkpoint; say whether it is of this release and in force."""
    turn, newest = store.turned_at(), store.latest_checkpoint()
    if newest is None or newest.kind == BAKED:
        return False
    try:
        fold.load(newest.payload)
    except ModelError:
        # It belongs to another release; the events say it all again.
        return False
    return fold.turn >= turn


def _is_replayed(
    fold: Fold, store: Store, progress: Callable[[int], None] = lambda _: None
) -> bool:
    """Bring a fold to where the store is; say no where another past came into force."""
    try:
        replay(fold, store, progress)
    except OutdatedError:
        return False
    return True


def rebuild(
    fold: Fold, store: Store, progress: Callable[[int], None] = lambda _: None
) -> None:
    """Fold all events of the store from the beginning, or from what is baked.

    Args:
        fold: A new one.
        store: Where the events are; nothing is written to it.
        progress: Called with the number of events folded since the last call.

    Raises:
        ModelError: Events are baked into a checkpoint that cannot be read.
        StoreError: The store cannot be read.
    """
    is_done = False
    while not is_done:
        _load_baked(fold, store)
        is_done = _is_replayed(fold, store, progress)


def fold_heard(fold: Fold, store: Store, hearing: Hearing) -> None:
    """Fold all that a hearing says is in force, from the beginning or what is baked.

    Raises:
        ModelError: Events are baked into a checkpoint that cannot be read.
        StoreError: The store cannot be read.
    """
    _load_baked(fold, store)
    # Whatever was rolled back so far, the hearing has heeded it.
    fold.turn = NOT_YET
    done, is_near = hearing.baked, False
    while done < hearing.sequence:
        upto = min(done + REPLAY_EVENTS, hearing.sequence)
        fold.apply_many(store.heard(hearing, (done, upto)))
        done = upto
        if done == hearing.sequence and not is_near:
            # What comes after this is learned while all other labels wait.
            store.hear_on(hearing)
            is_near = hearing.sequence - done < REPLAY_EVENTS


def replay(
    fold: Fold,
    store: Store,
    progress: Callable[[int], None] = lambda _: None,
    *,
    until: int | None = None,
) -> None:
    """Apply every event behind the fold's sequence, in order, up to one if told so.

    Raises:
        OutdatedError: Among them is a rollback that the fold does not heed.
    """
    while events := store.events_after(fold.sequence, REPLAY_EVENTS):
        wanted = [e for e in events if until is None or e.sequence <= until]
        fold.apply_many(wanted)
        if len(wanted) < len(events):
            return
        progress(len(events))


def bake(base: BaseModel, store: Store, before: datetime) -> int:
    """Keep what the events before an instant taught, and erase their features.

    From then on a rebuild begins there, and these events cannot be unlearned singly.

    Returns:
        How many events were baked.
    """
    sequence = retention.bakeable_sequence(store, before)
    if not sequence:
        return 0
    old = Fold(base)
    _load_baked(old, store)
    replay(old, store, until=sequence)
    return retention.bake(store, sequence, old.dump(), old.turn)


def keep_checkpoint(fold: Fold, store: Store) -> None:
    """Keep the fold in the store, so that later starts are fast."""
    store.save_checkpoint(fold.sequence, fold.dump())


def _load_baked(fold: Fold, store: Store) -> None:
    """Begin where events have lost their features, if any have."""
    turn, baked = store.turned_at(), store.latest_checkpoint(BAKED)
    begun = baked.payload if baked else Fold(fold.base).dump()
    fold.load(begun, may_be_of_other_base=True)
    # No rollback reaches what is baked.
    fold.turn = turn
