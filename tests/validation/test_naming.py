"""Own gold of head words: what names two referents, and who acts."""

from __future__ import annotations

import pandas as pd
import pytest

from samestory.tables import AGENCIES
from samestory.validation.gold import AGENCY, MENTIONS
from samestory.validation.naming import FOLDER, REFERENCE, score_agency, score_naming


@pytest.mark.parametrize("name", [AGENCY, MENTIONS])
def test_gold_is_spans_in_texts_of_one_part(name: str):
    rows = pd.read_csv(FOLDER / name)
    assert (rows.start < rows.end).all() and rows.text_sha256.str.fullmatch("[0-9a-f]{64}").all()
    assert set(rows.part) == {"development", "test"}
    assert (rows.groupby("text_sha256").part.nunique() == 1).all()
    assert not rows.duplicated(["text_sha256", "start", "end", "coder"]).any()


def test_every_label_has_two_coders_and_a_reference():
    rows = pd.read_csv(FOLDER / AGENCY)
    assert set(rows.agency) == set(AGENCIES) and set(rows.actor) == {"yes", "no"}
    assert (rows.groupby(["text_sha256", "start"]).coder.nunique() == 3).all()
    assert (rows[rows.coder == REFERENCE].actor == "yes").sum() >= 200
    assert not ((rows.agency != "patient") & rows.passive_without_agent).any()


@pytest.mark.corpora
def test_agency_is_mostly_right_on_labels_that_coders_read(shared):
    scores = {(s.measure, s.part, s.metric): s.score for s in score_agency(shared, 8, 1)}
    assert scores["framing.labels.agency", "development", "accuracy"] > 0.8
    assert scores["framing.labels.passive_without_agent", "development", "accuracy"] > 0.9


@pytest.mark.corpora
def test_attacker_and_attack_are_found_in_both_parts(shared):
    scores = {(s.measure, s.part): s for s in score_naming(shared, 5, 1)}
    assert {measure for measure, _ in scores} == {"referents.attack", "referents.attacker"}
    assert all(score.score > 0.4 and score.n_documents == 5 and score.n_units > 10 for score in scores.values())
