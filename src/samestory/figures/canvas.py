"""The sheet that a chart is drawn on: finding, unit and key at its top, names at its left, every text measured."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from samestory.figures.style import GREY, INK, LETTERS, PALE, SIZE, TITLE_SIZE, WIDTH

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.text import Annotation

PAD = 0.13  # inches of white around what is drawn
FULL = 72 * (WIDTH - 2 * PAD)  # points that a line of text may take
TITLE_LINE, LINE, KEY_LINE = 0.245, 0.215, 0.25  # inches
LABEL, LONG_LABEL = 156.0, 190.0  # points that the names at the left may take, and where much room is left for them
ROW, TALL_ROW = 0.33, 0.47  # inches: a row whose name has one line, or two
SWATCH, GAP = 17.0, 16.0  # points: a mark of the key with its space, and the space between two entries
PERCENT = 100.0
BLANK: dict[str, Any] = {"facecolor": "white", "edgecolor": "none", "pad": 0.3}  # no line runs through words


class Mark(NamedTuple):
    """An entry of a figure's key: a square (``s``) or one of matplotlib's markers, and what it means."""

    label: str
    face: str
    form: str = "s"
    edge: str = "none"
    hatch: str | None = None


def sheet(height: float, title: str, *, unit: str = "", key: Sequence[Mark] = ()) -> Figure:
    """An empty figure with its finding as title, under it the unit and the key; ``height`` inches are left for axes."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    heading, units, entries = (
        wrapped(title.removesuffix("."), FULL, TITLE_SIZE, bold=True),
        wrapped(unit, FULL),
        list(_flow(key)),
    )
    key_lines = 1 + max((line for _, line, _ in entries), default=-1)
    top = PAD + TITLE_LINE * len(heading) + LINE * len(units) + KEY_LINE * key_lines + (0.06 if key_lines else 0)
    whole = top + height
    figure = Figure(figsize=(WIDTH, whole), layout="constrained")
    FigureCanvasAgg(figure)  # measures each text once, however often it is laid out
    layout = figure.get_layout_engine()
    assert layout is not None
    layout.set(rect=(0, 0, 1, height / whole), w_pad=PAD, h_pad=PAD / 2)  # type: ignore[call-arg]
    title_text = figure.suptitle("\n".join(heading), x=PAD / WIDTH, y=1 - PAD / whole, ha="left", va="top",
                                 linespacing=1.15)  # fmt: skip
    title_text.set_in_layout(False)
    y = whole - PAD - TITLE_LINE * len(heading)
    inches = figure.dpi_scale_trans
    if units:
        figure.text(PAD, y, "\n".join(units), color=GREY, va="top", transform=inches, in_layout=False)
    y -= LINE * len(units) + 0.06
    for mark, line, x in entries:
        _entry(figure, mark, PAD + x / 72, y - KEY_LINE * (line + 0.5))
    return figure


def canvas(height: float, title: str, *, unit: str = "", key: Sequence[Mark] = ()) -> tuple[Figure, Axes]:
    """A :func:`sheet` with one pair of axes."""
    figure = sheet(height, title, unit=unit, key=key)
    axes = figure.add_subplot()
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_label_coords(0, 0)  # they have no label, whose place would be looked for time and again
    return figure, axes


def _flow(key: Sequence[Mark]) -> Iterator[tuple[Mark, int, float]]:
    """The entries of a key with the line each stands in, and how many points from its left."""
    x, line = 0.0, 0
    for mark in key:
        cut = mark._replace(label=folded(mark.label, FULL - SWATCH, 1))
        wide = SWATCH + breadth(cut.label)
        if x and x + wide > FULL:
            x, line = 0.0, line + 1
        yield cut, line, x
        x += wide + GAP


def _entry(figure: Figure, mark: Mark, x: float, y: float) -> None:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Rectangle

    inches = figure.dpi_scale_trans
    if mark.form == "s":
        edge = mark.edge if mark.edge != "none" else "white"
        square = Rectangle((x, y - 0.075), 0.15, 0.15, facecolor=mark.face, edgecolor=edge, hatch=mark.hatch,
                           linewidth=0.8, transform=inches)  # fmt: skip
        figure.add_artist(square).set_in_layout(False)
    else:
        edge = mark.edge if mark.edge != "none" else mark.face
        dot = Line2D([x + 0.075], [y], marker=mark.form, ms=7, mfc=mark.face, mec=edge, mew=1.4, ls="",
                     transform=inches)  # fmt: skip
        figure.add_artist(dot).set_in_layout(False)
    figure.text(x + SWATCH / 72, y, mark.label, va="center_baseline", transform=inches, in_layout=False)


@functools.cache
def breadth(text: str, size: float = SIZE, bold: bool = False) -> float:
    """How many points wide a line of text is."""
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import text_to_path

    letters = FontProperties(family=LETTERS, size=size, weight="bold" if bold else "normal")
    missing = sum(ord(sign) > 0x2E7F for sign in text)  # these letters lack CJK, whose signs are as wide as high
    known = "".join(sign for sign in text if ord(sign) <= 0x2E7F)
    return float(text_to_path.get_text_width_height_descent(known, letters, False)[0]) + missing * size


