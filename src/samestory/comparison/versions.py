"""Two versions of one copy side by side: paragraph by paragraph, with what each words otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from samestory.segments.reuse.spelling import WORD

if TYPE_CHECKING:
    from samestory.annotation import Annotations

HEADLINE, SHARED = "headline", "shared"
COLUMNS = ("kind", "start", "end", "other_start", "other_end", "pieces", "other_pieces")


class Side(NamedTuple):
    """A text, None where it is not on this machine, and the spans of its headline and body."""

    text: str | None
    counted: list[tuple[int, int]]

    def words(self, start: int, end: int) -> list[int]:
        """Where the words of headline and body begin."""
        return [
            found.start()
            for a, b in self.counted
            if a < end and start < b
            for found in WORD.finditer(self.text or "", max(start, a), min(end, b))
        ]

    def piece(self, start: int, end: int) -> str:
        """The headline's and the body's part of these characters: furniture between two paragraphs is not shown."""
        text = self.text or ""
        return "".join(text[max(start, a) : min(end, b)] for a, b in self.counted if a < end and start < b)


class Block(NamedTuple):
    """Characters of one text and what stands in their place in the other; ``kind`` is None where they say the same."""

    start: int
    end: int
    other_start: int
    other_end: int
    kind: str | None = None

    def holds(self, other: Block) -> bool:
        """Whether another block lies inside this one, on both sides."""
        return (
            self.start <= other.start
            and other.end <= self.end
            and self.other_start <= other.other_start
            and other.other_end <= self.other_end
        )


def versions(annotations: Annotations, article_id: str, other_article_id: str) -> pd.DataFrame:
    """The first article and the other, aligned, in the order of the first.

    A row is a headline, a paragraph (or part of one) that both share, or one that was moved, or that one alone has.
    Columns: kind (``headline``, ``shared``, ``moved``, ``inserted``, ``deleted``, ``substituted``, told from the first
    article); start, end, other_start, other_end (characters; empty on the side that lacks it); pieces, other_pieces
    (tuples of wording and kind of edit, the kind None for what both share; null where the text is not on this
    machine). Two articles that share passages and are no versions of one copy have rows for these passages alone.
    Raises KeyError for an article that is not there.
    """
    for one in (article_id, other_article_id):
        if one not in set(annotations.articles.article_id):
            raise KeyError(f"no article has the id {one!r}")
    edits = list(_blocks(annotations.edits, article_id, other_article_id))
    blocks = list(_rows(annotations, edits, article_id, other_article_id))
    ours, theirs = (_side(annotations, one) for one in (article_id, other_article_id))
    rows = []
    for block in blocks:
        inside = [edit for edit in edits if block.holds(edit) and edit.kind != block.kind]
        for part in _parts(block, sorted(inside), ours, theirs):
            pieces = _pieces(ours, [(turn.start, turn.end, turn.kind) for turn in part])
            other_pieces = _pieces(theirs, [(turn.other_start, turn.other_end, turn.kind) for turn in part])
            span, other_span = (part[0].start, part[-1].end), (part[0].other_start, part[-1].other_end)
            rows.append((block.kind, *span, *other_span, pieces, other_pieces))
    offsets = dict.fromkeys(COLUMNS[1:5], "Int64")
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype({"kind": "string", **offsets})


def _blocks(table: pd.DataFrame, article_id: str, other_article_id: str) -> Iterator[Block]:
    rows = table[(table.article_id == article_id) & (table.other_article_id == other_article_id)]
    for row in rows.to_dict("records"):
        start, end, other_start, other_end = (int(row[name]) for name in COLUMNS[1:5])
        yield Block(start, end, other_start, other_end, row.get("kind"))


def _rows(annotations: Annotations, edits: Sequence[Block], article_id: str, other_article_id: str) -> Iterator[Block]:
    """Headlines, then shared passages and what lies in none, in the order of the first text."""
    moved = {edit[:4] for edit in edits if edit.kind == "moved"}
    passages = [
        block._replace(kind="moved" if block[:4] in moved else SHARED)
        for block in _blocks(annotations.reuse, article_id, other_article_id)
    ]
    headlines = [_headline(annotations, one) for one in (article_id, other_article_id)]
    if headlines[0] and headlines[1] and (edits or passages):
        headline = Block(*headlines[0], *headlines[1], HEADLINE)
        yield headline
        edits = [edit for edit in edits if not headline.holds(edit)]
    whole = [one for one in edits if one.kind == "moved" and one[:4] not in {p[:4] for p in passages}]
    alone = [edit for edit in edits if not any(block.holds(edit) for block in (*passages, *whole))]
    yield from sorted((*passages, *whole, *alone), key=lambda block: block[:4])


def _headline(annotations: Annotations, article_id: str) -> tuple[int, int] | None:
    segments = annotations.segments
    rows = segments[(segments.article_id == article_id) & (segments.segment == "headline")]
    return None if rows.empty else (int(rows.start.iloc[0]), int(rows.end.iloc[0]))


def _side(annotations: Annotations, article_id: str) -> Side:
    texts, segments = annotations.texts, annotations.segments
    text = texts[texts.article_id == article_id].dropna(subset="text")
    rows = segments[(segments.article_id == article_id) & segments.segment.isin(("headline", "body"))]
    counted = sorted(zip(rows.start.astype(int), rows.end.astype(int), strict=True))
    return Side(None if text.empty else str(text.text.iloc[0]), counted)


def _parts(block: Block, edits: Sequence[Block], ours: Side, theirs: Side) -> list[list[Block]]:
    """What both share and what was changed, in turn, cut at the ends of the first text's paragraphs."""
    turns: list[Block] = []
    at = block._replace(kind=None)
    for edit in edits:
        if edit.start >= at.start and edit.other_start >= at.other_start:
            turns += [at._replace(end=edit.start, other_end=edit.other_start), edit]
            at = at._replace(start=edit.end, other_start=edit.other_end)
    turns.append(at)
    if block.kind not in (HEADLINE, SHARED, "moved"):
        turns = [block]
    parts: list[list[Block]] = [[]]
    for turn in turns:
        if turn.kind is None and ours.text is not None and theirs.text is not None:
            first, *rest = _paragraphs(turn, ours, theirs)
            parts[-1].append(first)
            parts += [[piece] for piece in rest]
        else:
            parts[-1].append(turn)
    return parts


def _paragraphs(turn: Block, ours: Side, theirs: Side) -> list[Block]:
    """A shared stretch, cut where the first text begins a paragraph, at the same word of the other."""
    text, other = ours.text or "", theirs.text or ""
    words, others = ours.words(turn.start, turn.end), theirs.words(turn.other_start, turn.other_end)
    if len(words) != len(others):
        return [turn]
    pieces, at = [], turn
    for n in range(1, len(words)):
        if "\n" in text[words[n - 1] : words[n]]:
            cut, other_cut = _opened(text, words[n]), _opened(other, others[n])
            pieces.append(at._replace(end=cut, other_end=other_cut))
            at = at._replace(start=cut, other_start=other_cut)
    return [*pieces, at]


def _opened(text: str, start: int) -> int:
    """Where a word begins with the marks that open it."""
    while start and not text[start - 1].isspace():
        start -= 1
    return start


def _pieces(side: Side, spans: Sequence[tuple[int, int, str | None]]) -> tuple[tuple[str, str | None], ...] | None:
    if side.text is None:
        return None
    pieces = [(side.piece(start, end), kind) for start, end, kind in spans]
    pieces[-1] = pieces[-1][0].rstrip(), pieces[-1][1]
    return tuple(piece for piece in pieces if piece[0])
