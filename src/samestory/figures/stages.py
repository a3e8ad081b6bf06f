"""Pairs of outlets by who reported first: how many events are of which order, and of how many it is unknown."""

from __future__ import annotations

import pandas as pd

from samestory.figures.chart import Chart
from samestory.figures.plots import _canvas, _count_axis, _literal, _rows, _short
from samestory.figures.style import INK, RC, colour, on

PARTS = (
    ("earlier", "left one earlier", colour(0)),
    ("same", "within an hour", "#8fcdb8"),
    ("later", "right one earlier", colour(1)),
    ("unknown", "order unknown", "#d9dce1"),
)  # fmt: skip
NAME_WIDTH = 24  # characters of an outlet's name
NARROWEST = 0.045  # of the longest bar, for a part to hold its number


def stage_bars(data: pd.DataFrame, *, title: str, alt: str, most: int = 15) -> Chart:
    """A bar for each pair of outlets, one named at the left and one at the right: its events by who reported first.

    Columns: outlet, other_outlet, and how many events are earlier, same, later (of the outlet, to the other), unknown.
    Pairs stand in the order of ``data``; of more than ``most``, the rest is counted under the bars.
    """
    import matplotlib

    shown, rest = data.head(most), max(0, len(data) - most)
    longest = float(shown[[name for name, _, _ in PARTS]].sum(axis=1).max()) if len(shown) else 1.0
    with matplotlib.rc_context(RC):
        figure, axes = _canvas(len(shown) + 1, title)
        left = [0.0] * len(shown)
        for name, words, shade in PARTS:
            widths = shown[name].astype(float).tolist()
            axes.barh(range(len(shown)), widths, left=left, color=shade, height=0.66, label=words, edgecolor="white",
                      linewidth=0.8)  # fmt: skip
            for row, width in enumerate(widths):
                if width / longest > NARROWEST:
                    axes.text(left[row] + width / 2, row, f"{width:.0f}", ha="center", va="center", color=on(shade))
            left = [a + b for a, b in zip(left, widths, strict=True)]
        for row, name in enumerate(shown.other_outlet):
            axes.annotate(_literal(_short(name, NAME_WIDTH)), (left[row], row), xytext=(6, 0), va="center", color=INK,
                          textcoords="offset points")  # fmt: skip
        _rows(axes, [_short(name, NAME_WIDTH) for name in shown.outlet])
        axes.set_xlim(0, longest)
        _count_axis(axes, pd.Series(left))
        axes.set_xlabel("events that both cover" + (f"; {rest} more pairs are not drawn" if rest > 1 else ""))
        figure.legend(*axes.get_legend_handles_labels(), loc="outside lower left", ncols=4, frameon=False,
                      handlelength=1, handleheight=1)  # fmt: skip
    return Chart(figure, alt, shown[["outlet", "other_outlet", *(name for name, _, _ in PARTS)]])
