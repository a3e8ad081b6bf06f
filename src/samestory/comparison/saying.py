"""Numbers in sentences."""

from __future__ import annotations


def times(n: int) -> str:
    """How often: once, twice, 3 times."""
    return {1: "once", 2: "twice"}.get(n, f"{n} times")


def plural(n: int, word: str) -> str:
    """A word for so many: 1 word, 2 words."""
    return word if n == 1 else f"{word}s"
