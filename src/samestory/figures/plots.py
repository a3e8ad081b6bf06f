"""The plots that the notebooks use. Each takes tidy data and the finding as its title, and gives a Chart."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd

from samestory.figures.chart import Chart
from samestory.figures.style import INK, RC, WIDTH, colour, on

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

ROW = 0.36  # inches that a row of a plot takes
TITLE_WIDTH = 76  # characters of a title's line
PERCENT = 100.0
UPRIGHT = 5  # columns whose names stand upright; those of more lean
LABEL_WIDTH = 54  # characters of a row's label


def _canvas(rows: int, title: str, row: float = ROW) -> tuple[Figure, Axes]:
    from matplotlib.figure import Figure

    figure = Figure(figsize=(WIDTH, 1.1 + row * max(rows, 1)), layout="constrained")
    axes = figure.add_subplot()
    figure.suptitle(_literal("\n".join(textwrap.wrap(title, TITLE_WIDTH))), x=0.01, ha="left")
    return figure, axes


def _literal(text: object) -> str:
    """Text that matplotlib shows as it stands: a dollar sign opens no formula."""
    return str(text).replace("$", r"\$")


def _short(text: object, most: int = LABEL_WIDTH) -> str:
    """Text of at most so many characters: cut where it is longer, within a word too."""
    line = " ".join(str(text).split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def _rows(axes: Axes, names: Sequence[object]) -> None:
    axes.set_yticks(range(len(names)), [_literal(_short(name)) for name in names])
    axes.set_ylim(len(names) - 0.4, -0.6)


def _number(value: float, largest: float = PERCENT) -> str:
    """A number as it is read: whole, with one decimal, or with two where the largest beside it is at most 1."""
    if largest <= 1:
        return f"{value:.2f}"
    return f"{value:,.0f}" if abs(value) >= PERCENT or float(value).is_integer() else f"{value:.1f}"


def _count_axis(axes: Axes, values: pd.Series) -> None:
    """Whole numbers on the axis where whole things are counted."""
    from matplotlib.ticker import MaxNLocator

    if len(values) and (values.astype(float) % 1 == 0).all():
        axes.xaxis.set_major_locator(MaxNLocator(integer=True))


def bars(data: pd.DataFrame, *, label: str, value: str, title: str, unit: str, alt: str) -> Chart:
    """Horizontal bars, the longest first, each with its number. ``label`` and ``value`` name columns."""
    import matplotlib

    shown = data.sort_values([value, label], ascending=[False, True])
    with matplotlib.rc_context(RC):
        figure, axes = _canvas(len(shown), title)
        axes.barh(range(len(shown)), shown[value].astype(float), color=colour(0), height=0.62)
        for n, v in enumerate(shown[value].astype(float)):
            axes.annotate(_number(v), (v, n), xytext=(4, 0), textcoords="offset points", va="center")
        _rows(axes, shown[label].tolist())
        axes.set_xlabel(unit)
        axes.margins(x=0.1)
    return Chart(figure, alt, shown[[label, value]])


def dots(
    data: pd.DataFrame, *, label: str, value: str, title: str, unit: str, alt: str, low: str = "low", high: str = "high"
) -> Chart:
    """A dot a row, the largest first, with its interval as a line where ``low`` and ``high`` are not null."""
    import matplotlib

    shown = data.dropna(subset=value).sort_values([value, label], ascending=[False, True])
    largest = float(shown[value].max()) if len(shown) else PERCENT
    with matplotlib.rc_context(RC):
        figure, axes = _canvas(len(shown), title)
        for n, row in enumerate(shown.to_dict("records")):
            end = row[value]
            if low in row and pd.notna(row[low]):
                axes.plot([row[low], row[high]], [n, n], color=colour(0), alpha=0.45, lw=3, solid_capstyle="round")
                end = max(end, row[high])
            axes.plot(row[value], n, "o", color=colour(0), ms=7)
            axes.annotate(
                _number(row[value], largest), (end, n), xytext=(8, 0), textcoords="offset points", va="center"
            )
        _rows(axes, shown[label].tolist())
        axes.set_xlabel(unit)
        axes.set_xlim(left=min(0, axes.get_xlim()[0]))
        axes.margins(x=0.1)
    return Chart(figure, alt, shown[[c for c in (label, value, low, high) if c in shown]])


def stacks(
    data: pd.DataFrame,
    *,
    label: str,
    part: str,
    value: str,
    title: str,
    unit: str,
    alt: str,
    order: Sequence[str] = (),
) -> Chart:
    """One stacked bar a row: what it is made of, the largest part of all first, named in the legend.

    A part keeps its colour from figure to figure by its place in ``order``, the field's list of all parts.
    """
    import matplotlib

    wide = data.pivot_table(index=label, columns=part, values=value, aggfunc="sum", fill_value=0.0, observed=True)
    wide = wide[wide.sum().sort_values(ascending=False, kind="stable").index]
    wide = wide.loc[wide.sum(axis=1).sort_values(ascending=False, kind="stable").index]
    total = float(wide.sum(axis=1).max() or 1)
    with matplotlib.rc_context(RC):
        figure, axes = _canvas(len(wide) + 1, title, row=0.46)
        left = [0.0] * len(wide)
        places = list(order) or wide.columns.tolist()
        for name in wide.columns:
            n = places.index(name)
            widths = wide[name].astype(float).tolist()
            axes.barh(range(len(wide)), widths, left=left, color=colour(n), height=0.66, label=_literal(_short(name)),
                      hatch="//" if n >= 8 else None, edgecolor="white", linewidth=0.8)  # fmt: skip
            for row, width in enumerate(widths):
                if width / total > 0.045:
                    axes.text(left[row] + width / 2, row, _number(width), ha="center", va="center", color=on(colour(n)))
            left = [a + b for a, b in zip(left, widths, strict=True)]
        _rows(axes, wide.index.tolist())
        _count_axis(axes, data[value])
        axes.set_xlabel(unit)
        axes.legend(loc="upper left", bbox_to_anchor=(0, -0.32 if len(wide) < 4 else -0.2), ncols=4, frameon=False,
                    handlelength=1, handleheight=1)  # fmt: skip
    return Chart(figure, alt, data[[label, part, value]])


def matrix(data: pd.DataFrame, *, title: str, alt: str) -> Chart:
    """Counts in a grid: rows are (group, label), columns outlets; darker is more (by its root), zero is left blank."""
    import matplotlib
    from matplotlib.colors import LinearSegmentedColormap, to_hex
    from matplotlib.patches import Rectangle

    scale = LinearSegmentedColormap.from_list("counts", ["#ffffff", "#0072B2"])
    top = max(1.0, float(data.to_numpy().max()) if data.size else 1.0)
    rows: list[tuple[str, list[float] | None]] = []
    for group, part in data.groupby(level=0, sort=False):
        rows.append((str(group), None))
        rows += [(str(label), values) for (_, label), values in zip(part.index, part.to_numpy().tolist(), strict=True)]
    with matplotlib.rc_context(RC):
        figure, axes = _canvas(len(rows) + 1, title, row=0.31)
        axes.grid(False)
        for row, (_, values) in enumerate(rows):
            for column, value in enumerate(values or ()):
                shade = to_hex(scale((float(value) / top) ** 0.5)) if value else "#f6f7f9"
                axes.add_patch(Rectangle((column - 0.48, row - 0.45), 0.96, 0.9, color=shade))
                if value:
                    axes.text(column, row, _number(value), ha="center", va="center", color=on(shade))
        _rows(axes, [name for name, _ in rows])
        for tick, (_, values) in zip(axes.get_yticklabels(), rows, strict=True):
            tick.set_fontweight("bold" if values is None else "normal")
        axes.set_xlim(-0.5, data.shape[1] - 0.5)
        names = ["\n".join(textwrap.wrap(str(name), 14)) for name in data.columns]
        axes.set_xticks(range(data.shape[1]), [_literal(name) for name in names], color=INK)
        axes.xaxis.tick_top()
        if data.shape[1] > UPRIGHT:
            axes.set_xticks(range(data.shape[1]), [_literal(_short(name)) for name in data.columns])
            axes.tick_params(axis="x", labelrotation=40)
            for tick in axes.get_xticklabels():
                tick.set_horizontalalignment("left")
        axes.spines["bottom"].set_visible(False)
    return Chart(figure, alt, data.reset_index(names=["group", "label"]))
