"""Keyword in context: what a concordance found, aligned on the keyword."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from textwrap import shorten

import pandas as pd

from samestory.figures.style import PALE

MOST = 30  # places that are shown
LONGEST = 48  # characters of a keyword that are shown; of a longer one its first words
SIDE, NAME = 36, 16  # characters of each side, and of outlet and voice, in plain text
CUT = "[…]"
CELL = f"padding:.2em .5em;border-top:1px solid {PALE};white-space:nowrap;overflow:hidden"
SIDED = f"{CELL};width:50%;max-width:0"  # both sides share what room there is
HEAD = {"before": "right", "keyword": "center", "after": "left", "outlet": "left", "voice": "left"}


@dataclass(frozen=True)
class Kwic:
    """Places of a concordance, of ``total`` in all. Shown as HTML, every character escaped, and as plain text."""

    data: pd.DataFrame
    total: int
    caption: str = ""

    @property
    def counted(self) -> str:
        """How many places there are, and how many of them are shown."""
        found = f"{self.total:,} {'place' if self.total == 1 else 'places'}"
        some = f"{found}, the first {len(self.data)} shown" if len(self.data) < self.total else found
        return f"{self.caption}: {some}" if self.caption else some

    def __repr__(self) -> str:
        rows = [_told(row) for row in self.data.itertuples()]
        room = max((len(keyword) for *_, keyword, _ in rows), default=0)
        lines = [
            f"{_cut(outlet, NAME):{NAME}} {_cut(voice, NAME):{NAME}} "
            f"{left[-SIDE:]:>{SIDE}} [{keyword}]{'':{room - len(keyword)}} {right[:SIDE]}".rstrip()
            for outlet, voice, left, keyword, right in rows
        ]
        return "\n".join([self.counted, *lines])

    def html(self) -> str:
        """The places as an HTML element, which scrolls sideways where the screen is narrow."""
        caption = f"<figcaption>{escape(self.counted)}</figcaption>"
        if not len(self.data):
            return f'<figure class="kwic">{caption}</figure>'
        head = "".join(
            f'<th scope="col" style="padding:.2em .5em;text-align:{side}">{name}</th>' for name, side in HEAD.items()
        )
        body = "".join(_row(*_told(row)) for row in self.data.itertuples())
        return (
            f'<figure class="kwic" style="margin:0">{caption}<div role="region" tabindex="0" style="overflow-x:auto" '
            f'aria-label="{escape(self.counted)}"><table style="border-collapse:collapse;width:100%;min-width:46em">'
            f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div></figure>"
        )

    def _repr_html_(self) -> str:
        return self.html()


def kwic(found: pd.DataFrame, caption: str = "", most: int = MOST) -> Kwic:
    """Show what :func:`samestory.concordance` found, at most ``most`` places, and how many there are."""
    return Kwic(found.head(most).reset_index(drop=True), len(found), caption)


def _told(row) -> tuple[str, str, str, str, str]:
    """Outlet, voice, left, keyword and right of a place; where a text is not here, the characters stand for it."""
    keyword = f"characters {row.start} to {row.end}" if pd.isna(row.keyword) else row.keyword
    left, right = ("" if pd.isna(side) else side for side in (row.left, row.right))
    return row.outlet, row.voice, left, shorten(keyword, LONGEST, placeholder=f" {CUT}"), right


def _cut(name: str, room: int) -> str:
    return name if len(name) <= room else f"{name[: room - 1]}…"


def _row(outlet: str, voice: str, left: str, keyword: str, right: str) -> str:
    # the left side is cut off at its beginning, not at the keyword
    before = f'<div style="display:flex;justify-content:flex-end">{escape(left)}</div>'
    named = f"{CELL};max-width:11em;text-align:left;text-overflow:ellipsis;font-weight:normal"
    return (
        f'<tr><td style="{SIDED}">{before}</td>'
        f'<td style="{CELL};text-align:center"><mark>{escape(keyword)}</mark></td>'
        f'<td style="{SIDED};text-align:left">{escape(right)}</td>'
        f'<th scope="row" style="{named}">{escape(outlet)}</th><td style="{named}">{escape(voice)}</td></tr>'
    )
