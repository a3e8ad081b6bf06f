"""Distinctive words: how far each leans to an outlet, over how often it is used, with what chance alone would give."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from samestory.figures.canvas import FULL, Mark, breadth, folded, sheet
from samestory.figures.chart import Chart, nothing
from samestory.figures.style import GREY, INK, PALE, colour, style

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from numpy.typing import NDArray

PANEL, LOWER = 3.4, 2.1  # inches that a panel is high, and each of several
BINS = 12  # of use, in which the band of chance is drawn
SAME_BIN = 5  # words that a bin needs
ALPHA = 0.05
LINE, ENDS = 14.0, 18.0  # points that a label is high, and what is kept free for what up and down mean
CALLED = Mark("passes the test", colour(1), "o")
CHANCE = Mark("95 % by chance", "#e3e6ea")
COLUMNS = ["outlet", "word", "uses", "z", "z_low", "z_high", "called"]


def words(data: pd.DataFrame, bands: pd.DataFrame, *, title: str, alt: str, most: int = 8) -> Chart:
    """A dot a word: uses by all on the shared events (log scale) against the z of its log-odds; a panel an outlet.

    ``data`` has the columns outlet, word, count, other_count, z, q, and ``bands`` outlet, word, z_low, z_high: the 95 %
    that z spans where chance exchanges the outlets; the shaded band is the middle of these, use by use. Words that the
    test calls (q below .05) are filled in colour and named, and up to ``most`` others outside their own span on each
    side are named in grey. Of two outlets one panel shows both: up is the one, down is the other.
    """
    import matplotlib

    shown = data.merge(bands, on=["outlet", "word"], how="left", validate="one_to_one")
    shown = shown.assign(uses=shown["count"] + shown.other_count, called=shown.q < ALPHA)[COLUMNS]
    if shown.empty:
        return nothing(title, alt, shown)
    outlets = sorted(shown.outlet.unique())
    panels = outlets[:1] if len(outlets) == 2 else outlets
    height = 0.5 + (LOWER * len(panels) if len(panels) > 1 else PANEL)
    unit = "z of the log-odds, by uses in all outlets on the shared events (log scale)"
    with matplotlib.rc_context(style()):
        figure = sheet(height, title, unit=unit, key=[CHANCE, *([CALLED] if shown.called.any() else [])])
        axes = figure.subplots(len(panels), 1, sharex=True, squeeze=False)[:, 0]
        for n, outlet in enumerate(panels):
            own = shown[shown.outlet == outlet].reset_index(drop=True)
            _panel(axes[n], own)
            _ends(axes[n], outlet, outlets[1] if len(outlets) == 2 else None)
        _name(figure, list(axes), [shown[shown.outlet == outlet].reset_index(drop=True) for outlet in panels], most)
    return Chart(figure, title, alt, shown)


def _panel(axes: Axes, own: pd.DataFrame) -> None:
    from matplotlib.ticker import FuncFormatter, LogLocator, MaxNLocator, NullLocator

    axes.set_xscale("log")
    axes.xaxis.set_major_formatter(FuncFormatter(lambda uses, _: f"{uses:,.0f}"))
    wide = len(own) > 0 and own.uses.max() > 100 * own.uses.min()
    axes.xaxis.set_major_locator(LogLocator(subs=(1,) if wide else (1, 2, 5)))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.grid(False)
    axes.axhline(0, color=PALE, lw=1, zorder=0)
    places, low, high = _band(own)
    axes.fill_between(places, low, high, color=CHANCE.face, zorder=0, lw=0)
    rest, called = own[~own.called], own[own.called]
    axes.plot(rest.uses, rest.z, "o", color=GREY, ms=2.2, alpha=0.45, mew=0)
    axes.plot(called.uses, called.z, "o", color=colour(1), ms=7, mew=0, zorder=3)
    axes.yaxis.set_major_locator(MaxNLocator(4, prune="both"))  # none where the numbers of uses begin
    if len(own):
        reach = 1.25 * max(2.5, float(own.z.abs().max()))
        axes.set_ylim(-reach, reach)
        axes.set_xlim(float(own.uses.min()) * 0.8, float(own.uses.max()) * 2.2)


def _band(own: pd.DataFrame) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """The band of chance by use: the middle of the words' own spans in bins of use, a bin needing five words."""
    known = own.dropna(subset="z_low")
    if known.empty:
        return np.zeros(0), np.zeros(0), np.zeros(0)
    use = np.log(known.uses.to_numpy(dtype=float))
    edges = np.linspace(use.min(), use.max() + 1e-9, BINS + 1)
    bins = np.clip(np.searchsorted(edges, use, side="right") - 1, 0, BINS - 1)
    groups = known.assign(use=use).groupby(bins)[["use", "z_low", "z_high"]]
    middle = groups.median()[groups.size() >= min(SAME_BIN, len(known))]
    if middle.empty:
        middle = known.assign(use=use)[["use", "z_low", "z_high"]].sort_values("use")
    at = np.exp(np.concatenate([[use.min()], middle.use, [use.max()]]))
    spread = [np.concatenate([[v.iloc[0]], v, [v.iloc[-1]]]) for v in (middle.z_low, middle.z_high)]
    return at, spread[0], spread[1]


