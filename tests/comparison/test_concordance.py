"""Keyword in context: what is found is what a reader finds, in whose voice, with what stands around it."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

import samestory
from samestory.annotation import Annotations
from samestory.holders import innermost, named_spans
from samestory.measures import evidence
from samestory.tables import frame

LANTERN = "mill-fire-lantern"


def keywords(annotations: Annotations, **asked: str) -> list[str]:
    return samestory.concordance(annotations, **asked).keyword.tolist()


def test_each_place_tells_outlet_event_segment_voice_and_its_surroundings(coded: Annotations):
    found = samestory.concordance(coded, word="people")
    assert found.drop(columns="article_id").to_dict("records") == [
        {"outlet": "lantern", "event": "mill-fire", "segment": "body", "voice": "unnamed organisation",
         "left": "Blaze of death At least 12 ", "keyword": "people",
         "right": " died, a union organiser said. “They locked it,” Anna Mirkel",
         "start": 28, "end": 34}
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("FERRY", ["Ferry", "ferry", "Ferry", "ferry"]),
        ("fer", []),  # whole words only
        ("fer*", ["Ferry", "ferry", "Ferry", "ferry"]),
        ("*sank", ["sank", "sank"]),
        ("a ferry   sank", ["A ferry sank", "A ferry sank"]),
        ("kill*", ["kills", "killed"]),
        ("mill * kills", ["Mill fire kills"]),
        ("SHARE", []),  # furniture does not count
        ("12", ["12"]),
    ],
)
def test_words_are_whole_in_any_case_and_a_star_is_the_rest_of_a_word(coded: Annotations, words: str, found: list[str]):
    assert keywords(coded, word=words) == found


def test_a_typed_apostrophe_finds_a_printed_one(coded: Annotations):
    texts = coded.texts.assign(text=coded.texts.text.str.replace("have been", "owner’s b"))
    assert keywords(replace(coded, texts=texts), word="owner's") == ["owner’s"]


def test_characters_of_a_pattern_are_only_characters(coded: Annotations):
    texts = coded.texts.assign(text=coded.texts.text.str.replace("It may have been", "a (b+|c) has $5."))
    bare = replace(coded, texts=texts)
    assert keywords(bare, word="(b+|c)") == ["(b+|c)"]
    assert keywords(bare, word="$5") == ["$5"]
    assert keywords(bare, word="b|c") == []


def test_cues_are_found_by_type_by_stance_and_by_words(coded: Annotations):
    assert keywords(coded, cue="hedge") == ["may"]
    assert keywords(coded, cue="bound") == ["At least"]
    assert keywords(coded, cue="least") == ["At least"]
    assert keywords(coded, cue="claim*") == ["claimed"]
    stances = coded.attributions.assign(cue_stance=["neutral", "neutral", "nonfactive", "neutral", "denial"])
    assert keywords(replace(coded, attributions=stances), cue="denial") == ["denied"]


def test_labels_are_found_by_their_words_and_by_their_referent(coded: Annotations):
    assert keywords(coded, label="blaze") == ["Blaze of death"]
    assert keywords(coded, label="fire") == ["A fire at a mill", "Blaze of death"]  # the referent's name


def test_a_measure_finds_its_evidence(coded: Annotations):
    for name in ("quoted", "named", "claims", "attributed_words", "labels"):
        found = samestory.concordance(coded, measure=name)
        spans = evidence(coded, [name])
        assert set(zip(found.article_id, found.start, found.end, strict=True)) == set(
            zip(spans.article_id, spans.start, spans.end, strict=True)
        )


def test_filters_keep_outlets_segments_and_voices(coded: Annotations):
    assert keywords(coded, word="ferry", outlet="wire") == ["Ferry", "ferry"]
    assert keywords(coded, word="ferry", segment="headline") == ["Ferry", "Ferry"]
    assert keywords(coded, word="this", segment="furniture") == ["THIS"]
    assert keywords(coded, word="ferry", voice="outlet") == ["Ferry", "Ferry", "ferry"]
    assert keywords(coded, word="ferry", voice="source") == ["ferry"]
    assert keywords(coded, word="locked", voice="anna") == ["locked"]
    assert keywords(coded, word="people", voice="anna") == []


def test_the_voice_is_the_innermost_around_a_word(coded: Annotations):
    text = coded.texts.set_index("article_id").text[LANTERN]
    around = {"article_id": LANTERN, "start": 0, "end": text.index("SHARE")}
    outer = coded.contents[coded.contents.article_id == LANTERN].iloc[0].attribution_id
    contents = frame("contents", [{**around, "attribution_id": outer}, *coded.contents.to_dict("records")])
    nested = replace(coded, contents=contents)
    names = {f"{LANTERN}-a0": "unnamed organisation", f"{LANTERN}-a1": "anna", "outlet": "outlet"}
    for row in samestory.concordance(nested, word="*e*", outlet="lantern").itertuples():
        own = named_spans(contents[contents.article_id == row.article_id], "attribution_id")
        if row.article_id == LANTERN:
            assert row.voice == names[innermost(own, row.start, row.end)]


def test_a_cue_is_its_holders(coded: Annotations):
    held = coded.certainty.assign(
        holder=[f"{LANTERN}-a1" if "lantern" in i else "outlet" for i in coded.certainty.cue_id]
    )
    found = samestory.concordance(replace(coded, certainty=held), cue="bound")
    assert found.voice.tolist() == ["anna"]


def test_places_can_be_sorted_by_the_words_before_and_after(coded: Annotations):
    right = samestory.concordance(coded, word="ferry", order="right").right
    assert [side.split()[0] for side in right] == ["horror", "sank", "sank.", "sinks"]
    left = samestory.concordance(coded, word="a", order="left").left
    assert [side.split()[-1] for side in left] == sorted(
        (side.split()[-1] for side in left), key=lambda word: word.strip(",.").lower()
    )


def test_sides_hold_whole_words_of_at_most_a_width(coded: Annotations):
    found = samestory.concordance(coded, word="mill", width=12, segment="body")
    assert found[["left", "right"]].to_numpy().tolist() == [["A fire at a ", " in Brask"]]


def test_what_cannot_be_looked_for_is_named_with_what_can(coded: Annotations):
    for asked, message in (
        ({"word": "x", "outlet": "herald"}, "no outlet is named 'herald'; the outlets are lantern, wire"),
        ({"word": "x", "segment": "lead"}, "no segment is named 'lead'.*; the segments are headline, deck"),
        ({"word": "x", "voice": "polise"}, "no voice 'polise'; there are outlet, source, unnamed"),
        ({"word": "x", "order": "up"}, "no order is named 'up'; the orders are place, left, right"),
        ({"measure": "hedges"}, "no measure is named 'hedges'"),
        ({"word": "*"}, "holds no word to look for"),
        ({"word": "x", "cue": "y"}, "look for one thing: word, cue, label, measure; given were 2"),
        ({}, "given were 0"),
    ):
        with pytest.raises(ValueError, match=message):
            samestory.concordance(coded, **asked)


def test_without_texts_types_labels_and_measures_are_found_and_words_refused(coded: Annotations):
    bare = coded.without_text()
    assert keywords(bare, label="blaze") == ["Blaze"]
    for asked in ({"cue": "hedge"}, {"label": "fire"}, {"measure": "claims"}):
        whole, found = samestory.concordance(coded, **asked), samestory.concordance(bare, **asked)
        pd.testing.assert_frame_equal(
            whole[["article_id", "start", "end", "voice"]], found[["article_id", "start", "end", "voice"]]
        )
        assert found.left.isna().all() and found.right.isna().all()
    for asked in ({"word": "ferry"}, {"cue": "claim*"}):
        with pytest.raises(ValueError, match="the texts of 4 of 4 articles are not on this machine"):
            samestory.concordance(bare, **asked)


def test_nothing_found_is_an_empty_table_of_the_same_columns(coded: Annotations):
    columns = list(samestory.concordance(coded, word="ferry").columns)
    for asked in ({"word": "zeppelin"}, {"cue": "booster"}, {"label": "zeppelin"}, {"measure": "agentless"}):
        found = samestory.concordance(coded, **asked)
        assert found.empty and list(found.columns) == columns
