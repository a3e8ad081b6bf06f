"""What most outlets of an event carry and one does not."""

from __future__ import annotations

import pandas as pd


def find_omissions(claims: pd.DataFrame, articles: pd.DataFrame, *, share: float = 0.5) -> pd.DataFrame:
    """Kinds of claim that more than ``share`` of the other outlets make on this event and an outlet does not.

    Columns: outlet, role, unit_class, n_other_outlets (that carry it), n_outlets (all others). One event's tables.
    """
    own = claims[claims.about == "this_event"].merge(articles[["article_id", "outlet"]], on="article_id")
    outlets = sorted(articles.outlet.unique())
    rows = []
    for (role, unit_class), group in own.groupby(["role", "unit_class"], dropna=False, sort=True):
        carriers = set(group.outlet)
        for outlet in outlets:
            if outlet not in carriers and len(carriers) > share * (len(outlets) - 1):
                rows.append((outlet, role, unit_class, len(carriers), len(outlets) - 1))
    return pd.DataFrame(rows, columns=["outlet", "role", "unit_class", "n_other_outlets", "n_outlets"])
