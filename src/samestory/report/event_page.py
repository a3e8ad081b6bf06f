"""The page of an event: what was found, who told it and when, numbers and claims that lead to their passages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from samestory.comparison import findings, ledgers, lineage, timing
from samestory.comparison.contrasts import label_of, of_articles, unit_of
from samestory.comparison.profiles import lone_outlet
from samestory.comparison.saying import moment_in_full, plural, span_of
from samestory.measures import MEASURES
from samestory.report.evidence import READING, Card, fragment
from samestory.report.pages import render

if TYPE_CHECKING:
    from samestory.annotation import Annotations
    from samestory.report.charts import Figure
    from samestory.report.notebooks import Link

HOME = "../../"
LATER = {"earlier": "the earlier stage", "same": "within an hour of the oldest", "later": "later"}


class Event(NamedTuple):
    """An event, its folder's name, and its tables with the outlets' display names."""

    name: str
    slug: str
    annotations: Annotations
    measures: pd.DataFrame


class Cell(NamedTuple):
    """A number of one article: as it reads, part / whole, its part of the row's largest (0 to 1), the way to it."""

    value: str | None
    counts: str
    part: str
    href: str | None


def event_page(
    event: Event,
    site: str,
    *,
    cards: Sequence[Card],
    claims: Sequence[dict[str, Any]],
    figures: Sequence[Figure],
    notebooks: Sequence[Link],
    paper: str,
    before: tuple[str, str] | None,
    after: tuple[str, str] | None,
    key: str,
) -> str:
    """The page as HTML; ``claims`` are the rows of its ledger, ``before`` and ``after`` its neighbours' name and slug,
    ``paper`` its PDF's name, ``key`` what it was made of."""
    view = event.annotations
    shown, names = in_order(view)
    counts = counted(event.measures, shown)
    rows = number_rows(counts, shown)
    absent = [
        label_of(name).lower() for name in MEASURES if name not in {row["name"] for _, own in rows for row in own}
    ]
    return render(
        "event.html.j2",
        alone=lone_outlet(view), many=len(shown) > 1,
        title=event.name, here=event.name, home=HOME, site=site,
        crumbs=[("Report", f"{HOME}index.html"), ("Events", f"{HOME}index.html#events")],
        lead=lead(view), cards=cards, figures=figures, notebooks=notebooks, paper=paper,
        before=before, after=after, key=key,
        timing=timing.timing_note(view.articles), copy=findings.lineage(view),
        roster=roster(view, shown, names), names=names, numbers=rows, absent=", ".join(absent),
        outlets=sorted(view.articles.outlet.unique()), claims=claims, limits=findings.limits(view),
    )  # fmt: skip


def lead(annotations: Annotations) -> str:
    """How many articles from how many outlets, of how many words, from when to when."""
    articles = annotations.articles
    n, outlets = len(articles), articles.outlet.nunique()
    beside = " set side by side" if n > 1 else ""
    when = f", published {days}" if (days := span_of(articles.published.dropna())) else ""
    words = int(articles.n_body_words.sum())
    return (
        f"{n} {plural(n, 'article')} from {outlets} {plural(outlets, 'outlet')}{when}: {words:,} words of "
        f"story{beside}."
    )


def in_order(annotations: Annotations) -> tuple[pd.DataFrame, list[str]]:
    """The articles in order of time, and what each is called: its outlet, with a number where that has several."""
    times = timing.timing(annotations.articles)
    about = annotations.articles.set_index("article_id").loc[times.article_id].reset_index()
    called = timing.article_names(annotations.articles)
    stages = dict(zip(times.article_id, times.stage, strict=True))
    hours = dict(zip(times.article_id, times.least_hours, strict=True))
    told = about.assign(stage=about.article_id.map(stages), hours=about.article_id.map(hours))
    return told, [called[article] for article in told.article_id]


def roster(annotations: Annotations, shown: pd.DataFrame, names: Sequence[str]) -> list[dict[str, Any]]:
    """A row for each article: name, title, published, stage, words, whose words."""
    families = lineage.families(annotations).set_index("article_id")
    called = dict(zip(shown.article_id, names, strict=True))
    return [
        {
            "name": called[row.article_id],
            "title": None if pd.isna(row.title) else row.title,
            "published": moment_in_full(row.published),
            "stage": _stage(row),
            "words": int(row.n_body_words),
            "whose": _whose(row, families, called),
        }
        for row in shown.itertuples()
    ]


def _stage(row) -> str:
    if row.stage == "later" and pd.notna(row.hours):
        return f"{timing.at_least(row.hours)} after the oldest"
    return LATER.get(row.stage, "")


def _whose(row, families: pd.DataFrame, called: dict[str, str]) -> str:
    """The agency that an article names, and the copy that it is a version of."""
    said = []
    if pd.notna(row.agency):
        said.append(f"names {row.agency}")
    if row.article_id in families.index:
        family = families.loc[row.article_id]
        of = called.get(family.origin) if pd.notna(family.origin) and family.origin != row.article_id else None
        shared = f"{100 * family.share:.0f} % shared word for word"
        said.append(f"{shared} with {of}, where it comes from" if of else shared)
    return "; ".join(said) or "its own, as far as can be seen"


def counted(measures: pd.DataFrame, shown: pd.DataFrame) -> pd.DataFrame:
    """The measures of the articles over headline, deck and body together, those where one article has any."""
    own = of_articles(measures[measures.measure.isin(list(MEASURES))], shown)
    some = own.groupby("measure").numerator.transform("sum") > 0
    return own[some].reset_index(drop=True)


def number_rows(counts: pd.DataFrame, shown: pd.DataFrame) -> list[tuple[str, list[dict[str, Any]]]]:
    """Measures under their aspects, in the catalogue's order, a cell for each article in order of time."""
    by_article = {(row.measure, row.article_id): (row.numerator, row.denominator) for row in counts.itertuples()}
    there = set(counts.measure)
    found: dict[str, list[dict[str, Any]]] = {}
    for name, measure in MEASURES.items():
        if name not in there:
            continue
        pairs = [by_article.get((name, article), (0, 0)) for article in shown.article_id]
        values = [measure.scale * part / whole if whole else None for part, whole in pairs]
        top = max((value for value in values if value is not None), default=0) or 1
        cells = [_cell(name, article, value, pair, top)
                 for article, value, pair in zip(shown.article_id, values, pairs, strict=True)]  # fmt: skip
        found.setdefault(measure.aspect.capitalize(), []).append(
            {"name": name, "label": label_of(name), "unit": unit_of(name), "cells": cells}
        )
    return list(found.items())


def _cell(name: str, article: str, value: float | None, pair: tuple[float, float], top: float) -> Cell:
    if value is None:
        return Cell(None, "", "0", None)
    href = f"{READING}{fragment(f'of={name}&in={article}')}" if pair[0] else None
    return Cell(f"{value:.1f}", f"{pair[0]:,.0f} / {pair[1]:,.0f}", f"{value / top:.2f}", href)


def ledger_rows(annotations: Annotations) -> list[dict[str, Any]]:
    """Things told by several outlets or in two ways: what, status, and for each outlet its numbers with links."""
    outlets = sorted(annotations.articles.outlet.unique())
    rows: dict[str, dict[str, Any]] = {}
    for cell in ledgers.side_by_side_claims(annotations).itertuples():
        row = rows.setdefault(cell.what, {"what": cell.what, "status": cell.status, "cells": [[] for _ in outlets]})
        row["cells"][outlets.index(cell.outlet)].append((cell.shown, f"{READING}{fragment(f'mark={cell.claim_id}')}"))
    return list(rows.values())
