"""What the scores say of each measure: test before development, nothing invented where there is no gold."""

from __future__ import annotations

import pandas as pd
import pytest

from samestory.measures import MEASURES
from samestory.validation.measure_validity import (
    best_rows,
    correlation_of,
    drawn_measures,
    measure_table,
    measures_headline,
)
from samestory.validation.results import COLUMNS, MEASURED, rounded


@pytest.fixture
def scores() -> pd.DataFrame:
    rows = [
        ("measures.quoted", "lake", "development", 90, "article_r", 0.95),
        ("measures.quoted", "lake", "test", 20, "article_r", 0.8),
        ("measures.quoted", "lake", "test", 20, "rate_ratio", 1.1),
        ("measures.labels", "lake", "development", 30, "article_r", -0.1),
        ("measures.labels", "lake", "development", 30, "rate_ratio", 2.0),
        ("reliability.measures.quoted", "ana and ben", "all", 12, "alpha", 0.9),
    ]
    made = [
        {"measure": m, "gold": g, "coders": "people", "part": p, "metric": metric, "n_documents": n, "n_units": 3 * n,
         "score": score, "low": score - 0.1, "high": score + 0.1, "status": MEASURED}
        for m, g, p, n, metric, score in rows
    ]  # fmt: skip
    return rounded(pd.DataFrame(made, columns=list(COLUMNS)))


def test_a_test_part_goes_before_a_larger_development_part(scores: pd.DataFrame) -> None:
    assert best_rows(scores, "article_r").loc["quoted", "part"] == "test"
    assert correlation_of(scores, "quoted") == (0.8, "lake, test, 20 articles")


def test_every_measure_has_a_row_and_what_is_not_measured_is_null(scores: pd.DataFrame) -> None:
    table = measure_table(scores)
    assert len(table) == len(MEASURES)
    quoted = table[table.measure.str.startswith(MEASURES["quoted"].label)].iloc[0]
    assert quoted.r == "0.80 [0.70 to 0.90]" and quoted["alpha of coders"] == "0.90 [0.80 to 1.00]"
    assert table[["gold", "r", "ratio", "alpha of coders"]].isna().all(axis=1).sum() == len(MEASURES) - 2


def test_a_plan_without_gold_is_cautious_and_none_goes_below_nothing(scores: pd.DataFrame) -> None:
    assert correlation_of(scores, "claims")[0] == 0.5 and "not measured" in correlation_of(scores, "claims")[1]
    assert correlation_of(scores, "labels")[0] == 0.0


def test_the_headline_names_the_weak_ones(scores: pd.DataFrame) -> None:
    said = measures_headline(scores)
    assert said.startswith(f"1 of {len(MEASURES)} measures") and "labels" in said
    assert "No measure" in measures_headline(scores[scores.metric == "alpha"])
    assert drawn_measures(scores).label.tolist() == [f"{MEASURES['quoted'].label}, lake (test)",
                                                     f"{MEASURES['labels'].label}, lake (development)"]  # fmt: skip
