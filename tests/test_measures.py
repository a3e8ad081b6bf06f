"""Measures: counts over counts, of what counts."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from samestory.annotation import Annotations
from samestory.measures import MEASURES, measure
from samestory.tables import COUNTED_SEGMENTS, frame

LANTERN = "mill-fire-lantern"


def ratio(measures: pd.DataFrame, article_id: str, name: str) -> tuple[float, float]:
    row = measures[(measures.article_id == article_id) & (measures.measure == name)]
    assert len(row) == 1
    return row.numerator.iloc[0], row.denominator.iloc[0]


@pytest.mark.parametrize(
    ("article_id", "name", "counts"),
    [
        (LANTERN, "attributions", (2, 18)),
        (LANTERN, "attributed_words", (8, 18)),  # 5 of the organiser's, 3 of the quotation
        (LANTERN, "attributed_words.headline", (0, 3)),
        (LANTERN, "quoted", (1, 2)),
        (LANTERN, "named", (1, 2)),
        (LANTERN, "source_witness", (1, 2)),
        (LANTERN, "certainty_bound", (1, 18)),
        (LANTERN, "labels.headline", (1, 3)),
        (LANTERN, "claims_exact", (0, 1)),
        ("mill-fire-wire", "hedge_outlet", (1, 11)),
        ("mill-fire-wire", "hedge_source", (0, 10)),
        ("mill-fire-wire", "claims_attributed", (1, 1)),
        ("ferry-lantern", "claims_attributed", (0, 0)),  # no claim at all
    ],
)
def test_counts_are_those_of_a_reader(coded: Annotations, article_id: str, name: str, counts: tuple[int, int]):
    assert ratio(measure(coded), article_id, name) == counts


def test_every_measure_stands_once_for_each_article_and_segment_it_has(coded: Annotations):
    measures = measure(coded)
    assert not measures.duplicated(["article_id", "measure"]).any()
    expected = {name + suffix for name in MEASURES for suffix in ("", ".headline", ".body")}
    for _, own in measures.groupby("article_id"):
        assert set(own.measure) == expected  # no article has a deck


def test_whole_is_the_sum_of_its_segments(coded: Annotations):
    measures = measure(coded)
    whole = measures[measures.measure == "attributed_words"].set_index("article_id")
    parts = measures[measures.measure.isin([f"attributed_words.{segment}" for segment in COUNTED_SEGMENTS])]
    sums = parts.groupby("article_id")[["numerator", "denominator"]].sum()
    pd.testing.assert_frame_equal(sums.loc[whole.index], whole[["numerator", "denominator"]])


def test_furniture_and_what_stands_in_it_do_not_count(coded: Annotations):
    before = measure(coded)
    segments = coded.segments.copy()
    segments.loc[(segments.article_id == LANTERN) & (segments.segment == "body"), "segment"] = "repeat"
    after = measure(replace(coded, segments=segments))
    assert ratio(after, LANTERN, "attributions") == (0, 3)
    assert ratio(after, LANTERN, "claims") == (0, 3)
    assert ratio(after, LANTERN, "certainty_bound") == (0, 3)
    others = [data[data.article_id != LANTERN].reset_index(drop=True) for data in (before, after)]
    pd.testing.assert_frame_equal(*others)


def test_carried_attribution_is_no_attribution_of_its_own(coded: Annotations):
    carried = coded.attributions.copy()
    gone = carried.attribution_id == f"{LANTERN}-a1"
    carried.loc[gone, ["cue_start", "cue_end"]] = pd.NA
    carried.loc[gone, "carried_from"] = f"{LANTERN}-a0"
    measures = measure(replace(coded, attributions=carried))
    assert ratio(measures, LANTERN, "attributions") == (1, 18)
    assert ratio(measures, LANTERN, "attributed_words") == (8, 18)  # its words are a source's all the same


def test_agentless_attribution_has_no_source_to_count(coded: Annotations):
    sources = coded.sources.copy()
    sources.loc[sources.attribution_id == f"{LANTERN}-a0", "source_type"] = "none"
    measures = measure(replace(coded, sources=sources))
    assert ratio(measures, LANTERN, "agentless") == (1, 2)
    assert ratio(measures, LANTERN, "named") == (1, 1)


def test_article_without_words_has_no_measures(coded: Annotations):
    only = {name: frame(name) for name, _ in coded.tables()}
    article = coded.articles.head(1)
    texts = frame("texts", [{"article_id": article.article_id.iloc[0], "text": "…\n"}])
    segments = frame("segments", [{"article_id": article.article_id.iloc[0], "start": 0, "end": 2, "segment": "body",
                                   "rule": "hand"}])  # fmt: skip
    assert measure(Annotations(**(only | {"articles": article, "texts": texts, "segments": segments}))).empty
