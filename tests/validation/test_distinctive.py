"""The null experiment: an outlet against itself, and what is listed of outlets against each other."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from samestory.validation import distinctive, suite
from samestory.validation.results import MEASURED, NO_CODING, UNMEASURED, render

TEXTS = [
    " ".join(f"The council {verb} on bridge{n} and costs." for verb in ("met", "sat", "ruled", "voted") * 5)
    for n in range(14)
]


@pytest.mark.parametrize("kind", list(distinctive.SPLITS))
def test_every_split_has_two_sides_and_repeats_with_the_seed(kind):
    copy = distinctive.read_copy(TEXTS)
    one, same = (list(distinctive.splits(copy, kind, 3, seed=4)) for _ in range(2))
    assert len(one) == 3 and all(set(table.outlet) == {"one"} for table in one)
    for table, again in zip(one, same, strict=True):
        pd.testing.assert_frame_equal(table, again)
    assert not one[0].equals(one[1])


def test_sentences_are_dealt_and_none_is_lost():
    copy = distinctive.read_copy(TEXTS)
    units = distinctive._deal_sentences(copy, 0.5, np.random.default_rng(1))
    assert sum(len(unit.words) for unit in units) == sum(len(s) for article in copy.articles for s in article)
    assert {unit.outlet for unit in units} == {"one", "other"}


def test_what_survives_is_listed_with_its_interval():
    rows = [("lorry", "nyt", 1.234, 0.5, 2.0, 0.01), ("truck", "nyt", -1.0, -2.0, -0.1, 0.002)]
    called = pd.DataFrame(rows, columns=["word", "outlet", "difference", "low", "high", "q"])
    assert distinctive.listed(called, ["nyt", "hpo"]) == (
        "uses per 1,000 words, nyt: truck -1.0 [-2.0, -0.1], lorry +1.2 [+0.5, +2.0] (against hpo)"
    )
    assert distinctive.listed(called.head(0), ["nyt", "hpo"]) == "no word is called"


def test_without_the_corpus_it_is_not_measured(tmp_path, monkeypatch):
    monkeypatch.setenv("SAMESTORY_CORPORA", str(tmp_path / "nowhere"))
    scores = suite.validate(tmp_path, measures=["framing"])
    own = scores[scores.measure == distinctive.MEASURE]
    assert set(own.status) == {UNMEASURED} and set(own.gold) == {distinctive.HALVES, distinctive.PAIRS}


def test_an_outlet_against_itself_is_at_its_level(shared):
    check = next(check for check in suite.CHECKS if check.gold == distinctive.HALVES)
    scores = pd.DataFrame(suite._external(check, 12, 1))
    assert set(scores.status) == {MEASURED} and set(scores.coders) == {NO_CODING}
    assert (scores.score[scores.metric == "share_below_.05"] <= 0.05).all()
    assert (scores.score[scores.metric == "words_called"] < 0.5).all()
    shown = render(suite.rounded(scores.reindex(columns=list(suite.COLUMNS))))
    assert "BASIL (random halves), nyt, events paired at random (no coding)" in shown
