"""Words: what each word of a text reads as, where it stands, and what it weighs."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from saring import features, markup
from saring.comment import Comment
from saring.features import Named
from saring.features.decoding import KIND_SHIFT, look_up, squeeze
from saring.features.glyphs import Kind
from saring.places import Span

_DECORATED = frozenset(
    (
        Kind.MATHEMATICAL,
        Kind.ENCLOSED,
        Kind.FULL_WIDTH,
        Kind.SMALL_CAPITAL,
        Kind.MARK,
        Kind.FORMAT,
        Kind.LOOKALIKE,
        Kind.CYRILLIC,
        Kind.GREEK,
    )
)
_DIFFERENT = 2
_MARKS = frozenset(("Mn", "Me", "Cf"))
_APART = re.compile(r"[\W_]+")
_ALPHABETS = ("CYRILLIC", "GREEK", "ARMENIAN")
# A neighbour that weighs this share of the heaviest word belongs to the same span.
_NEIGHBOUR_SHARE = 1 / 3
# A longer span shows nobody where to look.
MAX_SPAN_WORDS = 8
MAX_GAP_CHARACTERS = 16
_PREFIX = "text:word:"

Shares = Mapping[int, float]
"""The share of each slot of the text in the log-odds."""


class Word(NamedTuple):
    """A word of a text, wherever it stands in it.

    Attributes:
        reads: Without disguise, in small letters.
        spans: Where it stands in the text, at least once.
        weight: The share in the log-odds of the word and the n-grams inside it; above
            0 speaks for spam.
    """

    reads: str
    spans: tuple[Span, ...]
    weight: float = 0.0

    def is_within(self, parts: Iterable[Span]) -> bool:
        """Say whether it stands nowhere but inside of some parts of the text."""
        parts = list(parts)
        return bool(parts) and all(
            any(first <= start and stop <= last for first, last in parts)
            for start, stop in self.spans
        )


def find_words(
    named: Iterable[Named], text: str, shares: Shares | None = None
) -> list[Word]:
    """Return the words of a text, in the order in which they are met.

    Args:
        named: The features of its comment, at every place where they stand.
        text: Of the comment, without markup.
        shares: Of the slots of the text; without them no word weighs anything.

    Example:
        >>> comment = Comment(content="S L O T gacor, gacor")
        >>> words = find_words(features.describe_all(comment), comment.content)
        >>> [(word.reads, word.spans) for word in words]
        [('slot', ((0, 7),)), ('gacor', ((8, 13), (15, 20)))]

    """
    spans: dict[str, list[Span]] = {}
    slots: dict[str, dict[int, None]] = {}
    for each in named:
        if each.span and each.name.startswith(_PREFIX):
            reads = each.name.removeprefix(_PREFIX)
            start, stop = each.span
            spans.setdefault(reads, []).append((start, _after_marks(text, stop)))
            slots.setdefault(reads, {}).update(dict.fromkeys(each.slots))
    known = shares or {}
    return [
        Word(reads, tuple(places), sum([known.get(slot, 0.0) for slot in slots[reads]]))
        for reads, places in spans.items()
    ]


def _after_marks(text: str, stop: int) -> int:
    """Return where the marks end that sit on the last letter of a word."""
    while stop < len(text) and unicodedata.category(text[stop]) in _MARKS:
        stop += 1
    return stop


class Disguised(NamedTuple):
    """A word that is written so that a filter might not read it."""

    span: Span
    written: str
    reads: str


def find_disguised(text: str, words: Iterable[Word]) -> list[Disguised]:
    """Return the disguised words of a text, in their order."""
    placed = [(span, word.reads) for word in words for span in word.spans]
    written = [(span, text[span[0] : span[1]], reads) for span, reads in placed]
    return sorted(
        Disguised(span, word, _read(word, reads))
        for span, word, reads in written
        if is_disguised(word, reads)
    )


def _read(written: str, reads: str) -> str:
    """Return what a disguised word reads as, parted where its wider gaps are.

    Example:
        >>> _read("S L O T  G A C O R", "slotgacor")
        'slot gacor'

    """
    gaps = {len(gap) for gap in _APART.findall(written)}
    if len(gaps) < _DIFFERENT:
        return reads
    parts = re.split(rf"[\W_]{{{min(gaps) + 1},}}", written)
    shown = " ".join(map(squeeze, parts))
    return shown if shown.replace(" ", "") == reads else reads


def is_disguised(written: str, reads: str) -> bool:
    """Say whether a word is written so that a filter might not read it.

    Accents are no disguise, and neither is a word wholly of another alphabet.

    Example:
        >>> is_disguised("ѕӏоt", "slot"), is_disguised("S.L.O.T", "slot")
        (True, True)
        >>> is_disguised("Café", "cafe"), is_disguised("Спасибо", "cпacибo")
        (False, False)

    """
    plain = unicodedata.normalize("NFC", written)
    if plain.casefold() == reads:
        return False
    letters = [letter for letter in plain if letter.isalpha()]
    if letters and all(map(_is_of_other_alphabet, letters)):
        return False
    if not any(letter.isascii() for letter in reads):
        # Scripts that live by their marks and joiners.
        return False
    if letters and any(not each.isalnum() for each in plain if each.isascii()):
        return True
    kinds = set((look_up(plain)[1] >> KIND_SHIFT).tolist())
    return not kinds.isdisjoint(_DECORATED)


def _is_of_other_alphabet(letter: str) -> bool:
    return unicodedata.name(letter, "").startswith(_ALPHABETS)


def decode(content: str) -> str:
    """Return what a content reads as, or nothing where nothing in it is disguised.

    Example:
        >>> decode("Main <b>𝗦𝗟𝗢𝗧</b> ɢᴀᴄᴏʀ")
        'Main slot gacor'
        >>> decode("Terima kasih"), decode("Спасибо!"), decode("Café")
        ('', '', '')

    """
    named = features.describe_all(Comment(content=content))
    text = markup.reduce(content).text
    return spell(text, find_disguised(text, find_words(named, text)))


def spell(text: str, disguised: Iterable[Disguised]) -> str:
    """Return a text with its disguised words in plain letters, or nothing."""
    parts, last = [], 0
    for (start, stop), _, reads in disguised:
        parts += [text[last:start], reads]
        last = stop
    return " ".join("".join([*parts, text[last:]]).split()) if last else ""


class Weighed(NamedTuple):
    """A span of a text with its share in the log-odds."""

    start: int
    stop: int
    weight: float


def place(words: Iterable[Word]) -> list[Weighed]:
    """Return where words stand, in the order of the text."""
    return sorted(Weighed(*span, word.weight) for word in words for span in word.spans)


def find_heaviest(placed: Sequence[Weighed]) -> Weighed | None:
    """Return the span that weighed most for spam, or None where no word did.

    It is the heaviest word, with its neighbours as far as they weigh much too, though
    never more than `MAX_SPAN_WORDS` words.
    """
    if not placed:
        return None
    top = max(range(len(placed)), key=lambda at: placed[at].weight)
    enough = placed[top].weight * _NEIGHBOUR_SHARE
    if enough <= 0:
        return None
    first = last = top
    while last - first + 1 < MAX_SPAN_WORDS:
        before = _beside(placed, first - 1, first)
        after = _beside(placed, last, last + 1)
        if max(before, after) < enough:
            break
        first, last = (first - 1, last) if before > after else (first, last + 1)
    weight = sum(each.weight for each in placed[first : last + 1])
    return Weighed(placed[first].start, placed[last].stop, weight)


def _beside(placed: Sequence[Weighed], one: int, other: int) -> float:
    """Return what the lighter of two neighbours weighs; nothing where they are none."""
    if one < 0 or other == len(placed):
        return 0.0
    if placed[other].start - placed[one].stop > MAX_GAP_CHARACTERS:
        return 0.0
    return min(placed[one].weight, placed[other].weight)
