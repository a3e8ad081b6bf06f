"""Measures per outlet with intervals, and outlets set against each other on the same events."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from samestory.measures import MEASURES
from samestory.messages import no_such
from samestory.statistics.refusals import ALPHA, fewest_to_hold, smallest_paired_p
from samestory.tables import TableError

SEED = 20160718
DECIMALS = 4
COMPARED = [
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
CONTRAST = ["measure", "outlet", "other_outlet", "n_events", "value", "other_value", "difference", "low", "high",
            "higher_in", "higher_low", "higher_high", "p", "q", "refusal"]  # fmt: skip
NEEDED = {"measures": {"article_id", "measure", "numerator", "denominator"},
          "articles": {"article_id", "outlet", "event"}}  # fmt: skip
FEWEST_FOR_INTERVAL = 6  # below six articles a bootstrap of articles covers far too little


def compare(
    measures: pd.DataFrame, articles: pd.DataFrame, *, names: list[str] | None = None, seed: int = SEED
) -> pd.DataFrame:
    """Each measure for each outlet: the ratio of sums over its articles, and what its spread over articles allows.

    ``measures`` and ``articles`` are the tables of those names; what is compared are the articles given. Columns:
    measure, outlet, n_articles, n_events, numerator, denominator, value (scaled as the measure says: per 1,000 or
    percent), low, high (95 % bootstrap over events, each with all of the outlet's articles; see
    :func:`samestory.statistics.bootstrap_ratio`), refusal (why there is no interval, or null). A value is null
    where the denominator is 0. Raises ValueError for a measure that is none, TableError for tables that are others.
    """
    joined = of_articles(measures, articles)
    rows = [
        _outlet_row(name, str(outlet), own, seed)
        for name in _chosen(names)
        for outlet, own in joined[joined.measure == name].groupby("outlet", sort=True)
    ]
    return pd.DataFrame(rows, columns=COMPARED)


def _outlet_row(name: str, outlet: str, own: pd.DataFrame, seed: int) -> dict[str, object]:
    from samestory.statistics import bootstrap_ratio

    scale = scale_of(name)
    numerator, denominator = own.numerator.sum(), own.denominator.sum()
    row: dict[str, object] = {
        "measure": name, "outlet": outlet, "n_articles": len(own), "n_events": own.event.nunique(),
        "numerator": numerator, "denominator": denominator,
        "value": round(scale * numerator / denominator, DECIMALS) if denominator else pd.NA,
        "low": pd.NA, "high": pd.NA, "refusal": _no_interval(own),
    }  # fmt: skip
    if row["refusal"] is None and denominator:
        clusters = own.event.fillna(own.article_id).tolist()
        spread = bootstrap_ratio(own.numerator, own.denominator, clusters, seed=seed)
        if spread.low < spread.high:
            row |= {"low": round(scale * spread.low, DECIMALS), "high": round(scale * spread.high, DECIMALS)}
        else:
            row["refusal"] = "no interval: every event gives the same value, and how much it varies cannot be seen"
    return row


def _chosen(names: list[str] | None) -> list[str]:
    """The measures asked for, all of them where none is; ValueError for a name that is none."""
    if isinstance(names, str):
        raise ValueError(f"names is a list of measures, as in names=[{names!r}], not text")
    if unknown := [name for name in names or () if name.partition(".")[0] not in MEASURES]:
        raise ValueError(no_such("measure", unknown, MEASURES))
    return names or list(MEASURES)


def scale_of(name: str) -> float:
    """What a measure's ratio is multiplied by to be read: 1,000 or 100; of a segment's own as of the whole."""
    return MEASURES[name.partition(".")[0]].scale


def label_of(name: str) -> str:
    """A measure's name for readers, with the segment that it is taken over alone."""
    whole, _, segment = name.partition(".")
    return f"{MEASURES[whole].label} ({segment})" if segment else MEASURES[whole].label


def unit_of(name: str) -> str:
    """The unit in which a measure is read."""
    return MEASURES[name.partition(".")[0]].unit


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
    """Each pair of outlets on the events that both cover: difference, effect, test, corrected over the family.

    An event counts for a measure where both outlets have something to divide by. Columns: measure, outlet,
    other_outlet, n_events, value and other_value (ratios of sums over these events, scaled as the measure says),
    difference (of the two), low and high (its 95 % bootstrap over events), higher_in (share of events in which the
    first outlet's value is the higher one, ties half: the probability of superiority, Grissom & Kim 2005), higher_low
    and higher_high (its 95 % interval), p (two-sided: within each event, either report could have been the other
    outlet's; Pitman 1937), q (Benjamini & Hochberg 1995, over all rows with a p), refusal. Where the shared events
    cannot give p below .05, intervals, p and q are null and ``refusal`` says so.
    """
    from samestory.statistics import benjamini_hochberg, swap_ratios

    counts = _event_counts(measures, articles)
    chosen = [name for name in _chosen(names) if name in counts]
    rows: list[dict[str, object]] = []
    for outlet, other in combinations(sorted({outlet for table in counts.values() for outlet in table}), 2):
        pairs = {name: _paired(counts[name], outlet, other) for name in chosen}
        told = {name: pair for name, pair in pairs.items() if pair is not None}
        if told:
            p = swap_ratios(*_stacked(list(told.values())), seed=seed)
            rows += [_contrast_row(name, outlet, other, pair, float(p[n]), seed)
                     for n, (name, pair) in enumerate(told.items())]  # fmt: skip
    table = pd.DataFrame(rows, columns=CONTRAST)
    table["q"] = benjamini_hochberg(table.p.to_numpy(dtype=float))
    return table.sort_values("measure", key=lambda column: column.map(chosen.index), kind="stable", ignore_index=True)


