"""Trust: whether a key's labels reach beyond its own sites, where keys share a filter.

A label that the classifier expected, as the others have taught it, costs its key
nothing; one that surprises it does. Who surprises much oftener than the others is
heard at its own sites only: so no key moves what all share by more than its part,
however many labels it gives and under however many names.
"""

import msgspec

from saring.errors import ModelError

# So many surprises are forgiven to every key: few tell nothing.
FORGIVEN = 8
# And so many times its part of the surprises: by head, or by labels if that is more.
PATIENCE = 2
# After so many labels of an owner all counts are halved: who surprised long ago may
# have been right.
WINDOW_LABELS = 32_768
# Nobody is the odd one out among fewer.
OTHERS_NEEDED = 3


class Account(msgspec.Struct, frozen=True, array_like=True):
    """What one key has said of late.

    Attributes:
        labels: How many labels it gave.
        surprises: How many of them contradicted what the classifier thought.
    """

    labels: int = 0
    surprises: int = 0


class State(msgspec.Struct, frozen=True, array_like=True):
    """All accounts, packed; `sole` is the key of an owner who has but one."""

    sole: int
    accounts: dict[int, Account]


class Trust:
    """The accounts of one owner's keys; there are none while there is but one key."""

    def __init__(self) -> None:
        self._sole = 0
        self._accounts: dict[int, Account] = {}
        self._total = Account()

    def is_sole(self, key_id: int) -> bool:
        """Say whether a key is the only one that has ever labelled.

        Then it is trusted whatever it says, and nothing is counted.
        """
        if not self._sole and not self._accounts:
            self._sole = key_id
        return self._sole == key_id

    def has(self, key_id: int) -> bool:
        """Say whether what a key says may move what all share."""
        own = self._accounts.get(key_id, Account())
        labels = self._total.labels - own.labels
        surprises = self._total.surprises - own.surprises
        others = len(self._accounts) - (key_id in self._accounts)
        if others < OTHERS_NEEDED or labels < own.labels:
            return True
        part = max(surprises // others, surprises * own.labels // max(labels, 1))
        return own.surprises <= FORGIVEN + PATIENCE * part

    def agreement(self, key_id: int) -> float | None:
        """Return the share of a key's labels that were expected; None if unknown."""
        own = self._accounts.get(key_id)
        return None if own is None else 1 - own.surprises / own.labels

    def note(self, key_id: int, *, is_surprising: bool) -> None:
        """Note a label of a key."""
        own = self._accounts.get(key_id, Account())
        self._sole = 0
        self._accounts[key_id] = _grown(own, is_surprising=is_surprising)
        self._total = _grown(self._total, is_surprising=is_surprising)
        if self._total.labels >= WINDOW_LABELS:
            self._halve()

    def _halve(self) -> None:
        halved = {
            key_id: Account(own.labels >> 1, own.surprises >> 1)
            for key_id, own in self._accounts.items()
        }
        self._accounts = {key_id: own for key_id, own in halved.items() if own.labels}
        self._total = _sum(self._accounts)

    def copy(self) -> "Trust":
        """Return accounts that later labels do not reach."""
        other = Trust()
        other._sole, other._total = self._sole, self._total
        other._accounts = self._accounts.copy()
        return other

    def __deepcopy__(self, _memo: object) -> "Trust":
        """Return a copy; what is inside is frozen, so that this is quick."""
        return self.copy()

    def dump(self) -> bytes:
        """Return all accounts, to be read by `load`."""
        return msgspec.msgpack.encode(State(self._sole, self._accounts))

    def load(self, state: bytes) -> None:
        """Put what `dump` returned in the place of what is known.

        Raises:
            ModelError: The state is damaged.
        """
        try:
            known = msgspec.msgpack.decode(state, type=State)
        except msgspec.DecodeError as error:
            raise ModelError(f"what is known of keys is damaged: {error}") from error
        self._sole, self._accounts = known.sole, known.accounts
        self._total = _sum(known.accounts)

    def digest(self) -> bytes:
        """Return bytes that tell all accounts; empty for an owner of one key."""
        if not self._accounts:
            return b""
        return msgspec.msgpack.encode(sorted(self._accounts.items()))


def _grown(account: Account, *, is_surprising: bool) -> Account:
    return Account(account.labels + 1, account.surprises + is_surprising)


def _sum(accounts: dict[int, Account]) -> Account:
    return Account(
        sum(own.labels for own in accounts.values()),
        sum(own.surprises for own in accounts.values()),
    )
