"""Features: what a comment looks like to the classifier, hashed into slots.

Pure: no clock, no store, no network. Names and spans are rebuilt only to explain.
"""

import numpy as np

from saring import markup
from saring.comment import Comment
from saring.features import client, disguise, identity, links
from saring.features.reading import read, shorten
from saring.features.slots import (
    FAMILIES,
    FEATURE_VERSION,
    MAX_SLOTS,
    SLOT_BITS,
    Features,
    distinct_slots,
    slot_of,
)
from saring.features.text import hash_text

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
    reading = read(comment.author, shorten(reduced.text))
    linked = links.extract(reduced, comment.author_url)
    known = identity.extract(comment)
    disguised = disguise.extract(reading)
    sent = client.extract(comment)
    named = len(linked) + len(known) + len(disguised) + len(sent)
    hashes, gram_start, word_start = hash_text(reading)
    slots, (_, kinds, words) = distinct_slots(
        hashes, [0, gram_start, word_start], MAX_SLOTS - named
    )
    ours = len(linked) + len(known)
    small = np.array(linked + known + disguised + sent, np.uint32)
    text_size = len(slots) - kinds
    client_start = len(slots) + ours + len(disguised)
    starts = (0, text_size, text_size + len(linked), text_size + ours, client_start)
    return Features(
        np.concatenate((slots[kinds:], small[:ours], slots[:kinds], small[ours:])),
        np.array(starts, np.intp),
        words - kinds,
    )
