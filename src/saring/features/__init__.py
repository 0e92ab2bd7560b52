"""Features: what a comment looks like to the classifier, hashed into slots.

Pure: no clock, no store, no network. Names and spans are rebuilt only to explain.
"""

import numpy as np

from saring import markup
from saring.comment import Comment
from saring.features import client, disguise, identity, links, text
from saring.features.slots import (
    FAMILIES,
    FEATURE_VERSION,
    MAX_SLOTS,
    SLOT_BITS,
    Features,
    slot_of,
)

__all__ = [
    "FAMILIES",
    "FEATURE_VERSION",
    "MAX_SLOTS",
    "SLOT_BITS",
    "Features",
    "extract",
    "slot_of",
]


def extract(comment: Comment) -> Features:
    """Return the features of a comment.

    Example:
        >>> features = extract(Comment(content="Terima kasih infonya, kak", author="Alice"))
        >>> len(features.slots) < MAX_SLOTS
        True

    """
    reduced = markup.reduce(comment.content)
    small = links.extract(reduced.links, comment.author_url)
    starts = [0, 0]
    starts.append(len(small))
    small += identity.extract(comment)
    starts.append(len(small))
    small += disguise.extract(reduced.text)
    starts.append(len(small))
    small += client.extract(comment)
    slots, word_start = text.extract(
        comment.author, reduced.text, MAX_SLOTS - len(small)
    )
    offsets = np.array(starts, np.intp)
    offsets[1:] += len(slots)
    return Features(
        np.concatenate((slots, np.array(small, np.uint32))), offsets, word_start
    )
