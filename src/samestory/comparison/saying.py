"""Numbers and names in sentences."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd


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


def chance(p: float) -> str | None:
    """A probability as papers print it: .031, or < .001; None where there is none."""
    return None if pd.isna(p) else "< .001" if p < 0.001 else f"{p:.3f}".removeprefix("0")
