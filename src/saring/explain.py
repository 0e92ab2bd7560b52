"""Explain: why a comment got its verdict, in words and with the decoded text.

Slower than a check and never needed for one: the names of features are rebuilt from the
comment and weighed by the classifier that judged it.
"""

import unicodedata

import msgspec

from saring import features, markup
from saring.classifiers.linear import LinearClassifier
from saring.comment import Comment
from saring.features.decoding import skeleton
from saring.ledger.records import Site
from saring.phrases import phrase
from saring.verdict import Check, Clue, Verdict

MAX_CLUES = 12
# Below this share of the log-odds a feature is noise rather than a reason.
LEAST_WEIGHT = 0.05
NEARLY_ONE = 0.999

STEPS = {
    "asked": "the client asked for this answer with one of the protocol's test values",
    "administrator": "an administrator of the site wrote it",
    "allowlist": "the site's allowlist names its author",
    "blocklist": "the site's blocklist names its author",
    "honeypot": "a field was filled in that people never see",
    "pre_check": "the page behind this pingback is read and judged next",
}


class Explanation(msgspec.Struct, frozen=True, kw_only=True):
    """Why a comment gets its verdict.

    Attributes:
        decoded: What the text reads as without disguise; empty where that is the same.
        families: The share of each family of features in the log-odds of spam.
        clues: The strongest single features, in words, for either side.
        sentence: The verdict in one sentence.
    """

    verdict: Verdict
    score: float
    decided_by: str
    sentence: str
    decoded: str
    families: tuple[Clue, ...]
    clues: tuple[Clue, ...]


def explain(
    comment: Comment, check: Check, classifier: LinearClassifier, site: Site
) -> Explanation:
    """Return the reasons for a check of this comment by this classifier."""
    is_judged = check.decided_by == "classifier"
    return Explanation(
        verdict=check.verdict,
        score=check.score,
        decided_by=check.decided_by,
        sentence=_sentence(check),
        decoded=decode(comment.content),
        families=check.clues,
        clues=_clues(comment, classifier, site) if is_judged else (),
    )


def decode(content: str) -> str:
    """Return what a text reads as, or nothing where that is what it says anyway.

    Example:
        >>> decode("𝗦𝗟𝗢𝗧 ɢᴀᴄᴏʀ")
        'slot gacor'
        >>> decode("Terima kasih")
        ''
        >>> decode("Спасибо!")
        ''

    """
    words = markup.reduce(content).text.split()
    read = " ".join(" ".join(map(_read_word, words)).split())
    return "" if read == " ".join(words).casefold() else read


def _read_word(word: str) -> str:
    """Return what a word reads as; one that is wholly of another alphabet, itself."""
    letters = [letter for letter in word if letter.isalpha()]
    if letters and all(_is_of_other_alphabet(letter) for letter in letters):
        return word.casefold()
    return skeleton(word)


def _is_of_other_alphabet(letter: str) -> bool:
    return unicodedata.name(letter, "").startswith(("CYRILLIC", "GREEK", "ARMENIAN"))


def _sentence(check: Check) -> str:
    said = {
        Verdict.HAM: "Published",
        Verdict.UNSURE: "Published, but a person should look",
        Verdict.SPAM: "Held as spam",
        Verdict.DISCARD: "Spam so plain that the site may drop it",
    }[check.verdict]
    if check.decided_by in STEPS:
        return f"{said}: {STEPS[check.decided_by]}."
    leading = [clue.family for clue in check.clues if clue.weight > 0][:2]
    if check.verdict is Verdict.HAM:
        leading = [clue.family for clue in check.clues if clue.weight < 0][:2]
    reason = f", mostly for its {' and '.join(leading)}" if leading else ""
    return f"{said}: spam with a probability of {_percent(check.score)}{reason}."


def _percent(score: float) -> str:
    """Return a score in words; nothing is ever certain.

    Example:
        >>> _percent(0.875), _percent(0.99999), _percent(0.00001)
        ('87.5%', 'over 99.9%', 'under 0.1%')

    """
    if score > NEARLY_ONE:
        return f"over {NEARLY_ONE:.1%}"
    nearly_none = 1 - NEARLY_ONE
    return f"under {nearly_none:.1%}" if score < nearly_none else f"{score:.1%}"


def _clues(
    comment: Comment, classifier: LinearClassifier, site: Site
) -> tuple[Clue, ...]:
    """Return the strongest features, each with its share of the log-odds."""
    extracted = features.extract(comment)
    weights = classifier.weigh(extracted, site.id).tolist()
    by_slot: dict[tuple[str, int], float] = {}
    for family, start, end in extracted.spans():
        for slot, weight in zip(
            extracted.slots[start:end].tolist(), weights[start:end], strict=True
        ):
            by_slot[family, slot] = weight
    clues = [
        Clue(
            family=feature.family,
            weight=sum(by_slot.get((feature.family, s), 0.0) for s in feature.slots),
            text=phrase(feature.name),
        )
        for feature in features.describe(comment)
    ]
    strong = [clue for clue in clues if abs(clue.weight) >= LEAST_WEIGHT]
    strong.sort(key=lambda clue: (-abs(clue.weight), clue.text))
    return tuple(strong[:MAX_CLUES])
