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


def names(comment: Comment) -> list[str]:
    """Return the names of the features of who writes."""
    return [
        *author_names(comment.author),
        *email_names(comment.author_email),
    ]


def author_names(author: str) -> list[str]:
    """Return the names of an author's features: the name, its shape, its script."""
    author = author.strip()[:_MAX_FIELD]
    if not author:
        return ["identity:author:"]
    letters = [*map(_look_up_letter, author)]
    shown = "".join([letter for letter, _ in letters])
    words = shown.split()
    kinds = sorted({kind for _, kinds in letters for kind in kinds})
    return [
        f"identity:author:{shown.strip()}",
        f"identity:author_words:{min(7, len(words))}",
        f"identity:author_length:{len(shown).bit_length()}",
        *(f"identity:author_kind:{_KIND_NAMES[kind]}" for kind in kinds),
        f"identity:author_case:{_case(author)}",
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
    local, at, domain = email.strip().lower()[:_MAX_FIELD].rpartition("@")
    if not at:
        return []
    base, ending = registrable(domain)
    digits = sum(map(len, _DIGITS.findall(local)))
    named = [
        f"identity:mail:{base}",
        f"identity:mail_ending:{ending}",
        f"identity:mail_digits:{min(7, digits)}",
        f"identity:mail_dots:{min(4, local.count('.'))}",
        f"identity:mail_length:{len(local).bit_length()}",
    ]
    if is_disposable(domain) or is_disposable(base):
        named.append("identity:mail_disposable")
    return named


@lru_cache(maxsize=16_384)
def _author_slots(author: str) -> bytes:
    return pack(author_names(author))


@lru_cache(maxsize=16_384)
def _email_slots(email: str) -> bytes:
    return pack(email_names(email))


def extract(comment: Comment) -> bytes:
    """Return the packed slots of `names`."""
    slots = _author_slots(comment.author)
    if comment.author_email:
        slots += _email_slots(comment.author_email)
    return slots
