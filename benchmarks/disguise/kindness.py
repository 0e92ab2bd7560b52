"""Kindness: honest greetings in every disguise, none of which may be held."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from benchmarks.disguise.corpus import Labelled, is_plain
from benchmarks.disguise.greetings import GREETINGS
from benchmarks.disguise.trial import FORMS, Form, rewritten

from saring import features
from saring.classifiers.base import BaseModel
from saring.classifiers.linear import LinearClassifier
from saring.comment import Comment
from saring.verdict import Cutoffs, Verdict, decide


@dataclass
class Kindness:
    """What one filter said of the greetings.

    Attributes:
        knows: What the filter had learned.
        judged: How many greetings in how many forms.
        held: How many of each form were held, only those that had any.
        highest: The highest score of all.
    """

    knows: str
    judged: int = 0
    held: dict[Form, int] = field(default_factory=dict)
    unsure: int = 0
    highest: float = 0.0

    @property
    def held_count(self) -> int:
        """How many were held in all."""
        return sum(self.held.values())


def greet(base: BaseModel, rows: Sequence[Labelled]) -> list[Kindness]:
    """Return what becomes of the greetings on three sites.

    The first has learned nothing, the second only what is plain in these rows, the
    third all of them, decorated spam included.
    """
    plain, all_rows = LinearClassifier(base), LinearClassifier(base)
    for row in rows:
        extracted = features.extract(row.comment)
        all_rows.learn_one(extracted, row.label)
        if is_plain(row.comment.content):
            plain.learn_one(extracted, row.label)
    return [
        _judge("nothing", LinearClassifier(base), base.cutoffs),
        _judge("the plain comments of id_judol_nafi", plain, base.cutoffs),
        _judge("all of id_judol_nafi, decorated spam too", all_rows, base.cutoffs),
    ]


def _judge(knows: str, classifier: LinearClassifier, cutoffs: Cutoffs) -> Kindness:
    found = Kindness(knows)
    for number, greeting in enumerate(GREETINGS):
        comment = Comment(content=greeting, author="Alice")
        extracted = features.extract_many(rewritten(comment, number))
        for form, written in zip(FORMS, extracted, strict=True):
            score = classifier.score_one(written).probability
            verdict = decide(score, cutoffs)
            found.judged += 1
            found.highest = max(found.highest, score)
            found.unsure += verdict is Verdict.UNSURE
            if verdict.is_held:
                found.held[form] = found.held.get(form, 0) + 1
    return found