def out_of_reach(contrasts: pd.DataFrame) -> str | None:
    """Why that no difference holds says little, as half a sentence: so few shared events give no p small enough for
    so many tests. None where one holds, or where one could have held by itself."""
    tested = contrasts[contrasts.p.notna()]
    least = [smallest_paired_p(int(n)) for n in tested.n_events]
    needed = fewest_to_hold(least)
    if tested.empty or needed == 1 or (tested.q < ALPHA).any():
        return None
    if not needed:
        return "with so few shared events none could hold, however far apart the outlets are"
    return (
        f"with so few shared events none could hold unless {needed} of the {len(tested)} tested reached the smallest "
        "p there is, so this is no evidence that the outlets are alike"
    )


class _Pair(NamedTuple):
    """Two outlets' numerators and denominators on the events that both cover, shape (events, 2) each."""

    events: list[str]
    one: NDArray[np.float64]
    other: NDArray[np.float64]


def _event_counts(measures: pd.DataFrame, articles: pd.DataFrame) -> dict[str, dict[str, pd.DataFrame]]:
    """By measure and outlet: numerator and denominator of each event, summed over the outlet's articles on it."""
    joined = of_articles(measures, articles).dropna(subset="event")
    keys = ["measure", "outlet", "event"]
    sums = joined.groupby(keys, sort=True)[["numerator", "denominator"]].sum().astype(float)
    sums = sums[sums.denominator > 0]
    found: dict[str, dict[str, pd.DataFrame]] = {}
    for (name, outlet), part in sums.groupby(level=["measure", "outlet"], sort=True):
        found.setdefault(str(name), {})[str(outlet)] = part.droplevel(["measure", "outlet"])
    return found


def _paired(counts: dict[str, pd.DataFrame], outlet: str, other: str) -> _Pair | None:
    if outlet not in counts or other not in counts:
        return None
    events = counts[outlet].index.intersection(counts[other].index).sort_values()
    if events.empty:
        return None
    return _Pair(events.tolist(), *(counts[name].loc[events].to_numpy(dtype=float) for name in (outlet, other)))


def _stacked(pairs: Sequence[_Pair]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Both sides of several contrasts over all their events, shape (events, contrasts, 2); NaN where one has none."""
    events = sorted({event for pair in pairs for event in pair.events})
    place = {event: n for n, event in enumerate(events)}
    sides = np.full((2, len(events), len(pairs), 2), np.nan)
    for n, pair in enumerate(pairs):
        rows = [place[event] for event in pair.events]
        sides[0, rows, n], sides[1, rows, n] = pair.one, pair.other
    return sides[0], sides[1]


def _contrast_row(name: str, outlet: str, other: str, pair: _Pair, p: float, seed: int) -> dict[str, object]:
    from samestory.statistics import bootstrap_ratio_difference, refuse_paired, superiority

    scale = scale_of(name)
    sums = pair.one.sum(axis=0), pair.other.sum(axis=0)
    value, other_value = (scale * top / bottom for top, bottom in sums)
    ratios = [side[:, 0] / side[:, 1] for side in (pair.one, pair.other)]
    row: dict[str, object] = {
        "measure": name, "outlet": outlet, "other_outlet": other, "n_events": len(pair.events),
        "value": round(value, DECIMALS), "other_value": round(other_value, DECIMALS),
        "difference": round(value - other_value, DECIMALS), "refusal": refuse_paired(len(pair.events)),
    }  # fmt: skip
    higher = superiority(ratios[0] - ratios[1])
    row["higher_in"] = round(higher.estimate, DECIMALS)
    if row["refusal"] is None:
        spread = bootstrap_ratio_difference(pair.one, pair.other, seed=seed)
        row |= {"p": p, "higher_low": round(higher.low, DECIMALS), "higher_high": round(higher.high, DECIMALS)}
        if spread.low < spread.high:  # where nothing varies there is no interval
            row |= {"low": round(scale * spread.low, DECIMALS), "high": round(scale * spread.high, DECIMALS)}
    return row


def of_articles(measures: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """The measures of these articles, with outlet and event; TableError where the tables are not those."""
    for name, table, how in (("measures", measures, "samestory.measure(annotations)"),
                             ("articles", articles, "annotations.articles")):  # fmt: skip
        missing = sorted(NEEDED[name] - set(getattr(table, "columns", ())))
        if missing:
            raise TableError(
                f"this is not the table {name}: it lacks {', '.join(missing)}; {how} is that table, and measures "
                "come before articles, as in compare(measures, annotations.articles)"
            )
    own = measures[measures.article_id.isin(articles.article_id)]
    joined = own.merge(articles[["article_id", "outlet", "event"]], on="article_id", validate="many_to_one")
    assert len(joined) == len(own), "each article stands once in the table articles"
    return joined
