"""Folds: parts of a stream held out, the rest learned, as published figures do."""

from collections.abc import Callable, Iterator

import numpy as np
from benchmarks.accuracy.saring import Split
from benchmarks.accuracy.streams import Stream
from sklearn.model_selection import (
    LeaveOneGroupOut,
    StratifiedKFold,
)

FOLD_COUNT = 10
STREAM = "benchmark/uci_youtube"
POOLED, BY_VIDEO = "pooled 10-fold", "leave one video out"


def pooled(stream: Stream, seed: int) -> Iterator[Split]:
    """Yield ten folds of all videos together, each with its share of spam."""
    folds = StratifiedKFold(FOLD_COUNT, shuffle=True, random_state=seed)
    chance = np.random.default_rng(seed)
    for learned, judged in folds.split(stream.rows, stream.are_spam):
        yield chance.permutation(learned).tolist(), judged.tolist()


def by_video(stream: Stream, _seed: int) -> Iterator[Split]:
    """Yield a fold for each video: its comments are judged, all others learned."""
    videos = [row["note"]["video"] for row in stream.rows]
    for learned, judged in LeaveOneGroupOut().split(stream.rows, groups=videos):
        yield learned.tolist(), judged.tolist()


SPLITS: dict[str, Callable[[Stream, int], Iterator[Split]]] = {
    POOLED: pooled,
    BY_VIDEO: by_video,
}
