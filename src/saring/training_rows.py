"""Training rows: labelled comments as the base model meets them.

Every source has tell-tales that give its class away and are worth nothing elsewhere: a
field that only one class has, a blank before punctuation, decoration, length. Here they
are dropped, added or mixed at random, in both classes alike. Nothing is learned here.
"""

import html
import random
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import msgspec

from saring import primer
from saring.brands import graft, hide, make_brand, make_model, rebrand
from saring.comment import Comment
from saring.disguises import disguise
from saring.features.decoding import skeleton
from saring.medleys import join_ham, join_spam
from saring.verdict import Label


class Example(NamedTuple):
    """One labelled comment and the set that it comes from."""

    comment: Comment
    label: Label
    source: str


class Chances(msgspec.Struct, frozen=True, kw_only=True):
    """How often, 0 to 1, a row is changed in a way, whatever its label.

    Attributes:
        undisguised: A decorated text is also read in plain letters.
        disguised: A text is also read in some disguise.
        rebranded: Spam that names a brand is also read with another one.
        no_author: The author is dropped; as for the other fields. Posts always are: how
            those of the training blogs fared says nothing of any other.
        other_author: A row without an author gets one of another row.
        made_url: A row without the author's address on the web gets one like the
            personal pages of honest readers; `made_email` likewise.
        tidied: Blanks before punctuation are dropped.
        untidied: Blanks before punctuation are put in.
        lowered: Everything is in small letters.
        shouted: Everything is in capitals.
        no_mention: A name after @ at the beginning is dropped.
        no_markup: HTML becomes what a form without it would have got: bare addresses.
    """

    undisguised: float = 0.7
    disguised: float = 0.3
    rebranded: float = 1.0
    no_author: float = 0.5
    no_url: float = 0.6
    no_email: float = 0.6
    no_date: float = 0.7
    no_language: float = 0.5
    no_permalink: float = 1.0
    other_author: float = 0.4
    made_url: float = 0.25
    made_email: float = 0.4
    tidied: float = 0.6
    untidied: float = 0.1
    lowered: float = 0.15
    shouted: float = 0.04
    no_mention: float = 0.7
    no_markup: float = 0.6


# Of how many rows of a class of a source one medley is made.
_HAM_PER_MEDLEY, _SPAM_PER_MEDLEY = 4, 6
# Of how many rows of ham one is read with a made-up name in it: that of a gambling
# site, which makes it spam, where there are such; an honest one with a number anywhere.
_HAM_PER_GRAFT, _HAM_PER_MODEL = 6, 16
# How many comments a line of our own writing stands for.
_OWN_PER_LINE = 20

_BLANK_BEFORE = re.compile(r"\s+([,.!?;:])")
_PUNCTUATION = re.compile(r"(?<=\w)([,.!?])")
_MENTION = re.compile(r"\A\s*@\S+\s+")
_ANCHOR = re.compile(
    r"""<a\s[^>]*?href=["']([^"']+)["'][^>]*>(.*?)</a>""", re.DOTALL | re.IGNORECASE
)
_TAG = re.compile(r"</?[a-zA-Z][^>]*>")
_LINE_BREAK = re.compile(r"<br\s*/?>\s?|</p>", re.IGNORECASE)
_NOT_PLAIN = re.compile(r"[^a-z0-9]+")

# Of writers of files that have none.
_NAMES = (
    "Alice",
    "Bob Miles",
    "mira",
    "xXdarkXx",
    "Santi Putri",
    "Иван",
    "Олег К",
    "joe22",
    "TheRealTobin",
    "Anna-Maria",
    "Rizky",
    "somchai",
    "小明",
    "user-48213",
    "Budi Hartono",
    "k.",
    "Tante Lina",
    "Peter van Dam",
    "マリ",
    "dev_null",
)

# Where honest readers have their mail and their pages.
_MAIL_HOSTS = (
    "gmail.com",
    "gmail.com",
    "gmail.com",
    "yahoo.com",
    "hotmail.com",
    "outlook.com",
    "yahoo.co.id",
    "mail.ru",
    "ymail.com",
    "icloud.com",
)
_PAGES = (
    "http://www.{}.com/",
    "http://{}.com",
    "https://{}.com/",
    "http://www.{}.net/",
    "http://{}.org/",
    "https://{}.dev/",
    "http://blog.{}.com/",
    "http://{}.blogspot.com/",
    "https://{}.wordpress.com/",
    "https://github.com/{}",
    "https://{}.github.io/",
    "http://twitter.com/{}",
    "https://www.facebook.com/{}",
    "https://www.youtube.com/@{}",
    "https://www.instagram.com/{}/",
    "https://{}.my.id/",
    "https://www.{}.web.id/",
)


