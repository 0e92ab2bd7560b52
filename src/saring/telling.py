"""Telling: a verdict, its clues and a change as sentences of a language."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from saring import messages
from saring.changes import Change, Found
from saring.edits import Edit
from saring.explanation import Counterfactual
from saring.phrases import Phrase
from saring.verdict import Check, Clue, Verdict

CLASSIFIER = "classifier"
MAX_KINDS = 2
MAX_CLUES = 12
# Below this share of the log-odds a clue is noise rather than a reason.
LEAST_WEIGHT = 0.05
NEARLY_ONE = 0.999
# What nearly every comment is tells nothing of this one.
USUAL = Phrase("clue-type", (("value", "comment"),))


def kinds_of(check: Check) -> tuple[str, ...]:
    """Return the kinds of reasons for a verdict: the step, or the leading families."""
    if check.decided_by != CLASSIFIER:
        return (check.decided_by,)
    sign = -1 if check.verdict is Verdict.HAM else 1
    leading = [clue.family for clue in check.clues if clue.weight * sign > 0]
    return tuple(leading[:MAX_KINDS])


def tell_verdict(check: Check, entry: str, language: str) -> str:
    """Return a verdict as a sentence.

    Args:
        check: The judgement.
        entry: What the site's list names, where a list settled it.
        language: One of ours.
    """
    said = messages.say(language, f"said-{check.verdict}")
    if check.decided_by != CLASSIFIER:
        step = _tell_step(check.decided_by, entry, language)
        return messages.say(language, "settled", said=said, step=step)
    score = min(max(check.score, 1 - NEARLY_ONE), NEARLY_ONE)
    bound = "over" if score < check.score else "under" if score > check.score else ""
    told = messages.say(language, "probability", score=score, bound=bound)
    kinds = [tell_kind(kind, language) for kind in kinds_of(check)]
    if not kinds:
        return messages.say(language, "judged", said=said, probability=told)
    listed = messages.enumerate_in(language, kinds)
    return messages.say(
        language, "judged-for", said=said, probability=told, kinds=listed
    )


def _tell_step(step: str, value: str, language: str) -> str:
    name = f"step-{step}"
    if messages.has(name):
        return messages.say(language, name, value=value)
    return messages.say(language, "step-other", value=step)


def tell_kind(kind: str, language: str) -> str:
    """Return a kind of reason: a family of features, or who decided."""
    name = f"kind-{kind}"
    known = name if messages.has(name) else "kind-other"
    return messages.say(language, known, value=kind)


def tell_clues(
    weighed: Iterable[tuple[str, Phrase, float]], language: str
) -> tuple[Clue, ...]:
    """Return the strongest of some phrases as clues; equal ones are one clue."""
    sums: dict[Phrase, float] = defaultdict(float)
    families: dict[Phrase, str] = {}
    for family, phrase, weight in weighed:
        if phrase == USUAL:
            continue
        sums[phrase] += weight
        families.setdefault(phrase, family)
    strong = [each for each in sums.items() if abs(each[1]) >= LEAST_WEIGHT]
    strong.sort(key=lambda each: (-abs(each[1]), each[0]))
    return tuple(
        Clue(families[phrase], weight, _tell(phrase, weight, language))
        for phrase, weight in strong[:MAX_CLUES]
    )


def _tell(phrase: Phrase, weight: float, language: str) -> str:
    return phrase.say(language, side="spam" if weight > 0 else "ham")


def tell_change(found: Found, language: str) -> str:
    """Return the smallest change as a sentence, or that there is none."""
    if not found.changes:
        count = found.judgement_count
        return messages.say(language, "change-none", count=count)
    return tell_counterfactual(found.changes[0], language).text


def tell_counterfactual(change: Change, language: str) -> Counterfactual:
    """Return a change in words, with all it takes to judge it again."""
    told = messages.enumerate_in(language, _tell_edits(change.edits, language))
    return Counterfactual(
        text=messages.say(language, "change-published", changes=told),
        kinds=tuple(edit.kind for edit in change.edits),
        size=change.size,
        verdict=change.verdict,
        score=change.score,
        fields=change.fields,
        entries=change.entries,
    )


def _tell_edits(edits: Sequence[Edit], language: str) -> list[str]:
    """Return each edit in words, and several words in one."""
    words = [edit for edit in edits if edit.kind == "word"]
    told = [edit.phrase.say(language) for edit in edits if edit.kind != "word"]
    if len(words) == 1:
        told.append(words[0].phrase.say(language))
    elif words:
        quoted = [f"“{dict(word.phrase.values)['value']}”" for word in words]
        listed = messages.enumerate_in(language, quoted)
        told.append(messages.say(language, "change-words", values=listed))
    return told
