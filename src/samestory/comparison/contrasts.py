"""Measures per outlet with intervals, and outlets set against each other on the same events."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import numpy as np
import pandas as pd

from samestory.measures import MEASURES

SEED = 20160718
FEWEST_FOR_INTERVAL = 6  # below six articles a bootstrap of articles covers far too little


def compare(
    measures: pd.DataFrame, articles: pd.DataFrame, *, names: list[str] | None = None, seed: int = SEED
) -> pd.DataFrame:
    """Each measure for each outlet: the ratio of sums over its articles, and what its spread over articles allows.

    ``measures`` and ``articles`` are the tables of those names; what is compared are the articles given. Columns:
    measure, outlet, n_articles, n_events, numerator, denominator, value (scaled as the measure says: per 1,000 or
    percent), low, high (95 % percentile bootstrap over articles, clustered by event; Davison & Hinkley 1997), refusal
    (why there is no interval, or null).
    A value is null where the denominator is 0.
    """
    from samestory.statistics import bootstrap_ratio

    joined = _of_articles(measures, articles)
    rows = []
    for name in names or list(MEASURES):
        part = joined[joined.measure == name]
        scale = MEASURES[name.partition(".")[0]].scale
        for outlet, own in part.groupby("outlet", sort=True):
            numerator, denominator = own.numerator.sum(), own.denominator.sum()
            refusal = _no_interval(own)
            low = high = pd.NA
            if refusal is None and denominator:
                clusters = own.event.fillna(own.article_id).tolist()
                interval = bootstrap_ratio(own.numerator, own.denominator, clusters, seed=seed)
                low, high = (round(scale * bound, 4) for bound in (interval.low, interval.high))
            rows.append(
                {
                    "measure": name,
                    "outlet": outlet,
                    "n_articles": len(own),
                    "n_events": own.event.nunique(),
                    "numerator": numerator,
                    "denominator": denominator,
                    "value": round(scale * numerator / denominator, 4) if denominator else pd.NA,
                    "low": low,
                    "high": high,
                    "refusal": refusal,
                }
            )
    columns = [
        "measure",
        "outlet",
        "n_articles",
        "n_events",
        "numerator",
        "denominator",
        "value",
        "low",
        "high",
        "refusal",
    ]
    return pd.DataFrame(rows, columns=columns)


def _no_interval(own: pd.DataFrame) -> str | None:
    n = own.event.fillna(own.article_id).nunique()
    if n >= FEWEST_FOR_INTERVAL:
        return None
    what = "1 event" if n == 1 else f"{n} events"
    return (
        f"no interval: {what}; at least {FEWEST_FOR_INTERVAL} are needed to see how much it varies from event to event"
    )


def contrast(
    measures: pd.DataFrame, articles: pd.DataFrame, *, names: list[str] | None = None, seed: int = SEED
) -> pd.DataFrame:
    """Each pair of outlets on the events that both cover: mean difference, sign-flip test, corrected over the family.

    Columns: measure, outlet, other_outlet, n_events, difference (outlet minus other, scaled), p (two-sided, sign-flip
    permutation paired by event; Fisher 1935), q (Benjamini & Hochberg 1995, over all rows with a p), refusal. Where
    the number of shared events cannot give p below .05, p and q are null and ``refusal`` says so.
    """
    from samestory.statistics import benjamini_hochberg, paired_permutation, refuse_paired

    values = _event_values(measures, articles)
    rows = []
    for name in names or list(MEASURES):
        scale = MEASURES[name.partition(".")[0]].scale
        wide = values[values.measure == name].pivot(index="event", columns="outlet", values="value")
        for outlet, other in combinations(sorted(wide.columns), 2):
            pairs = wide[[outlet, other]].dropna()
            if pairs.empty:
                continue
            differences = (pairs[outlet] - pairs[other]).to_numpy(dtype=float)
            refusal = refuse_paired(len(differences))
            p = np.nan if refusal else paired_permutation(differences, seed=seed)
            rows.append(
                {
                    "measure": name,
                    "outlet": outlet,
                    "other_outlet": other,
                    "n_events": len(differences),
                    "difference": round(scale * differences.mean(), 4),
                    "p": p,
                    "refusal": refusal,
                }
            )
    table = pd.DataFrame(rows, columns=["measure", "outlet", "other_outlet", "n_events", "difference", "p", "refusal"])
    table.insert(6, "q", benjamini_hochberg(table.p.to_numpy(dtype=float)))
    return table.round({"p": 4, "q": 4})


def _of_articles(measures: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """The measures of these articles, with outlet and event."""
    own = measures[measures.article_id.isin(articles.article_id)]
    joined = own.merge(articles[["article_id", "outlet", "event"]], on="article_id", validate="many_to_one")
    assert len(joined) == len(own), "each article stands once in the table articles"
    return joined


def _event_values(measures: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """One value per measure, outlet and event: the ratio of sums over the outlet's articles on the event."""
    joined = _of_articles(measures, articles)
    sums = (
        joined.dropna(subset="event")
        .groupby(["measure", "outlet", "event"], sort=True)[["numerator", "denominator"]]
        .sum()
    )
    sums = sums[sums.denominator > 0]
    return (sums.numerator / sums.denominator).rename("value").reset_index()


def comparison_table(compared: pd.DataFrame, names: Sequence[str] | None = None) -> pd.DataFrame:
    """What :func:`compare` gives, for readers: rows measures, columns outlets, "value [interval] (counts)"."""
    part = compared[compared.measure.isin(names or list(MEASURES))]
    cells = part.assign(cell=[_cell(row) for row in part.itertuples()])
    wide = cells.pivot(index="measure", columns="outlet", values="cell").rename_axis(columns=None)
    wide = wide.loc[[name for name in names or MEASURES if name in wide.index]].reset_index()
    wide["measure"] = [f"{MEASURES[name].label} ({MEASURES[name].unit})" for name in wide.measure]
    return wide


def _cell(row) -> str:
    if pd.isna(row.value):
        return "–"
    interval = f" [{row.low:.1f}, {row.high:.1f}]" if pd.notna(row.low) else ""
    return f"{row.value:.1f}{interval} ({row.numerator:.0f}/{row.denominator:.0f})"
