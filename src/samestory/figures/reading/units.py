"""An article cut into the units that rows are made of: its lines, or its sentences where the text is not here."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from samestory.tables import COUNTED_SEGMENTS

if TYPE_CHECKING:
    from samestory.annotation import Annotations

Roles = list[tuple[int, int, str]]


class Unit(NamedTuple):
    """A paragraph: its characters, the white space after it included, and the segment that most of it belongs to."""

    start: int
    end: int
    role: str

    @property
    def counts(self) -> bool:
        """Whether it is headline, deck or body."""
        return self.role in COUNTED_SEGMENTS


def cut_units(annotations: Annotations, article_id: str, text: str | None) -> list[Unit]:
    """The units of an article: every character of it in exactly one.

    A unit is a line with the white space that follows. Where the text is not here, it is a sentence, or a segment that
    holds none.
    """
    segments = annotations.segments[annotations.segments.article_id == article_id].sort_values("start")
    roles = [(int(row.start), int(row.end), str(row.segment)) for row in segments.itertuples()]
    if text is None:
        sentences = annotations.sentences[annotations.sentences.article_id == article_id]
        starts = {start for start, _, _ in roles} | {int(start) for start in sentences.start} | {0}
        article = annotations.articles.set_index("article_id").loc[article_id]
        end = int(article.n_chars)
    else:
        starts, end = _line_starts(text), len(text)
    edges = [*sorted(start for start in starts if start < end), end]
    return [Unit(a, b, _role(roles, a, b)) for a, b in pairwise(edges)]


def _line_starts(text: str) -> set[int]:
    """Where lines begin that hold more than white space; the first holds what stands before it, too."""
    starts: set[int] = set()
    at = 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            starts.add(at if starts else 0)
        at += len(line)
    return starts or {0}


def _role(roles: Roles, start: int, end: int) -> str:
    shares: dict[str, int] = {}
    for a, b, role in roles:
        shares[role] = shares.get(role, 0) + max(0, min(b, end) - max(a, start))
    return max(shares, key=lambda role: shares[role]) if shares else "body"
