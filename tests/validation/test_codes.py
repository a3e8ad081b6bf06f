from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samestory.validation.codes import score_class, score_classes, score_codes, score_sets

codes = st.sampled_from(["hedge", "bound", "booster"])
pairs = st.fixed_dictionaries({name: st.lists(st.tuples(codes, codes), max_size=5) for name in "abc"})


def test_accuracy_and_macro_f1_of_a_small_table():
    accuracy, macro = score_codes({"d1": [("x", "x"), ("x", "x"), ("x", "y")], "d2": [("y", "y")]}, measure="m")
    assert accuracy.score == 0.75
    assert macro.score == pytest.approx((0.8 + 2 / 3) / 2)
    assert (accuracy.n_documents, accuracy.n_units) == (2, 4)


def test_nothing_matched_gives_no_score():
    assert score_codes({"d1": []}, measure="m") == ()


@given(pairs)
def test_macro_f1_is_that_of_scikit_learns_definition(documents):
    flat = [pair for document in documents.values() for pair in document]
    found = score_codes(documents, measure="m", n_resamples=20)
    if not flat:
        assert found == ()
        return
    names = {name for pair in flat for name in pair}
    f1 = []
    for name in names:
        right = sum(pair == (name, name) for pair in flat)
        f1.append(2 * right / sum((gold == name) + (ours == name) for gold, ours in flat))
    assert found[1].score == pytest.approx(sum(f1) / len(names))


@given(pairs)
def test_turning_the_sides_changes_nothing(documents):
    turned = {name: [pair[::-1] for pair in document] for name, document in documents.items()}
    assert score_codes(documents, measure="m", n_resamples=20) == score_codes(turned, measure="m", n_resamples=20)


def test_sets_are_scored_over_documents():
    gold = {"d1": {"political", "morality"}, "d2": {"political"}}
    micro, macro = score_sets(gold, {"d1": {"political"}, "d2": {"political", "economic"}}, measure="frames")
    assert (micro.precision, micro.recall) == pytest.approx((2 / 3, 2 / 3))
    assert macro.score == pytest.approx(1 / 3)  # political 1, morality 0, economic 0
    assert micro.n_units == 3


def typed(*pairs):
    """Pairs over eight documents, "official>media" times so many."""
    documents = {f"d{n}": [] for n in range(8)}
    n = 0
    for pair, times in pairs:
        for _ in range(times):
            documents[f"d{n % 8}"].append(tuple(pair.split(">")))
            n += 1
    return documents


def classes(pairs):
    found = score_classes(pairs, least=15, measure="type", corpus="test", part="all", n_resamples=50)
    return {score.measure: score for score in found}


def test_rare_codes_are_merged_and_named():
    pairs = typed(("official>official", 20), ("witness>official", 10), ("citizen>witness", 6), ("expert>expert", 16))
    scores = classes(pairs)
    assert set(scores) == {"type", "type.official", "type.expert", "type.rest"}
    assert scores["type"].metric == "macro_f1_of_15"
    assert scores["type"].reason == "merged as rest: citizen, witness"
    assert scores["type.official"].precision == pytest.approx(2 / 3)
    assert (scores["type.rest"].recall, scores["type.rest"].n_units) == (6 / 16, 16)
    parts = [scores[f"type.{name}"].score for name in ("official", "expert", "rest")]
    assert scores["type"].score == pytest.approx(sum(parts) / 3)


def test_a_rest_with_few_cases_is_no_class_but_its_mistakes_count():
    scores = classes(typed(("official>official", 20), ("witness>official", 5)))
    assert set(scores) == {"type", "type.official"}
    assert [scores[name].score for name in sorted(scores)] == pytest.approx([40 / 45] * 2)
    assert classes(typed(("official>official", 14))) == {}


def test_one_code_alone():
    pairs = typed(("true>true", 3), ("true>false", 1), ("false>true", 2), ("false>false", 10))
    (score,) = score_class(pairs, "true", measure="anonymous", corpus="test", part="all")
    assert (score.precision, score.recall) == (0.6, 0.75)
    assert score_class(pairs, "maybe", measure="anonymous", corpus="test", part="all") == ()
