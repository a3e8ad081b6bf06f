"""Measures: counts over counts, of what counts."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from samestory.annotation import Annotations, read_annotations
from samestory.measures import MEASURES, Choices, evidence, measure, specifications
from samestory.measures.ground import find_words
from samestory.tables import COUNTED_SEGMENTS, check, concat, frame, read_table

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


def with_rows(coded: Annotations, table: str, rows: list[dict[str, object]]) -> Annotations:
    return replace(coded, **{table: concat(table, [getattr(coded, table), frame(table, rows)])})


def test_the_first_specification_is_the_projects_own_way(coded: Annotations):
    first, *others = specifications()
    assert first == Choices() and first.code == "s0000000" and len(others) == 191
    pd.testing.assert_frame_equal(measure(coded, first), measure(coded))
    assert len({choices.code for choices in specifications()}) == 192


def test_a_grid_can_be_narrowed_and_a_wrong_name_is_told_with_those_there_are():
    narrow = specifications({"headline": ["not counted"], "lexicon": ["hedges and evidentials", "hedges"]})
    assert len(narrow) == 64 and narrow[0].lexicon == "hedges"
    assert {choices.headline for choices in narrow} == {"not counted"}
    with pytest.raises(ValueError, match="headline: no option is named 'left out'; the options are counted"):
        specifications({"headline": ["left out"]})
    with pytest.raises(ValueError, match="no choice is named 'deck'; the choices are headline, quotes"):
        specifications({"deck": ["counted"]})


def test_without_the_headline_the_whole_is_deck_and_body(coded: Annotations):
    measures = measure(coded, Choices(headline="not counted"))
    assert ratio(measures, LANTERN, "labels") == (1, 15)
    assert not measures.measure.str.endswith(".headline").any()


def test_words_in_quotation_marks_and_what_stands_in_them_are_left_out(coded: Annotations):
    measures = measure(coded, Choices(quotes="not counted"))
    assert ratio(measures, LANTERN, "attributed_words") == (5, 15)
    assert ratio(measures, LANTERN, "attributions") == (2, 15)  # their cues stand outside
    start = coded.texts.text[coded.texts.article_id == LANTERN].iloc[0].index("locked")
    cue = {"article_id": LANTERN, "cue_id": "k", "sentence_id": f"{LANTERN}-s1", "start": start, "end": start + 6,
           "certainty_type": "booster", "holder": f"{LANTERN}-a1"}  # fmt: skip
    more = with_rows(coded, "certainty", [cue])
    assert ratio(measure(more), LANTERN, "certainty_booster") == (1, 18)
    assert ratio(measure(more, Choices(quotes="not counted")), LANTERN, "certainty_booster") == (0, 15)


def test_of_a_mixed_attribution_only_what_is_in_marks_is_a_quotation(coded: Annotations):
    text = "He said it was “a dark day” for all.\n"
    article = coded.articles.head(1)
    own = {"article_id": article.article_id.iloc[0]}
    said = {"attribution_id": "a", "sentence_id": "s", "attribution_kind": "speech", "quote_type": "mixed",
            "cue_start": 3, "cue_end": 7, "layer": 1, "engine": "hand"}  # fmt: skip
    tables = {name: frame(name) for name, _ in coded.tables()} | {
        "articles": article,
        "texts": frame("texts", [own | {"text": text}]),
        "segments": frame("segments", [own | {"start": 0, "end": len(text), "segment": "body", "rule": "hand"}]),
        "sentences": frame("sentences", [own | {"sentence_id": "s", "start": 0, "end": 36, "segment": "body"}]),
        "attributions": frame("attributions", [own | said]),
        "contents": frame("contents", [own | {"attribution_id": "a", "start": 8, "end": 36}]),
    }
    mixed = Annotations(**tables)
    name = article.article_id.iloc[0]
    assert ratio(measure(mixed), name, "attributed_words") == (7, 9)
    assert ratio(measure(mixed, Choices(quotes="not counted")), name, "attributed_words") == (4, 6)


def test_the_lexicon_says_what_a_hedge_is(coded: Annotations):
    wire = "mill-fire-wire"
    cue = {"article_id": wire, "cue_id": "k", "sentence_id": f"{wire}-s1", "start": 22, "end": 23, "holder": "outlet"}
    found = with_rows(coded, "certainty", [cue | {"certainty_type": "evidential"}])
    assert ratio(measure(found), wire, "hedge_outlet") == (1, 11)
    assert ratio(measure(found, Choices(lexicon="hedges and evidentials")), wire, "hedge_outlet") == (2, 11)
    assert ratio(measure(found, Choices(lexicon="hedges, inquiries, conditionals")), wire, "hedge_outlet") == (1, 11)
    assert ratio(measure(found, Choices(lexicon="hedges and evidentials")), wire, "certainty_evidential")[0] == 1


def test_over_sentences_a_rate_keeps_its_order_and_each_thing_counts_once(coded: Annotations):
    again = coded.sources[coded.sources.attribution_id == f"{LANTERN}-a1"]
    said = coded.attributions[coded.attributions.attribution_id == f"{LANTERN}-a1"]
    twice = replace(
        coded,
        attributions=concat("attributions", [coded.attributions, said.assign(attribution_id="more")]),
        sources=concat("sources", [coded.sources, again.assign(attribution_id="more")]),
    )
    assert ratio(measure(twice), LANTERN, "named") == (2, 3)
    measures = measure(twice, Choices(denominator="sentences and distinct"))
    assert ratio(measures, LANTERN, "named") == (1, 2)  # Anna Mirkel, cited twice, is one source
    assert ratio(measures, LANTERN, "quoted") == (1, 2)
    assert ratio(measures, LANTERN, "attributions") == (3, 40)  # two sentences of 20 words
    assert ratio(measures, LANTERN, "attributed_words") == (20, 40)  # most words of the second are sources'
    assert ratio(measures, "ferry-lantern", "attributed_words") == (0, 40)


def test_a_carried_attribution_counts_where_it_is_asked_for(coded: Annotations):
    carried = coded.attributions.copy()
    gone = carried.attribution_id == f"{LANTERN}-a1"
    carried.loc[gone, ["cue_start", "cue_end"]] = pd.NA
    carried.loc[gone, "carried_from"] = f"{LANTERN}-a0"
    found = replace(coded, attributions=carried)
    measures = measure(found, Choices(carried="counted"))
    assert ratio(measures, LANTERN, "attributions") == (2, 18) and ratio(measures, LANTERN, "named") == (1, 2)
    both = Choices(carried="counted", quotes="not counted")
    assert ratio(measure(found, both), LANTERN, "attributions") == (1, 15)  # what it carries is a quotation


def test_a_repeat_counts_its_original_once_more(coded: Annotations):
    segments = coded.segments.copy()
    text = coded.texts.text[coded.texts.article_id == LANTERN].iloc[0]
    start = text.index("At least")
    row = (segments.article_id == LANTERN) & (segments.segment == "furniture")
    segments.loc[row, ["segment", "repeat_of_start", "repeat_of_end"]] = ["repeat", start, start + len("At least 12")]
    found = replace(coded, segments=segments)
    assert ratio(measure(found), LANTERN, "certainty_bound") == (1, 18)
    measures = measure(found, Choices(repeats="counted"))
    assert ratio(measures, LANTERN, "certainty_bound") == (2, 21)
    assert ratio(measures, LANTERN, "certainty_bound.headline") == (0, 3)


def shared_copy(coded: Annotations) -> Annotations:
    """The wire's report of the mill fire stands word for word in the lantern, which came later."""
    ids = ("mill-fire-lantern", "mill-fire-wire")
    texts, segments, rows = coded.texts.copy(), coded.segments[~coded.segments.article_id.isin(ids)], []
    text = texts.text[texts.article_id == ids[1]].iloc[0]
    texts.loc[texts.article_id == ids[0], "text"] = text
    body = text.index("\n\n") + 2
    shared = {"start": body, "end": len(text), "other_start": body, "other_end": len(text)}
    for one in ids:
        rows += [{"article_id": one, "start": 0, "end": body, "segment": "headline", "rule": "hand"},
                 {"article_id": one, "start": body, "end": len(text), "segment": "body", "rule": "hand"}]  # fmt: skip
    articles = coded.articles.copy()
    articles.loc[articles.article_id == ids[1], "published"] = "2020-02-01"
    return replace(
        coded,
        articles=articles,
        texts=texts,
        segments=concat("segments", [segments, frame("segments", rows)]),
        reuse=frame("reuse", [shared | {"article_id": a, "other_article_id": b} for a, b in (ids, ids[::-1])]),
    )


