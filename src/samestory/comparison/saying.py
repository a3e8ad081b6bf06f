"""Numbers and names in sentences."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import pandas as pd

SOURCES = {
    "political": ("politician", "politicians"), "affected": ("person affected", "people affected"),
    "armed_group": ("armed group", "armed groups"), "media": ("news outlet", "news outlets"),
    "social_media": ("social media account", "social media accounts"), "other": ("source", "other sources"),
    "witness": ("witness", "witnesses"), "outlet": ("outlet", "outlets"),
}  # fmt: skip
"""A source of a type, and several, in words, where the type's own name does not do: "official" does."""


def source_of(kind: str, n: int = 1) -> str:
    """A source of a type in a sentence, or several: "official", "people affected"."""
    one, several = SOURCES.get(kind, (kind, f"{kind}s"))
    return one if n == 1 else several


def times(n: int) -> str:
    """How often: once, twice, 3 times."""
    return {1: "once", 2: "twice"}.get(n, f"{n} times")


def plural(n: int, word: str) -> str:
    """A word for so many: 1 word, 2 words."""
    return word if n == 1 else f"{word}s"


def verb(n: int, word: str) -> str:
    """What so many do: 1 holds, 2 hold."""
    return f"{word}s" if n == 1 else word


def the(name: str) -> str:
    """A referent's name in a sentence: proper names as they are, others with an article."""
    return f"the {name}" if name[:1].islower() else name


def listed(names: Sequence[str]) -> str:
    """Several in a row: "a, b and c"; nothing for none."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}" if names else ""


def chance(p: float) -> str | None:
    """A probability as papers print it: .031, or < .001; None where there is none."""
    return None if pd.isna(p) else "< .001" if p < 0.001 else f"{p:.3f}".removeprefix("0")


def day_of(published: str) -> date | None:
    """The day of a time of publication; None where it tells a month or a year alone."""
    try:
        return date.fromisoformat(published[:10])
    except ValueError:
        return None


def in_full(day: date) -> str:
    """A day as it is read: 6 February 2020."""
    return f"{day.day} {day:%B %Y}"


def moment_in_full(published: object) -> str:
    """A time of publication as it is read: "6 February 2020, 14:05 (UTC+02:00)", a month or year as it stands."""
    if pd.isna(published):
        return "time unknown"
    text = str(published)
    day, (_, _, clock) = day_of(text), text.partition("T")
    if day is None or not clock:
        return in_full(day) if day else text
    hour, zone = clock[:5], clock[5:].removeprefix(":00")
    told = "UTC" if zone == "Z" else f"UTC{zone}"
    return f"{in_full(day)}, {hour}" + (f" ({told})" if zone else ", clock unknown")


def span_of(published: Iterable[str]) -> str:
    """From the first day to the last ("6 February 2020 to 1 March 2021"), or the only one; empty for none known."""
    days = sorted(day for text in published if (day := day_of(text)) is not None)
    return " to ".join(dict.fromkeys(in_full(day) for day in (days[:1] + days[-1:])))
