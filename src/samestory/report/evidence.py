"""Findings as the site shows them: each with links to the numbers and passages that prove it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

from samestory.figures.passages import Passage, passages

if TYPE_CHECKING:
    import pandas as pd

    from samestory.comparison.proven import Evidence, Proven

READING = "reading.html"  # the event's reading view, in its folder
QUOTED = 150  # characters of a passage that a finding quotes
ABOUT = {
    "internal_conflict": "Numbers", "conflict": "Numbers", "update": "Numbers", "agree": "Numbers",
    "sourcing": "Sources", "certainty": "Certainty", "wording": "Words", "copy": "Whose words", "silence": "Left out",
    "actors": "Who acts",
}  # fmt: skip


class Shown(NamedTuple):
    """A number or passage: whose it is, in words, the way to its place, and the passage where its text is here."""

    outlet: str
    said: str
    href: str | None
    passage: Passage | None


class Card(NamedTuple):
    """A finding: what it is about, the sentence, the event that shows it, and its proof."""

    about: str
    sentence: str
    event: str | None
    proof: tuple[Shown, ...]


def cards(found: Sequence[Proven], texts: pd.DataFrame, folder_of: Callable[[str], str]) -> list[Card]:
    """Findings to be shown; ``folder_of`` gives the way to an event's folder from the page."""
    return [
        Card(ABOUT[one.kind], one.sentence, one.event, tuple(_shown(part, texts, folder_of) for part in one.evidence))
        for one in found
    ]


def fragment(text: str) -> str:
    """The end of an address that selects passages in the reading view; empty for none."""
    return f"#{quote(text, safe='=&._-')}" if text else ""


def _shown(part: Evidence, texts: pd.DataFrame, folder_of: Callable[[str], str]) -> Shown:
    to_passage = part.event is not None and (part.fragment or part.start is not None)
    href = f"{folder_of(part.event)}{READING}{fragment(part.fragment)}" if part.event and to_passage else None
    return Shown(part.outlet, part.said, href, _passage(part, texts))


def _passage(part: Evidence, texts: pd.DataFrame) -> Passage | None:
    """The words themselves, where they are on this machine; a long passage with its beginning marked."""
    import pandas as pd

    if part.start is None or part.end is None or part.article_id not in set(texts.article_id[texts.text.notna()]):
        return None
    row = {"article_id": part.article_id, "start": part.start, "end": min(part.end, part.start + QUOTED), "note": ""}
    return passages(texts, pd.DataFrame([row]), note="note").items[0]
