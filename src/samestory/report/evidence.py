"""Findings as the site shows them: each with links to the numbers and passages that prove it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

if TYPE_CHECKING:
    from samestory.annotation import Annotations
    from samestory.comparison.proven import Evidence, Proven

READING = "reading.html"  # the event's reading view, in its folder
AROUND, LONGEST = 80, 150  # characters that are quoted on each side of a passage, and of the passage itself
ABOUT = {
    "internal_conflict": "Numbers", "conflict": "Numbers", "update": "Numbers", "differ": "Numbers", "agree": "Numbers",
    "sourcing": "Sources", "certainty": "Certainty", "wording": "Words", "copy": "Whose words", "silence": "Left out",
    "holders": "Who says so", "actors": "Who acts",
}  # fmt: skip


class Quoted(NamedTuple):
    """A passage in its sentence."""

    before: str
    marked: str
    after: str


class Shown(NamedTuple):
    """A number or passage: of which event and outlet it is, in words, the way to its place, and the passage where its
    text is here."""

    event: str | None
    outlet: str
    said: str
    href: str | None
    passage: Quoted | None


class Card(NamedTuple):
    """A finding: what it is about, the sentence, the event that shows it, and its proof."""

    about: str
    sentence: str
    event: str | None
    proof: tuple[Shown, ...]


def cards(found: Sequence[Proven], annotations: Annotations, folder_of: Callable[[str], str]) -> list[Card]:
    """Findings to be shown; ``folder_of`` gives the way to an event's folder from the page."""
    return [
        Card(
            ABOUT[one.kind],
            one.sentence,
            one.event,
            tuple(_shown(part, annotations, folder_of) for part in one.evidence),
        )
        for one in found
    ]


def fragment(text: str) -> str:
    """The end of an address that selects passages in the reading view; empty for none."""
    return f"#{quote(text, safe='=&._-')}" if text else ""


def _shown(part: Evidence, annotations: Annotations, folder_of: Callable[[str], str]) -> Shown:
    to_passage = part.event is not None and (part.fragment or part.start is not None)
    href = f"{folder_of(part.event)}{READING}{fragment(part.fragment)}" if part.event and to_passage else None
    return Shown(part.event, part.outlet, part.said, href, _quoted(part, annotations))


def _quoted(part: Evidence, annotations: Annotations) -> Quoted | None:
    """The passage with what surrounds it in its sentence, cut between words; None where its text is not here."""
    texts = annotations.texts
    own = texts.text[(texts.article_id == part.article_id) & texts.text.notna()]
    if part.start is None or part.end is None or own.empty:
        return None
    text, start = str(own.iloc[0]), part.start
    whole = end = start + len(text[start : part.end].rstrip())
    sentences = annotations.sentences[annotations.sentences.article_id == part.article_id]
    around = sentences[(sentences.start <= start) & (sentences.end > start)]
    first, last = (int(around.start.iloc[0]), int(around.end.iloc[0])) if len(around) else (start, end)
    if end - start > LONGEST:
        cut = text.rfind(" ", start, start + LONGEST)
        end = last = cut if cut > start else start + LONGEST
    low, high = max(first, start - AROUND), max(end, min(last, end + AROUND))
    low = low if low == first else text.find(" ", low, start) + 1 or start
    high = high if high >= last else max(text.rfind(" ", end, high), end)
    return Quoted(
        ("… " if low > first else "") + _one_line(text[low:start]),
        _one_line(text[start:end]),
        _one_line(text[end:high]) + (" …" if high < last or end < whole else ""),
    )


def _one_line(text: str) -> str:
    """The text on one line, its spaces at either end kept as one."""
    line = " ".join(text.split())
    return (" " if text[:1].isspace() else "") + line + (" " if line and text[-1:].isspace() else "")