def test_shared_copy_counts_once_where_it_was_first(coded: Annotations):
    found = shared_copy(coded)
    everywhere, once = measure(found), measure(found, Choices(wire="once"))
    assert ratio(everywhere, LANTERN, "attributions")[1] == ratio(everywhere, "mill-fire-wire", "attributions")[1] == 21
    assert ratio(once, "mill-fire-wire", "attributions") == ratio(everywhere, "mill-fire-wire", "attributions")
    assert ratio(once, LANTERN, "attributions") == (0, 4)  # its headline is left
    assert not (once.measure[once.article_id == LANTERN].str.endswith(".body")).any()


def test_without_texts_words_are_not_counted_anew_and_it_says_so(coded: Annotations):
    with pytest.raises(ValueError, match="texts of 4 of 4 articles are not on this machine"):
        measure(coded.without_text())


EVERY = [name + suffix for name in MEASURES for suffix in ("", *(f".{segment}" for segment in COUNTED_SEGMENTS))]


def assert_evidence_is_what_is_counted(annotations: Annotations, measures: pd.DataFrame) -> None:
    numerators = measures.set_index(["article_id", "measure"]).numerator
    things = numerators[~numerators.index.get_level_values("measure").str.startswith("attributed_words")]
    rows = evidence(annotations, EVERY).groupby(["article_id", "measure"]).size()
    pd.testing.assert_series_equal(things, rows.reindex(things.index).fillna(0), check_dtype=False, check_names=False)


