"""Marks to markup: every character once, escaped, inside all marks that cover it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from itertools import pairwise

from samestory.figures.reading.marks import LAYERS, PASSAGES, Mark

# What a browser would not give back as it was read: it drops a null, turns a carriage return into a line end, and a
# page is UTF-8, which has no lone half of a surrogate pair.
_KEPT = {0: "�", 13: "&#13;", **dict.fromkeys(range(55296, 57344), "�")}
_DEPTH = {layer: depth for depth, layer in enumerate((*LAYERS, PASSAGES))}
Numbered = tuple[int, Mark]


def escaped(text: str) -> str:
    """Text for a page: no character of it can become markup; one for one, a null and a lone surrogate as U+FFFD."""
    return escape(text).translate(_KEPT)


def marked_text(text: str, start: int, end: int, marks: Iterable[Numbered]) -> str:
    """The characters from start to end with their marks.

    Marks that cross are cut, so that elements nest: what begins later lies inside, and is opened anew where the other
    ends. A mark's symbol stands at its last piece (a segment's name at its first).
    """
    own = sorted((m for m in marks if m[1].start < end and start < m[1].end), key=_outer_first)
    cuts = sorted({start, end, *(at for _, mark in own for at in (mark.start, mark.end) if start < at < end)})
    pieces: list[str] = []
    opened: list[Numbered] = []
    for a, b in pairwise(cuts):
        covering = [m for m in own if m[1].start <= a and b <= m[1].end]
        kept = _common(opened, covering)
        pieces.append("</mark>" * (len(opened) - kept))
        pieces += [_opening(covering[n], a, _last(covering[: n + 1], end)) for n in range(kept, len(covering))]
        pieces.append(escaped(text[a:b]))
        opened = covering
    return "".join(pieces) + "</mark>" * len(opened)


def _outer_first(numbered: Numbered) -> tuple[int, int, int, int]:
    number, mark = numbered
    return mark.start, -mark.end, _DEPTH[mark.layer], number


def _common(one: Sequence[Numbered], other: Sequence[Numbered]) -> int:
    same = 0
    while same < min(len(one), len(other)) and one[same] == other[same]:
        same += 1
    return same


def _last(path: Sequence[Numbered], end: int) -> bool:
    """Whether the innermost of these marks, once opened, stays open to its own end (what begins later lies inside), and
    no mark around it ends there with the same symbol."""
    mark = path[-1][1]
    return mark.end <= min(end, *(outer.end for _, outer in path)) and not any(
        (outer.layer, outer.symbol, outer.end) == (mark.layer, mark.symbol, mark.end) for _, outer in path[:-1]
    )


def _opening(numbered: Numbered, at: int, last: bool) -> str:
    number, mark = numbered
    shown = at == mark.start if mark.layer == "segments" else last
    symbol = f' data-s="{escaped(mark.symbol)}"' if mark.symbol and shown else ""
    edges = ("opens" * (at == mark.start), "closes" * last) if mark.kind == "content" else ()
    names = " ".join(part for part in (mark.layer, mark.code, mark.kind, *edges) if part)
    return f'<mark class="{names}" data-n="{number}"{symbol}>'
