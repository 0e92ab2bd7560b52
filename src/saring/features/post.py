"""Post: under which post a comment stands, alone and beside what it looks like.

Spam comes back to the posts where it once got through, and what is usual differs from
post to post. These features go with the links.
"""

from functools import lru_cache

from saring.comment import Comment
from saring.features.slots import pack
from saring.markup import Markup

_MAX_ADDRESS = 300


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


def _seen(comment: Comment, reduced: Markup) -> tuple[str, int, str, str]:
    """Return the post, how long the comment is, its links and its letters."""
    text = reduced.text
    links = f"{bool(reduced.links):d}{bool(comment.author_url):d}"
    letters = f"{text.islower():d}{text[:1].isupper():d}{text[-1:].isalnum():d}"
    post = comment.permalink.partition("#")[0].strip().rstrip("/")[:_MAX_ADDRESS]
    return post, len(text).bit_length(), links, letters


def _names(post: str, length: int, links: str, letters: str) -> list[str]:
    return [
        f"links:post:{post}",
        f"links:post_length:{length}:{post}",
        f"links:post_links:{links}:{post}",
        f"links:post_letters:{letters}:{post}",
    ]


@lru_cache(maxsize=16_384)
def _slots(post: str, length: int, links: str, letters: str) -> bytes:
    return pack(_names(post, length, links, letters))
