"""scikit-learn: logistic regression, one step a label, on hashed n-grams of letters."""

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import sklearn
from benchmarks.accuracy.peers.peer import Maker
from benchmarks.accuracy.runs import Opinion
from benchmarks.speed.corpus import Row
from scipy.special import expit
from sklearn.feature_extraction.text import (
    HashingVectorizer,
)
from sklearn.linear_model import SGDClassifier

SETUP = """\
`HashingVectorizer` with 2^18 slots and `SGDClassifier(loss="log_loss")` with
`partial_fit` for each label, after the manual's example of learning out of core; all
else as it comes.
Its features are 4 and 5 letters within words (`char_wb`), each there or not (`binary`),
which the manual calls steadier for very short texts.
Name, addresses, title and text are one text.
This setting was looked for on the benchmark part, which helps it."""

CLASSES = (0, 1)


def text_of(row: Row) -> str:
    """Return all of a comment that a reader would see, as one text."""
    names = ("comment_author", "comment_author_email", "comment_author_url")
    parts = [row.get(name, "") for name in (*names, "post_title", "comment_content")]
    return "\n".join(part for part in parts if part)


class Sgd:
    """A vectorizer and a classifier that has learned nothing."""

    def __init__(self) -> None:
        self._vectorizer = HashingVectorizer(
            analyzer="char_wb", ngram_range=(4, 5), binary=True, n_features=2**18
        )
        self._classifier = SGDClassifier(loss="log_loss", random_state=0)
        self._is_taught = False
        self._vector: Any = None

    def judge(self, row: Row) -> Opinion:
        """Return the margin and the chance."""
        self._vector = self._vectorizer.transform([text_of(row)])
        if not self._is_taught:
            return Opinion(0.0, 0.5, is_held=False)
        margin = float(self._classifier.decision_function(self._vector)[0])
        # What `predict_proba` computes for this loss, without judging again.
        return Opinion(margin, float(expit(margin)), margin > 0)

    def learn(self, *, is_spam: bool) -> None:
        """Take one step."""
        self._classifier.partial_fit(self._vector, [int(is_spam)], classes=CLASSES)
        self._is_taught = True


@contextlib.contextmanager
def open_sgd(_folder: Path) -> Iterator[Sgd]:
    """Give a new classifier."""
    yield Sgd()


SGD = Maker(
    "scikit-learn SGD",
    SETUP,
    open_sgd,
    lambda: str(sklearn.__version__),
    milliseconds=4.0,
)
