from __future__ import annotations

import pandas as pd

from samestory.validation import results
from samestory.validation.results import COLUMNS, MEASURED, UNMEASURED


def scores():
    rows = [
        {"measure": "sourcing.cue", "gold": "Corpus", "coders": "people", "part": "dev", "metric": "exact",
         "n_documents": 40, "n_units": 90, "precision": 0.5, "recall": 1.0, "score": 0.66666, "low": 0.6, "high": 0.7,
         "status": MEASURED},
        {"measure": "segments.counted", "gold": "pages", "coders": "model coders", "part": "development",
         "metric": "character", "n_documents": 2, "n_units": 9, "precision": 1.0, "recall": 0.9, "score": 0.95,
         "status": MEASURED},
        {"measure": "reliability.claims.role", "gold": "x and y", "coders": "model coders", "part": "all",
         "metric": "alpha", "n_documents": 9, "n_units": 30, "score": 0.9, "status": MEASURED,
         "reason": "between model coders, not human reliability"},
        {"measure": "referents", "gold": "own gold", "status": UNMEASURED, "reason": "nobody has coded it"},
    ]  # fmt: skip
    return results.rounded(pd.DataFrame(rows, columns=list(COLUMNS)))


def test_scores_survive_their_file(tmp_path):
    path = results.write_scores(scores(), tmp_path / "validation.csv")
    pd.testing.assert_frame_equal(results.read_scores(path), scores())
    assert path.read_text(encoding="utf-8").splitlines()[1].startswith("sourcing.cue,Corpus,people,dev,exact,40,90,0.5")


def test_a_missing_file_is_an_empty_table_that_says_so(tmp_path):
    empty = results.read_scores(tmp_path / "none.csv")
    assert empty.empty
    assert "Nothing has been measured" in results.headline(empty)
    for view in (results.drawn, results.readable, results.reliability, results.unmeasured, results.headline_scores):
        assert view(empty).empty
    assert results.limits(empty) == []
    assert results.render(empty) == ""


def test_the_terminal_shows_what_is_measured_and_what_is_not():
    text = results.render(scores())
    assert "Corpus, dev (coded by people)" in text
    assert "0.67  0.60 to 0.70  P 0.50  R 1.00" in text
    assert "between model coders, not human reliability" in text
    assert "nobody has coded it" in text.split(UNMEASURED)[1]


def test_readers_are_told_who_coded_and_what_cannot_be_concluded():
    table = results.readable(scores())
    assert table.gold.tolist() == ["Corpus", "pages (model coders)"]
    assert table["95 % interval"].tolist() == ["0.60 to 0.70", "–"]
    assert results.reliability(scores())["what it is"].tolist() == ["between model coders, not human reliability"]
    said = " ".join(results.limits(scores()))
    assert "pages (development)" in said
    assert "not human reliability" in said
    assert "referents" in said


def test_the_headline_names_best_and_worst():
    assert "0.67 (sourcing.cue on Corpus) to 0.95 (segments.counted on pages)" in results.headline(scores())
    assert results.drawn(scores()).f1.tolist() == [0.6667, 0.95]


def test_a_measure_that_could_not_be_scored_is_not_shown():
    row = {"measure": "sourcing.cue", "gold": "Other", "status": UNMEASURED, "reason": "it is not on this machine"}
    every = results.rounded(pd.concat([scores(), pd.DataFrame([row])], ignore_index=True))
    assert results.shown(every).gold.tolist() == results.shown(scores()).gold.tolist()
