"""What coders are asked."""

from __future__ import annotations

import pytest

from samestory.coding.questions import QUESTIONS, below, check_measures, codebook, parts_of, questions_for
from samestory.measures import MEASURES


def keys(*measures: str) -> list[str]:
    return [question.key for question in questions_for(measures)]


def test_every_measure_can_be_coded_and_sources_beside_them():
    assert set(QUESTIONS) == {*MEASURES, "sources"}
    for question in QUESTIONS.values():
        assert question.ask.endswith("?") and question.help.endswith(".") and question.example.startswith("“")


def test_a_denominator_that_is_read_is_asked_once_and_before_its_parts():
    assert keys("anonymous", "named", "source_expert") == ["sources", "anonymous", "named", "source_expert"]
    assert keys("quoted", "attributions") == ["attributions", "quoted"]
    assert keys("passive_without_agent") == ["patient", "passive_without_agent"]
    for measure in MEASURES:
        asked = keys(measure)
        assert all(asked.index(whole) < asked.index(part) for part, whole in parts_of(asked))


def test_words_are_not_counted_by_coders():
    assert keys("hedge_outlet", "labels", "attributed_words") == ["attributed_words", "hedge_outlet", "labels"]
    assert below("labels") is None and below("claims_exact") == "claims"


def test_no_count_below_is_left_out():
    in_words = {"words", "own words", "attributed words"}
    assert {m for m in MEASURES if below(m) is None} == {m for m in MEASURES if MEASURES[m].denominator in in_words}


def test_parts_and_wholes_are_those_that_are_both_asked():
    assert parts_of(keys("hedge_outlet")) == ()
    assert parts_of(keys("hedge_outlet", "certainty_hedge")) == (("hedge_outlet", "certainty_hedge"),)


def test_unknown_measures_are_named_with_those_there_are():
    said = r"no measure is named 'anonimous' \(did you mean 'anonymous'\?\); the measures are attributions, "
    with pytest.raises(ValueError, match=said):
        check_measures(["anonimous", "named"])
    with pytest.raises(ValueError, match="name the measures"):
        check_measures([])
    assert check_measures(["labels", "quoted"]) == ("quoted", "labels")


def test_the_codebook_tells_every_question():
    asked = questions_for(tuple(MEASURES))
    told = codebook(asked, tuple(MEASURES))
    for question in asked:
        assert f"## {question.ask}" in told and f"`{question.key}`" in told and question.example in told
    assert "Never more than `sources`" in told
