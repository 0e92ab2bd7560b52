"""Attacks: labels that are meant to do harm, by somebody who holds one key.

The three of Nelson et al., Exploiting Machine Learning to Subvert Your Spam Filter
(2008). Mallory is taken to know more than anybody could: all comments there are.
"""

from collections import Counter
from collections.abc import Sequence

import numpy as np
from benchmarks.budget.rows import Row
from benchmarks.poison.host import Lie

from saring.comment import Comment
from saring.verdict import Label

DICTIONARY_WORDS = 5_000
WORDS_OF_A_LIE = 250
TARGETS = 100
# The share of a target's words that Mallory guesses.
GUESSED = 0.5


def dictionary(rows: Sequence[Row], count: int) -> list[Lie]:
    """Return lies that make the words of honest comments look bad, all of them."""
    words = Counter(word for row in ham(rows) for word in row.comment.content.split())
    common = [word for word, _ in words.most_common(DICTIONARY_WORDS)]
    chance = np.random.default_rng(21)
    return [
        _lie(" ".join(chance.choice(common, WORDS_OF_A_LIE)), Label.SPAM, number)
        for number in range(count)
    ]


def focused(rows: Sequence[Row], count: int) -> list[Lie]:
    """Return lies that make some honest comments look bad which are still to come."""
    chance = np.random.default_rng(22)
    targets = [row.comment for row in targets_of(rows)]
    lies = []
    for number in range(count):
        words = targets[number % len(targets)].content.split()
        guessed = [word for word in words if chance.random() < GUESSED]
        lies.append(_lie(" ".join(guessed or words), Label.SPAM, number))
    return lies


def pseudospam(rows: Sequence[Row], count: int) -> list[Lie]:
    """Return lies that make spam look good which is still to come."""
    spam = [row for row in rows if row.label is Label.SPAM]
    chance = np.random.default_rng(23)
    chosen = chance.choice(len(spam), count)
    return [
        Lie(spam[number].comment, Label.HAM, spam[number].features)
        for number in chosen.tolist()
    ]


def targets_of(rows: Sequence[Row]) -> list[Row]:
    """Return the honest comments at which the focused attack is aimed."""
    late = ham(rows[len(rows) // 2 :])
    chosen = np.random.default_rng(24).choice(len(late), TARGETS, replace=False)
    return [late[number] for number in sorted(chosen.tolist())]


def ham(rows: Sequence[Row]) -> list[Row]:
    """Return the honest comments."""
    return [row for row in rows if row.label is Label.HAM]


def _lie(content: str, label: Label, number: int) -> Lie:
    return Lie(Comment(content=content, author=f"Mallory {number}"), label)


ATTACKS = {"dictionary": dictionary, "focused": focused, "pseudospam": pseudospam}
