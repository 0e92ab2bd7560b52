"""Saring: an open comment-spam filter that speaks the Akismet protocol and says why."""

__version__ = "0.1.0"