def _ends(axes: Axes, outlet: str, other: str | None) -> None:
    """What up and down mean, at the left of the panel's edges."""
    down = f"↓ more in {other}" if other else "↓ less than the others"
    for text, y, side in ((f"↑ more in {outlet}", 1, "bottom"), (down, 0, "bottom")):
        axes.annotate(folded(text, FULL * 0.8, 1), (0, y), xycoords="axes fraction", xytext=(2, 2), va=side,
                      textcoords="offset points", color=INK)  # fmt: skip


def _name(figure: Figure, axes: Sequence[Axes], parts: Sequence[pd.DataFrame], most: int) -> None:
    """Name the words that stand out, each where no other name lies: right, left, above or below its dot."""
    layout = figure.get_layout_engine()
    assert layout is not None
    layout.execute(figure)  # where the dots lie is known once the layout is done
    scale = 72 / figure.dpi
    for panel, own in zip(axes, parts, strict=False):
        box = panel.get_window_extent()
        left, low, right, high = (v * scale for v in (box.x0, box.y0, box.x1, box.y1))
        chosen = _chosen(own, most)
        if chosen.empty:
            continue
        named = chosen[~chosen.called]
        panel.plot(named.uses, named.z, "o", color=GREY, ms=3.8, mew=0)
        dots = (panel.transData.transform(chosen[["uses", "z"]].to_numpy(dtype=float)) * scale).tolist()
        taken = [(left, low, right, low + ENDS), *((x - 3, y - 3, x + 3, y + 3) for x, y in dots)]
        for (x, y), row in zip(dots, chosen.itertuples(), strict=True):
            text = folded(row.word, most=1)
            wide = breadth(text, bold=bool(row.called))
            for dx, dy in _spots(wide):
                spot = (x + dx, y + dy - LINE / 2, x + dx + wide, y + dy + LINE / 2)
                inside = spot[0] >= left and spot[2] <= right and spot[1] >= low and spot[3] <= high
                if inside and not any(_meet(spot, other) for other in taken):
                    taken.append(spot)
                    panel.annotate(text, (row.uses, row.z), xytext=(dx, dy), textcoords="offset points",
                                   va="center", color=INK if row.called else GREY,
                                   fontweight="bold" if row.called else "normal")  # fmt: skip
                    break


def _spots(wide: float) -> list[tuple[float, float]]:
    """Where a name so wide may begin, and how high its middle may lie, from its dot; the nearest first."""
    near = [(6, 0), (-6 - wide, 0), (-wide / 2, 11), (-wide / 2, -11)]
    return near + [(x, y) for y in (10.0, -10.0, 19.0, -19.0) for x in (6.0, -6 - wide)]


def _chosen(own: pd.DataFrame, most: int) -> pd.DataFrame:
    """The words to name: those called, then on each side the others outside their span, furthest out first."""
    outside = own[~own.called & ((own.z > own.z_high.clip(lower=1.96)) | (own.z < own.z_low.clip(upper=-1.96)))]
    outside = outside.assign(far=outside.z.abs()).sort_values(["far", "word"], ascending=[False, True])
    sides = [part.head(most) for part in (outside[outside.z > 0], outside[outside.z < 0])]
    return pd.concat([own[own.called].sort_values("word"), *sides])[["word", "uses", "z", "called"]]


def _meet(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
