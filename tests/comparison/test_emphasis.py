"""What comes first and what gets how much room, counted in words and sentences of headline, deck and body."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from samestory.annotation import Annotations
from samestory.comparison import emphasis
from samestory.comparison.extents import extents, with_sentence


def test_words_before_are_the_words_that_a_reader_counts(dam: Annotations):
    texts = dict(zip(dam.texts.article_id, dam.texts.text, strict=True))
    first = emphasis.first_things(dam)
    assert first.counted.all()
    assert first.first_word.tolist() == [len(texts[r.article_id][: r.start].split()) for r in first.itertuples()]


def test_things_are_named_in_the_order_of_the_text(dam: Annotations):
    first = emphasis.first_things(dam)
    courier = first[first.outlet == "courier"]
    assert courier.name.tolist() == ["engineers", "dam", "victims", "police", "owners"]
    assert courier.place.tolist() == [1, 2, 3, 4, 5]
    assert courier.position.tolist() == ["headline", "headline", "lead", "lead", "body"]


def test_what_is_not_counted_moves_nothing(dam: Annotations):
    later = dam.segments.article_id.eq("wire") & (dam.segments.segment == "headline")
    without = replace(dam, segments=dam.segments.assign(segment=dam.segments.segment.mask(later, "furniture")),
                      sentences=dam.sentences[dam.sentences.sentence_id != "wire-s0"])  # fmt: skip
    first = emphasis.first_things(without).set_index(["outlet", "name"]).first_word
    assert first["wire", "victims"] == 13 - 4  # "Dam collapse kills nine"
    assert first["wire", "dam"] == 1  # the headline's mention is not counted: the body's is the first


def test_without_text_words_are_reckoned_and_said_to_be(dam: Annotations):
    told, bare = emphasis.first_things(dam), emphasis.first_things(dam.without_text())
    assert not bare.counted.any()
    assert (told.first_word - bare.first_word).abs().max() <= 3
    other = ["article_id", "place", "referent_id", "position", "start", "end"]
    pd.testing.assert_frame_equal(told[other], bare[other])
    assert "reckoned" in emphasis.limits(dam.without_text())[-1] and len(emphasis.limits(dam)) == 2
    words, reckoned = extents(dam), extents(dam.without_text())
    assert [words[key].total for key in sorted(words)] == [30, 20, 20, 19]
    assert all(abs(words[key].total - reckoned[key].total) <= 2 for key in words)


def test_opening_lists_headline_and_lead_in_order(dam: Annotations):
    rows = emphasis.opening(emphasis.first_things(dam)).set_index("outlet")
    assert rows.loc["courier"].tolist() == ["engineers, dam", "victims, police"]
    assert rows.loc["lantern", "headline names"] == "disaster"


def test_an_outlet_that_does_not_name_it_is_shown_last(dam: Annotations):
    rows = emphasis.first_named(dam)
    police = rows[rows.name == "police"]
    assert police.outlet.tolist() == ["wire", "state", "courier", "lantern"]
    assert police.said.tolist() == ["word 10, lead", "word 16, lead", "word 19, lead", "not named"]
    assert "dam" not in set(rows.name)  # an object
    assert "dam" in set(emphasis.first_named(dam, kinds=("object",)).name)


def test_of_two_articles_of_an_outlet_the_soonest_counts(dam: Annotations):
    one = replace(dam, articles=dam.articles.assign(outlet=dam.articles.outlet.replace("wire", "courier")))
    rows = emphasis.first_named(one).set_index(["name", "outlet"])
    assert rows.said["police", "courier"] == "word 10, lead"
    rooms = emphasis.room(one, ["r-police"]).set_index("outlet")
    assert rooms.loc["courier", ["sentences", "all_sentences", "all_words"]].tolist() == [2, 9, 49]


def test_room_is_sentences_that_name_it_each_once(dam: Annotations):
    rooms = emphasis.room(dam, ["r-ministry", "r-owner"]).set_index(["name", "outlet"])
    state = rooms.loc["ministry", "state"]
    assert state[["sentences", "all_sentences", "words", "all_words"]].tolist() == [2, 4, 10, 20]
    assert state.sentence_share == 0.5 and state.word_share == 0.5
    assert rooms.loc["ministry", "wire"][["sentences", "words", "all_words"]].tolist() == [0, 0, 19]
    twice = replace(dam, labels=pd.concat([dam.labels, dam.labels.assign(label_id=dam.labels.label_id + "x")]))
    assert emphasis.room(twice, ["r-owner"]).sentences.tolist() == rooms.loc["owners"].sentences.tolist()


def test_rows_to_draw_have_the_largest_room_first(dam: Annotations):
    rows = emphasis.room_rows(emphasis.room(dam))
    assert rows[rows.name == "owners"].outlet.tolist() == ["lantern", "courier", "state", "wire"]
    assert rows.said.iloc[0] == "50 %, 2 of 4"


def test_a_span_belongs_to_the_counted_sentence_in_which_it_begins(dam: Annotations):
    spans = with_sentence(dam, dam.labels)
    assert len(spans) == len(dam.labels)
    assert spans.sentence_id[spans.label_id == "courier-l6"].tolist() == ["courier-s3"]
    assert set(spans.segment[spans.position == "headline"]) == {"headline"}


def test_findings_name_headline_word_and_sentences(dam: Annotations):
    assert emphasis.headline_finding(dam).startswith("Only courier's headline names the engineers; only lantern's")
    assert "more than 25 words" in emphasis.first_finding(emphasis.first_named(dam))
    rows = emphasis.first_named(dam)
    later = rows.assign(first_word=rows.first_word.mask(rows.outlet.eq("courier") & rows.name.eq("owners"), 140))
    assert emphasis.first_finding(later) == "lantern names the owners first as word 11, courier as word 141."
    assert emphasis.room_finding(emphasis.room(dam)) == (
        "lantern names the owners in 2 of 4 sentences, wire in 1 of 4."
    )


@pytest.mark.parametrize("outlets", [["wire"], ["wire", "lantern"]])
def test_few_outlets_claim_no_headline_as_one_alone(dam: Annotations, outlets: list[str]):
    said = emphasis.headline_finding(dam.select(outlets))
    assert not said.startswith("Only")
