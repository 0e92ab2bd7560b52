"""Crowds: how many different people posted near-identical comments in a short time.

Short-lived counts of one process, fed from the checks it has recorded; no part of what
is learned, and gone with the process.
"""

import re
from collections import OrderedDict

import msgspec

from saring import markup
from saring.comment import Comment
from saring.features.decoding import skeleton
from saring.fingerprints import Fingerprint, Index
from saring.verdict import Verdict

IDENTITIES_NEEDED = 10
WINDOW_SECONDS = 86_400.0

# From these scores on a crowd counts: held where the text leads somewhere, unsure where
# it is words alone. Below them the classifier finds it plainly ham, as it does with
# condolences, quotations, jokes that everybody tells (docs/experiments/080).
CROWD_CUTOFF = 0.2
PAYLOAD_CUTOFF = 0.05

# Of one process, over all owners; the crowd that was seen longest ago goes first.
MAX_CROWDS = 8_192
MAX_IDENTITIES = 16


class Crowd(msgspec.Struct, gc=False):
    """Who posted what is nearly the same.

    Attributes:
        seen_at: When each identity was seen last, in seconds since 1970; the newest.
    """

    owner_id: int
    seen_at: dict[int, float] = {}


class Crowds:
    """The crowds that one process has seen, apart for each owner."""

    def __init__(self) -> None:
        self._indexes: dict[int, Index] = {}
        # A plain dict looks through all that has left its front to find its first.
        self._crowds: OrderedDict[int, Crowd] = OrderedDict()
        self._next = 0

    def __len__(self) -> int:
        return len(self._crowds)

    def count(self, known: Fingerprint, owner_id: int, now: float) -> int:
        """Return how many identities posted comments like this one in the last day.

        Args:
            known: Of the comment.
            owner_id: Whose sites count.
            now: When the comment came, in seconds since 1970.
        """
        number = self._find(known, owner_id)
        if number is None:
            return 0
        since = now - WINDOW_SECONDS
        return sum(at > since for at in self._crowds[number].seen_at.values())

    def judge(
        self,
        known: Fingerprint,
        comment: Comment,
        score: float,
        owner_id: int,
        now: float,
    ) -> Verdict | None:
        """Return the verdict on what a crowd says, or None where there is no crowd.

        Args:
            known: The comment's fingerprint.
            comment: In full.
            score: What the comment itself gave, by classifier and writer.
            owner_id: Whose sites count.
            now: When the comment came, in seconds since 1970.
        """
        if self.count(known, owner_id, now) < IDENTITIES_NEEDED:
            return None
        if score >= PAYLOAD_CUTOFF and leads_away(comment):
            return Verdict.SPAM
        return Verdict.UNSURE if score >= CROWD_CUTOFF else None

    def see(self, known: Fingerprint, owner_id: int, identity: int, now: float) -> None:
        """Count a comment that was checked."""
        number = self._find(known, owner_id)
        if number is None:
            number = self._add(known, owner_id)
        crowd = self._crowds[number]
        self._crowds.move_to_end(number)
        crowd.seen_at.pop(identity, None)
        crowd.seen_at[identity] = now
        if len(crowd.seen_at) > MAX_IDENTITIES:
            del crowd.seen_at[next(iter(crowd.seen_at))]

    def _find(self, known: Fingerprint, owner_id: int) -> int | None:
        index = self._indexes.get(owner_id)
        return None if index is None else index.find(known)

    def _add(self, known: Fingerprint, owner_id: int) -> int:
        number, self._next = self._next, self._next + 1
        self._indexes.setdefault(owner_id, Index()).add(number, known)
        self._crowds[number] = Crowd(owner_id)
        if len(self._crowds) > MAX_CROWDS:
            self._forget(next(iter(self._crowds)))
        return number

    def _forget(self, number: int) -> None:
        owner_id = self._crowds.pop(number).owner_id
        index = self._indexes[owner_id]
        index.remove(number)
        if not len(index):
            del self._indexes[owner_id]


def identity_of(comment: Comment) -> int:
    """Return a number for who wrote a comment, good within this process.

    That is the e-mail address, where there is one; else the name, else the IP address:
    one address may stand for thousands of readers.
    """
    email, author = comment.author_email.strip(), comment.author.strip()
    if email:
        return hash(("e-mail", email.casefold()))
    if author:
        return hash(("author", author.casefold()))
    return hash(("address", comment.address.strip()))


# An e-mail address, a name in some other service, a telephone number, a name with a
# number at its end, as nearly all brands of gambling have.
_CONTACT = re.compile(
    r"[\w.]@[a-z]|(?<!\w)@\w{4}|\d(?:[ .()-]{0,2}\d){8}|[a-z]{3}\d{2,5}(?!\w)"
)


def leads_away(comment: Comment) -> bool:
    """Say whether a text names a place to go to: a link, a name, a number to call.

    Example:
        >>> leads_away(Comment(content="hubungi 0812-3456-7890"))
        True
        >>> leads_away(Comment(content="Dirgahayu Indonesia ke-80, 17 Agustus 2025"))
        False

    """
    reduced = markup.reduce(comment.content)
    return bool(reduced.links) or bool(_CONTACT.search(skeleton(reduced.text)))
