"""Space: weights by slot, and how often each slot was taught."""

import zlib

import msgspec
import numpy as np
from numpy.typing import NDArray

from saring.classifiers.base import WEIGHT_LIMIT, Weights
from saring.classifiers.sightings import Hasher, Places

MAX_LESSONS = 255

Lessons = NDArray[np.uint8]


class Learned(msgspec.Struct, frozen=True, array_like=True):
    """What one hash space holds beyond where it began, packed."""

    gaps: bytes
    weights: bytes
    lessons: bytes


class Space:
    """Weights by slot, and how often each slot was taught."""

    __slots__ = ("lessons", "weights")

    def __init__(self, weights: Weights, lessons: Lessons) -> None:
        self.weights = weights
        self.lessons = lessons

    def teach(
        self,
        slots: Places,
        values: Weights,
        lessons: Lessons,
        steps: NDArray[np.int32],
    ) -> None:
        """Move the weights of some slots by the step for how often each was taught.

        Args:
            slots: Which to teach.
            values: The weight of each of them before.
            lessons: How often each of them was taught before.
            steps: By the number of lessons.
        """
        moved = steps.take(lessons)
        moved += values
        np.minimum(moved, WEIGHT_LIMIT, out=moved)
        np.maximum(moved, -WEIGHT_LIMIT, out=moved)
        self.weights[slots] = moved
        self.lessons[slots] = np.minimum(lessons, MAX_LESSONS - 1) + np.uint8(1)

    def dump(self, start: Weights) -> Learned:
        """Return where this space differs from the weights that it began with."""
        slots = ((self.weights != start) | (self.lessons != 0)).nonzero()[0]
        gaps = np.diff(slots, prepend=0).astype("<u4")
        return Learned(
            gaps=zlib.compress(gaps.tobytes(), 1),
            weights=zlib.compress(self.weights[slots].astype("<i2").tobytes(), 1),
            lessons=zlib.compress(self.lessons[slots].tobytes(), 1),
        )

    def load(self, learned: Learned) -> None:
        """Put in what `dump` returned.

        Raises:
            ValueError: The parts do not fit together.
            zlib.error: A part is damaged.
        """
        gaps = np.frombuffer(zlib.decompress(learned.gaps), "<u4")
        slots = gaps.cumsum(dtype=np.int64)
        if len(slots) and slots[-1] >= len(self.weights):
            raise ValueError("a slot lies outside the space")
        weights = np.frombuffer(zlib.decompress(learned.weights), "<i2")
        lessons = np.frombuffer(zlib.decompress(learned.lessons), np.uint8)
        if not len(slots) == len(weights) == len(lessons):
            raise ValueError("slots, weights and lessons differ in number")
        self.weights[slots] = weights
        self.lessons[slots] = lessons

    def digest_into(self, total: Hasher) -> None:
        """Add every bit of the space to a digest."""
        total.update(self.weights.astype("<i2", copy=False).tobytes())
        total.update(self.lessons.tobytes())
