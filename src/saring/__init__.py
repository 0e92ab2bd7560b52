"""Saring: an open comment-spam filter that speaks the Akismet protocol and says why.

The library in three lines:

    from saring import Comment, Engine
    engine = Engine()
    check = engine.check(Comment(content="Terima kasih, artikelnya jelas sekali."))
"""

from typing import TYPE_CHECKING

__version__ = "0.1.0"

__all__ = ["Check", "Comment", "Cutoffs", "Engine", "Label", "Verdict", "__version__"]

if TYPE_CHECKING:
    from saring.comment import Comment
    from saring.engine import Engine
    from saring.verdict import Check, Cutoffs, Label, Verdict

_HOMES = {
    "Check": "verdict",
    "Comment": "comment",
    "Cutoffs": "verdict",
    "Engine": "engine",
    "Label": "verdict",
    "Verdict": "verdict",
}


def __getattr__(name: str) -> object:
    """Import a public name at its first use, so that a command starts quickly.

    Raises:
        AttributeError: There is no such public name.
    """
    if name not in _HOMES:
        raise AttributeError(f"module 'saring' has no attribute {name!r}")
    from importlib import import_module  # noqa: PLC0415 needed at first use only

    return getattr(import_module(f"saring.{_HOMES[name]}"), name)