class Variants:
    """Draws the variants of rows, always the same for the same seed and rows."""

    def __init__(
        self, authors: Sequence[str], seed: int, chances: Chances | None = None
    ) -> None:
        self._authors = authors or _NAMES
        self._chance = random.Random(seed)  # noqa: S311 an experiment, no secret
        self._chances = chances or Chances()

    def of(self, example: Example) -> Iterator[Example]:
        """Yield the row in one to four ways, each with other fields."""
        chance, content = self._chance, example.comment.content
        yield self.once(example)
        if self._is(self._chances.undisguised):
            plain = skeleton(content)
            if plain != content.lower():
                yield self._redress(example, self._retouch(plain))
        if self._is(self._chances.disguised):
            yield self._redress(example, disguise(self._retouch(content), chance))
        if example.label is Label.SPAM and self._is(self._chances.rebranded):
            renamed = rebrand(content, chance) if _names_brands(example) else None
            if renamed:
                yield self._redress(example, self._retouch(renamed))

    def once(self, example: Example) -> Example:
        """Return the row in one way."""
        return self._redress(example, self._retouch(example.comment.content))

    def _is(self, share: float) -> bool:
        return self._chance.random() < share

    def _redress(self, example: Example, content: str) -> Example:
        """Return the example with another content and some fields dropped or made."""
        comment, chances = example.comment, self._chances
        author = self._author(comment)
        name = _NOT_PLAIN.sub("", skeleton(author)) or "reader"
        url, email = comment.author_url, comment.author_email
        url = "" if self._is(chances.no_url) else url
        email = "" if self._is(chances.no_email) else email
        if not url and self._is(chances.made_url):
            url = self._chance.choice(_PAGES).format(name)
        if not email and self._is(chances.made_email):
            email = f"{name}@{self._chance.choice(_MAIL_HOSTS)}"
        changed = msgspec.structs.replace(
            comment,
            content=content,
            author=author,
            author_url=url,
            author_email=email,
            created_at=None if self._is(chances.no_date) else comment.created_at,
            languages=() if self._is(chances.no_language) else comment.languages,
            permalink="" if self._is(chances.no_permalink) else comment.permalink,
        )
        return Example(changed, example.label, example.source)

    def _author(self, comment: Comment) -> str:
        if comment.author:
            return "" if self._is(self._chances.no_author) else comment.author
        if self._is(self._chances.other_author):
            return self._chance.choice(self._authors)
        return ""

    def _retouch(self, content: str) -> str:
        """Return the content without the habits of the set that it comes from."""
        chances = self._chances
        if "<" in content and self._is(chances.no_markup):
            content = self._without_markup(content)
        if self._is(chances.no_mention):
            content = _MENTION.sub("", content)
        if self._is(chances.tidied):
            content = _BLANK_BEFORE.sub(r"\1", content)
        elif self._is(chances.untidied):
            content = _PUNCTUATION.sub(r" \1", content)
        if self._is(chances.shouted):
            return content.upper()
        return content.lower() if self._is(chances.lowered) else content

    def _without_markup(self, content: str) -> str:
        """Return HTML as people write it where there is none."""
        pattern = self._chance.choice((r"\1", r"\1", r"\2 \1", r"\2 (\1)"))
        content = _LINE_BREAK.sub("\n", _ANCHOR.sub(pattern, content))
        return html.unescape(_TAG.sub("", content))


def mix(examples: Sequence[Example], seed: int) -> Iterator[Example]:
    """Yield medleys of one source's rows, and more examples of ham than of spam."""
    chance = random.Random(seed)  # noqa: S311 an experiment, no secret
    ham = [example for example in examples if example.label is Label.HAM]
    spam = [example for example in examples if example.label is Label.SPAM]
    said = [example.comment.content for example in ham]
    for _ in range(len(ham) // _HAM_PER_MEDLEY):
        yield _with_content(chance.choice(ham), join_ham(said, chance))
    for _ in range(len(spam) // _SPAM_PER_MEDLEY if said else 0):
        example = chance.choice(spam)
        text = join_spam(example.comment.content, said, chance)
        yield _with_content(example, text)


def put_names(examples: Sequence[Example], seed: int) -> Iterator[Example]:
    """Yield ham with a name in it; that of a gambling site makes it spam."""
    chance = random.Random(seed)  # noqa: S311 an experiment, no secret
    ham = [example for example in examples if example.label is Label.HAM]
    for example in chance.choices(ham, k=len(ham) // _HAM_PER_MODEL):
        name = make_model(chance)
        yield _with_content(example, graft(example.comment.content, name, chance))
    for example in chance.choices(ham, k=len(ham) // _HAM_PER_GRAFT):
        if _names_brands(example):
            name = hide(make_brand(chance), chance)
            text = graft(example.comment.content, name, chance)
            yield _with_content(example._replace(label=Label.SPAM), text)


def write_own(seed: int) -> Iterator[list[Example]]:
    """Yield the comments of our own writing, a list for each language."""
    chance = random.Random(seed)  # noqa: S311 an experiment, no secret
    for language in primer.LANGUAGES:
        yield [
            Example(Comment(content=written.content), written.label, language)
            for written in primer.write(language, _OWN_PER_LINE, chance)
        ]


def _with_content(example: Example, content: str) -> Example:
    comment = msgspec.structs.replace(example.comment, content=content)
    return Example(comment, example.label, example.source)


def _names_brands(example: Example) -> bool:
    """Say whether names with numbers are brands here: Indonesian spam has them."""
    return "id" in example.comment.languages
