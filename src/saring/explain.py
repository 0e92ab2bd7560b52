"""Explain: why a comment got its verdict, and what would have published it.

Slower than a check and never needed for one: the names of features are rebuilt from the
comment and weighed by the classifier that judged it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from saring import features, lists, messages
from saring.changes import Case, Found, Judge, find_changes
from saring.classifiers.linear import LinearClassifier
from saring.comment import Comment
from saring.edits import Looked, look
from saring.explanation import Base, Explanation, Reading, Span
from saring.features import Named
from saring.features.glyphs import Kind
from saring.features.reading import read, shorten
from saring.ledger.records import Site
from saring.phrases import Facts, Phrase, phrase
from saring.places import Places
from saring.telling import (
    CLASSIFIER,
    LEAST_WEIGHT,
    kinds_of,
    tell_change,
    tell_clues,
    tell_counterfactual,
    tell_verdict,
)
from saring.verdict import Verdict
from saring.words import Disguised, spell

# A word is known where it weighs at least this much of what its letters do on average.
KNOWN_SHARE = 0.5
# Features that no other shares a clue with: what is light alone stays so.
ALONE = ("text:word:", "text:pair:")

Shares = Mapping[str, Mapping[int, float]]
"""By family the share of each slot in the log-odds."""


def explain(
    case: Case,
    classifier: LinearClassifier,
    judge: Judge,
    languages: Iterable[str] = (),
) -> Explanation:
    """Return the reasons for the verdict on a comment.

    Args:
        case: The comment, the site, and the check that is explained.
        classifier: What judges for the site.
        judge: How changed comments would be judged.
        languages: Tags, the dearest first; the site's own follow, then English.
    """
    comment, site, check = case
    language = messages.choose([*languages, *comment.languages])
    shares = _shares(comment, classifier, site)
    named = [*features.describe_all(comment)]
    looked = look(comment, named, shares["text"])
    is_judged = check.decided_by == CLASSIFIER
    is_held, is_suspect = check.verdict.is_held, check.verdict is not Verdict.HAM
    found = Found((), 0)
    if is_held:
        found = find_changes(case, judge, looked)
    return Explanation(
        verdict=check.verdict,
        score=check.score,
        decided_by=check.decided_by,
        language=language,
        sentence=tell_verdict(check, _entry(case), language),
        kinds=kinds_of(check),
        text=looked.places.text,
        decoded=spell(looked.places.text, looked.disguised),
        readings=tuple(_reading(looked.places, each) for each in looked.disguised),
        families=check.clues,
        clues=tell_clues(_phrases(looked, named, shares), language)
        if is_judged
        else (),
        span=_span(looked) if is_judged and is_suspect else None,
        changes=tuple(tell_counterfactual(each, language) for each in found.changes),
        change=tell_change(found, language) if is_held else "",
        judgement_count=found.judgement_count,
    )


def _shares(comment: Comment, classifier: LinearClassifier, site: Site) -> Shares:
    extracted = features.extract(comment)
    weights = classifier.weigh(extracted, site.id).tolist()
    slots = extracted.slots.tolist()
    shares: dict[str, dict[int, float]] = {}
    for family, start, end in extracted.spans():
        own = shares.setdefault(family, defaultdict(float))
        for slot, weight in zip(slots[start:end], weights[start:end], strict=True):
            own[slot] += weight
    return shares


def _phrases(
    looked: Looked, every: Iterable[Named], shares: Shares
) -> Iterator[tuple[str, Phrase, float]]:
    """Yield what tells each feature, and its weight."""
    facts = _facts(looked)
    known = set()
    for named in every:
        if named.name in known:
            continue
        known.add(named.name)
        own = shares.get(named.family, {})
        weight = sum([own.get(slot, 0.0) for slot in named.slots])
        if abs(weight) < LEAST_WEIGHT and named.name.startswith(ALONE):
            continue
        yield named.family, _phrase(named, weight, own, facts), weight


def _phrase(
    named: Named, weight: float, shares: Mapping[int, float], facts: Facts
) -> Phrase:
    told = phrase(named.name, facts)
    if told.message != "clue-word":
        return told
    fair = weight / len(named.slots)
    is_known = weight and shares.get(named.slots[0], 0.0) / fair >= KNOWN_SHARE
    return told.with_value("known", "yes" if is_known else "no")


def _facts(looked: Looked) -> Facts:
    """Return what clues may quote of a comment."""
    text, disguised = looked.places.text, looked.disguised
    edges = read([("", shorten(text))]).edges
    return Facts(
        author=looked.comment.author,
        text=shorten(text),
        length=len(text),
        word_lengths=(edges[1::2] - edges[::2]).tolist(),
        link_count=len(looked.places.links),
        address_words=looked.addresses,
        written=disguised[0].written if disguised else "",
        reads=disguised[0].reads if disguised else "",
        kinds={str(kind.value): kind.name.lower() for kind in Kind},
        shown=_shown(looked),
        disguised_letters=frozenset("".join(each.written for each in disguised)),
    )


def _shown(looked: Looked) -> dict[str, str]:
    """Return each word as people know it: as it is written, or as a disguise reads."""
    text = looked.places.text
    shown = {
        word.reads: text[slice(*word.spans[0])].casefold() for word in looked.words
    }
    disguised = {each.reads.replace(" ", ""): each.reads for each in looked.disguised}
    return shown | disguised


def _entry(case: Case) -> str:
    """Return what the list names that settled a check."""
    comment, site, check = case
    if check.decided_by == "allowlist":
        return lists.compile_list(site.allowlist).find_author(comment)
    if check.decided_by == "blocklist":
        return lists.compile_list(site.blocklist).find(comment)
    return ""


def _place(places: Places, start: int, stop: int) -> tuple[int, int, Base]:
    found = places.of(start, stop)
    return (*found, "content") if found else (start, stop, "text")


def _reading(places: Places, disguised: Disguised) -> Reading:
    start, end, base = _place(places, *disguised.span)
    return Reading(
        written=disguised.written,
        reads=disguised.reads,
        start=start,
        end=end,
        base=base,
    )


def _span(looked: Looked) -> Span | None:
    heaviest, places = looked.heaviest, looked.places
    if heaviest is None:
        return None
    start, end, base = _place(places, heaviest.start, heaviest.stop)
    text = places.text[heaviest.start : heaviest.stop]
    return Span(text=text, start=start, end=end, base=base, weight=heaviest.weight)
