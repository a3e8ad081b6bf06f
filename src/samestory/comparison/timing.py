"""Timing: which outlets' reports are earlier and which later, as far as their times of publication let that be said."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

import pandas as pd

from samestory.articles.moments import Moment, hours_between, moment_of
from samestory.comparison.saying import listed, plural

STAGES = ("earlier", "same", "later", "unknown")
NAMED = 3  # later reports that a title names
SAME_HOURS = 1.0  # reports that surely lie less than this apart are of one stage
TYPES = {
    "outlet": "string", "article_id": "string", "published": "string", "precision": "string", "zoned": "boolean",
    "earliest": "datetime64[s]", "latest": "datetime64[s]", "least_hours": "Float64", "most_hours": "Float64",
    "stage": "string", "version": "Int64", "n_versions": "Int64",
}  # fmt: skip
_ADDRESS = re.compile(r"^(?:[a-z]+://)?(?:www\.|m\.|amp\.)?|(?:#.*|/)$", re.IGNORECASE)


class Report(NamedTuple):
    """An article as far as time goes: whose it is, and when it was published, None where that is unknown."""

    outlet: str
    article_id: str
    moment: Moment | None

    def hours_after(self, other: Report) -> tuple[float, float] | None:
        """The least and the most hours after another report; an outlet's times without a zone are of one clock."""
        if self.moment is None or other.moment is None:
            return None
        return hours_between(other.moment, self.moment, same_clock=self.outlet == other.outlet)


def timing(articles: pd.DataFrame) -> pd.DataFrame:
    """When each article of one event was published, and how long after the oldest report.

    ``articles`` is the table of that name. Columns: outlet, article_id, published, precision, zoned (whether its zone
    is known), earliest and latest (UTC; a time without a zone may be any clock's on earth), least_hours and most_hours
    (after the oldest report; equal but for precision where both zones are known), stage, version and n_versions (of
    articles that one outlet published at one address, in order of time).

    Stage: ``later`` is surely an hour or more after another report; ``earlier`` is surely before a later one by as
    much, or within an hour of the oldest; ``same`` is within an hour of the oldest where no report is later; else
    ``unknown``. The oldest is the report whose latest possible time comes first. An outlet's own times without a zone
    are of one clock; those of two outlets may differ by 26 hours. Rows are in order of time, unknown ones last.
    """
    reports = reports_of(articles)
    known = sorted((report for report in reports if report.moment is not None), key=_middle)
    stages = _stages(known)
    versions = _versions(articles, known)
    published = dict(zip(articles.article_id, articles.published, strict=True))
    precision = dict(zip(articles.article_id, articles.published_precision, strict=True))
    oldest = _oldest(known) if known else None
    rows = []
    for report in [*known, *sorted(report for report in reports if report.moment is None)]:
        name, moment = report.article_id, report.moment
        row = {"outlet": report.outlet, "article_id": name, "published": published[name], "precision": precision[name],
               "stage": stages.get(name, "unknown"), **versions[name]}  # fmt: skip
        if moment is not None and oldest is not None:
            least, most = (0.0, 0.0) if report is oldest else report.hours_after(oldest) or (None, None)
            earliest, latest = moment.utc
            row |= {"zoned": moment.zoned, "earliest": earliest, "latest": latest, "least_hours": least,
                    "most_hours": most}  # fmt: skip
        rows.append(row)
    return pd.DataFrame(rows, columns=list(TYPES)).astype(TYPES).round({"least_hours": 2, "most_hours": 2})


def reports_of(articles: pd.DataFrame) -> list[Report]:
    """The reports of a table ``articles``, in its order."""
    return [
        Report(str(row.outlet), str(row.article_id), moment_of(row.published, row.published_precision))
        for row in articles.itertuples()
    ]


def stage_between(own: Sequence[Report], others: Sequence[Report]) -> str:
    """How one outlet's reports on an event stand in time to another's: ``earlier``, ``same``, ``later``, ``unknown``.

    They are earlier (later) where each is surely an hour or more before (after) each of the other's, ``same`` where
    all surely lie less than an hour apart, else ``unknown``: an unknown time, or reports on either side of another.
    """
    spans = [report.hours_after(other) for report in own for other in others]
    known = [span for span in spans if span is not None]
    if not known or len(known) < len(spans):
        return "unknown"
    if all(least >= SAME_HOURS for least, _ in known):
        return "later"
    if all(most <= -SAME_HOURS for _, most in known):
        return "earlier"
    return "same" if all(least > -SAME_HOURS and most < SAME_HOURS for least, most in known) else "unknown"


def article_names(articles: pd.DataFrame) -> dict[str, str]:
    """What each article is called, by its id: its outlet, with a number in the order of time where that has several."""
    ordered = timing(articles)
    several = ordered.outlet.map(ordered.outlet.value_counts()) > 1
    numbers = ordered.groupby("outlet").cumcount() + 1
    return {
        row.article_id: f"{row.outlet} ({n})" if more else str(row.outlet)
        for row, n, more in zip(ordered.itertuples(), numbers, several, strict=True)
    }


