"""Post: under which post a comment stands, alone and beside what it looks like.

Spam comes back to the posts where it once got through, and what is usual differs from
post to post. These features go with the links, before them.
"""

from functools import lru_cache

from saring.comment import Comment
from saring.features.links import COUNT_SLOTS
from saring.features.slots import Slots, checksum, pack_slots, slots_behind
from saring.markup import Markup

FEATURES = 4
"""So many features tell of a post."""

_MAX_ADDRESS = 300

# How long a comment is, what it links to, and how its letters look.
_Looks = tuple[int, str, str]


def names(comment: Comment, reduced: Markup) -> list[str]:
    """Return the names of the features of a comment's post; none if it is not known.

    Example:
        >>> names(Comment(permalink="https://a.example/p/#respond"), Markup("Hi"))[0]
        'links:post:https://a.example/p'

    """
    return _names(*_seen(comment, reduced)) if comment.permalink else []


def extract(comment: Comment, reduced: Markup) -> bytes:
    """Return the packed slots of `names`."""
    return _slots(*_seen(comment, reduced)) if comment.permalink else b""


def leave_out(slots: Slots) -> Slots:
    """Return of a comment's slots of links and post those of its links alone."""
    if not len(slots) or int(slots[0]) in COUNT_SLOTS:
        return slots
    return slots[FEATURES:]


def _seen(comment: Comment, reduced: Markup) -> tuple[str, int, str, str]:
    """Return the post, how long the comment is, its links and its letters."""
    text = reduced.text
    links = _digits(bool(reduced.links), bool(comment.author_url))
    letters = _digits(_is_lower(text), text[:1].isupper(), text[-1:].isalnum())
    post = comment.permalink.partition("#")[0].strip().rstrip("/")[:_MAX_ADDRESS]
    return post, len(text).bit_length(), links, letters


def _digits(*facts: bool) -> str:
    return "".join(["01"[fact] for fact in facts])


def _is_lower(text: str) -> bool:
    # A new text costs a tenth of a look at each letter, where letters are bytes.
    return text.lower() == text != text.upper() if text.isascii() else text.islower()


def _names(post: str, *looks: *_Looks) -> list[str]:
    return [f"{head}{post}" for head in _heads(*looks)]


def _heads(length: int, links: str, letters: str) -> list[str]:
    """Return what the names begin with; they end in the post."""
    return [
        "links:post:",
        f"links:post_length:{length}:",
        f"links:post_links:{links}:",
        f"links:post_letters:{letters}:",
    ]


@lru_cache(maxsize=1_024)
def _head_checksums(*looks: *_Looks) -> list[int]:
    return [*map(checksum, _heads(*looks))]


@lru_cache(maxsize=16_384)
def _slots(post: str, *looks: *_Looks) -> bytes:
    return pack_slots(slots_behind(_head_checksums(*looks), post))
