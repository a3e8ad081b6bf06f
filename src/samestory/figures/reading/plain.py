"""The reading view as plain text: the rows, with marks in brackets, bounded in length."""

from __future__ import annotations

from typing import TYPE_CHECKING

from samestory.comparison.saying import plural
from samestory.figures.reading.legend import NAMES
from samestory.figures.reading.words import worded

if TYPE_CHECKING:
    from samestory.figures.reading.layout import Cell
    from samestory.figures.reading.marks import Mark
    from samestory.figures.reading.view import Column, ReadingView

ROWS = 12  # rows that are shown
LONGEST = 240  # characters of an article in a row


def view_text(view: ReadingView) -> str:
    """Heading, numbers and the first rows; each mark as ``[words|what it is]``, the layers being those switched on."""
    names = ", ".join(NAMES[layer].lower() for layer in view.layers) or "nothing"
    lines = [view.heading, f"marked: {names}; [words|what they are]"]
    outlets = {column.article_id: column.outlet for column in view.columns}
    for name, own in view.numbers.items():
        lines.append(f"{name}: " + ", ".join(f"{outlets[a]} {number.numerator:,.0f}" for a, number in own.items()))
    tops = sorted({cell.top for cell in view.cells})
    columns = {column.article_id: column for column in view.columns}
    for top in tops[:ROWS]:
        beside = [cell for cell in view.cells if cell.top == top]
        shared = next((cell for cell in beside if cell.row), None)
        lines.append("" if shared is None else f"\n{shared.row}. {shared.why}")
        lines += [f"  {outlets[c.article_id]}: {_cell(c, columns[c.article_id], _marks(view, c))}" for c in beside]
    if len(tops) > ROWS:
        more = len(tops) - ROWS
        lines.append(f"\n... and {more} more {plural(more, 'row')}")
    return "\n".join(lines)


def _marks(view: ReadingView, cell: Cell) -> list[Mark]:
    start, end = cell.units[0].start, cell.units[-1].end
    own = [mark for mark in view.marks if mark.article_id == cell.article_id and start <= mark.start < end]
    return [mark for mark in own if mark.layer in view.layers]


def _cell(cell: Cell, column: Column, marks: list[Mark]) -> str:
    start, end = cell.units[0].start, cell.units[-1].end
    if column.text is None:
        told = ", ".join(f"{worded(mark.code)} {mark.start}-{mark.end}" for mark in marks)
        return _shortened(f"(characters {start} to {end}) {told}".rstrip())
    turns = [(mark.start, 1, -mark.end, "[") for mark in marks]
    turns += [
        (mark.end, 0, -mark.start, f"|{worded(mark.kind if mark.kind == 'cue' else mark.code)}]") for mark in marks
    ]
    pieces, at = [], start
    for place, _, _, sign in sorted(turns):
        pieces += [column.text[at : min(place, end)], sign]
        at = min(place, end)
    return _shortened(" ".join("".join([*pieces, column.text[at:end]]).split()))


def _name(mark: Mark) -> str:
    return "cue" if mark.kind == "cue" else mark.code


def _shortened(words: str) -> str:
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 1].rstrip()}…"