def timing_headline(times: pd.DataFrame) -> str:
    """What the table of :func:`timing` says, as the title of its figure."""
    oldest, later, unknown = _parts(times)
    if len(later) > NAMED:
        first, last = (f"{row.outlet} ({at_least(row.least_hours)})" for row in later.iloc[[0, -1]].itertuples())
        return f"{len(later)} outlets report later than {oldest}, from {first} to {last}"
    if len(later):
        names = listed([f"{row.outlet} ({at_least(row.least_hours)})" for row in later.itertuples()])
        return f"Later than {oldest}: {names}"
    if len(times) > 1 and (times.stage == "same").all():
        return "All reports were published within an hour of each other"
    if len(unknown) == len(times):
        return "No time of publication is known"
    if len(times) == 1:
        return "Only one report is here"
    return "Which report came first cannot be said"


def at_least(hours: float) -> str:
    """ "at least 5 hours", in days from two on, rounded down."""
    n, unit = (int(hours // 24), "day") if hours >= 48 else (int(hours), "hour")
    return f"at least {n} {unit}{'' if n == 1 else 's'}"


def span_headline(articles: pd.DataFrame) -> str:
    """From when to when the reports of a study were published, as the title of a figure."""
    days = articles.published.dropna().str.slice(0, 10)
    if days.empty:
        return "No time of publication is known"
    unknown = len(articles) - len(days)
    rest = f"; of {unknown} the time is unknown" if unknown else ""
    when = f"of {days.min()}" if days.min() == days.max() else f"from {days.min()} to {days.max()}"
    return f"{len(days)} {plural(len(days), 'report')} {when}{rest}"


def timing_note(articles: pd.DataFrame) -> str:
    """One or two sentences on what the times of an event's articles mean for their comparison; empty for none."""
    times = timing(articles)
    if len(times) < 2:
        return "Only one report is here: there is no order of reports to tell." if len(times) else ""
    oldest, later, unknown = _parts(times)
    said = []
    if len(later):
        behind = listed([f"{row.outlet}'s by {at_least(row.least_hours)}" for row in later.itertuples()])
        said.append(f"{oldest}'s report is older than {behind}: differences, in tolls above all, may be updates.")
    elif (times.stage == "same").all():
        said.append("All reports were published within an hour of each other: differences are not for want of time.")
    elif len(times) - len(unknown) > 1:
        said.append(
            "Which of the reports came first cannot be said, since their times lack an hour or a zone: "
            "a difference may be an update."
        )
    if len(unknown):
        many = f"of {len(unknown)} of {len(times)} articles" if len(unknown) < len(times) else "of all articles"
        outlets = "" if len(unknown) == len(times) else f" ({listed(unknown.outlet.drop_duplicates().tolist())})"
        said.append(
            f"The time of publication {many} is unknown{outlets}: an update and a conflict cannot be told apart."
        )
    pages = times[(times.n_versions > 1) & (times.version == 1)]
    for row in pages.itertuples():
        said.append(f"{row.outlet}'s page stands here in {row.n_versions} versions, which are one report over time.")
    return " ".join(said)


def _middle(report: Report) -> tuple:
    assert report.moment is not None
    earliest, latest = report.moment.utc
    return earliest + (latest - earliest) / 2, report.outlet, report.article_id


def _oldest(known: Sequence[Report]) -> Report:
    """The report that is surely there first: of which the latest possible time is the earliest."""
    return min(known, key=lambda report: (report.moment.utc[1] if report.moment else datetime.max, _middle(report)))


def _stages(known: Sequence[Report]) -> dict[str, str]:
    """The stage of each report; those that are missing are unknown."""

    def ahead(one: Report, other: Report) -> bool:
        return (span := other.hours_after(one)) is not None and span[0] >= SAME_HOURS

    later = [report for report in known if any(ahead(other, report) for other in known)]
    stages = {report.article_id: "later" for report in later}
    oldest = _oldest(known) if known else None
    for report in known:
        if report.article_id in stages or oldest is None:
            continue
        span = report.hours_after(oldest)
        beside = report is not oldest and span is not None and span[0] > -SAME_HOURS and span[1] < SAME_HOURS
        if any(ahead(report, other) for other in later) or (beside and later):
            stages[report.article_id] = "earlier"
        elif beside:
            stages |= {report.article_id: "same", oldest.article_id: "same"}
    return stages


def _versions(articles: pd.DataFrame, known: Sequence[Report]) -> dict[str, dict[str, int]]:
    """Which version of its page each article is, and of how many; the order of those without a time is unknown."""
    place = {report.article_id: n for n, report in enumerate(known)}
    pages: dict[tuple[str, str], list[str]] = {}
    for row in articles.itertuples():
        address = str(row.article_id) if pd.isna(row.url) else _ADDRESS.sub("", str(row.url))
        pages.setdefault((str(row.outlet), address), []).append(str(row.article_id))
    found: dict[str, dict[str, int]] = {}
    for names in pages.values():
        ordered = sorted((name for name in names if name in place), key=place.__getitem__)
        found |= {name: {"n_versions": len(names)} for name in names}
        found |= {name: {"version": n, "n_versions": len(names)} for n, name in enumerate(ordered, start=1)}
    return found


def _parts(times: pd.DataFrame) -> tuple[str, pd.DataFrame, pd.DataFrame]:
    """The oldest report's outlet, each other outlet's first where it is surely later, and the rows without a time."""
    known = times.dropna(subset="earliest")
    oldest = str(known.outlet[known.latest.idxmin()]) if len(known) else ""
    firsts = known[known.outlet != oldest].drop_duplicates("outlet")
    return oldest, firsts[firsts.least_hours >= SAME_HOURS], times[times.earliest.isna()]
