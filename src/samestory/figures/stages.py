"""Pairs of outlets by who reported first: how many events are of which order, and of how many it is unknown."""

from __future__ import annotations

import pandas as pd

from samestory.figures.canvas import (
    FULL,
    LABEL,
    Mark,
    beside,
    breadth,
    canvas,
    folded,
    name_rows,
    no_axis,
    number,
    rows_height,
)
from samestory.figures.chart import Chart, nothing
from samestory.figures.style import PALE, colour, on, style

PARTS = {
    "earlier": Mark("left one earlier", colour(0)),
    "same": Mark("within an hour", "#8fcdb8"),
    "later": Mark("right one earlier", colour(1)),
    "unknown": Mark("order unknown", PALE),
}
NAME = 0.85 * LABEL  # points of an outlet's name on each side
INSIDE = 8.0  # points that a number leaves free beside it in its part


def stage_bars(data: pd.DataFrame, *, title: str, alt: str, most: int = 15) -> Chart:
    """A bar for each pair of outlets, one named at the left and one at the right: its events by who reported first.

    Columns: outlet, other_outlet, and how many events are earlier, same, later (of the outlet, to the other), unknown.
    Pairs stand in the order of ``data``; of more than ``most``, the rest is counted under the title.
    """
    import matplotlib

    columns = ["outlet", "other_outlet", *PARTS]
    if data.empty:
        return nothing(title, alt, data[columns])
    shown, rest = data.head(most), max(0, len(data) - most)
    longest = float(shown[list(PARTS)].sum(axis=1).max())
    names = [folded(name, NAME) for name in shown.outlet]
    others = [folded(name, NAME) for name in shown.other_outlet]
    point = (longest or 1.0) / (FULL - sum(_widest(column) for column in (names, others)) - 20)
    unit = "events that both cover" + (f"; {rest} more {'pairs are' if rest > 1 else 'pair is'} not drawn" * bool(rest))
    with matplotlib.rc_context(style()):
        figure, axes = canvas(rows_height(names, 0.4, below=0), title, unit=unit,
                              key=list(PARTS.values()))  # fmt: skip
        for n, row in enumerate(shown.to_dict("records")):
            left = 0.0
            for part, look in PARTS.items():
                width = float(row[part])
                axes.barh(n, width, left=left, color=look.face, height=0.66, edgecolor="white", linewidth=0.8)
                if width and breadth(number(width)) + INSIDE <= width / point:
                    axes.text(left + width / 2, n, number(width), ha="center", va="center", color=on(look.face))
                left += width
            beside(axes, others[n], (left, n), apart=6)
        name_rows(axes, names)
        no_axis(axes)
        axes.set_xlim(0, longest or 1.0)
    return Chart(figure, title, alt, shown[columns])


def _widest(names: list[str]) -> float:
    return max((breadth(line) for name in names for line in name.split("\n")), default=0.0)
