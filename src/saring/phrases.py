"""Phrases: which message tells a feature, so that who moderates needs no n-grams.

Many features tell of one thing: all that is seen in an author's name is one clue, and
so is every letter of a disguise. The messages themselves are in `messages`.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple, Self

import msgspec

from saring import messages
from saring.messages import Argument


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """What the clues of one comment may quote.

    Attributes:
        text: The content without its markup, or head and tail of a long one.
        length: Of the whole text, in characters.
        word_lengths: Of the words as they read, in letters.
        address_words: The words that stand in addresses only.
        written: The first disguised word as sent; empty if there is none.
        reads: What it reads as.
        kinds: The names of kinds of letters, by their numbers.
        shown: Words as people know them, by how features name them.
        disguised_letters: All letters that disguised words are written in.
    """

    author: str = ""
    text: str = ""
    length: int = 0
    word_lengths: Sequence[int] = ()
    link_count: int = 0
    address_words: frozenset[str] = frozenset()
    written: str = ""
    reads: str = ""
    kinds: Mapping[str, str] = {}
    shown: Mapping[str, str] = {}
    disguised_letters: frozenset[str] = frozenset()


class Phrase(NamedTuple):
    """A message, and what stands in its places."""

    message: str
    values: tuple[tuple[str, Argument], ...] = ()

    def with_value(self, name: str, value: Argument) -> Self:
        """Return the phrase with one more of its places filled."""
        return self._replace(values=(*self.values, (name, value)))

    def say(self, language: str, **more: Argument) -> str:
        """Return the phrase in a language."""
        return messages.say(language, self.message, **dict(self.values), **more)


# By the first parts of a feature's name, the longest that is known. A message that
# quotes the rest of the name ends in "=".
_PHRASES = {
    "text:word": "clue-word=",
    "text:pair": "clue-pair=",
    "text:author_word": "clue-author",
    "text:author_pair": "clue-author",
    "links:domain": "clue-host=",
    "links:count": "clue-links",
    "links:html": "clue-links",
    "links:bbcode": "clue-links",
    "links:bare": "clue-links",
    "links:distinct": "clue-links",
    "links:share": "clue-link-share",
    "links:addresses": "clue-link-share",
    "links:link:host": "clue-host=",
    "links:link:ending": "clue-ending=",
    "links:link:word": "clue-link-word=",
    "links:link:depth": "clue-link-depth",
    "links:link:shortener": "clue-link-shortener",
    "links:link:number": "clue-link-number",
    "links:link:punycode": "clue-link-punycode",
    "links:link:no_host": "clue-link-no-host",
    "links:author:host": "clue-site-host=",
    "links:author:ending": "clue-site-ending=",
    "links:author:word": "clue-site-word=",
    "links:author:depth": "clue-site-depth",
    "links:author:shortener": "clue-site-shortener",
    "links:author:number": "clue-site-number",
    "links:author:punycode": "clue-site-punycode",
    "links:author:no_host": "clue-site-no-host",
    "links:post": "clue-post",
    "links:post_length": "clue-post",
    "links:post_links": "clue-post",
    "links:post_letters": "clue-post",
    "identity:author": "clue-author",
    "identity:author_words": "clue-author",
    "identity:author_length": "clue-author",
    "identity:author_kind": "clue-author",
    "identity:author_case": "clue-author",
    "identity:mail": "clue-mail=",
    "identity:mail_ending": "clue-mail-ending=",
    "identity:mail_digits": "clue-mail-shape",
    "identity:mail_dots": "clue-mail-shape",
    "identity:mail_length": "clue-mail-shape",
    "identity:mail_disposable": "clue-mail-disposable",
    "disguise:length": "clue-length",
    "disguise:words": "clue-words",
    "disguise:single_letters": "clue-single-letters",
    "disguise:longest_word": "clue-longest-word",
    "disguise:word_length": "clue-word-length",
    "disguise:repeats": "clue-repeats",
    "disguise:first": "clue-first",
    "disguise:last": "clue-last",
    "disguise:capital_share": "clue-capitals",
    "disguise:digit_share": "clue-digits",
    "disguise:blank_share": "clue-blanks",
    "disguise:punctuation_share": "clue-punctuation",
    "disguise:words_then_digits": "clue-digits-in-words",
    "disguise:digits_then_words": "clue-digits-in-words",
    "client:type": "clue-type=",
    "client:agent": "clue-browser=",
    "client:product": "clue-browser=",
    "client:version": "clue-browser=",
    "client:system": "clue-browser=",
    "client:language": "clue-language=",
    "client:language_fits": "clue-language-fits=",
    "client:honeypot": "clue-honeypot",
    "client:nonce": "clue-nonce=",
    "client:page_time": "clue-page-time",
    "client:typing_time": "clue-typing-time",
    "client:typed": "clue-typed",
    "client:corrections": "clue-hands",
    "client:clicks": "clue-hands",
    "client:moves": "clue-hands",
    "client:touches": "clue-hands",
    "client:scrolls": "clue-hands",
    "client:post_age": "clue-post-age",
    "client:referrer": "clue-referrer=",
}
_DECORATED = frozenset(
    ("mathematical", "enclosed", "full_width", "small_capital", "mark", "lookalike")
)
_ODD = frozenset(("format", "foreign_mark"))
_ALPHABETS = ("cyrillic", "greek")
MAX_QUOTE = 60
_REPEATED = re.compile(r"(.)\1\1+", re.DOTALL)
# Embeddings, overrides and isolates: what they begin, a quotation might not end.
_BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_LOG2_RANGES = frozenset(("clue-page-time", "clue-typing-time", "clue-post-age"))


def phrase(name: str, facts: Facts) -> Phrase:
    """Return what tells a feature to a person.

    Example:
        >>> phrase("links:link:host:example.com", Facts())
        Phrase(message='clue-host', values=(('value', 'example.com'),))
        >>> phrase("identity:author_words:2", Facts(author="Alice"))
        Phrase(message='clue-author', values=(('value', 'Alice'),))
        >>> phrase("something:else", Facts()).say("en")
        'something: else'

    """
    parts = name.split(":")
    for length in (3, 2):
        message = _PHRASES.get(":".join(parts[:length]))
        if message:
            rest = ":".join(parts[length:])
            if message in ("clue-word=", "clue-pair="):
                return _words(rest, facts)
            if message.endswith("="):
                return _quote(message.removesuffix("="), rest)
            return _with_facts(message, rest, facts)
    if parts[:2] == ["text", "letters"]:
        return _letters(":".join(parts[2:]), facts)
    if parts[0] == "disguise":
        return _kinds(parts[1:], facts)
    return _quote("clue-other", ": ".join(parts))


def clean(text: str) -> str:
    """Return a text on one line, without what steers a terminal."""
    if not text.isprintable():
        text = "".join([each for each in text if each.isspace() or not _steers(each)])
    return " ".join(text.split())


def quote(text: str) -> str:
    """Return a text fit to be quoted: clean, and not too long.

    Example:
        >>> quote("Slot" + chr(27) + "[31m" + chr(0x202E) + "  gacor" + "!" * 99)[:20]
        'Slot[31m gacor!!!!!!'

    """
    line = clean(text)
    return line if len(line) <= MAX_QUOTE else line[: MAX_QUOTE - 1] + "…"


def _steers(letter: str) -> bool:
    """Say whether a letter is for terminals and not for readers."""
    is_control = unicodedata.category(letter) in ("Cc", "Cs")
    return is_control or letter in _BIDI


def _quote(message: str, value: str) -> Phrase:
    return Phrase(message, (("value", quote(value)),))


def _words(words: str, facts: Facts) -> Phrase:
    """Tell of one word or two, as people know them."""
    if words in facts.address_words:
        return _quote("clue-link-word", words)
    shown = [facts.shown.get(word, word) for word in words.split()]
    return _quote("clue-pair" if len(shown) > 1 else "clue-word", " ".join(shown))


def _with_facts(message: str, rest: str, facts: Facts) -> Phrase:
    """Return a message with what it tells of the comment as a whole."""
    if message == "clue-author":
        author = facts.author.strip()
        return _quote(message, author) if author else Phrase("clue-no-author")
    if message in _LOG2_RANGES:
        bucket = int(rest)
        low = (1 << bucket) >> 1
        return Phrase(message, (("low", low), ("high", (1 << bucket) - 1)))
    if message in ("clue-first", "clue-last"):
        return Phrase(message, (("kind", facts.kinds.get(rest, "")),))
    measured = _measure(message, facts)
    return Phrase(message, (measured,) if measured else ())


def _measure(message: str, facts: Facts) -> tuple[str, Argument] | None:
    """Return the number in a message; how features put it into buckets says less."""
    if message in _COUNTS:
        return "count", _COUNTS[message](facts)
    if message in _SHARES:
        is_part, is_whole = _SHARES[message]
        whole = _count(is_whole, facts.text)
        return "share", _count(is_part, facts.text) / max(1, whole)
    return None


def _count(is_meant: Callable[[str], bool], text: str) -> int:
    """Return how many letters are meant; each kind of letter is looked at once."""
    counts = Counter(text).items()
    return sum([count for letter, count in counts if is_meant(letter)])


def _repeats(text: str) -> int:
    """Return how many letters are the third, or more, of the same in a row."""
    return sum([len(found[0]) - 2 for found in _REPEATED.finditer(text)])


def _has_both(word: str) -> bool:
    return any(map(str.isdigit, word)) and any(map(str.isalpha, word))


def _is_sign(letter: str) -> bool:
    return not (letter.isalnum() or letter.isspace())


_COUNTS: Mapping[str, Callable[[Facts], int]] = {
    "clue-links": lambda facts: facts.link_count,
    "clue-link-share": lambda facts: facts.link_count,
    "clue-length": lambda facts: facts.length,
    "clue-words": lambda facts: len(facts.word_lengths),
    "clue-single-letters": lambda facts: facts.word_lengths.count(1),
    "clue-longest-word": lambda facts: max(facts.word_lengths, default=0),
    "clue-repeats": lambda facts: _repeats(facts.text),
    "clue-digits-in-words": lambda facts: sum(map(_has_both, facts.text.split())),
}
_SHARES: Mapping[str, tuple[Callable[[str], bool], Callable[[str], bool]]] = {
    "clue-capitals": (str.isupper, str.isalpha),
    "clue-digits": (str.isdigit, bool),
    "clue-blanks": (str.isspace, bool),
    "clue-punctuation": (_is_sign, bool),
}


def _letters(letters: str, facts: Facts) -> Phrase:
    """Tell of letters beyond ASCII: as part of a disguise, or as signs."""
    if facts.written and facts.disguised_letters.issuperset(letters):
        return _disguise(facts)
    return _quote("clue-sign", letters)


def _kinds(parts: list[str], facts: Facts) -> Phrase:
    """Tell of how many letters of a kind there are, or of kinds in a row."""
    if parts[0] in ("kinds", "decorated_share"):
        kinds = set(parts[1].split())
    else:
        kinds = {parts[0].removeprefix("decorated_")}
    if kinds & _DECORATED:
        return _disguise(facts)
    if kinds & _ODD:
        return Phrase("clue-odd-letters")
    found = next((name for name in ("emoji", *_ALPHABETS) if name in kinds), "mix")
    return Phrase(f"clue-{found}")


def _disguise(facts: Facts) -> Phrase:
    if not facts.written:
        return Phrase("clue-odd-letters")
    values = (("written", facts.written), ("reads", facts.reads))
    return Phrase("clue-disguise", values)
