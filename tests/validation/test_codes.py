from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samestory.validation.codes import score_codes, score_sets

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
