from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samestory.validation.spans import match_units, overlap, score_spans, token_spans

TEXT = "The mayor said the bridge would stay shut. Police, she added, had found cracks."
TEXTS = {"d1": TEXT, "d2": TEXT}

spans = st.tuples(st.integers(0, 60), st.integers(1, 15)).map(lambda s: (s[0], s[0] + s[1]))
units = st.one_of(spans, st.tuples(spans, spans))
documents = st.fixed_dictionaries({"d1": st.lists(units, max_size=6), "d2": st.lists(units, max_size=6)})


def by_metric(gold, found, **options):
    return {score.metric: score for score in score_spans(gold, found, TEXTS, n_resamples=50, **options)}


def test_each_metric_counts_what_it_says():
    gold = {"d1": [(4, 9), (10, 14), (15, 41)]}
    found = {"d1": [(4, 9), (0, 14), (15, 30)]}
    scores = by_metric(gold, found)
    assert scores["exact"].precision == pytest.approx(1 / 3)
    assert scores["begin"].recall == pytest.approx(2 / 3)
    assert scores["overlap"].score == 1
    assert scores["token"].precision == pytest.approx(5 / 6)  # "The" is too much
    assert scores["token"].recall == pytest.approx(5 / 7)  # "stay shut" is missing
    assert scores["exact"].n_units == 3


def test_discontinuous_units_count_whole_in_strict_and_by_piece_in_exact():
    gold = {"d1": [((0, 3), (10, 14))]}
    found = {"d1": [((0, 3), (15, 18))]}
    scores = by_metric(gold, found)
    assert scores["strict"].score == 0
    assert scores["exact"].score == 0.5
    assert (scores["strict"].n_units, scores["exact"].n_units) == (1, 1)


def test_spans_that_only_meet_do_not_overlap():
    assert by_metric({"d1": [(0, 4)]}, {"d1": [(4, 9)]})["overlap"].score == 0
    assert overlap(((0, 4),), ((4, 9),)) == 0


def test_a_document_without_findings_counts_against_recall():
    score = by_metric({"d1": [(0, 3)], "d2": [(0, 3)]}, {"d1": [(0, 3)]})["exact"]
    assert (score.precision, score.recall) == (1, 0.5)


def test_nothing_on_either_side_is_undefined_not_zero():
    score = by_metric({"d1": [], "d2": []}, {})["exact"]
    assert (score.precision, score.recall, score.score, score.low) == (None, None, None, None)


def test_one_document_gets_no_interval():
    assert by_metric({"d1": [(0, 3)]}, {"d1": [(0, 3)]})["exact"].low is None


def test_unknown_documents_and_metrics_are_refused():
    with pytest.raises(ValueError, match="d9"):
        score_spans({"d1": []}, {"d9": [(0, 1)]})
    with pytest.raises(ValueError, match="no metric is named fuzzy"):
        score_spans({"d1": []}, {}, metrics=["fuzzy"])


def test_the_interval_comes_from_documents_and_is_seeded():
    gold = {f"d{n}": [(0, 3)] for n in range(40)}
    found = {f"d{n}": [(0, 3)] if n % 2 else [(5, 8)] for n in range(40)}
    once, again = (score_spans(gold, found, metrics=["exact"], seed=3) for _ in range(2))
    assert once == again
    (score,) = once
    assert score.low < 0.5 < score.high
    assert 0.2 < score.high - score.low < 0.4  # a binomial of 40 has sd 0.08


@given(documents)
def test_perfect_is_one(gold):
    for metric, score in by_metric(gold, gold).items():
        assert score.score in (1, None)
        if metric != "token":  # a span of white space holds no token
            assert (score.score is None) == (not any(gold.values()))


@given(documents, documents)
def test_exchanging_gold_and_found_exchanges_precision_and_recall(one, other):
    forth, back = by_metric(one, other), by_metric(other, one)
    for metric, score in forth.items():
        assert score.precision == back[metric].recall
        assert score.score == pytest.approx(back[metric].score)


@given(documents, documents)
def test_stricter_metrics_never_score_higher(gold, found):
    scores = by_metric(gold, found)
    for part in ("precision", "recall"):
        exact, loose = getattr(scores["exact"], part), getattr(scores["overlap"], part)
        assert exact is None or exact <= loose


@given(documents, documents)
def test_the_order_of_units_does_not_matter(gold, found):
    turned = {name: units[::-1] for name, units in found.items()}
    assert by_metric(gold, found) == by_metric(gold, turned)


@given(st.text(alphabet="ab .,'”\n", max_size=60))
def test_tokens_hold_every_character_but_white_space(text):
    assert "".join(text[start:end] for start, end in token_spans(text)) == "".join(text.split())


def test_matching_takes_the_closest_pair_first():
    gold = [((0, 10),), ((8, 20),)]
    found = [((8, 19),), ((0, 9),), ((30, 40),)]
    assert match_units(gold, found) == [(0, 1), (1, 0)]


@given(st.lists(spans, max_size=6), st.lists(spans, max_size=6))
def test_matching_is_one_to_one_and_leaves_no_overlapping_pair_unmatched(gold, found):
    one, other = [(s,) for s in gold], [(s,) for s in found]
    pairs = match_units(one, other)
    assert len({g for g, _ in pairs}) == len({f for _, f in pairs}) == len(pairs)
    left = [g for g in range(len(one)) if g not in dict(pairs)]
    free = [f for f in range(len(other)) if f not in {f for _, f in pairs}]
    assert not any(overlap(one[g], other[f]) for g in left for f in free)


def test_units_of_a_kind_are_judged_against_units_of_every_kind():
    every = {"d1": [(4, 9), (15, 41)]}, {"d1": [(4, 9), (15, 41), (50, 60)]}
    options = {"metrics": ("exact",), "n_resamples": 50}
    # what the coder calls a quotation stands there under another code
    (score,) = score_spans({"d1": [(4, 9)]}, {"d1": []}, against=every, **options)
    assert (score.recall, score.precision, score.n_units) == (1, None, 1)
    # and what the engine calls one is gold of another code, or of none
    (score,) = score_spans({"d1": []}, {"d1": [(15, 41), (50, 60)]}, against=every, **options)
    assert (score.recall, score.precision) == (None, 0.5)
