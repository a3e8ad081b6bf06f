"""Outlets against each other on the same events, and what people, the machine and both together say of a measure."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from samestory.figures.canvas import (
    LONG_LABEL,
    PERCENT,
    Mark,
    beside,
    canvas,
    folded,
    name_rows,
    rows_height,
    whole_numbers,
    zero_line,
)
from samestory.figures.chart import Chart
from samestory.figures.grouped import first_groups, row_names, under_headings
from samestory.figures.links import Addresses, Links
from samestory.figures.style import GREY, INK, colour, style

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SURE = 0.05  # q below which a dot is filled
SAID = 150.0  # points of the words beside a row
OFFSET = 0.24  # of a row's height between the marks of one row


def contrast_chart(
    data: pd.DataFrame, *, title: str, alt: str, most: int = 6, links: Addresses | None = None
) -> Chart:  # fmt: skip
    """In which share of their shared events one outlet's value lies above the other's, under the names of both.

    ``data`` has a row for each contrast, in the order to be drawn: pair, label (of the measure), higher_in,
    higher_low, higher_high (shares from 0 to 1), q, said (the difference in words). A filled dot holds after correction
    (q < .05), a hollow one does not. Of more than ``most`` pairs, the rest is counted under the title. ``links`` maps
    (pair, label) to the address that the dot and its words lead to.
    """
    import matplotlib

    data, rest = first_groups(data, "pair", most)
    rows = under_headings(data, "pair", "label")
    names, headings, linked = row_names(rows), [row is None for _, row in rows], Links(links)
    said = [_interval_and_unit(str(row["said"])) if row else "" for _, row in rows]
    unit = f"% of shared events in which the first outlet's value is the higher one{rest}"
    with matplotlib.rc_context(style()):
        height = rows_height([*names, *said][: len(names)], 0.47 if any("\n" in text for text in said) else 0)
        figure, axes = canvas(height, title, unit=unit, key=_sure_or_not(data))
        axes.axvline(PERCENT / 2, color=GREY, lw=1)
        for n, (_, row) in enumerate(rows):
            if row is None:
                continue
            sure = pd.notna(row["q"]) and row["q"] < SURE
            shade, at = colour(0) if sure else GREY, PERCENT * row["higher_in"]
            if pd.notna(row["higher_low"]):
                ends = [PERCENT * row["higher_low"], PERCENT * row["higher_high"]]
                axes.plot(ends, [n, n], color=shade, alpha=0.45, lw=3, solid_capstyle="round", clip_on=False)
            (dot,) = axes.plot(at, n, "o", ms=7, color=shade, mfc=shade if sure else "white", clip_on=False, zorder=3)
            words = beside(axes, said[n], (PERCENT, n), shade=INK if sure else GREY, apart=10)
            linked.set((row["pair"], row["label"]), f"{row['pair']}, {row['label']}: {row['said']}", dot, words)
        name_rows(axes, names, headings)
        axes.set_xlim(-3, PERCENT)
        axes.set_xticks([0, PERCENT / 2, PERCENT])
    columns = ["pair", "label", "higher_in", "higher_low", "higher_high", "q", "said"]
    return Chart(figure, title, alt, data[columns], linked.names)


def _interval_and_unit(said: str) -> str:
    """The difference with its interval in one line, its unit in the next."""
    return "\n".join(folded(part, SAID, 1) for part in said.replace("] ", "]\n", 1).split("\n"))


def _sure_or_not(data: pd.DataFrame) -> list[Mark]:
    """What a filled dot means and a hollow one, where there are such."""
    sure = data.q < SURE
    held, rest = Mark("q < .05", colour(0), "o"), Mark("q of .05 or more", "white", "o", edge=GREY)
    return [mark for mark, there in ((held, sure.any()), (rest, (~sure).any())) if there]


class _Estimate(NamedTuple):
    """How one of several estimates of the same thing is drawn."""

    column: str
    mark: Mark


ESTIMATES = (
    _Estimate("machine", Mark("machine only", "white", "D", edge=GREY)),
    _Estimate("human", Mark("human only", "white", "o", edge=colour(1))),
    _Estimate("corrected", Mark("corrected", colour(0), "o", edge=colour(0))),
)


def triple_chart(data: pd.DataFrame, *, title: str, unit: str, alt: str) -> Chart:
    """Three estimates a row, each with its interval: by the machine alone, by people alone, and corrected.

    ``data`` has the columns label, and machine, human, corrected, each also with ``_low`` and ``_high``; null is not
    drawn. Rows stand in the order of ``data``.
    """
    import matplotlib

    rows = data.to_dict("records")
    names = [folded(row["label"], LONG_LABEL) for row in rows]
    with matplotlib.rc_context(style()):
        key = [mark for _, mark in ESTIMATES]
        figure, axes = canvas(rows_height(names, 0.56), title, unit=unit, key=key)
        for n, row in enumerate(rows):
            for place, estimate in enumerate(ESTIMATES):
                _draw(axes, row, estimate, n + OFFSET * (place - 1))
        name_rows(axes, names)
        whole_numbers(axes, pd.Series(dtype=float))
        if data[[column for column, _ in ESTIMATES]].lt(0).any(axis=None):
            zero_line(axes)
    return Chart(figure, title, alt, data[["label", *_columns()]])


def _columns() -> list[str]:
    return [f"{column}{end}" for column, _ in ESTIMATES for end in ("", "_low", "_high")]


def _draw(axes: Axes, row: dict, estimate: _Estimate, at: float) -> None:
    value, low, high = (row[f"{estimate.column}{end}"] for end in ("", "_low", "_high"))
    if pd.isna(value):
        return
    mark = estimate.mark
    if pd.notna(low):
        axes.plot([low, high], [at, at], color=mark.edge, alpha=0.5, lw=2.5, solid_capstyle="round")
    axes.plot(value, at, mark.form, ms=6, mec=mark.edge, mfc=mark.face)
