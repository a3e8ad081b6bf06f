"""The timeline: when each report was published, as wide as precision and clock leave it."""

from __future__ import annotations

import pandas as pd

from samestory.figures.chart import Chart
from samestory.figures.plots import _canvas, _literal, _rows, _short
from samestory.figures.style import GREY, RC, colour

CLOCK = "UTC; a bar spans every moment that precision and clock allow"
MARKED = pd.Timedelta(minutes=2)  # a longer span of time is drawn as a bar, a shorter one as a dot


def timeline(data: pd.DataFrame, *, title: str, alt: str) -> Chart:
    """A row for each report in order of time: a dot where its time is sure, a bar from earliest to latest where not.

    Columns: outlet, published, earliest, latest (UTC, null where unknown), stage. Later reports have another colour
    than those that are earlier or of one stage; a grey one cannot be placed.
    """
    import matplotlib
    from matplotlib.dates import AutoDateLocator, ConciseDateFormatter

    shown = data.reset_index(drop=True)
    colours = {"earlier": colour(0), "same": colour(0), "later": colour(1)}
    with matplotlib.rc_context(RC):
        figure, axes = _canvas(len(shown), title)
        known = shown.dropna(subset="earliest")
        for n, row in known.iterrows():
            shade = colours.get(row.stage, GREY)
            middle = row.earliest + (row.latest - row.earliest) / 2
            if row.latest - row.earliest > MARKED:
                axes.plot([row.earliest, row.latest], [n, n], color=shade, lw=3, alpha=0.45, solid_capstyle="butt")
                axes.plot([row.earliest, row.latest], [n, n], "|", color=shade, ms=9, mew=1.5)
            else:
                axes.plot([middle], [n], "o", color=shade, ms=7)
            axes.annotate(_literal(_short(str(row.published).replace("T", " "), 30)), (row.latest, n), xytext=(8, 0),
                          textcoords="offset points", va="center", color=GREY)  # fmt: skip
        for n in shown.index.difference(known.index):
            axes.annotate("time unknown", (0.01, n), xycoords=("axes fraction", "data"), va="center", color=GREY)
        _rows(axes, shown.outlet.tolist())
        if len(known):
            locator = AutoDateLocator(minticks=3, maxticks=7)
            axes.xaxis.set_major_locator(locator)
            axes.xaxis.set_major_formatter(ConciseDateFormatter(locator, show_offset=False))
            first, last = known.earliest.min(), known.latest.max()
            room = max(last - first, pd.Timedelta(hours=1))
            axes.set_xlim(first - room * 0.05, last + room * 0.45)
        else:
            axes.set_xticks([])
        axes.set_xlabel(_clock(known))
    columns = ["outlet", "published", "earliest", "latest", "stage"]
    return Chart(figure, alt, shown[columns])


def _clock(known: pd.DataFrame) -> str:
    """What the axis shows: the clock, and the day where all reports are of one."""
    days = sorted(set(known.earliest.dt.date) | set(known.latest.dt.date))
    return f"{days[0].isoformat()}, {CLOCK}" if len(days) == 1 else CLOCK
