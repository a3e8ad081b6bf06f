"""Certainty on others' corpora: what counts as right, and what networks had not seen."""

from __future__ import annotations

import pandas as pd
import pytest

from samestory.validation import certainty
from samestory.validation.corpora import Cue, CueDocument

TEXT = "He may go.\nIf so, she reportedly stays.\nAbout 40 certainly left."
DOCUMENT = CueDocument(
    "d",
    TEXT,
    ((0, 10), (11, 40), (41, 65)),
    (Cue(3, 6, "hedge", "x"), Cue(11, 13, "conditional", "x"), Cue(22, 32, "hedge", "x")),
)
FOUND = [
    ("hedge", (3, 6)),
    ("evidential", (22, 32)),  # the corpus has no such type: it counts as a hedge
    ("approximator", (41, 46)),  # the corpus marks none: it is left out
    ("booster", (50, 59)),
]


def scored(found):
    rows = certainty._score_cues([DOCUMENT], {"d": found}, "corpus", "all", 1)
    return {(score.measure, score.metric): score for score in rows}


def test_only_what_the_corpus_marks_is_judged():
    scores = scored(FOUND)
    assert scores["certainty.cue", "exact"].precision == 1
    assert scores["certainty.cue", "exact"].recall == pytest.approx(2 / 3)
    assert scores["certainty.hedge", "exact"].score == 1


def test_conditionals_are_told_apart():
    scores = scored(FOUND)
    assert scores["certainty.cue.without_conditionals", "exact"].score == 1
    assert scores["certainty.conditional", "exact"].recall == 0
    assert scores["certainty.sentence", "sentence"].score == 1
    assert scored([*FOUND, ("inquiry", (53, 58))])["certainty.sentence", "sentence"].precision == pytest.approx(2 / 3)


@pytest.mark.parametrize("name", ["news_folds", "news_folds_weighed", "wikipedia_half"])
def test_what_was_held_out_names_its_documents_once_and_holds_no_text(name: str):
    read = pd.read_csv(certainty.HELD_OUT / "documents.csv")
    own = read[read.held_out == name]
    assert len(own) and not own.document.duplicated().any()
    rows = pd.read_csv(certainty.HELD_OUT / f"{name}.csv")
    assert list(rows.columns) == ["document", "start", "end", "certainty_type"]
    assert set(rows.document) <= set(own.document)
    assert (rows.start < rows.end).all()


@pytest.mark.corpora
def test_held_out_readings_are_judged_on_the_documents_that_were_read(shared):
    scores = {s.measure: s for s in certainty.score_held_out(shared, None, 1, "wikipedia_half", "half", "wikipedia")
              if s.metric in ("exact", "sentence")}  # fmt: skip
    assert scores["certainty.sentence"].n_documents == 1096
    assert scores["certainty.sentence"].score > 0.88
