"""The certainty network: what it is given, what its tags mean, and what it adds to the rules."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from samestory.certainty import read_certainty
from samestory.certainty.network import LONGEST, TAGS, decode, encode, load_model, tags_of
from samestory.document import Document
from samestory.language.encoding import load_pieces

Make = Callable[..., Document]


def scores(*tags: str) -> np.ndarray:
    found = np.full((len(tags), len(TAGS)), -9.0)
    for n, tag in enumerate(tags):
        found[n, TAGS.index(tag)] = -0.1
    return found


@pytest.mark.parametrize(
    ("tags", "cues"),
    [
        (("O", "B-hedge", "O"), [(1, 1, "hedge")]),
        (("B-bound", "I-bound", "O"), [(0, 1, "bound")]),
        (("B-hedge", "B-hedge"), [(0, 0, "hedge"), (1, 1, "hedge")]),
        (("I-hedge", "I-inquiry"), [(0, 0, "hedge"), (1, 1, "inquiry")]),  # none is lost for want of a beginning
        (("O", "O"), []),
    ],
)
def test_tags_become_cues(tags, cues):
    assert list(decode(scores(*tags))) == cues


@given(st.lists(st.sampled_from(TAGS), max_size=12))
def test_cues_are_in_order_and_never_overlap(tags):
    cues = list(decode(scores(*tags)))
    assert all(first <= last for first, last, _ in cues)
    assert all(a[1] < b[0] for a, b in itertools.pairwise(cues))
    assert sum(last - first + 1 for first, last, _ in cues) == sum(tag != "O" for tag in tags)


@given(st.lists(st.text(min_size=1, max_size=12), min_size=1, max_size=40))
def test_any_words_are_encoded(words):
    inputs = encode(words, ["B-hedge"] * len(words), load_pieces())
    assert len(inputs.firsts) == len(words)
    assert inputs.firsts.max() < len(inputs.pieces) == len(inputs.flags) <= LONGEST


def test_a_sentence_without_end_is_read_as_far_as_it_can_be():
    inputs = encode(["word"] * 1000, ["O"] * 1000, load_pieces())
    assert len(inputs.pieces) == LONGEST
    assert inputs.firsts.max() < LONGEST


def test_spans_become_tags_of_their_tokens(document: Make):
    parse = document("At least nine may go.").parse
    assert tags_of(parse, [(0, 8, "bound"), (14, 17, "hedge")])[:5] == ["B-bound", "I-bound", "O", "B-hedge", "O"]


def test_the_shipped_network_reads_each_sentence_alone(document: Make):
    sentence = "The mill may have burned on purpose."
    alone = read_certainty(document(sentence))
    beside = read_certainty(document(f"Nine people died at the mill.\n{sentence}"))
    assert next(iter(alone.scores.values())) == list(beside.scores.values())[1]
    assert alone.cues.score_effect.tolist() == beside.cues.score_effect.tolist()


def test_a_cue_of_doubt_lowers_the_score_of_its_sentence(document: Make):
    assert load_model() is not None
    cues = read_certainty(document("The treatment might possibly help some patients.")).cues
    assert {"hedge"} == set(cues.certainty_type)
    assert (cues.score_effect < 0).any()


@pytest.mark.parametrize(
    ("sentence", "cue", "number"),
    [
        ("At least nine houses burned.", "At least", "nine"),
        ("It began at about 2:10 a.m. on Friday.", "about", "2:10 a.m"),
        ("He waited for more than a year.", "more than", "a"),
        ("Some 200 goats crossed.", "Some", "200"),
        ("Dozens of goats crossed.", "Dozens", "Dozens"),
        ("A hundred or more came.", "or more", "A hundred"),
    ],
)
def test_a_quantity_is_tied_to_what_qualifies_it(document: Make, sentence: str, cue: str, number: str):
    made = document(sentence)
    (row,) = read_certainty(made).cues.itertuples()
    assert made.text[row.start : row.end] == cue
    assert made.text[row.number_start : row.number_end].startswith(number)
