"""Outlets against each other as readers see them: the rows of a figure, and tables with their intervals."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from samestory.comparison.contrasts import label_of, unit_of
from samestory.comparison.saying import chance
from samestory.measures import MEASURES


def contrast_lines(contrasts: pd.DataFrame, most: int = 12) -> pd.DataFrame:
    """The contrasts to be drawn: of those tested the ``most`` with the smallest q, under the pair of outlets.

    Adds pair, label (of the measure) and said (the difference with its interval, in words) to the columns of
    :func:`contrast`; pairs and their rows stand in the order of q.
    """
    tested = contrasts[contrasts.p.notna()].sort_values(["q", "p", "measure", "outlet", "other_outlet"]).head(most)
    pairs = tested.outlet + " – " + tested.other_outlet
    told = tested.assign(
        pair=pairs,
        label=[label_of(name) for name in tested.measure],
        said=[f"{_with_interval(row.difference, row.low, row.high, '+.1f')} {unit_of(row.measure)}"
              for row in tested.itertuples()],
    )  # fmt: skip
    order = {pair: n for n, pair in enumerate(pairs.drop_duplicates())}
    return told.sort_values("pair", key=lambda column: column.map(order), kind="stable", ignore_index=True)


def contrast_table(told: pd.DataFrame) -> pd.DataFrame:
    """Contrasts for readers: measure, outlets, events, the values of both, difference with its interval, in which
    share of events the first has the higher value, p, q, and the ``note`` on confounds where the table has one."""
    shown = {
        "measure": [f"{label_of(name)} ({unit_of(name)})" for name in told.measure],
        "outlets": (told.outlet + " – " + told.other_outlet).tolist(),
        "events": told.n_events.tolist(),
        "values": [f"{row.value:.1f} – {row.other_value:.1f}" for row in told.itertuples()],
        "difference": [_with_interval(row.difference, row.low, row.high, "+.1f") for row in told.itertuples()],
        "first is higher in": [f"{100 * share:.0f} %" for share in told.higher_in],
        "p": [chance(p) for p in told.p],
        "q": [chance(q) for q in told.q],
        "why not": told.refusal.tolist(),
    }
    if told.refusal.isna().all():
        del shown["why not"]
    return pd.DataFrame(shown | ({"note": told.note.tolist()} if "note" in told else {}))


def refusal_table(compared: pd.DataFrame) -> pd.DataFrame:
    """Why values have no interval. Columns: outlet, why, measures (how many), such as (the first of them)."""
    refused = compared.dropna(subset="refusal")
    grouped = refused.groupby(["outlet", "refusal"], sort=True).measure
    table = grouped.agg(["size", "first"]).reset_index()
    return table.set_axis(["outlet", "why", "measures", "such as"], axis=1)


def comparison_table(compared: pd.DataFrame, names: Sequence[str] | None = None) -> pd.DataFrame:
    """What :func:`compare` gives, for readers: rows measures, columns outlets, "value [interval] (counts)"."""
    part = compared[compared.measure.isin(names or list(MEASURES))]
    cells = part.assign(cell=[_cell(row) for row in part.itertuples()])
    wide = cells.pivot(index="measure", columns="outlet", values="cell").rename_axis(columns=None)
    wide = wide.loc[[name for name in names or MEASURES if name in wide.index]].reset_index()
    wide["measure"] = [f"{label_of(name)} ({unit_of(name)})" for name in wide.measure]
    return wide


def _cell(row) -> str:
    if pd.isna(row.value):
        return "–"
    return f"{_with_interval(row.value, row.low, row.high)} ({row.numerator:.0f}/{row.denominator:.0f})"


def _with_interval(value: float, low: float, high: float, form: str = ".1f") -> str:
    return f"{value:{form}} [{low:.1f}, {high:.1f}]" if pd.notna(low) else f"{value:{form}}"
