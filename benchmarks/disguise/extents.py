"""Extents: how much of a comment an attack rewrites, the whole text or its brand."""

import random
import re
from collections.abc import Callable
from typing import Literal

from benchmarks.disguise.attacks import Attack

Extent = Literal["whole text", "one word"]
EXTENTS: tuple[Extent, ...] = ("whole text", "one word")

# What cannot be disguised without breaking it: tags, references, addresses.
_FIXED = re.compile(
    r"(<[^>]{1,2000}>|&[#\w]{1,32};|\[/?[a-zA-Z]{1,12}(?:=[^\]]*)?\]"
    r"|https?://\S+|www\.\S+|\S+@\S+|[\w-]+(?:\.[\w-]+)+(?:/\S*)?)"
)
_WORD = re.compile(r"[^\W_]{2,}")
_BRAND = re.compile(r"(?=[^\W_]*[a-z])(?=[^\W_]*\d)[^\W_]{4,}", re.IGNORECASE)


def attack(content: str, how: Attack, extent: Extent, chance: random.Random) -> str:
    """Return a content in which the text, or its brand, is rewritten.

    The brand is every word that joins letters and digits; in a comment without one it
    is the longest word. No label and no classifier is asked.
    """
    if extent == "whole text":
        return _rewrite(content, lambda text: how.method(text, chance))
    brands = _brands(content)

    def hide(text: str) -> str:
        return _WORD.sub(
            lambda word: how.method(word[0], chance) if word[0] in brands else word[0],
            text,
        )

    return _rewrite(content, hide)


def _rewrite(content: str, change: Callable[[str], str]) -> str:
    # `split` with one group gives visible and fixed stretches by turns.
    parts = _FIXED.split(content)
    parts[::2] = [change(part) if part.strip() else part for part in parts[::2]]
    return "".join(parts)


def _brands(content: str) -> set[str]:
    visible = " ".join(_FIXED.split(content)[::2])
    brands = set(_BRAND.findall(visible))
    if brands:
        return brands
    words = _WORD.findall(visible)
    return {max(words, key=len)} if words else set()
