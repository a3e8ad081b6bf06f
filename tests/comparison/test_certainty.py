"""Certainty across outlets: whose doubt, about which fact, under which definition."""

from __future__ import annotations

from dataclasses import fields, replace

import pandas as pd
import pytest

from samestory.annotation import Annotations
from samestory.comparison import certainty, profiles
from samestory.measures import measure
from samestory.tables import COUNTED_SEGMENTS, frame


@pytest.fixture
def agreed(coded: Annotations) -> Annotations:
    """Both outlets now give one fact: the wire flatly, the lantern with "At least", which qualifies its number."""
    relations = coded.claim_relations.copy()
    relations.loc[relations.event == "mill-fire", "relation"] = "differ_in_precision"
    cues = coded.certainty.copy()
    bound = cues.certainty_type == "bound"
    cues.loc[bound, "claim_id"] = "mill-fire-lantern-c0"
    return replace(coded, claim_relations=relations, certainty=cues)


def test_each_voice_is_set_against_its_own_words_and_claims(coded: Annotations):
    profiled = certainty.profile(coded, measure(coded)).set_index(["outlet", "voice", "certainty_type"])
    own = profiled.loc["wire", "own voice", "hedge"]
    # 18 words of both stories stand outside attributed content; both claims are the sources'
    assert (own.cues, own.words, own.claims) == (1, 18, 0)
    assert own.per_1000_words == pytest.approx(1000 / 18)
    assert pd.isna(own.per_claim)
    assert profiled.loc["wire", "a source's voice", "hedge"].per_claim == 0
    assert len(profiled) == 2 * 2 * 7


def test_one_fact_told_with_different_certainty_is_found(agreed: Annotations):
    (pair,) = certainty.same_fact(agreed).to_dict("records")
    assert {pair["outlet"]: pair["told"], pair["other_outlet"]: pair["other_told"]} == {
        "wire": "stated flatly",
        "lantern": "bound",
    }
    assert "One pair of statements of two outlets gives one fact" in certainty.fact_finding(certainty.same_fact(agreed))
    assert len(certainty.fact_sides(certainty.same_fact(agreed))) == 2


def test_a_conflict_is_no_shared_fact_and_like_certainty_is_no_difference(coded: Annotations, agreed: Annotations):
    assert certainty.same_fact(coded).empty
    assert certainty.same_fact(replace(agreed, certainty=agreed.certainty.iloc[:0])).empty
    assert "No fact" in certainty.fact_finding(certainty.same_fact(coded))


def test_who_doubts_most_is_answered_under_every_definition(coded: Annotations):
    defined = certainty.definitions(coded, measure(coded))
    assert len(defined) == 36
    most = defined.set_index(["counted", "voice", "over"]).most
    assert most["hedges", "in any voice", "as counted"] == "wire"
    assert pd.isna(most["hedges", "in its sources' voices", "as counted"])
    assert pd.isna(most["all that is not assurance", "in any voice", "as counted"])  # one cue each
    table = certainty.definition_table(defined)
    assert table.shape == (12, 5)


def test_a_conclusion_that_turns_is_told_with_its_count(coded: Annotations):
    defined = certainty.definitions(coded, measure(coded))
    text = certainty.turning(defined)
    assert "turns with the definition" in text
    assert str(defined.most.notna().sum()) in text
    assert "turns with the definition" in certainty.limits(defined)[0]


def test_least_certain_sentences_come_with_what_drives_them(coded: Annotations):
    sentences = coded.sentences.assign(certainty_score=[5.0, 2.5] * (len(coded.sentences) // 2))
    cues = coded.certainty.assign(score_effect=-1.25)
    lowest = certainty.least_sure(replace(coded, sentences=sentences, certainty=cues), most=4)
    assert (lowest.certainty_score == 2.5).all()
    assert "may -1.2" in lowest.drivers.tolist()


def test_headlines_that_doubt_are_counted_beside_stories_that_do(coded: Annotations):
    assert certainty.headlines_finding(coded).endswith("so do 0 of 4 headlines.")
    moved = coded.certainty.assign(start=0, end=4)
    assert certainty.headlines_finding(replace(coded, certainty=moved)).endswith("so does 1 of 4 headlines.")


def test_what_a_voice_mostly_says_is_told(coded: Annotations):
    counts = profiles.certainty_by_voice(coded)
    own = certainty.voice_finding(counts, "own voice")
    assert own == "In the outlets' own voice, 1 of 2 cues are bounds; lantern has most (1)"
    assert certainty.voice_finding(counts, "a source's voice").startswith("No certainty cue")


def test_articles_without_anything_counted_are_told_so(coded: Annotations):
    kept = ("articles", "texts", "segments")
    bare = replace(coded, **{f.name: frame(f.name) for f in fields(Annotations) if f.name not in kept})
    measures = measure(bare)
    profiled = certainty.profile(bare, measures)
    assert (profiled.cues == 0).all()
    assert certainty.profile_finding(profiled).startswith("No voice")
    assert certainty.turning(certainty.definitions(bare, measures)).startswith("No definition")
    assert certainty.least_sure(bare).empty
    assert set(COUNTED_SEGMENTS) >= {"headline"}