def test_evidence_has_a_row_for_each_thing_that_a_numerator_counts(coded: Annotations, root: Path):
    assert_evidence_is_what_is_counted(coded, measure(coded))
    shipped = root / "data" / "almaty-2016" / "tables"
    assert_evidence_is_what_is_counted(read_annotations(shipped), read_table("measures", shipped))  # without texts


def test_words_in_the_evidence_of_attributed_words_are_its_numerator(coded: Annotations):
    furniture = coded.texts.set_index("article_id").text[LANTERN].index("SHARE")
    nested = coded.contents[coded.contents.article_id == LANTERN].iloc[[0]].assign(end=furniture + 5)  # into furniture
    doubled = replace(coded, contents=concat("contents", [coded.contents, nested]))
    words, spans = find_words(doubled), evidence(doubled, ["attributed_words"])
    both = words.rename(columns={"start": "word"}).merge(spans, on="article_id")
    inside = both[(both.start <= both.word) & (both.word < both.end)].drop_duplicates(["article_id", "word"])
    measures = measure(doubled)
    counted = measures[measures.measure == "attributed_words"].set_index("article_id").numerator
    assert inside.groupby("article_id").size().to_dict() == counted.to_dict()
    assert (spans.end <= furniture)[spans.article_id == LANTERN].all()


def test_evidence_leads_to_the_words_and_to_the_row(coded: Annotations):
    texts = coded.texts.set_index("article_id").text
    found = evidence(coded, ["quoted", "source_witness", "labels.headline", "claims"])
    shown = [
        (row.measure, texts[row.article_id][row.start : row.end], row.table, row.row_id) for row in found.itertuples()
    ]
    assert [row for row in shown if LANTERN in row[3]] == [
        ("quoted", "claimed", "attributions", f"{LANTERN}-a1"),
        ("source_witness", "Anna Mirkel", "sources", f"{LANTERN}-a1"),
        ("labels.headline", "Blaze of death", "labels", f"{LANTERN}-l0"),
        ("claims", "12 people", "claims", f"{LANTERN}-c0"),
    ]


def test_a_source_that_is_not_told_is_shown_by_its_cue(coded: Annotations):
    sources = coded.sources.assign(start=pd.NA, end=pd.NA, referent_id=None, source_type="none", identification="none")
    found = evidence(replace(coded, sources=check("sources", sources)), ["agentless"])
    texts = coded.texts.set_index("article_id").text
    assert {texts[row.article_id][row.start : row.end] for row in found.itertuples()} == {"said", "claimed", "denied"}


def test_evidence_of_a_measure_that_does_not_exist_names_those_that_do(coded: Annotations):
    for name in ("hedges", "labels.furniture"):
        with pytest.raises(ValueError, match=rf"no measure is named '{name}'.*; the measures are attributions, "):
            evidence(coded, [name])
