"""Outlets against each other on the same events, and what people, the machine and both together say of a measure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from samestory.figures.chart import Chart
from samestory.figures.grouped import HEIGHT, _first_groups, _headed, _under_headings
from samestory.figures.plots import PERCENT, _canvas, _literal, _short
from samestory.figures.style import GREY, INK, PALE, RC, colour

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SURE = 0.05  # q below which a dot is filled
SAID = 42  # characters of the words beside a row
OFFSET = 0.24  # of a row's height between the marks of one row


def contrast_chart(data: pd.DataFrame, *, title: str, alt: str, most: int = 6) -> Chart:
    """In which share of their shared events one outlet's value lies above the other's, under the names of both.

    ``data`` has a row for each contrast, in the order to be drawn: pair, label (of the measure), higher_in,
    higher_low, higher_high (shares from 0 to 1), q, said (the difference in words). A filled dot holds after correction
    (q < .05), a hollow one does not. Of more than ``most`` pairs, the rest is counted under the axis.
    """
    import matplotlib

    data, rest = _first_groups(data, "pair", most)
    rows = _under_headings(data, "pair", "label")
    with matplotlib.rc_context(RC):
        figure, axes = _canvas(len(rows) + 1, title, row=HEIGHT)
        axes.axvline(PERCENT / 2, color=GREY, lw=1)
        for n, (_, row) in enumerate(rows):
            if row is None:
                continue
            sure = pd.notna(row["q"]) and row["q"] < SURE
            shade = colour(0) if sure else GREY
            if pd.notna(row["higher_low"]):
                ends = [PERCENT * row["higher_low"], PERCENT * row["higher_high"]]
                axes.plot(ends, [n, n], color=shade, alpha=0.45, lw=3, solid_capstyle="round", clip_on=False)
            axes.plot(
                PERCENT * row["higher_in"],
                n,
                "o",
                ms=7,
                color=shade,
                mfc=shade if sure else "white",
                clip_on=False,
                zorder=3,
            )
            axes.annotate(_literal(_short(row["said"], SAID)), (PERCENT, n), xytext=(10, 0), va="center",
                          textcoords="offset points", color=INK if sure else GREY, annotation_clip=False)  # fmt: skip
        _headed(axes, [name for name, _ in rows], [row is None for _, row in rows])
        axes.set_xlim(0, PERCENT)
        axes.set_xlabel(f"% of shared events in which the first outlet's value is the higher one{rest}")
    columns = ["pair", "label", "higher_in", "higher_low", "higher_high", "q", "said"]
    return Chart(figure, alt, data[columns])


class _Mark(NamedTuple):
    """How one of several estimates of the same thing is drawn."""

    name: str
    column: str
    form: str
    shade: str
    hollow: bool = False


MARKS = (
    _Mark("machine only", "machine", "D", GREY, hollow=True),
    _Mark("human only", "human", "o", colour(1), hollow=True),
    _Mark("corrected", "corrected", "o", colour(0)),
)


def triple_chart(data: pd.DataFrame, *, title: str, unit: str, alt: str) -> Chart:
    """Three estimates a row, each with its interval: by the machine alone, by people alone, and corrected.

    ``data`` has the columns label, and machine, human, corrected, each also with ``_low`` and ``_high``; null is not
    drawn. Rows stand in the order of ``data``.
    """
    import matplotlib

    rows = data.to_dict("records")
    with matplotlib.rc_context(RC):
        figure, axes = _canvas(len(rows) + 1, title, row=0.56)
        for n, row in enumerate(rows):
            for place, mark in enumerate(MARKS):
                _draw(axes, row, mark, n + OFFSET * (place - 1))
        _headed(axes, [row["label"] for row in rows], [False] * len(rows))
        for mark in MARKS:
            axes.plot([], [], mark.form, ms=6, color=mark.shade, mfc="white" if mark.hollow else mark.shade,
                      label=mark.name)  # fmt: skip
        axes.legend(loc="lower left", bbox_to_anchor=(0, 1), frameon=False, ncols=len(MARKS), handletextpad=0.1)
        if data[[mark.column for mark in MARKS]].lt(0).any(axis=None):
            axes.axvline(0, color=PALE, lw=1.2, zorder=0)
        axes.set_xlabel(unit)
    return Chart(figure, alt, data[["label", *_columns()]])


def _columns() -> Sequence[str]:
    return [f"{mark.column}{end}" for mark in MARKS for end in ("", "_low", "_high")]


def _draw(axes: Axes, row: dict, mark: _Mark, at: float) -> None:
    value, low, high = (row[f"{mark.column}{end}"] for end in ("", "_low", "_high"))
    if pd.isna(value):
        return
    if pd.notna(low):
        axes.plot([low, high], [at, at], color=mark.shade, alpha=0.5, lw=2.5, solid_capstyle="round")
    axes.plot(value, at, mark.form, ms=6, color=mark.shade, mfc="white" if mark.hollow else mark.shade)
