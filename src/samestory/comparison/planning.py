"""How many articles must be coded by hand to see a difference between two outlets."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd

from samestory.comparison.contrasts import label_of, of_articles, scale_of, unit_of
from samestory.measures import MEASURES
from samestory.messages import no_such
from samestory.statistics import plan_coding

COLUMNS = ["outlet", "other_outlet", "n_articles", "sd", "corrected", "human", "refusal"]


def coding_plan(
    measures: pd.DataFrame, articles: pd.DataFrame, measure: str, difference: float, correlation: float
) -> pd.DataFrame:
    """For each pair of outlets, how many articles of either must be coded to see a difference, with a power of .8.

    ``difference`` is in the measure's unit (per 1,000 words, or percentage points), ``correlation`` that of the
    machine's values with people's from article to article. Columns: outlet, other_outlet, n_articles (of the outlet
    that has fewer), sd (from article to article, of the outlet where it is larger, as the machine counts), corrected
    and human (articles to code of either outlet, with the machine's counts and without; null where all do not suffice),
    refusal. Raises ValueError for a measure that is none or a difference that is not above 0.
    """
    if measure not in MEASURES:
        raise ValueError(no_such("measure", measure, MEASURES))
    joined = of_articles(measures, articles)
    groups = {str(outlet): part for outlet, part in joined[joined.measure == measure].groupby("outlet", sort=True)}
    rows: list[dict[str, object]] = []
    for one, other in combinations(groups, 2):
        n_articles = min(len(groups[one]), len(groups[other]))
        sd = scale_of(measure) * max(_spread(groups[one]), _spread(groups[other]))
        row: dict[str, object] = {"outlet": one, "other_outlet": other, "n_articles": n_articles, "sd": round(sd, 2)}
        if not sd > 0:
            row["refusal"] = "nothing can be planned: the machine counts the same in every article, or nothing"
        else:
            plan = plan_coding(difference, n_cases=n_articles, sd=sd, correlation=correlation)
            row |= {"corrected": plan.corrected, "human": plan.human, "refusal": plan.refusal}
        rows.append(row)
    return pd.DataFrame(rows, columns=COLUMNS).astype({"corrected": "Int64", "human": "Int64"})


def plan_sentence(planned: pd.DataFrame, measure: str, difference: float) -> str:
    """What the plan says of the pair of outlets that asks for most, in a sentence."""
    unit = unit_of(measure).replace("%", "percentage points", 1)
    told = f"a difference of {difference:g} {unit} in {label_of(measure).lower()}"
    possible = planned.dropna(subset="corrected")
    if planned.empty or possible.empty:
        return f"To see {told} no number of coded articles in this study suffices."
    most = possible.loc[possible.corrected.idxmax()]
    alone = f"{most.human} without the machine" if pd.notna(most.human) else "without the machine all do not do"
    return (
        f"To see {told} between {most.outlet} and {most.other_outlet}, code {most.corrected} of {most.n_articles} "
        f"articles of either ({alone})."
    )


def _spread(part: pd.DataFrame) -> float:
    """The standard deviation from article to article of a ratio of sums: of counts less the ratio times what they are
    counted over, by the mean of that (Cochran 1977, section 6.4)."""
    top, bottom = part.numerator.to_numpy(dtype=float), part.denominator.to_numpy(dtype=float)
    if len(part) < 2 or not bottom.sum():
        return 0.0
    return float(np.std(top - top.sum() / bottom.sum() * bottom, ddof=1) / bottom.mean())
