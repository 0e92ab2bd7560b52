"""From a score to a verdict.

A score says how sure the classifier is; a verdict says what the site should do.
They are kept apart so that a site can move its cutoffs without learning anew.
"""

import enum
import math
from datetime import datetime

import msgspec

NEVER = math.nextafter(1.0, 2.0)
"""A cutoff that no score reaches."""


class Label(enum.StrEnum):
    """What a person says a comment is."""

    HAM = "ham"
    SPAM = "spam"


class Verdict(enum.StrEnum):
    """What the filter tells the site to do with a comment."""

    HAM = "ham"
    UNSURE = "unsure"
    SPAM = "spam"
    DISCARD = "discard"

    @property
    def is_held(self) -> bool:
        """Say whether the comment is kept from the page (spam or discard)."""
        return self in (Verdict.SPAM, Verdict.DISCARD)


class Cutoffs(msgspec.Struct, frozen=True):
    """The scores (0.0 to 1.0) at which the verdict changes.

    Attributes:
        unsure: From here on a person should look.
        spam: From here on the comment is held.
        discard: From here on the site may drop it, if it asked for that.
    """

    unsure: float = 0.5
    spam: float = 0.8
    discard: float = 0.9999

    def __post_init__(self) -> None:
        """Check the order.

        Raises:
            ValueError: A cutoff lies outside 0 to 1, or they are out of order.
        """
        if not 0 <= self.unsure <= self.spam <= self.discard <= NEVER:
            raise ValueError(
                f"cutoffs are unsure {self.unsure}, spam {self.spam}, discard "
                f"{self.discard}; they must rise from 0 to 1 in this order"
            )


class Clue(msgspec.Struct, frozen=True):
    """One reason for a score.

    Attributes:
        family: The family of features it comes from ("links"), or the engine's step.
        weight: Its share of the margin in log-odds; above 0 speaks for spam.
        text: The clue in words, where they were asked for.
    """

    family: str
    weight: float
    text: str = ""


class Check(msgspec.Struct, frozen=True, kw_only=True):
    """One judgement of one comment.

    Attributes:
        guid: 32 lower-case hexadecimal digits; the first twelve rise with time.
        at: When it was judged, UTC.
        verdict: What the site is told.
        score: Calibrated probability of spam, 0.0 to 1.0.
        margin: What ranks it among others, where scores near 0 and 1 run together:
            the classifier's, or infinite if another step settled it.
        decided_by: The engine's step that settled it ("classifier", "allowlist").
        clues: The strongest first.
        sequence: The last event that the judgement had learned.
    """

    guid: str
    at: datetime
    verdict: Verdict
    score: float
    decided_by: str
    clues: tuple[Clue, ...] = ()
    sequence: int = 0
    margin: float = 0.0


def decide(score: float, cutoffs: Cutoffs) -> Verdict:
    """Return the verdict for a spam score.

    A cutoff belongs to the harsher side: a score equal to `cutoffs.spam` is spam.
    Setting `unsure` equal to `spam` makes the filter answer yes or no.

    Args:
        score: Calibrated probability of spam, 0.0 to 1.0.
        cutoffs: The site's limits.

    Example:
        >>> decide(0.9, Cutoffs(unsure=0.2, spam=0.9, discard=0.999))
        <Verdict.SPAM: 'spam'>

    """
    if score >= cutoffs.discard:
        return Verdict.DISCARD
    if score >= cutoffs.spam:
        return Verdict.SPAM
    return Verdict.UNSURE if score >= cutoffs.unsure else Verdict.HAM
