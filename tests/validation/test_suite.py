from __future__ import annotations

import numpy as np
import pytest

from samestory.validation import suite
from samestory.validation.agreement import score_agreement
from samestory.validation.certainty import _correlation
from samestory.validation.gold import COLUMNS
from samestory.validation.results import MEASURED, UNMEASURED

TEXTS = ["c" * 63 + str(n) for n in range(8)]


def write_gold(folder, coders):
    lines = [",".join(COLUMNS)]
    for coder, shift in coders.items():
        for n, text in enumerate(TEXTS):
            kind = "hedge" if (n + shift) % 2 else "bound"
            lines.append(f"{text},t{n}.txt,certainty,k1,span,{10 + shift},20,,{coder},1")
            lines.append(f"{text},t{n}.txt,certainty,k1,certainty_type,,,{kind},{coder},1")
    folder.mkdir(exist_ok=True)
    (folder / "certainty.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def test_absent_corpora_and_texts_are_listed_as_not_measured(tmp_path, monkeypatch):
    monkeypatch.setenv("SAMESTORY_CORPORA", str(tmp_path / "nowhere"))
    write_gold(tmp_path / "gold", {"anna": 0})
    told = []
    scores = suite.validate(tmp_path / "gold", progress=told.append)
    assert set(scores.status) == {UNMEASURED}
    reasons = dict(zip(scores.gold, scores.reason, strict=False))
    assert "SAMESTORY_CORPORA" in reasons["PolNeAR"]
    assert scores.reason.str.contains("the text is not on this machine: t0.txt, t1.txt and 6 more").any()
    assert scores.reason.str.contains("no text was coded by two coders").any()
    assert "PolNeAR" in told


def test_agreement_of_two_coders_needs_no_text(tmp_path, monkeypatch):
    monkeypatch.setenv("SAMESTORY_CORPORA", str(tmp_path / "nowhere"))
    write_gold(tmp_path / "gold", {"model-a": 0, "model-b": 0})
    scores = suite.validate(tmp_path / "gold", measures=["reliability"])
    measured = scores[scores.status == MEASURED].set_index("measure")
    assert measured.score["reliability.certainty.certainty_type"] == 1
    assert set(measured.reason) == {"between model coders, not human reliability"}


def test_coders_who_never_agree_on_a_code_show_it(tmp_path):
    write_gold(tmp_path / "gold", {"anna": 0, "ben": 1})
    gold = suite.own_gold([tmp_path / "gold"])
    found = {(score.measure, score.metric): (note, score.score) for note, score in score_agreement(gold, seed=0)}
    note, alpha = found["reliability.certainty.certainty_type", "alpha"]
    assert alpha < 0
    assert note == "between coders"
    assert found["reliability.certainty.units", "exact"][1] == 0
    assert found["reliability.certainty.units", "overlap"][1] == 1


def test_an_unknown_measure_is_refused():
    with pytest.raises(ValueError, match="no measure is named 'vibes'; the measures are events"):
        suite.validate(measures=["vibes"])


def test_weighted_correlation_is_pearsons():
    random = np.random.default_rng(2)
    one, other = random.normal(size=30), random.normal(size=30)
    weights = random.integers(0, 4, size=(3, 30))
    expected = [np.corrcoef(np.repeat(one, w), np.repeat(other, w))[0, 1] for w in weights]
    assert _correlation(one, other, weights) == pytest.approx(expected)
    assert np.isnan(_correlation(np.ones(30), other, weights)).all()


def test_the_suite_scores_the_engines_on_real_gold(shared, tmp_path):
    scores = suite.validate(tmp_path, measures=["certainty"], limit=3)
    measured = scores[scores.status == MEASURED]
    assert {"Szeged Uncertainty (news)", "Science findings"} <= set(measured.gold)
    assert (measured.score.dropna() <= 1).all()
    assert measured.n_documents.max() <= 3 * 2
