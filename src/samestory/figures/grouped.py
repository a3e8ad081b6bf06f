"""Rows under headings: a dot for each outlet beneath what is measured, or bars for the parts that someone plays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from samestory.figures.canvas import (
    Mark,
    beside,
    breadth,
    canvas,
    folded,
    heading,
    name_rows,
    no_axis,
    number,
    rows_height,
)
from samestory.figures.canvas import whole_numbers as whole
from samestory.figures.chart import Chart
from samestory.figures.links import Addresses, Links
from samestory.figures.style import GREY, INK, PALE, colour, on, style

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SAID = 170.0  # points of the words beside a dot
MARKERS = ("D", "o", "s")  # told apart by form, not by colour alone
ACTS, ACTED_UPON, NEITHER = colour(0), colour(1), "#b4bac4"
DARKER = "#a84900"  # the colour of those acted upon, dark enough for letters on white
HATCHED: dict[str, Any] = {"facecolor": "white", "edgecolor": ACTED_UPON, "hatch": "////", "linewidth": 1}
BARS = 300.0  # points that the bars of agency may take with their numbers, and what does neither
MOST_ROWS = 44  # rows of one figure; what would be longer shows fewer groups


def grouped_dots(
    data: pd.DataFrame,
    *,
    group: str,
    label: str,
    value: str,
    said: str,
    title: str,
    unit: str,
    alt: str,
    kind: str | None = None,
    kinds: Sequence[str] = (),
    most: int = 6,
    links: Addresses | None = None,
) -> Chart:
    """A dot a row at ``value`` with the words of ``said`` beside it, under the heading of its ``group``.

    Rows and groups stand in the order of ``data``; of more than ``most`` groups, or 44 rows, the rest is counted under
    the title. A null value has no dot and its words in grey. ``kind`` names a column whose codes give the dot its form,
    in the order of ``kinds`` (three at most), told in the key. ``links`` maps (group, label) to the address that the
    dot and its words lead to.
    """
    import matplotlib

    data, rest = first_groups(data, group, most)
    rows = under_headings(data, group, label)
    largest = float(data[value].max()) if data[value].notna().any() else 1.0
    names, linked = row_names(rows), Links(links)
    key = [Mark(code, colour(form), MARKERS[form]) for form, code in enumerate(kinds if kind else ())]
    with matplotlib.rc_context(style()):
        figure, axes = canvas(rows_height(names), title, unit=unit + rest, key=key)
        for n, (_, row) in enumerate(rows):
            if row is None:
                continue
            at = None if pd.isna(row[value]) else float(row[value])
            artists = []
            if at is not None:
                form = kinds.index(row[kind]) if kind else 1
                axes.plot([0, at], [n, n], color=PALE, lw=2, zorder=1, clip_on=False)
                artists = axes.plot([at], [n], MARKERS[form], color=colour(form if kind else 0), ms=7, zorder=2,
                                    clip_on=False)  # fmt: skip
            words = beside(axes, folded(row[said], SAID, 1), (at or 0.0, n), shade=GREY if at is None else INK, apart=9)
            linked.set((row[group], row[label]), f"{row[group]}, {row[label]}: {row[said]}", *artists, words)
        name_rows(axes, names, [row is None for _, row in rows])
        axes.set_xlim(-0.02 * largest, largest or 1.0)
        whole(axes, data[value].dropna())
    columns = [name for name in (group, label, value, kind, said) if name]
    return Chart(figure, title, alt, data[columns], linked.names)


def agency_chart(data: pd.DataFrame, *, title: str, alt: str, most: int = 6) -> Chart:
    """Who acts (to the left) and who is acted upon (to the right) in each outlet, under the name of the referent.

    ``data`` is what :func:`samestory.comparison.agency.agency` gives, in its order. The hatched part of those acted
    upon is told without the one who acts; labels that do neither are counted at the right. Of more than ``most``
    referents, or 44 rows, the rest is counted under the title.
    """
    import matplotlib

    data, rest = first_groups(data, "name", most)
    rows = under_headings(data, "name", "outlet")
    longest = float(data[["agent", "patient"]].max().max()) if len(data) else 1.0
    share = 2.5 * (breadth(number(longest)) + 10) / BARS  # of the width, for the number beside the longest bar
    width = (longest or 1.0) / (1 - min(share, 0.8))
    names, hatched = row_names(rows), Mark("acted upon, by no one named", "white", edge=ACTED_UPON, hatch="////")
    key = [hatched] if data.without_agent.any() else []
    with matplotlib.rc_context(style()):
        figure, axes = canvas(rows_height(names), title, unit=f"labels of each outlet{rest}", key=key)
        for n, (_, row) in enumerate(rows):
            if row is not None:
                _parts(axes, n, row, width)
        name_rows(axes, names, [row is None for _, row in rows])
        no_axis(axes)
        axes.axvline(0, color=GREY, lw=0.8)
        axes.set_xlim(-width, 1.5 * width)
        _both_sides(axes, width)
    columns = ["name", "outlet", "agent", "patient", "without_agent", "other"]
    return Chart(figure, title, alt, data[columns])


def _parts(axes: Axes, n: int, row: Mapping[str, int], width: float) -> None:
    agent, patient, hidden, other = (int(row[name]) for name in ("agent", "patient", "without_agent", "other"))
    axes.barh(n, -agent, color=ACTS, height=0.66)
    axes.barh(n, patient - hidden, color=ACTED_UPON, height=0.66)
    if hidden:
        axes.barh(n, hidden, left=patient - hidden, height=0.66, **HATCHED)
    for count, end, left in ((agent, -agent, True), (patient, patient, False)):
        if count:
            beside(axes, number(count), (end, n), left=left, apart=4)
    if other:
        axes.text(1.3 * width, n, number(other), ha="center", va="center", color=on(NEITHER),
                  bbox={"boxstyle": "round,pad=0.15", "facecolor": NEITHER, "edgecolor": "none"})  # fmt: skip


def _both_sides(axes: Axes, width: float) -> None:
    """What each side is, in words above the bars."""
    near, far = 0.03 * width, 1.3 * width
    sides = ((-near, "acts", ACTS, "right"), (near, "acted upon", DARKER, "left"), (far, "neither", GREY, "center"))
    for x, text, shade, side in sides:
        axes.annotate(text, (x, 1), xycoords=("data", "axes fraction"), xytext=(0, 3), textcoords="offset points",
                      ha=side, va="bottom", color=shade, fontweight="bold")  # fmt: skip


def first_groups(data: pd.DataFrame, group: str, most: int) -> tuple[pd.DataFrame, str]:
    """The rows of the first groups, as many as ``most`` and a figure hold, and words that count those left out."""
    sizes = data.groupby(group, sort=False, observed=True).size() + 1
    most = min(most, max(1, int((sizes.cumsum() <= MOST_ROWS).sum())))
    rest = len(sizes) - most
    kept = data[data[group].isin(sizes.index[:most])]
    return kept, f"; {rest} more {'is' if rest == 1 else 'are'} not drawn" if rest > 0 else ""


def under_headings(data: pd.DataFrame, group: str, label: str) -> list[tuple[object, dict | None]]:
    """Each group's name with no row, then its labels, each with its row."""
    rows: list[tuple[object, dict | None]] = []
    for name, part in data.groupby(group, sort=False):
        rows.append((name, None))
        rows += [(row[label], row) for row in part.to_dict("records")]
    return rows


def row_names(rows: Sequence[tuple[object, dict | None]]) -> list[str]:
    """The names of rows under headings as they fit: headings in one line of the figure, labels folded."""
    return [heading(name) if row is None else folded(name) for name, row in rows]
