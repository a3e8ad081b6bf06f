"""Measures of whole articles from gold and by the engines: what is right agrees, what is missed shows."""

from __future__ import annotations

from dataclasses import fields, replace

import pandas as pd
import pytest

from samestory.annotation import Annotations
from samestory.measures import measure
from samestory.tables import concat
from samestory.validation.article_values import coded_values, score_values
from samestory.validation.codings import Coding, annotated_coding


@pytest.fixture(scope="module")
def several(coded: Annotations) -> Annotations:
    """The four articles three times over, under ids and hashes of their own."""

    def copy(table: str, n: int) -> pd.DataFrame:
        data = getattr(coded, table)
        if table == "articles":
            data = data.assign(text_sha256=data.text_sha256.str.slice(0, 63) + str(n))
        names = [name for name in data if name in ("article_id", "attribution_id", "other_article_id")]
        return data.assign(**{name: data[name] + f"-{n}" for name in names})

    names = [field.name for field in fields(Annotations) if field.name != "referents"]
    made = {name: concat(name, [copy(name, n) for n in range(3)]) for name in names}
    return Annotations(referents=coded.referents, **made)


def scores(gold: Coding, annotations: Annotations) -> dict[tuple[str, str], float | None]:
    found = score_values(gold, annotations, annotations.articles.text_sha256, "test", "all", 1)
    return {(score.measure.removeprefix("measures."), score.metric): score.score for score in found}


def test_gold_that_says_the_same_gives_the_same_measures(several: Annotations) -> None:
    counted = coded_values(annotated_coding(several), several)
    assert counted.equals(measure(several)[lambda d: d.measure.isin(counted.measure)].reset_index(drop=True))
    assert {"attributions", "anonymous", "certainty_hedge", "hedge_outlet", "labels", "claims"} <= set(counted.measure)
    told = scores(annotated_coding(several), several)
    assert told["attributions", "article_r"] == pytest.approx(1)
    assert {value for (_, metric), value in told.items() if metric == "rate_ratio"} == {1.0}


def test_what_the_engine_misses_lowers_the_ratio(several: Annotations) -> None:
    kept = ~several.attributions.attribution_id.str.startswith("mill-fire-lantern-a1")
    poorer = replace(several, attributions=several.attributions[kept].reset_index(drop=True))
    told = scores(annotated_coding(several), poorer)
    assert told["attributions", "rate_ratio"] == pytest.approx(4 / 5)
    assert told["attributions", "article_r"] < 1
    assert told["certainty_hedge", "rate_ratio"] == 1


def test_a_measure_whose_code_was_not_coded_is_left_out(several: Annotations) -> None:
    gold = annotated_coding(several)
    bare = [
        {text: [unit._replace(codes={k: v for k, v in unit.codes.items() if k != "holder"}) for unit in own]
         for text, own in gold.units["certainty"].items()}
    ]  # fmt: skip
    without = Coding({**gold.units, "certainty": bare[0]})
    told = {name for name, _ in scores(without, several)}
    assert "certainty_hedge" in told and "hedge_outlet" not in told


def test_articles_that_were_not_coded_are_left_out(several: Annotations) -> None:
    gold = annotated_coding(several)
    seven = set(several.articles.text_sha256.head(7))
    some = Coding({"attributions": {t: u for t, u in gold.units["attributions"].items() if t in seven}})
    found = list(score_values(some, several, several.articles.text_sha256, "test", "all", 1))
    assert {score.n_documents for score in found if score.measure == "measures.attributions"} == {7}
    assert not [score for score in found if score.measure == "measures.claims"]
    assert coded_values(Coding({}), several).empty
