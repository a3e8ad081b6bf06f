"""The toll in time: a panel for each role, a row for each article in order of publication, its number and its bound."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from samestory.figures.canvas import Mark, beside, folded, heading, name_rows, number, rows_height, sheet, whole_numbers
from samestory.figures.chart import Chart
from samestory.figures.links import Addresses, Links
from samestory.figures.style import GREY, INK, PALE, colour, style

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WORDS = {"at_least": "at least ", "at_most": "at most ", "approximate": "about "}
ARROW = 0.14  # of the axis that the arrow of an open bound is long
OWN = Mark("in the outlet's own voice", colour(0), "o", edge=colour(0))
SAID = Mark("said by a source", "white", "o", edge=colour(0))


def steps(data: pd.DataFrame, *, title: str, alt: str, links: Addresses | None = None) -> Chart:
    """What articles count, in order of publication: a panel for each role, the earliest article at its top.

    Columns: role, outlet, earliest, latest (null where unknown), quantity, low, high (null where the bound is open),
    bound, voice ("outlet" or who holds the number). A line steps from one article to the next; those without a time
    stand below. Filled marks are in the outlet's own voice, hollow ones said by a source. ``links`` maps the claim_id
    of a row, a further column, to the address that its mark and its number lead to.
    """
    import matplotlib

    shown = data.reset_index(drop=True)
    panels = [part for _, part in shown.groupby(shown.role.astype(str), sort=False)]
    told, linked = [_in_time(part, shown) for part in panels], Links(links)
    heights = [rows_height([str(rows.role.iloc[0]), *rows["name"]]) for rows in told]
    with matplotlib.rc_context(style()):
        figure = sheet(sum(heights) or 0.4, title, unit=_unit(shown), key=[OWN, SAID] if told else [])
        grid = figure.add_gridspec(len(told) or 1, 1, height_ratios=heights or None)
        for n, rows in enumerate(told):
            _panel(figure.add_subplot(grid[n]), rows, linked)
    columns = ["role", "outlet", "earliest", "latest", "quantity", "low", "high", "bound", "voice"]
    return Chart(figure, title, alt, shown[columns].assign(role=shown.role.astype("string")), linked.names)


def _in_time(part: pd.DataFrame, shown: pd.DataFrame) -> pd.DataFrame:
    """The rows of a role in order of time, those without one last, each with the name it is told under."""
    middle = part.earliest + (part.latest - part.earliest) / 2
    hours = (middle - _first(shown)).dt.total_seconds() / 3600
    clock = hours.map(
        lambda h: "no time" if pd.isna(h) else f"+{h:,.0f}\u00a0h" if h < 100 else f"+{h / 24:,.0f}\u00a0d"
    )
    names = [folded(f"{outlet}, {time}") for outlet, time in zip(part.outlet, clock, strict=True)]
    return part.assign(hours=hours, name=names).sort_values("hours", kind="stable", na_position="last")


def _first(shown: pd.DataFrame) -> pd.Timestamp:
    return (shown.earliest + (shown.latest - shown.earliest) / 2).min()


def _unit(shown: pd.DataFrame) -> str:
    if shown.empty:
        return "no toll is told"
    if shown.earliest.isna().all():
        return "no article has a time of publication"
    return f"hours (h) or days (d) after {_first(shown):%Y-%m-%d %H:%M} UTC; an arrow is an open bound"


def _panel(axes: Axes, rows: pd.DataFrame, linked: Links) -> None:
    numbers = rows[["quantity", "low", "high"]].astype(float)
    top = max(1.0, float(numbers.max().max()))
    known = rows.earliest.notna().to_numpy()
    places = pd.Series(range(1, len(rows) + 1), dtype=float)[known]
    axes.step(rows.quantity.astype(float)[known], places, where="post", color=PALE, lw=2, zorder=1)
    for n, row in enumerate(rows.to_dict("records"), start=1):
        at = float(row["quantity"])
        low, high = (at if pd.isna(row[end]) else float(row[end]) for end in ("low", "high"))
        if high > low:
            axes.plot([low, high], [n, n], color=colour(0), lw=3, alpha=0.4, zorder=2, solid_capstyle="butt")
        end = high
        for open_end, sign in ((pd.isna(row["high"]), 1), (pd.isna(row["low"]), -1)):
            if open_end:
                tip = at + sign * ARROW * top
                end = max(end, tip)
                axes.annotate("", (tip, n), (at, n), arrowprops={"arrowstyle": "->", "color": colour(0)},
                              annotation_clip=False)  # fmt: skip
        mark = OWN if row["voice"] == "outlet" else SAID
        dots = axes.plot(at, n, mark.form, ms=7, mec=mark.edge, mfc=mark.face, mew=1.6, zorder=3, clip_on=False)
        told = f"{WORDS.get(row['bound'], '')}{number(at)}"
        words = beside(axes, told, (end, n), shade=INK if mark is OWN else GREY, apart=9)
        linked.set(row.get("claim_id"), f"{row['role']}, {row['outlet']}: {told}", *dots, words)
    name_rows(axes, [heading(rows.role.iloc[0]), *rows["name"]], [True] + [False] * len(rows))
    axes.set_xlim(0, 1.05 * top)
    whole_numbers(axes, rows.quantity)
