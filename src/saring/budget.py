"""Budget: the lowest cutoff that keeps a promise about honest comments held.

The promise is "at most one honest comment in so many is held", and it holds with a
stated confidence: the cutoff is an order statistic of the margins of confirmed ham
(Tong, Feng and Li 2018, Neyman-Pearson umbrella). Whose ham counts, `audit` says.
"""

import hashlib
import itertools
import math
from collections.abc import Iterable, Iterator
from functools import lru_cache

import msgspec

from saring import binomial
from saring.classifiers.calibration import Calibration
from saring.classifiers.fixed import probability
from saring.errors import BadRequestError
from saring.verdict import NEVER, Cutoffs

DISCARD_FACTOR = 10
"""What may be dropped unseen is held to a budget so many times stricter."""

SMALLEST, LARGEST = 2, 1_000_000
"""No budget is stricter than one in so many; it takes three times as many hams."""

WINDOW = 2
"""Of the newest hams, so many times those needed count (docs/experiments/091)."""

CONFIDENCES = (0.5, 0.999)
"""Between these a confidence lies."""


class Budget(msgspec.Struct, frozen=True):
    """What an owner can bear.

    Attributes:
        one_in: Of so many honest comments at most one is held, in the long run.
        confidence: How sure that must be, above 0 and below 1.
    """

    one_in: int
    confidence: float = 0.95

    def __post_init__(self) -> None:
        """Check the bounds.

        Raises:
            BadRequestError: It promises nothing, or what nobody can show.
        """
        if not SMALLEST <= self.one_in <= LARGEST:
            raise BadRequestError(
                f"the error budget is 1 in {self.one_in}; it must lie between "
                f"1 in {SMALLEST} and 1 in {LARGEST}",
                field="one_in",
            )
        low, high = CONFIDENCES
        if not low <= self.confidence <= high:
            raise BadRequestError(
                f"the confidence is {self.confidence:g}; it must lie between {low:g} "
                f"and {high:g}",
                field="confidence",
            )

    @property
    def share(self) -> float:
        """Return the share of honest comments that may be held."""
        return 1 / self.one_in

    @property
    def doubt(self) -> float:
        """Return the chance that is left for breaking the promise."""
        return 1 - self.confidence

    def for_discard(self) -> "Budget":
        """Return the budget of what may be dropped unseen."""
        return Budget(min(self.one_in * DISCARD_FACTOR, LARGEST), self.confidence)


class Ham(msgspec.Struct, frozen=True):
    """One confirmed ham, chosen by chance and judged before its label was learned.

    Attributes:
        margin: What the classifier said of it, in units of 2**-16.
        number: Its own number in the ledger.
        weight: The smallest chance with which any comment of its draw could be drawn,
            as a share of its own; above 0, at most 1.
    """

    margin: int
    number: int = 0
    weight: float = 1.0


class Promise(msgspec.Struct, frozen=True, kw_only=True):
    """What can be promised for a budget from the ham there is.

    Attributes:
        ham_count: Confirmed hams that count: the newest, with chances evened out.
        needed_count: The fewest with which a cutoff can be promised at all.
        margin: From here on (in 2**-16) a comment is held; None without a promise.
        above_count: So many of those hams lie there themselves.
    """

    one_in: int
    confidence: float
    ham_count: int
    needed_count: int
    margin: int | None = None
    above_count: int = 0

    @property
    def is_kept(self) -> bool:
        """Say whether there is a promise."""
        return self.margin is not None

    @property
    def missing_count(self) -> int:
        """Return how many hams are missing for one."""
        return max(0, self.needed_count - self.ham_count)


def needed_count(budget: Budget) -> int:
    """Return the fewest hams with which a cutoff can be promised.

    Example:
        >>> needed_count(Budget(200)), needed_count(Budget(1_000))
        (598, 2995)

    """
    return math.ceil(math.log(budget.doubt) / math.log1p(-budget.share))


def allowed_count(ham_count: int, budget: Budget) -> int | None:
    """Return how many of so many hams may lie past the cutoff; None if not even 0 may.

    With the cutoff just past the ham that has `r` others above it, the promise breaks
    with the chance that of so many draws at most `r` fall into the share it allows.

    Example:
        >>> [allowed_count(count, Budget(200)) for count in (597, 598, 2_000)]
        [None, 0, 4]

    """
    found = binomial.largest_within(ham_count, budget.share, budget.doubt)
    return None if found < 0 else found


def promise(hams: Iterable[Ham], budget: Budget) -> Promise:
    """Return what can be promised from the newest of these hams.

    Old ones are left out, since spam, readers and the filter itself move on.

    Args:
        hams: The newest first.
        budget: What the owner can bear.
    """
    newest = itertools.islice(even_out(hams), WINDOW * needed_count(budget))
    margins = sorted(ham.margin for ham in newest)
    allowed = allowed_count(len(margins), budget)
    return Promise(
        one_in=budget.one_in,
        confidence=budget.confidence,
        ham_count=len(margins),
        needed_count=needed_count(budget),
        # A ham at the order statistic itself is still published, and all equal to it.
        margin=None if allowed is None else margins[-1 - allowed] + 1,
        above_count=allowed or 0,
    )


def even_out(hams: Iterable[Ham]) -> Iterator[Ham]:
    """Yield the hams thinned until all of a draw had the same chance.

    One that was drawn with twice the smallest chance of its draw stays with a chance of
    one half (rejection sampling, von Neumann 1951). What is left of a draw is a plain
    sample of the ham it was drawn from, so that the theorem for plain samples holds.
    The smallest chance must be that of all comments of the draw, not of those found to
    be ham: else a draw that happens to find no held ham would count for more.
    A hash of its own number decides, so that the same ham gives the same cutoff.
    """
    return (ham for ham in hams if ham.weight >= 1 or _lot(ham) < ham.weight)


def _lot(ham: Ham) -> float:
    """Return a number from 0 to below 1 that is drawn once for each ham."""
    name = b"%d" % ham.number
    return int.from_bytes(hashlib.blake2b(name, digest_size=6).digest()) / (1 << 48)


@lru_cache(maxsize=4_096)
def cutoffs_for(
    stand_in: Cutoffs,
    line: Calibration,
    held_margin: int | None,
    discard_margin: int | None,
) -> Cutoffs:
    """Return the cutoffs that promised margins mean by a line, now.

    A budget only ever raises the cutoffs. It could lower them where a site may bear
    more than the usual cutoff costs it, but what is spent today is missing when the
    filter meets something new (docs/experiments/091).

    Args:
        stand_in: What is in force where nothing is promised.
        line: Turns margins into log-odds.
        held_margin: From here on comments are held; None without a promise.
        discard_margin: From here on they may be dropped; None without a promise.
    """
    if held_margin is None:
        return stand_in
    spam = max(_score_above(line, held_margin), stand_in.spam)
    discard = stand_in.discard
    if discard_margin is not None:
        discard = max(_score_above(line, discard_margin), discard)
    return Cutoffs(unsure=stand_in.unsure, spam=spam, discard=max(discard, spam))


def _score_above(line: Calibration, margin: int) -> float:
    """Return the least score that no comment below a margin has."""
    below = probability(line.log_odds(margin - 1))
    return min(math.nextafter(below, 2), NEVER)
