"""Results: what the replays of one way to choose a cutoff came to."""

import msgspec
import numpy as np
from numpy.typing import NDArray


class Replays(msgspec.Struct, frozen=True, kw_only=True):
    """Many sites, one promise each.

    Attributes:
        way: How the cutoff was chosen, in words.
        one_in: The budget; `confidence` of 0 means that none was claimed.
        count: Sites that got a cutoff; `silent_count` were told that ham is missing.
        ham_count: Median number of hams that the cutoff came from.
        kept_count: Sites at which no more than the promised share is held.
        realised: At 21 quantiles of the sites, the share of ham truly held.
        caught: Median share of the spam that is held.
    """

    group: str
    way: str
    one_in: int
    confidence: float
    count: int
    silent_count: int
    ham_count: int
    kept_count: int
    realised: list[float]
    caught: float

    @property
    def kept_share(self) -> float:
        """Return the share of sites whose promise was kept."""
        return self.kept_count / max(self.count, 1)


class Reliability(msgspec.Struct, frozen=True, kw_only=True):
    """How scores and truth go together on one stream.

    Attributes:
        bins: Mean score, share of spam, and number of comments of each bin.
    """

    stream: str
    start: str
    follows: bool
    error: float
    bins: list[tuple[float, float, int]]


class Results(msgspec.Struct, frozen=True, kw_only=True):
    """All that one run of the benchmark found."""

    made_up: list[Replays] = []
    streams: list[Replays] = []
    reliability: list[Reliability] = []


QUANTILES = np.linspace(0, 1, 21)


def quantiles(shares: NDArray[np.float64]) -> list[float]:
    """Return 21 quantiles of some shares, with few digits."""
    if not len(shares):
        return []
    return [round(float(share), 6) for share in np.quantile(shares, QUANTILES)]
