"""The specification curve: every estimate in order, and beneath each the choices that it was made with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import pandas as pd

from samestory.figures.canvas import Mark, folded, heading, name_rows, sheet
from samestory.figures.chart import Chart
from samestory.figures.style import FAINT, GREY, INK, PALE, colour, style

if TYPE_CHECKING:
    from matplotlib.axes import Axes

HEIGHT, ROW = 2.7, 0.24  # inches: of the curve, and of an option
NAMED = 6  # failed specifications that are told by name
APART = 0.022  # of the width of the curve, between two of them
HELD, REFERENCE, LOST = colour(0), colour(1), "#8a1f11"


def specification_curve(
    data: pd.DataFrame, axes: Mapping[str, Sequence[str]], *, title: str, unit: str, alt: str
) -> Chart:
    """The estimates of all specifications (Simonsohn, Simmons & Nelson 2020), the smallest first.

    ``data`` has a row for each specification: difference, low and high (null where there is no interval), significant
    (filled, else hollow), reference (a ring and a line through all), status (``ran``, ``refused`` or ``failed``) and
    a column for each of ``axes``, which maps a choice to its options in order. What failed stands at the right as a
    cross, by name where they are few, and its choices beneath it like those of the others.
    """
    import matplotlib

    ran = data[data.difference.notna() & (data.status != "failed")]
    ran = ran.sort_values(["difference", "specification"], kind="stable")
    failed = data[data.status == "failed"].sort_values("specification")
    shown = pd.concat([ran, failed], ignore_index=True) if len(failed) else ran.reset_index(drop=True)
    apart = max(1.0, APART * len(ran)) if len(failed) <= NAMED else 1.0
    at = [*range(len(ran)), *(len(ran) + apart * (n + 1) for n in range(len(failed)))]
    rows = [(axis, option) for axis, options in axes.items() for option in (None, *options)]
    depth = ROW * (len(rows) + 1)
    with matplotlib.rc_context(style()):
        figure = sheet(HEIGHT + depth, title, unit=f"{unit}; {_counted(shown)}", key=_key(shown, len(ran)))
        upper, lower = figure.subplots(2, 1, sharex=True, height_ratios=[HEIGHT, depth])
        _estimates(upper, shown, at, len(ran))
        _choices(lower, shown, at, rows)
        lower.set_xlim(-1, max([*at, 1.0]) + apart)
    return Chart(figure, title, alt, data)


def _counted(shown: pd.DataFrame) -> str:
    told = "1 specification" if len(shown) == 1 else f"{len(shown)} specifications that differ"
    return f"{told}, the smallest difference first"


def _estimates(axes: Axes, shown: pd.DataFrame, at: Sequence[float], n_ran: int) -> None:
    size = 5.5 if n_ran <= 60 else 3.6
    axes.grid(False)
    axes.axhline(0, color=GREY, lw=0.9, zorder=1)
    for place, row in list(zip(at, shown.itertuples(), strict=True))[:n_ran]:
        if pd.notna(row.low):
            axes.plot([place, place], [row.low, row.high], color=PALE, lw=size / 2.4, zorder=1, solid_capstyle="round")
        face = HELD if row.significant else "white"
        axes.plot(place, row.difference, "o", ms=size, mfc=face, mec=HELD, mew=0.9, zorder=3)
        if row.reference:
            axes.axhline(row.difference, color=REFERENCE, lw=0.8, ls=(0, (4, 3)), zorder=2)
            axes.plot(place, row.difference, "D", ms=size + 5, mfc="none", mec=REFERENCE, mew=1.6, zorder=4)
    low, high = axes.get_ylim()
    for place, row in list(zip(at, shown.itertuples(), strict=True))[n_ran:]:
        axes.plot(place, low + 0.08 * (high - low), "x", ms=6, color=LOST, mew=1.6, zorder=3)
        if len(shown) - n_ran <= NAMED:
            axes.annotate(folded(row.specification, most=1), (place, low + 0.13 * (high - low)), rotation=90,
                          ha="center", va="bottom", color=LOST)  # fmt: skip
    if not n_ran:
        axes.set_yticks([])
    axes.tick_params(axis="x", labelbottom=False)
    axes.spines["bottom"].set_visible(False)


def _key(shown: pd.DataFrame, n_ran: int) -> list[Mark]:
    """Forms in words, each with its number."""
    ran = shown.iloc[:n_ran]
    held, failed = int(ran.significant.sum()), len(shown) - n_ran
    rest = "no test" if (ran.status == "refused").all() else "q of .05 or more"
    reference = ", ".join(ran.specification[ran.reference])
    entries = [
        (held, Mark(f"q < .05 ({held})", HELD, "o", edge=HELD)),
        (n_ran - held, Mark(f"{rest} ({n_ran - held})", "white", "o", edge=HELD)),
        (len(reference), Mark(f"reference, {reference}", "none", "D", edge=REFERENCE)),
        (failed, Mark(f"failed ({failed})", LOST, "x", edge=LOST)),
    ]
    return [mark for there, mark in entries if there]


def _choices(
    axes: Axes, shown: pd.DataFrame, at: Sequence[float], rows: Sequence[tuple[str, str | None]]
) -> None:  # fmt: skip
    places = pd.Series(at, dtype=float)
    width = 4.2 if len(shown) <= 60 else 2.6
    failed = (shown.status == "failed").to_numpy()
    for n, (axis, option) in enumerate(rows):
        if option is None:
            continue
        axes.axhline(n, color=FAINT, lw=9, zorder=0)
        uses = (shown[axis] == option).to_numpy()
        for mask, shade in ((uses & ~failed, INK), (uses & failed, LOST)):
            axes.plot(places[mask], [n] * int(mask.sum()), "|", color=shade, ms=8, mew=width / 2.6)
    names = [heading(axis) if option is None else folded(option, most=1) for axis, option in rows]
    name_rows(axes, names, [option is None for _, option in rows])
    axes.grid(False)
    axes.set_xticks([])
    axes.spines["bottom"].set_visible(False)
