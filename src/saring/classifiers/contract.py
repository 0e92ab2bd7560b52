"""Contract: what every classifier promises, and the list of those that must keep it.

The rules stand in `tests/classifiers/test_contract.py` and are run on each entry of
`CLASSIFIERS`; a class that learns and is not listed here fails the suite.
"""

from collections.abc import Callable, Sequence
from typing import Protocol

from saring.classifiers.linear import LinearClassifier, Score
from saring.classifiers.sightings import Hasher
from saring.features.batch import Batch
from saring.features.slots import Features
from saring.verdict import Label


class Classifier(Protocol):
    """What learns labels and scores comments, the same on every processor."""

    @property
    def is_untouched(self) -> bool:
        """Say whether no label has changed anything yet."""

    def score_one(self, features: Features, site_id: int = 0) -> Score:
        """Return what is thought of a comment; nothing is changed by it."""

    def score_many(self, batch: Batch, site_ids: Sequence[int]) -> list[Score]:
        """Return of each of several comments what `score_one` returns."""

    def learn_one(
        self,
        features: Features,
        label: Label,
        site_id: int = 0,
        *,
        is_trusted: bool = True,
    ) -> None:
        """Learn one comment's label for a site; if not trusted, for it alone."""

    def dump(self) -> bytes:
        """Return all that was learned."""

    def load(self, state: bytes) -> None:
        """Put what `dump` returned in the place of what was learned so far."""

    def digest_into(self, total: Hasher) -> None:
        """Add every bit of what was learned to a digest."""


CLASSIFIERS: dict[str, Callable[[], Classifier]] = {"linear": LinearClassifier}
"""Makes a classifier that has learned nothing, by its name."""
