"""Two versions of one copy beside each other, every character escaped, every change marked by more than colour."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

import pandas as pd

Pieces = tuple[tuple[str, str | None], ...]
# How a change is marked in HTML (style) and in plain text (brackets); told from the side that it stands on.
MARKS = {
    "substituted": ("background:#fdeed8;border-bottom:2px solid #D55E00", "{", "}"),
    "inserted": ("background:#e3f1ea;border-bottom:2px dashed #009E73", "[", "]"),
    "deleted": ("background:#e3f1ea;border-bottom:2px dashed #009E73", "[", "]"),
    "moved": ("background:#e6eef7;border-bottom:2px dotted #0072B2", "<", ">"),
}
LEGEND = (("substituted", "worded otherwise"), ("inserted", "only here"), ("moved", "at another place there"))
ABSENT = "the text is not on this machine"


@dataclass(frozen=True)
class SideBySide:
    """Rows of two versions: paragraph beside paragraph, null pieces where the text is not on this machine."""

    names: tuple[str, str]
    rows: tuple[tuple[str, Pieces | None, Pieces | None], ...]
    more: int = 0

    def __repr__(self) -> str:
        lines = [f"{self.names[0]} | {self.names[1]}   {{worded otherwise}} [only here] <moved>"]
        lines += [f"{_plain(kind, left)} | {_plain(kind, right)}" for kind, left, right in self.rows]
        return "\n".join(lines + ([f"... and {self.more} more rows"] if self.more else []))

    def _repr_html_(self) -> str:
        legend = "; ".join(f'<span style="{MARKS[kind][0]}">{words}</span>' for kind, words in LEGEND)
        heads = "".join(f'<th scope="col" style="width:50%;text-align:left">{escape(name)}</th>' for name in self.names)
        cells = [(_html(kind, left), _html(kind, right)) for kind, left, right in self.rows]
        body = "".join(f"<tr><td{CELL}>{left}</td><td{CELL}>{right}</td></tr>" for left, right in cells)
        more = f"<p>and {self.more} more rows</p>" if self.more else ""
        return (
            f'<table class="versions" style="width:100%;table-layout:fixed"><caption>Marked: {legend}</caption>'
            f"<thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>{more}"
        )


CELL = ' style="vertical-align:top;text-align:left;padding:.3em .8em .5em 0;white-space:normal"'


def side_by_side(versions: pd.DataFrame, left: str, right: str, most: int = 30) -> SideBySide:
    """Two versions to read, at most ``most`` rows; those that differ go before those that say the same.

    ``versions`` is what :func:`samestory.comparison.versions.versions` gives; ``left`` and ``right`` name the outlets.
    """
    rows = [(str(row.kind), _pieces(row.pieces), _pieces(row.other_pieces)) for row in versions.itertuples()]
    differing = [row for row in rows if _differs(row)]
    kept = differing[:most] if len(rows) > most else rows
    return SideBySide((left, right), tuple(kept), len(rows) - len(kept))


def _differs(row: tuple[str, Pieces | None, Pieces | None]) -> bool:
    kind, left, right = row
    return kind != "shared" or any(change is not None for side in (left, right) for _, change in side or ())


def _pieces(value: object) -> Pieces | None:
    return value if isinstance(value, tuple) else None


def _plain(kind: str, pieces: Pieces | None) -> str:
    if pieces is None:
        return f"({kind}: {ABSENT})"
    marked = []
    for text, change in pieces:
        _, opening, closing = MARKS.get(change or "", ("", "", ""))
        marked.append(f"{opening}{text}{closing}")
    return " ".join("".join(marked).split()) or "–"


def _html(kind: str, pieces: Pieces | None) -> str:
    if pieces is None:
        return f"<em>{escape(kind)}: {ABSENT}</em>"
    marked = [
        f'<span style="{MARKS[change][0]}" title="{change}">{escape(text)}</span>' if change in MARKS else escape(text)
        for text, change in pieces
    ]
    joined = "".join(marked)
    return f"<strong>{joined}</strong>" if kind == "headline" else joined or "–"