def wrapped(text: object, points: float, size: float = SIZE, bold: bool = False) -> list[str]:
    """Text in lines of at most so many points: between words, and within a word only where it alone is longer."""
    lines: list[str] = []
    for word in re.findall(r"[^ \t\r\n]+", str(text)):
        if lines and breadth(f"{lines[-1]} {word}", size, bold) <= points:
            lines[-1] = f"{lines[-1]} {word}"
            continue
        lines.append("")
        for part in [word] if breadth(word, size, bold) <= points else re.findall(r"[^-./_]+[-./_]*|[-./_]+", word):
            if breadth(lines[-1] + part, size, bold) > points and lines[-1]:
                lines.append("")
            for sign in [part] if breadth(part, size, bold) <= points else part:
                if breadth(lines[-1] + sign, size, bold) > points:
                    lines.append("")
                lines[-1] += sign
    return lines


def folded(text: object, points: float = LABEL, most: int = 2) -> str:
    """Text in at most so many lines of so many points; what is longer ends in an ellipsis."""
    lines = wrapped(text, points)
    if len(lines) > most:
        last = lines[most - 1]
        while last and breadth(f"{last}…") > points:
            last = last[:-1].rstrip()
        lines = [*lines[: most - 1], f"{last}…"]
    return "\n".join(lines)


def rows_height(names: Sequence[str], row: float = 0.0, below: float = 0.3) -> float:
    """The inches that rows of these folded names take, and what stands ``below`` them."""
    tall = TALL_ROW if any("\n" in name for name in names) else ROW
    return max(tall, row) * max(len(names), 1) + below + PAD


def name_rows(axes: Axes, names: Sequence[str], headings: Sequence[bool] = ()) -> None:
    """Name the rows at the left; headings stand in bold at the left edge and may be as long as the figure is wide."""
    from matplotlib.transforms import blended_transform_factory

    bold = list(headings) or [False] * len(names)
    axes.set_yticks(range(len(names)), ["" if b else name for name, b in zip(names, bold, strict=True)])
    for tick in axes.get_yticklabels():
        tick.set_linespacing(1.0)
    figure = axes.get_figure()
    assert figure is not None
    place = blended_transform_factory(figure.transFigure, axes.transData)
    for n, name in enumerate(names):
        if bold[n]:
            axes.text(PAD / WIDTH, n, name, transform=place, fontweight="bold", va="center", in_layout=False,
                      clip_on=False, zorder=4, bbox=BLANK)  # fmt: skip
    axes.set_ylim(max(len(names), 1) - 0.5, -0.5)


def heading(text: object) -> str:
    """A heading of rows, in one line."""
    return folded(text, FULL * 0.92, 1)


def no_axis(axes: Axes) -> None:
    """Marks with their numbers beside them need no axis beneath."""
    axes.grid(False)
    axes.set_xticks([])
    axes.spines["bottom"].set_visible(False)


def whole_numbers(axes: Axes, values: pd.Series) -> None:
    """Few numbers on the axis, and whole ones where whole things are counted."""
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    whole = bool(len(values)) and bool((values.astype(float) % 1 == 0).all())
    axes.xaxis.set_major_locator(MaxNLocator(5, integer=whole))
    if whole:
        axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.0f}".replace("-", "−")))


def has_tenths(values: Iterable[float]) -> bool:
    """Whether any of these numbers is not whole, so that all are told with one decimal."""
    return any(value == value and not float(value).is_integer() for value in values)


def number(value: float, largest: float = PERCENT, tenths: bool | None = None) -> str:
    """A number as it is read: whole, with one decimal, or with two where the largest beside it is at most 1.

    ``tenths`` says whether those beside it have a decimal; by default it has one where it is not whole.
    """
    if largest <= 1:
        return f"{value:.2f}".replace("-", "−")
    whole = float(value).is_integer() if tenths is None else not tenths
    text = f"{value:,.0f}" if abs(value) >= PERCENT or whole else f"{value:.1f}"
    return text.replace("-", "−")


def beside(
    axes: Axes, text: str, at: tuple[float, float], *, shade: str = INK, left: bool = False, apart: float = 7
) -> Annotation:
    """Words at the right of a point, or at its left; the sheet makes room for them."""
    side, away = ("right", -apart) if left else ("left", apart)
    return axes.annotate(text, at, xytext=(away, 0), textcoords="offset points", va="center", ha=side, color=shade,
                         annotation_clip=False, linespacing=1.0, bbox=BLANK)  # fmt: skip


def zero_line(axes: Axes) -> None:
    """Where nothing is, in a chart whose values lie on both sides."""
    axes.axvline(0, color=PALE, lw=1.2, zorder=0)
