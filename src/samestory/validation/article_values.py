"""Measures of whole articles, counted from gold and by the engines: how far an article's value can be trusted.

Spans that are found at the wrong place may still be counted right, and errors on both sides may cancel out or not: what
a comparison rests on is judged here, article by article.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from samestory import tables
from samestory.measures import MEASURES, measure
from samestory.statistics.resampling import cluster_interval
from samestory.validation.codings import Coding, Unit
from samestory.validation.corpora.records import Pieces
from samestory.validation.gold import OUTLET
from samestory.validation.spans import FEWEST_DOCUMENTS, Score

if TYPE_CHECKING:
    from samestory.annotation import Annotations

PREFIX = "measures."
CORRELATION, RATIO = "article_r", "rate_ratio"
CODED = {"sourcing": "attributions", "certainty": "certainty", "framing": "labels", "claims": "claims"}
# What a unit without that code is taken for, so that it can be counted; the measures that need the code are left out.
PRESUMED: dict[str, dict[str, object]] = {
    "attributions": {"attribution_kind": "speech", "quote_type": "indirect", "layer": 1, "engine": "coder"},
    "sources": {"source_type": "none", "identification": "none", "anonymous": False},
    "contents": {},
    "certainty": {"certainty_type": "hedge", "holder": OUTLET},
    "labels": {"head": "label", "position": "body", "voice": OUTLET, "agency": "other",
               "passive_without_agent": False, "response": False},
    "claims": {"role": "count_other", "bound": "exact", "about": "this_event", "holder": OUTLET},
}  # fmt: skip
IDS = {"attributions": "attribution_id", "certainty": "cue_id", "labels": "label_id", "claims": "claim_id"}
NEEDED = {
    "quoted": "quote_type", "agentless": "source_type", "anonymous": "anonymous", "named": "identification",
    "hedge_outlet": "holder", "hedge_source": "holder", "agent": "agency", "patient": "agency",
    "passive_without_agent": "passive_without_agent", "response": "response", "claims_attributed": "holder",
    "claims_exact": "bound",
}  # fmt: skip


def score_values(
    gold: Coding, annotations: Annotations, texts: Iterable[str], corpus: str, part: str, seed: int
) -> Iterator[Score]:
    """Two scores of each measure on coded texts (SHA-256): ``article_r`` and ``rate_ratio``.

    ``article_r`` is Pearson's r between the articles' values from gold and by the engines, ``rate_ratio`` the engines'
    ratio of sums by gold's (1: as much is counted as there is). Articles where either has nothing to divide by are left
    out. Intervals are 95 % percentile bootstraps over articles; measures with fewer than six articles, or of which gold
    counts nothing, have no score.
    """
    own = annotations.articles[annotations.articles.text_sha256.isin(set(texts))]
    chosen = annotations.select(own.article_id)
    wanted = coded_values(gold, chosen)
    found = measure(chosen)
    both = wanted.merge(found, on=["article_id", "measure"], suffixes=("_gold", "_found"))
    both = both[(both.denominator_gold > 0) & (both.denominator_found > 0)]
    for name in MEASURES:
        counts = both.loc[both.measure == name].drop(columns=["article_id", "measure"]).to_numpy(dtype=float)
        if len(counts) < FEWEST_DOCUMENTS or not counts[:, 0].sum():
            continue
        for metric, score, sums in ((CORRELATION, _correlation, _moments(counts)), (RATIO, _ratio, counts)):
            value = float(score(sums.sum(axis=0)))
            if not np.isnan(value):
                low, high = cluster_interval(sums, score, seed=seed) or (None, None)
                yield Score(PREFIX + name, corpus, part, len(counts), int(counts[:, 0].sum()), metric, None, None,
                            value, low, high)  # fmt: skip


def coded_values(gold: Coding, annotations: Annotations) -> pd.DataFrame:
    """The table ``measures`` of these articles from gold: what is coded in place of what the engines found.

    Only measures of tables that an article is coded for, with every code that they need, are in it.
    """
    ids = dict(zip(annotations.articles.text_sha256, annotations.articles.article_id, strict=True))
    changed = {name: _in_place(name, gold, annotations, ids) for name in PRESUMED}
    counted = measure(replace(annotations, **changed))
    kept = {
        (article_id, name)
        for name, about in MEASURES.items()
        for text, article_id in ids.items()
        if _is_coded(gold.units.get(CODED[about.aspect], {}).get(text), name)
    }
    rows = [key in kept for key in zip(counted.article_id, counted.measure, strict=True)]
    return counted[pd.Series(rows, index=counted.index, dtype=bool)].reset_index(drop=True)


def _is_coded(units: list[Unit] | None, name: str) -> bool:
    """Whether a text was coded for a measure's table, and each of its units has the code that the measure needs."""
    if units is None:
        return False
    code = "source_type" if name.startswith("source_") else NEEDED.get(name)
    if code is None:
        return True
    if code in PRESUMED["sources"]:
        return all(code in source.codes for unit in units for source in unit.sources if source.spans.get("span"))
    return all(code in unit.codes for unit in units)


