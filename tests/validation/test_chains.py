"""Scores of chains: the measures of CoNLL by hand, and the engine on chains that people marked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samestory.document import Document
from samestory.framing import label_spans
from samestory.validation.chains import clusters, conll, score_chains
from samestory.validation.corpora.newswcl50 import join


def cluster(*places: int) -> frozenset:
    return frozenset(("d", place, place + 1) for place in places)


def test_measures_of_conll_by_hand():
    # Of the links 1-2-3 and 4-5 one is lost: MUC recall 2/3. B-cubed recall (4/3 + 1/3 + 2) / 5.
    key, response = [cluster(1, 2, 3), cluster(4, 5)], [cluster(1, 2), cluster(3), cluster(4, 5)]
    scores = conll(key, response)
    assert scores["muc"][:2] == pytest.approx((2 / 3, 1))
    assert scores["b_cubed"][:2] == pytest.approx((11 / 15, 1))
    assert scores["ceafe"][:2] == pytest.approx(((0.8 + 1) / 2, (0.8 + 1) / 3))
    assert scores["conll"][2] == pytest.approx(sum(scores[name][2] for name in ("muc", "b_cubed", "ceafe")) / 3)


def test_marked_labels_are_grouped_by_referent(document):
    made: Document = document("Mayor Jane Rowe spoke. Rowe left. The bridge was shut.")
    spans = [(0, 15), (23, 27), (34, 44)]
    assert [made.text[s:e] for s, e in spans] == ["Mayor Jane Rowe", "Rowe", "The bridge"]
    groups = clusters("e", [label_spans(made, spans)], [made])
    assert sorted(len(group) for group in groups) == [1, 2]


@pytest.mark.corpora
def test_chains_of_real_gold_are_scored(shared):
    scores = {(s.measure, s.metric): s for s in score_chains(shared, None, 1)}
    assert scores["referents.of_marked_labels", "conll"].score >= 0.6
    assert scores["referents.from_text_by_heads", "conll"].score >= 0.45
    assert scores["referents.actors", "share"].score == 1
    assert scores["framing.labels", "exact_recall"].precision is None


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (["He", "said", ":", '"', "Go", ",", "Kim", "Jong", "-", "un", '"', "."], 'He said: "Go, Kim Jong-un".'),
        (["the", "leaders", "'", "aims", "\\n", "It", "'s", "on"], "the leaders' aims\nIt's on"),
        (["a", "-", "b", "(", "c", ")", "—", "d", "%"], "a-b (c) — d%"),
    ],
)
def test_tokens_are_joined_as_print_joins_them(words, text):
    joined, places = join(words)
    assert joined == text
    assert [joined[s:e] for s, e in places] == ["\n" if word == "\\n" else word for word in words]


@given(st.lists(st.sampled_from(['"', "'", "-", "(", ")", ",", "\\n", "word", "words", "'s", "—", ""]), max_size=20))
def test_every_token_keeps_its_characters_and_order(words):
    joined, places = join(words)
    assert [joined[s:e] for s, e in places] == ["\n" if word in ("\\n", "") else word for word in words]
    assert places == sorted(places)
