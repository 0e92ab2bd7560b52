"""Explanation: the reasons for one verdict, as values; how they are found is elsewhere.

All of it is for those who moderate. Readers may be told its `kinds` and nothing more.
"""

from typing import Any, Literal

import msgspec

from saring.verdict import Clue, Verdict

Base = Literal["content", "text"]
"""What offsets count in: the content as sent, or the text without its markup."""


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """A disguised word and what it reads as; offsets are those of a `Span`."""

    written: str
    reads: str
    start: int
    end: int
    base: Base


class Span(msgspec.Struct, frozen=True, kw_only=True):
    """The part of a comment that weighed most for spam, from `start` to before `end`.

    Both count Unicode code points from 0: of the `content` as sent, or, where `base`
    says so because the place in the content is not known, of the `text` without markup.

    Attributes:
        weight: Its share of the log-odds.
    """

    text: str
    start: int
    end: int
    base: Base
    weight: float


class Counterfactual(msgspec.Struct, frozen=True, kw_only=True):
    """A change that would have published a held comment.

    It was judged: `verdict` and `score` are those of the comment with these `fields` in
    the place of its own.

    Attributes:
        text: The change in words.
        kinds: What was changed, in the order of the words.
        size: How many words, links, fields or entries it touches.
        entries: What was taken out of the site's blocklist.
    """

    text: str
    kinds: tuple[str, ...]
    size: int
    verdict: Verdict
    score: float
    fields: dict[str, Any]
    entries: tuple[str, ...] = ()


class Explanation(msgspec.Struct, frozen=True, kw_only=True):
    """Why a comment gets its verdict, and what would have published it.

    Attributes:
        language: Of the words in it: `en` or `id`.
        sentence: The verdict in one sentence.
        kinds: The kinds of reasons: the step that settled it, or the families that
            weighed most on the verdict's side.
        text: The content without its markup.
        decoded: What the text reads as without disguise; empty where that is the same.
        readings: The disguised words.
        families: The share of each family of features in the log-odds of spam.
        clues: The strongest clues, in words, for either side.
        span: What weighed most for spam, where words did.
        changes: What would have published it, the smallest first; none where it is
            published anyway, or where nothing small was found.
        change: The smallest one as a sentence, or that there is none; empty where the
            comment is published.
        judgement_count: How many changed comments were judged to find out.
    """

    verdict: Verdict
    score: float
    decided_by: str
    language: str
    sentence: str
    kinds: tuple[str, ...]
    text: str
    decoded: str
    readings: tuple[Reading, ...]
    families: tuple[Clue, ...]
    clues: tuple[Clue, ...]
    span: Span | None = None
    changes: tuple[Counterfactual, ...] = ()
    change: str = ""
    judgement_count: int = 0
