"""Fold: events in, everything learned out.

What is learned is nothing but the ledger's events, applied in order to the base model:
the same events give the same bits, in every worker and in every rebuild. There is one
classifier for each owner, so that no owner's labels ever touch another's scores.
"""

import hashlib

import msgspec

from saring.classifiers.base import BaseModel
from saring.classifiers.linear import LinearClassifier, Score
from saring.errors import ModelError
from saring.features import FEATURE_VERSION, Features
from saring.ledger.records import Event, Site

CHECKPOINT_FORMAT = 1


class Checkpoint(msgspec.Struct, frozen=True, kw_only=True):
    """A fold as it stood after one event; `owners` maps owner to classifier state."""

    format: int
    feature_version: int
    base: str
    sequence: int
    owners: dict[int, bytes]


class Fold:
    """The classifiers of all owners after the events up to `sequence`."""

    def __init__(self, base: BaseModel) -> None:
        self.base = base
        self.sequence = 0
        self._unlearned = LinearClassifier(base)
        self._owners: dict[int, LinearClassifier] = {}

    def classifier(self, site: Site) -> LinearClassifier:
        """Return the classifier that judges for a site; not to be taught directly."""
        return self._owners.get(site.owner_id, self._unlearned)

    def score(self, features: Features, site: Site) -> Score:
        """Return the score of one comment's features for a site."""
        return self.classifier(site).score_one(features, site.id)

    def apply(self, event: Event) -> None:
        """Learn one event; one at or before `sequence` was learned already.

        An event whose sequence is 0 comes from no ledger and is always learned.

        Raises:
            ModelError: The event's features were made by a version unknown here.
        """
        if event.sequence and event.sequence <= self.sequence:
            return
        classifier = self._owners.get(event.owner_id)
        if classifier is None:
            classifier = self._owners[event.owner_id] = LinearClassifier(self.base)
        classifier.learn_one(Features.load(event.features), event.label, event.site_id)
        self.sequence = max(self.sequence, event.sequence)

    def digest(self) -> str:
        """Return `sha256:…` of all that was learned on top of which base model.

        An owner whose labels changed no weight counts as one who gave none.
        """
        total = hashlib.sha256(f"{FEATURE_VERSION} {self.base.digest}".encode())
        for owner_id, classifier in sorted(self._owners.items()):
            if not classifier.is_untouched:
                total.update(b"%d:" % owner_id)
                classifier.digest_into(total)
        return f"sha256:{total.hexdigest()}"

    def dump(self) -> bytes:
        """Return a checkpoint, to be read by `load` in this or another process."""
        return msgspec.msgpack.encode(
            Checkpoint(
                format=CHECKPOINT_FORMAT,
                feature_version=FEATURE_VERSION,
                base=self.base.digest,
                sequence=self.sequence,
                owners={
                    owner_id: classifier.dump()
                    for owner_id, classifier in sorted(self._owners.items())
                    if not classifier.is_untouched
                },
            )
        )

    def load(self, payload: bytes) -> None:
        """Put a checkpoint in the place of what was learned so far.

        Raises:
            ModelError: It is damaged, or was made over another base model or for
                another version of the features.
        """
        try:
            checkpoint = msgspec.msgpack.decode(payload, type=Checkpoint)
        except msgspec.DecodeError as error:
            raise ModelError(f"the checkpoint cannot be read: {error}") from error
        made_for = (checkpoint.format, checkpoint.feature_version, checkpoint.base)
        here = (CHECKPOINT_FORMAT, FEATURE_VERSION, self.base.digest)
        if made_for != here:
            raise ModelError(
                f"the checkpoint is of format, features and base model {made_for}; "
                f"this program has {here}"
            )
        owners = {}
        for owner_id, state in checkpoint.owners.items():
            owners[owner_id] = LinearClassifier(self.base)
            owners[owner_id].load(state)
        self._owners, self.sequence = owners, checkpoint.sequence
