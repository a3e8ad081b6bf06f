"""The toll in time: a panel for each role, a mark for each article, its bound as a whisker, steps between them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from samestory.figures.chart import Chart
from samestory.figures.plots import _literal, _number, _short
from samestory.figures.style import GREY, INK, PALE, RC, WIDTH, colour

if TYPE_CHECKING:
    from matplotlib.axes import Axes

PANEL = 1.9  # inches
WORDS = {"at_least": "at least ", "at_most": "at most ", "approximate": "about "}
NEAR = 0.16  # share of the axis within which labels would lie upon each other


def steps(data: pd.DataFrame, *, title: str, alt: str) -> Chart:
    """What articles count, by time of publication: a panel for each role.

    Columns: role, outlet, earliest, latest (null where unknown), quantity, low, high (null where the bound is open),
    bound, voice ("outlet" or who holds the number). A line steps from one article to the next; what has no time stands
    right of it. Filled marks are in the outlet's own voice, hollow ones said by a source.
    """
    import matplotlib
    from matplotlib.figure import Figure

    shown = data.reset_index(drop=True)
    roles = list(dict.fromkeys(shown.role.astype(str)))
    with matplotlib.rc_context(RC):
        figure = Figure(figsize=(WIDTH, 0.9 + PANEL * max(1, len(roles))), layout="constrained")
        figure.suptitle(_literal(title), x=0.01, ha="left")
        panels = figure.subplots(max(1, len(roles)), 1, sharex=True, squeeze=False)[:, 0]
        places = _places(shown)
        for axes, role in zip(panels, roles, strict=False):
            _panel(axes, shown[shown.role.astype(str) == role].assign(x=places), role)
        _time_axis(panels[-1], shown)
    columns = ["role", "outlet", "earliest", "latest", "quantity", "low", "high", "bound", "voice"]
    return Chart(figure, alt, shown[columns].assign(role=shown.role.astype("string")))


def _places(shown: pd.DataFrame) -> pd.Series:
    """Where each row stands: hours from the first report; without a time, right of the last."""
    middle = shown.earliest + (shown.latest - shown.earliest) / 2
    hours = (middle - middle.min()).dt.total_seconds() / 3600
    return hours.fillna((hours.max() if hours.notna().any() else 0.0) + _room(hours))


def _room(hours: pd.Series) -> float:
    """How far behind the last report those without a time stand."""
    return max(1.0, 0.22 * float(hours.max() if hours.notna().any() else 0.0))


def _panel(axes: Axes, rows: pd.DataFrame, role: str) -> None:
    from matplotlib.ticker import MaxNLocator

    known = rows[rows.earliest.notna()].sort_values("x", kind="stable")
    axes.step(known.x, known.quantity.astype(float), where="post", color=PALE, lw=2, zorder=1)
    top = max(1.0, float(rows[["quantity", "high"]].astype(float).max().max()))
    axes.set_ylim(-0.08 * top, 1.35 * top)
    placed: list[tuple[float, float]] = []
    span = max(1.0, float(rows.x.max() - rows.x.min()))
    for row in rows.to_dict("records"):
        x, y = float(row["x"]), float(row["quantity"])
        low, high = (y if pd.isna(row[end]) else float(row[end]) for end in ("low", "high"))
        if high > low:
            axes.plot([x, x], [low, high], color=colour(0), lw=3, alpha=0.4, zorder=2)
        for open_end, sign in ((pd.isna(row["high"]), 1), (pd.isna(row["low"]), -1)):
            if open_end:
                axes.annotate(
                    "", (x, y + sign * 0.2 * top), (x, y), arrowprops={"arrowstyle": "->", "color": colour(0)}
                )
        own = row["voice"] == "outlet"
        axes.plot(x, y, "o", ms=7, color=colour(0), mfc=colour(0) if own else "white", mew=1.6, zorder=3)
        close = sum(abs(x - a) < NEAR * span and abs(y - b) < NEAR * top for a, b in placed)
        placed.append((x, y))
        label = f"{WORDS.get(row['bound'], '')}{_number(y)}  {_short(row['outlet'], 24)}"
        axes.annotate(_literal(label), (x, y), xytext=(7, 3 + 11 * close), textcoords="offset points",
                      color=INK if own else GREY, fontsize=8.5)  # fmt: skip
    axes.set_ylabel(role)
    axes.yaxis.set_major_locator(MaxNLocator(nbins=4, integer=True))


def _time_axis(axes: Axes, shown: pd.DataFrame) -> None:
    known = shown.dropna(subset="earliest")
    if known.empty:
        axes.set_xticks([])
        axes.set_xlabel("no article has a time of publication")
        return
    middle = known.earliest + (known.latest - known.earliest) / 2
    hours = (middle - middle.min()).dt.total_seconds() / 3600
    last = float(hours.max())
    axes.set_xlim(-0.03 * max(1.0, last), last + _room(hours) + 0.45 * max(1.0, last))
    label = (
        f"hours after {middle.min():%Y-%m-%d %H:%M} UTC; filled: in the outlet's own voice, hollow: said by a source"
    )
    if len(known) < len(shown):
        label += "; right of the last: time unknown"
    axes.set_xlabel(_literal(label))
