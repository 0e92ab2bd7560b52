"""Balance: how many ham and spam labels were learned in full.

Who labels one class alone would teach a classifier that everything is of that class.
So the labels of one class run ahead of the other's only so far; past that they are
learned narrowly.
"""

from saring.classifiers.sightings import Hasher

# Comment streams have as much as nineteen twentieths of one class.
RATIO = 20
FREE = 2


class Balance:
    """The labels of either class that were learned in full."""

    __slots__ = ("ham", "spam")

    def __init__(self, ham: int = 0, spam: int = 0) -> None:
        self.ham, self.spam = ham, spam

    def take(self, *, is_spam: bool) -> bool:
        """Count a label, and say so, unless its class is too far ahead.

        Example:
            >>> balance = Balance()
            >>> [balance.take(is_spam=True) for _ in range(3)]
            [True, True, False]
            >>> balance.take(is_spam=False)
            True
            >>> balance.take(is_spam=True)
            True

        """
        one, other = (self.spam, self.ham) if is_spam else (self.ham, self.spam)
        if one >= RATIO * other + FREE:
            return False
        if is_spam:
            self.spam += 1
        else:
            self.ham += 1
        return True

    @property
    def has_both(self) -> bool:
        """Say whether both classes were learned."""
        return bool(self.ham and self.spam)

    def digest_into(self, total: Hasher) -> None:
        """Add both counts to a digest."""
        total.update(b"%d %d" % (self.ham, self.spam))
