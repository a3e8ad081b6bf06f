"""The specification curve: every estimate in order, and beneath each the choices that it was made with."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import pandas as pd

from samestory.figures.chart import Chart
from samestory.figures.plots import TITLE_WIDTH, _literal, _short
from samestory.figures.style import GREY, INK, PALE, RC, WIDTH, colour

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

HEIGHT, ROW, HEAD = 2.5, 0.17, 0.9  # inches: of the curve, of an option, and of title and legend
GAP = 0.6  # rows between two choices
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
    from matplotlib.figure import Figure

    ran = data[data.difference.notna() & (data.status != "failed")]
    ran = ran.sort_values(["difference", "specification"], kind="stable")
    failed = data[data.status == "failed"].sort_values("specification")
    shown = pd.concat([ran, failed], ignore_index=True) if len(failed) else ran.reset_index(drop=True)
    apart = max(1.0, APART * len(ran)) if len(failed) <= NAMED else 1.0
    at = [*range(len(ran)), *(len(ran) + apart * (n + 1) for n in range(len(failed)))]
    rows = _option_rows(axes)
    depth = ROW * ((rows[-1][2] if rows else 0) + 1.5)
    with matplotlib.rc_context(RC):
        figure = Figure(figsize=(WIDTH, HEAD + HEIGHT + depth), layout="constrained")
        upper, lower = figure.subplots(2, 1, sharex=True, height_ratios=[HEIGHT, depth])
        _title(figure, title)
        _estimates(upper, shown, at, len(ran), unit)
        _choices(lower, shown, at, rows)
        lower.set_xlim(-1, max([*at, 1.0]) + apart)
    return Chart(figure, alt, data)


def _title(figure: Figure, title: str) -> None:
    figure.suptitle(_literal("\n".join(textwrap.wrap(title, TITLE_WIDTH))), x=0.01, ha="left")


def _estimates(axes: Axes, shown: pd.DataFrame, at: Sequence[float], n_ran: int, unit: str) -> None:
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
            axes.annotate(row.specification, (place, low + 0.13 * (high - low)), rotation=90, ha="center", va="bottom",
                          fontsize=6.5, color=LOST)  # fmt: skip
    axes.set_title(_literal(unit), loc="left", fontsize=9.5, color=GREY)
    if not n_ran:
        axes.set_yticks([])
    axes.tick_params(axis="x", labelbottom=False)
    axes.spines["bottom"].set_visible(False)
    _legend(axes, shown, n_ran)


def _legend(axes: Axes, shown: pd.DataFrame, n_ran: int) -> None:
    """Forms in words; what failed with its number."""
    ran = shown.iloc[:n_ran]
    held, failed = int(ran.significant.sum()), len(shown) - n_ran
    rest = "no test" if (ran.status == "refused").all() else "q of .05 or more"
    entries = [
        ("o", HELD, HELD, f"q < .05 ({held})", held > 0),
        ("o", "white", HELD, f"{rest} ({n_ran - held})", held < n_ran),
        ("D", "none", REFERENCE, "".join(f"reference, {code}" for code in ran.specification[ran.reference]),
         bool(ran.reference.any())),
        ("x", LOST, LOST, f"failed ({failed})", failed > 0),
    ]  # fmt: skip
    for form, face, edge, label, drawn in entries:
        if drawn:
            axes.plot([], [], form, mfc=face, mec=edge, ls="", ms=6, mew=1.4, label=label)
    figure = axes.get_figure()
    assert figure is not None
    figure.legend(*axes.get_legend_handles_labels(), loc="outside lower left", ncols=len(entries), frameon=False,
                  handletextpad=0.2, columnspacing=1.4, borderaxespad=0.2)  # fmt: skip


def _option_rows(axes: Mapping[str, Sequence[str]]) -> list[tuple[str, str, float]]:
    """Choice, option and row of each line of the grid, with a gap between two choices."""
    rows, row = [], 0.0
    for axis, options in axes.items():
        for option in options:
            rows.append((axis, option, row))
            row += 1
        row += GAP
    return rows


def _choices(axes: Axes, shown: pd.DataFrame, at: Sequence[float], rows: Sequence[tuple[str, str, float]]) -> None:
    places = pd.Series(at, dtype=float)
    width = 4.2 if len(shown) <= 60 else 2.6
    failed = (shown.status == "failed").to_numpy()
    for axis, option, row in rows:
        axes.axhline(row, color="#f1f2f4", lw=6, zorder=0)
        uses = (shown[axis] == option).to_numpy()
        for mask, shade in ((uses & ~failed, INK), (uses & failed, LOST)):
            axes.plot(places[mask], [row] * int(mask.sum()), "|", color=shade, ms=6.5, mew=width / 2.6)
    axes.set_yticks([row for *_, row in rows], [_literal(_short(f"{axis}: {option}", 46)) for axis, option, _ in rows],
                    fontsize=7.5)  # fmt: skip
    axes.set_ylim((rows[-1][2] if rows else 0) + 0.8, -0.8)
    axes.grid(False)
    axes.set_xticks([])
    axes.spines["bottom"].set_visible(False)
    told = "1 specification" if len(shown) == 1 else f"{len(shown)} specifications that differ"
    axes.set_xlabel(f"{told}, the smallest difference first")
