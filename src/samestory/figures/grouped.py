"""Rows under headings: a dot for each outlet beneath what is measured, or bars for the parts that someone plays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from samestory.figures.chart import Chart
from samestory.figures.plots import _canvas, _count_axis, _literal, _rows, _short
from samestory.figures.style import GREY, INK, PALE, RC, colour, on

if TYPE_CHECKING:
    from matplotlib.axes import Axes

NAME_WIDTH, SAID_WIDTH = 36, 30  # characters of a row's name, and of the words beside its dot
HEIGHT = 0.29  # inches that a row takes
MARKERS = ("D", "o", "s")  # told apart by form, not by colour alone
ACTS, ACTED_UPON, NEITHER = colour(0), colour(1), "#b4bac4"
DARKER = "#a84900"  # the colour of those acted upon, dark enough for small letters on white
HATCHED: dict[str, Any] = {"facecolor": "white", "edgecolor": ACTED_UPON, "hatch": "////", "linewidth": 1}
SPACE = 0.25  # of the longest bar, left free on each side for its number


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
) -> Chart:
    """A dot a row at ``value`` with the words of ``said`` beside it, under the heading of its ``group``.

    Rows and groups stand in the order of ``data``; of more than ``most`` groups, the rest is counted under the axis. A
    null value has no dot and its words in grey. ``kind`` names a column whose codes give the dot its form, in the
    order of ``kinds`` (three at most), told in the legend.
    """
    import matplotlib

    data, rest = _first_groups(data, group, most)
    rows = _under_headings(data, group, label)
    largest = float(data[value].max()) if data[value].notna().any() else 1.0
    with matplotlib.rc_context(RC):
        figure, axes = _canvas(len(rows) + 1, title, row=HEIGHT)
        for n, (_, row) in enumerate(rows):
            if row is None:
                continue
            at = None if pd.isna(row[value]) else float(row[value])
            if at is not None:
                form = kinds.index(row[kind]) if kind else 1
                axes.plot([0, at], [n, n], color=PALE, lw=2, zorder=1)
                axes.plot([at], [n], MARKERS[form], color=colour(form if kind else 0), ms=7, zorder=2)
            axes.annotate(_literal(_short(row[said], SAID_WIDTH)), (at or 0.0, n), xytext=(9, 0), va="center",
                          textcoords="offset points", color=GREY if at is None else INK)  # fmt: skip
        _headed(axes, [name for name, _ in rows], [row is None for _, row in rows])
        axes.set_xlim(-0.02 * largest, 1.35 * (largest or 1.0))
        _count_axis(axes, data[value].dropna())
        axes.set_xlabel(unit + rest)
        for form, code in enumerate(kinds if kind else ()):
            axes.plot([], [], MARKERS[form], color=colour(form), ms=7, label=_literal(code))
        if kind and kinds:
            axes.legend(loc="upper right", frameon=False, ncols=len(kinds), handletextpad=0.1, columnspacing=1.2)
    columns = [name for name in (group, label, value, kind, said) if name]
    return Chart(figure, alt, data[columns])


def agency_chart(data: pd.DataFrame, *, title: str, alt: str, most: int = 6) -> Chart:
    """Who acts (to the left) and who is acted upon (to the right) in each outlet, under the name of the referent.

    ``data`` is what :func:`samestory.comparison.agency.agency` gives, in its order. The hatched part of those acted
    upon is told without the one who acts; labels that do neither are counted at the right. Of more than ``most``
    referents, the rest is counted under the bars.
    """
    import matplotlib

    data, rest = _first_groups(data, "name", most)
    rows = _under_headings(data, "name", "outlet")
    longest = float(data[["agent", "patient"]].max().max()) if len(data) else 1.0
    width = (longest or 1.0) * (1 + SPACE)
    with matplotlib.rc_context(RC):
        figure, axes = _canvas(len(rows) + 1, title, row=HEIGHT)
        for n, (_, row) in enumerate(rows):
            if row is not None:
                _parts(axes, n, row, width)
        _headed(axes, [name for name, _ in rows], [row is None for _, row in rows])
        axes.axvline(0, color=GREY, lw=0.8)
        axes.set_xlim(-width, 1.3 * width)
        _both_sides(axes, width)
        axes.grid(False)
        axes.set_xticks([])
        axes.set_xlabel(rest.strip("; "), loc="right")
        axes.spines["bottom"].set_visible(False)
    columns = ["name", "outlet", "agent", "patient", "without_agent", "other"]
    return Chart(figure, alt, data[columns])


def _parts(axes: Axes, n: int, row: Mapping[str, int], width: float) -> None:
    agent, patient, hidden, other = (int(row[name]) for name in ("agent", "patient", "without_agent", "other"))
    axes.barh(n, -agent, color=ACTS, height=0.66)
    axes.barh(n, patient - hidden, color=ACTED_UPON, height=0.66)
    if hidden:
        axes.barh(n, hidden, left=patient - hidden, height=0.66, **HATCHED)
    for count, end, side in ((agent, -agent, -1), (patient, patient, 1)):
        if count:
            axes.annotate(str(count), (end, n), xytext=(4 * side, 0), textcoords="offset points", va="center",
                          ha="right" if side < 0 else "left")  # fmt: skip
    if other:
        axes.text(1.2 * width, n, str(other), ha="center", va="center", color=on(NEITHER),
                  bbox={"boxstyle": "round,pad=0.25", "facecolor": NEITHER, "edgecolor": "none"})  # fmt: skip


def _both_sides(axes: Axes, width: float) -> None:
    """What each side is, in words above the bars."""
    from matplotlib.patches import Patch

    near, far = 0.03 * width, 1.2 * width
    sides = ((-near, "acts", ACTS, "right"), (near, "acted upon", DARKER, "left"), (far, "neither", GREY, "center"))
    for x, text, shade, side in sides:
        axes.annotate(text, (x, 1), xycoords=("data", "axes fraction"), xytext=(0, 3), textcoords="offset points",
                      ha=side, va="bottom", color=shade, fontweight="bold")  # fmt: skip
    hatched = Patch(**HATCHED, label="acted upon, by no one named")
    axes.legend(handles=[hatched], loc="upper left", bbox_to_anchor=(0, 0), frameon=False)


def _first_groups(data: pd.DataFrame, group: str, most: int) -> tuple[pd.DataFrame, str]:
    """The rows of the first groups, and words that count the groups left out."""
    names = data[group].drop_duplicates()
    rest = len(names) - most
    kept = data[data[group].isin(names.head(most))]
    return kept, f"; {rest} more {'is' if rest == 1 else 'are'} not drawn" if rest > 0 else ""


def _under_headings(data: pd.DataFrame, group: str, label: str) -> list[tuple[object, dict | None]]:
    """The rows of a plot: a heading (with no data) before the rows of each group."""
    rows: list[tuple[object, dict | None]] = []
    last: object = None
    for row in data.to_dict("records"):
        if not rows or row[group] != last:
            rows.append((row[group], None))
            last = row[group]
        rows.append((row[label], row))
    return rows


def _headed(axes: Axes, names: Sequence[object], headings: Sequence[bool]) -> None:
    _rows(axes, [_short(name, NAME_WIDTH) for name in names])
    for tick, heading in zip(axes.get_yticklabels(), headings, strict=True):
        tick.set_fontweight("bold" if heading else "normal")
    axes.set_ylim(len(names) - 0.3, -0.7)
