"""The timeline: when each report was published, as wide as precision and clock leave it."""

from __future__ import annotations

import re

import pandas as pd

from samestory.figures.canvas import Mark, beside, canvas, folded, name_rows, no_axis, rows_height
from samestory.figures.chart import Chart
from samestory.figures.links import Addresses, Links
from samestory.figures.style import GREY, colour, style

CLOCK = "UTC; a bar spans every moment that precision and clock allow"
MARKED = pd.Timedelta(minutes=2)  # a longer span of time is drawn as a bar, a shorter one as a dot
RIGHT = 0.5  # of the axis, from where on a time is told at the left of its mark
_CLOCK_TIME = re.compile(r"T(\d\d:\d\d)(?::\d\d(?:\.\d+)?)?")


def timeline(data: pd.DataFrame, *, title: str, alt: str, links: Addresses | None = None) -> Chart:
    """A row for each report in order of time: a dot where its time is sure, a bar from earliest to latest where not.

    Columns: outlet, published, earliest, latest (UTC, null where unknown), stage. Later reports have another colour
    and form than those that are earlier or of one stage; a grey one cannot be placed. ``links`` maps the article_id of
    a row, a further column, to the address that its mark and its time lead to.
    """
    import matplotlib
    from matplotlib.dates import AutoDateLocator, ConciseDateFormatter

    shown = data.reset_index(drop=True)
    known = shown.dropna(subset="earliest")
    names, linked = [folded(name) for name in shown.outlet], Links(links)
    with matplotlib.rc_context(style()):
        figure, axes = canvas(rows_height(names), title, unit=_clock(known), key=_stages(known))
        first, last = known.earliest.min(), known.latest.max()
        room = max(last - first, pd.Timedelta(hours=1)) if len(known) else pd.Timedelta(hours=1)
        for n, row in known.iterrows():
            mark = STAGES.get(row.stage, UNSURE)
            if row.latest - row.earliest > MARKED:
                ends = [row.earliest, row.latest]
                drawn = axes.plot(ends, [n, n], color=mark.face, lw=3, alpha=0.45, solid_capstyle="butt")
                drawn += axes.plot(ends, [n, n], "|", color=mark.face, ms=9, mew=1.5)
            else:
                middle = row.earliest + (row.latest - row.earliest) / 2
                drawn = axes.plot([middle], [n], mark.form, color=mark.face, ms=7)
            left = (row.earliest - first) / room > RIGHT
            told = folded(_CLOCK_TIME.sub(r" \1", str(row.published)), most=1)
            words = beside(axes, told, (row.earliest if left else row.latest, n), shade=GREY, left=left, apart=8)
            linked.set(row.get("article_id"), f"{row.outlet}, {told}", *drawn, words)
        for n, row in shown.loc[shown.index.difference(known.index)].iterrows():
            place = ("axes fraction", "data")
            words = axes.annotate("time unknown", (0.01, n), xycoords=place, va="center", color=GREY)
            linked.set(row.get("article_id"), f"{row.outlet}, time unknown", words)
        name_rows(axes, names)
        if len(known):
            locator = AutoDateLocator(minticks=2, maxticks=5)
            axes.xaxis.set_major_locator(locator)
            axes.xaxis.set_major_formatter(ConciseDateFormatter(locator, show_offset=False))
            axes.set_xlim(first - room * 0.04, last + room * 0.04)
        else:
            no_axis(axes)
    columns = ["outlet", "published", "earliest", "latest", "stage"]
    return Chart(figure, title, alt, shown[columns], linked.names)


EARLIER = Mark("earlier, or of one stage", colour(0), "o")
STAGES = {"earlier": EARLIER, "same": EARLIER, "later": Mark("later", colour(1), "s")}
UNSURE = Mark("order unknown", GREY, "D")


def _stages(known: pd.DataFrame) -> list[Mark]:
    """What the marks mean, where there is more than one kind."""
    there = {STAGES.get(stage, UNSURE) for stage in known.stage}
    return [mark for mark in (EARLIER, STAGES["later"], UNSURE) if mark in there] if len(there) > 1 else []


def _clock(known: pd.DataFrame) -> str:
    """What the axis shows: the clock, and the day where all reports are of one."""
    days = sorted(set(known.earliest.dt.date) | set(known.latest.dt.date))
    return f"{days[0].isoformat()}, {CLOCK}" if len(days) == 1 else CLOCK
