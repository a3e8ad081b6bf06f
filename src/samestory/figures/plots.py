"""The plots that the notebooks use. Each takes tidy data and the finding as its title, and gives a Chart."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import pandas as pd

from samestory.figures.canvas import (
    FULL,
    LABEL,
    LONG_LABEL,
    PERCENT,
    Mark,
    beside,
    breadth,
    canvas,
    folded,
    has_tenths,
    name_rows,
    no_axis,
    number,
    rows_height,
    whole_numbers,
    zero_line,
)
from samestory.figures.chart import Chart
from samestory.figures.links import Addresses, Links
from samestory.figures.style import FAINT, GREY, INK, colour, on, style

if TYPE_CHECKING:
    from matplotlib.axes import Axes

HATCHED_FROM = 8  # parts from here on have the palette's colours again, hatched
INSIDE = 9.0  # points that a number leaves free beside it in its bar
EDGE = 0.02  # of an axis, left free before its first mark
LEAN = 55  # degrees
FEW_COLUMNS = 5  # of a grid, beside which the names of rows may be longer
NAMES_APART, NAMES_OVER = 10.0, 40.0  # points between two parts named above a bar, and that the last may stick out


def bars(
    data: pd.DataFrame, *, label: str, value: str, title: str, unit: str, alt: str, links: Addresses | None = None
) -> Chart:
    """Horizontal bars, the longest first, each with its number. ``label`` and ``value`` name columns.

    ``links`` maps a label to the address that its bar and number lead to.
    """
    import matplotlib

    shown = data.sort_values([value, label], ascending=[False, True])
    names, linked = [folded(name) for name in shown[label]], Links(links)
    with matplotlib.rc_context(style()):
        figure, axes = canvas(rows_height(names, below=0), title, unit=unit)
        for n, (name, length) in enumerate(zip(shown[label], shown[value].astype(float), strict=True)):
            bar = axes.barh(n, length, color=colour(0), height=0.62)[0]
            text = beside(axes, number(length), (length, n), left=length < 0, apart=5)
            linked.set(name, f"{name}: {number(length)}", bar, text)
        name_rows(axes, names)
        no_axis(axes)
        axes.set_xlim(*_from_zero(shown[value]))
    return Chart(figure, title, alt, shown[[label, value]], linked.names)


def dots(
    data: pd.DataFrame,
    *,
    label: str,
    value: str,
    title: str,
    unit: str,
    alt: str,
    low: str = "low",
    high: str = "high",
    links: Addresses | None = None,
) -> Chart:
    """A dot a row, the largest first, with its interval as a line where ``low`` and ``high`` are not null.

    ``links`` maps a label to the address that its dot and number lead to.
    """
    import matplotlib

    shown = data.dropna(subset=value).sort_values([value, label], ascending=[False, True])
    largest = float(shown[value].max()) if len(shown) else PERCENT
    names, linked, ends = [folded(name, LONG_LABEL) for name in shown[label]], Links(links), []
    with matplotlib.rc_context(style()):
        figure, axes = canvas(rows_height(names), title, unit=unit)
        for n, row in enumerate(shown.to_dict("records")):
            end = row[value]
            if low in row and pd.notna(row[low]):
                axes.plot([row[low], row[high]], [n, n], color=colour(0), alpha=0.45, lw=3, solid_capstyle="round")
                end = max(end, row[high])
                ends.append(row[low])
            ends.append(end)
            (dot,) = axes.plot(row[value], n, "o", color=colour(0), ms=7, clip_on=False)
            text = beside(axes, number(row[value], largest), (end, n), apart=9)
            linked.set(row[label], f"{row[label]}: {number(row[value], largest)}", dot, text)
        name_rows(axes, names)
        axes.set_xlim(*_from_zero(pd.Series(ends, dtype=float)))
        whole_numbers(axes, shown[value])
        if min(ends, default=0) < 0:
            zero_line(axes)
    return Chart(figure, title, alt, shown[[c for c in (label, value, low, high) if c in shown]], linked.names)


def _from_zero(values: pd.Series) -> tuple[float, float]:
    """An axis that holds zero and all values."""
    low, high = min(0.0, float(values.min() or 0)), max(0.0, float(values.max() or 0)) if len(values) else 0.0
    low, high = (low if low == low else 0.0), (high if high > low else low + 1)
    return low - EDGE * (high - low), high


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
    links: Addresses | None = None,
) -> Chart:
    """One stacked bar a row, the longest first: what it is made of, the largest part of all first, and its sum.

    Parts are named above the first bar where there is room, else in the key. A part keeps its colour from figure to
    figure by its place in ``order``, the field's list of all parts. ``links`` maps (label, part) to the address that
    the part and its number lead to.
    """
    import matplotlib

    wide = data.pivot_table(index=label, columns=part, values=value, aggfunc="sum", fill_value=0.0, observed=True)
    wide = wide[wide.sum().sort_values(ascending=False, kind="stable").index].astype(float)
    wide = wide.loc[wide.sum(axis=1).sort_values(ascending=False, kind="stable").index]
    places = list(order) or wide.columns.tolist()
    looks = {name: _look(name, places.index(name)) for name in wide.columns}
    names, linked = [folded(name) for name in wide.index], Links(links)
    total = float(wide.sum(axis=1).max() or 1) if len(wide) else 1.0
    tenths = has_tenths(wide.to_numpy().ravel())
    room = FULL - max((breadth(line) for name in names for line in name.split("\n")), default=0.0) - 60
    above = _above(wide, total, room)
    with matplotlib.rc_context(style()):
        height = rows_height(names, 0.4, below=0.25 if above else 0.0)
        figure, axes = canvas(height, title, unit=unit, key=[] if above else list(looks.values()))
        for n, row in enumerate(wide.index):
            _stack(axes, n, wide.loc[row], looks, total / room, linked, tenths)
        for words, start, middle in above:
            axes.plot([middle, middle], [-0.36, -0.46], color=GREY, lw=1, clip_on=False)
            axes.annotate(words, (start, -0.48), va="bottom", color=INK, annotation_clip=False)
        name_rows(axes, names)
        no_axis(axes)
        axes.set_xlim(0, total)
    return Chart(figure, title, alt, data[[label, part, value]], linked.names)


def _look(name: str, place: int) -> Mark:
    return Mark(name.replace("_", " "), colour(place), edge="white", hatch="///" if place >= HATCHED_FROM else None)


def _stack(
    axes: Axes, n: int, widths: pd.Series, looks: dict[str, Mark], point: float, linked: Links, tenths: bool
) -> None:
    """One bar of parts, each with its number where it fits, and the sum at the end; a point is so much of the axis."""
    left, untold = 0.0, True  # whether no number yet is the sum
    for name, width in widths[widths > 0].items():
        look = looks[str(name)]
        bar = axes.barh(n, width, left=left, color=look.face, height=0.66, hatch=look.hatch, edgecolor="white",
                        linewidth=0.8)[0]  # fmt: skip
        artists, told = [bar], number(width, tenths=tenths)
        if breadth(told) + INSIDE <= width / point:
            behind = {"facecolor": look.face, "edgecolor": "none", "pad": 1.5} if look.hatch else None
            artists.append(axes.text(left + width / 2, n, told, ha="center", va="center", color=on(look.face),
                                     bbox=behind))  # fmt: skip
        linked.set((widths.name, name), f"{widths.name}, {look.label}: {told}", *artists)
        left += width
        untold = len(artists) == 1 or left > width
    if untold:
        beside(axes, number(left, tenths=tenths), (left, n), shade=GREY, apart=5)


def _above(wide: pd.DataFrame, total: float, room: float) -> list[tuple[str, float, float]]:
    """The parts as named above the first bar, where each name begins and its part's middle lies.

    Nothing where a name would stand over the middle of another part, or some part is not in the first bar.
    """
    if wide.empty or not (wide.iloc[0] > 0).all():
        return []
    names = [str(name).replace("_", " ") for name in wide.columns]
    points = (wide.iloc[0] / total * room).tolist()
    lefts = [sum(points[:n]) for n in range(len(points))]
    middles = [left + width / 2 for left, width in zip(lefts, points, strict=True)]
    end = room + NAMES_OVER
    starts: list[float] = []
    for name, left, middle in reversed(list(zip(names, lefts, middles, strict=True))):
        starts.insert(0, min(max(left, middle - breadth(name) / 2), end - breadth(name)))
        end = starts[0] - NAMES_APART
    for n, start in enumerate(starts):
        over = [start - 4 <= middle <= start + breadth(names[n]) + 4 for middle in middles]
        if start < 0 or over != [m == n for m in range(len(names))]:
            return []
    return [(name, start / room * total, middle / room * total)
            for name, start, middle in zip(names, starts, middles, strict=True)]  # fmt: skip


def matrix(data: pd.DataFrame, *, title: str, alt: str, unit: str = "", links: Addresses | None = None) -> Chart:
    """Counts in a grid: rows are (group, label), columns outlets; darker is more (by its root), zero is left blank.

    ``links`` maps (group, label, column) to the address that the cell and its number lead to.
    """
    import matplotlib

    rows: list[tuple[str, str, list[float] | None]] = []
    for group, part in data.groupby(level=0, sort=False):
        rows.append((str(group), str(group), None))
        both = zip(part.index, part.to_numpy().tolist(), strict=True)
        rows += [(str(group), str(label), values) for (_, label), values in both]
    most = LABEL if data.shape[1] > FEW_COLUMNS else 1.3 * LABEL
    names = [folded(label, FULL if values is None else most, 1) for _, label, values in rows]
    left = max((breadth(name) for name, (*_, values) in zip(names, rows, strict=True) if values), default=0.0)
    columns, upright, cell = _columns(data, FULL - left - 14)
    shade = _shades(max(1.0, float(data.to_numpy().max()) if data.size else 1.0))
    linked, outlets = Links(links), [str(name) for name in data.columns]
    tenths = has_tenths(data.to_numpy(dtype=float).ravel())
    with matplotlib.rc_context(style()):
        leaning = 0.0 if upright else math.sin(math.radians(LEAN)) * max(breadth(name) for name in columns) / 72
        head = 0.25 * max((name.count("\n") + 1 for name in columns), default=1) + leaning
        figure, axes = canvas(0.3 * len(rows) + head + 0.2, title, unit=unit)
        axes.grid(False)
        for n, (group, label, values) in enumerate(rows):
            for column, value in enumerate(values or ()):
                key = (group, label, outlets[column])
                _cell(axes, (column, n), (float(value), tenths), shade(value), cell, linked, key)
        name_rows(axes, names, [values is None for *_, values in rows])
        axes.set_xlim(-0.5, max(1, data.shape[1]) - 0.5)
        axes.xaxis.tick_top()
        axes.set_xticks(range(data.shape[1]), columns, color=INK)
        for tick in axes.get_xticklabels():
            tick.set(linespacing=1.0) if upright else tick.set(rotation=LEAN, ha="left", rotation_mode="anchor")
        axes.spines["bottom"].set_visible(False)
    return Chart(figure, title, alt, data.reset_index(names=["group", "label"]), linked.names)


def _shades(top: float) -> Callable[[float], str]:
    """The colour of a count, darker by its root up to that of ``top``."""
    from matplotlib.colors import LinearSegmentedColormap, to_hex

    scale = LinearSegmentedColormap.from_list("counts", ["#ffffff", "#0072B2"])
    return lambda value: to_hex(scale((value / top) ** 0.5)) if value > 0 else FAINT


def _columns(data: pd.DataFrame, room: float) -> tuple[list[str], bool, float]:
    """The columns' names, whether they stand upright, and how wide a cell is of so many points for all.

    Names lean where a word of them is wider than a cell; the last then sticks out at the right.
    """
    names, cell = [str(name) for name in data.columns], room / max(1, data.shape[1])
    folds = [folded(name, cell - 6, 3) for name in names]
    if all(breadth(word) <= cell - 6 for name in names for word in name.split()) and not any("…" in f for f in folds):
        return folds, True, cell
    leaning = [folded(name, most=1) for name in names]
    return leaning, False, (room - breadth(leaning[-1]) * math.cos(math.radians(LEAN))) / data.shape[1]


def _cell(
    axes: Axes,
    at: tuple[int, int],
    told: tuple[float, bool],
    shade: str,
    cell: float,
    linked: Links,
    key: tuple[str, str, str],
) -> None:
    from matplotlib.patches import Rectangle

    (column, row), (value, tenths) = at, told
    square = Rectangle((column - 0.48, row - 0.45), 0.96, 0.9, color=shade)
    axes.add_artist(square).set_in_layout(False)  # it lies inside the axes, and they are as wide as they are told
    if value:
        text = number(value, tenths=tenths)
        if breadth(text) > cell - 2:
            text = number(round(value)) if round(value) else "<1"
        if breadth(text) > cell - 2:
            text = f"{value / 1000:.0f}k"
        words = axes.text(column, row, text, ha="center", va="center", color=on(shade), in_layout=False)
        linked.set(key, f"{key[1]}, {key[2]}: {number(value, tenths=tenths)}", square, words)