def _in_place(table: str, gold: Coding, annotations: Annotations, ids: Mapping[str, str]) -> pd.DataFrame:
    """A table in which the rows of coded articles are gold's."""
    coded = {ids[text]: units for text, units in gold.units.get(_home(table), {}).items() if text in ids}
    machine = getattr(annotations, table)
    rows = [row for article_id, units in coded.items() for unit in units for row in _rows(table, article_id, unit)]
    return tables.concat(table, [machine[~machine.article_id.isin(coded)], tables.frame(table, rows)])


def _home(table: str) -> str:
    return "attributions" if table in ("sources", "contents") else table


def _rows(table: str, article_id: str, unit: Unit) -> Iterator[dict[str, object]]:
    name = f"{article_id}-{unit.name}"
    row: dict[str, object] = {"article_id": article_id, **PRESUMED[table]}
    if table == "sources":
        for source in unit.sources:
            start, end = _hull(source.spans.get("span", ()))
            yield row | _known(table, source) | {"attribution_id": name, "start": start, "end": end}
    elif table == "contents":
        for start, end in unit.spans.get("content", ()):
            yield row | {"attribution_id": name, "start": start, "end": end}
    else:
        field, prefix = ("cue", "cue_") if table == "attributions" else ("span", "")
        start, end = _hull(unit.spans.get(field, ()))
        row |= _known(table, unit) | {IDS[table]: name, f"{prefix}start": start, f"{prefix}end": end}
        yield row if table == "labels" else row | {"sentence_id": f"{article_id}-s"}


def _known(table: str, unit: Unit) -> dict[str, object]:
    """The codes of a unit that are columns of the table, truths as such."""
    truths: dict[str, object] = {"true": True, "false": False}
    return {name: truths.get(code, code) for name, code in unit.codes.items() if name in PRESUMED[table]}


def _hull(pieces: Pieces) -> tuple[int | None, int | None]:
    return (pieces[0][0], pieces[-1][1]) if pieces else (None, None)


def _moments(counts: NDArray[np.float64]) -> NDArray[np.float64]:
    """Sums that a correlation is made of, for each article: 1, x, y, xx, yy, xy."""
    x, y = counts[:, 0] / counts[:, 1], counts[:, 2] / counts[:, 3]
    return np.column_stack([np.ones_like(x), x, y, x * x, y * y, x * y])


def _correlation(sums: NDArray[np.float64]) -> NDArray[np.float64]:
    n, x, y, xx, yy, xy = np.moveaxis(sums, -1, 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = np.maximum(n * xx - x * x, 0) * np.maximum(n * yy - y * y, 0)
        return np.where(spread > 0, (n * xy - x * y) / np.sqrt(spread), np.nan)


def _ratio(sums: NDArray[np.float64]) -> NDArray[np.float64]:
    top, bottom, found_top, found_bottom = np.moveaxis(sums, -1, 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(top > 0, (found_top / found_bottom) / (top / bottom), np.nan)
