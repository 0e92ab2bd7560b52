"""Identity: who writes, as names that can be recognised the next time.

Of an e-mail address only the domain and the shape are looked at, and of an IP address
nothing: a weight of its own would condemn all who share it (see `reputation`). What is
missing says nothing: whole corpora lack it.
"""

import re
from functools import lru_cache

from saring.comment import Comment
from saring.features.decoding import DROPPED, look_up, text_of
from saring.features.decoding import KIND_SHIFT as _KIND_SHIFT
from saring.features.glyphs import Kind
from saring.features.names import is_disposable, registrable
from saring.features.slots import pack

_MAX_FIELD = 200
_KIND_NAMES = [kind.name.lower() for kind in Kind]
_DIGITS = re.compile(r"[0-9]+")

_AuthorLook = tuple[int, int, frozenset[int], str]
_EmailLook = tuple[str, int, int, int]


def names(comment: Comment) -> list[str]:
    """Return the names of the features of who writes."""
    return [
        *author_names(comment.author),
        *email_names(comment.author_email),
    ]


def author_names(author: str) -> list[str]:
    """Return the names of an author's features: the name, its shape, its script."""
    name, look = _look_at_author(author)
    return [name, *_author_look_names(*look)] if look else [name]


def _look_at_author(author: str) -> tuple[str, _AuthorLook | None]:
    """Return the name of who writes, as a feature, and how it looks."""
    author = author.strip()[:_MAX_FIELD]
    if not author:
        return "identity:author:", None
    letters = [*map(_look_up_letter, author)]
    shown = "".join([letter for letter, _ in letters])
    kinds = frozenset[int]().union(*[kinds for _, kinds in letters])
    look = min(7, len(shown.split())), len(shown).bit_length(), kinds, _case(author)
    return f"identity:author:{shown.strip()}", look


def _author_look_names(
    words: int, length: int, kinds: frozenset[int], case: str
) -> list[str]:
    return [
        f"identity:author_words:{words}",
        f"identity:author_length:{length}",
        *(f"identity:author_kind:{_KIND_NAMES[kind]}" for kind in sorted(kinds)),
        f"identity:author_case:{case}",
    ]


@lru_cache(maxsize=16_384)
def _look_up_letter(letter: str) -> tuple[str, frozenset[int]]:
    """Return what a letter reads as and its kinds; names have too few for arrays."""
    entries = look_up(letter)[1]
    kinds = frozenset((entries >> _KIND_SHIFT).tolist())
    return text_of(entries[(entries & DROPPED) == 0]), kinds


def _case(author: str) -> str:
    if author.islower():
        return "lower"
    if author.isupper():
        return "upper"
    return "title" if author.istitle() else "mixed"


def email_names(email: str) -> list[str]:
    """Return the names of an e-mail address's features, none of them the address."""
    look = _look_at_email(email)
    return _email_look_names(*look) if look else []


def _look_at_email(email: str) -> _EmailLook | None:
    """Return the domain, and how many digits, dots and letters stand before it."""
    local, at, domain = email.strip().lower()[:_MAX_FIELD].rpartition("@")
    if not at:
        return None
    digits = sum(map(len, _DIGITS.findall(local)))
    return domain, min(7, digits), min(4, local.count(".")), len(local).bit_length()


def _email_look_names(domain: str, digits: int, dots: int, length: int) -> list[str]:
    base, ending = registrable(domain)
    named = [
        f"identity:mail:{base}",
        f"identity:mail_ending:{ending}",
        f"identity:mail_digits:{digits}",
        f"identity:mail_dots:{dots}",
        f"identity:mail_length:{length}",
    ]
    if is_disposable(domain) or is_disposable(base):
        named.append("identity:mail_disposable")
    return named


# Names and addresses are mostly new, but how they look is not.
@lru_cache(maxsize=4_096)
def _author_look_slots(*look: *_AuthorLook) -> bytes:
    return pack(_author_look_names(*look))


@lru_cache(maxsize=16_384)
def _email_look_slots(*look: *_EmailLook) -> bytes:
    return pack(_email_look_names(*look))


@lru_cache(maxsize=16_384)
def _author_slots(author: str) -> bytes:
    name, look = _look_at_author(author)
    return pack([name]) + (_author_look_slots(*look) if look else b"")


@lru_cache(maxsize=16_384)
def _email_slots(email: str) -> bytes:
    look = _look_at_email(email)
    return _email_look_slots(*look) if look else b""


def extract(comment: Comment) -> bytes:
    """Return the packed slots of `names`."""
    slots = _author_slots(comment.author)
    if comment.author_email:
        slots += _email_slots(comment.author_email)
    return slots
