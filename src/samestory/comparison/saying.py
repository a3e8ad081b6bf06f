"""Numbers and names in sentences."""

from __future__ import annotations

from collections.abc import Sequence


def times(n: int) -> str:
    """How often: once, twice, 3 times."""
    return {1: "once", 2: "twice"}.get(n, f"{n} times")


def plural(n: int, word: str) -> str:
    """A word for so many: 1 word, 2 words."""
    return word if n == 1 else f"{word}s"


def the(name: str) -> str:
    """A referent's name in a sentence: proper names as they are, others with an article."""
    return f"the {name}" if name[:1].islower() else name


def listed(names: Sequence[str]) -> str:
    """Several in a row: "a, b and c"; nothing for none."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}" if names else ""
