"""Frames: scores, evidence, validity, and what the weights were learnt from."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from samestory.framing import find_frames, frame_validity
from samestory.framing.frames import strongest
from samestory.framing.generic_frames import GENERIC_WORDS
from samestory.framing.policy import count_words, load_policy_model, read_measures, score_sentences
from samestory.framing.policy_words import POLICY_WORDS
from samestory.training.policy_frames import (
    Samples,
    choose_thresholds,
    count_cells,
    learn,
    read_articles,
    read_samples,
    score_frames,
    validity,
)

CRIME = (
    "Police arrested two suspects after the robbery and a court charged them with murder. Prosecutors said the victims "
    "were shot. The jury found the men guilty and the judge sent them to prison.\n\nThe picnic was pleasant."
)
PICNIC = "The sandwiches were fresh. The kettle sang under a pale sky."
CLINIC = "The hospital treated patients with the new vaccine. Doctors and nurses feared the virus would spread."


@pytest.fixture(scope="module")
def samples(shared):
    return read_samples(*read_articles(shared / "gold/frames/policy_frames_train.jsonl"))


def test_every_frame_of_both_schemes_has_a_row(document):
    frames = find_frames(document(CRIME))
    assert frames.groupby("scheme", sort=True).size().to_dict() == {"generic": 5, "policy": 14}
    assert set(frames[frames.scheme == "policy"].frame) == set(POLICY_WORDS) == set(load_policy_model().frames)


def test_a_crime_story_is_framed_as_crime_and_a_picnic_is_not(document):
    crime = find_frames(document(CRIME)).set_index("frame")
    picnic = find_frames(document(PICNIC)).set_index("frame")
    assert crime.present["crime_and_punishment"]
    assert not picnic.present["crime_and_punishment"]
    assert crime.score["crime_and_punishment"] > 1 > picnic.score["crime_and_punishment"]


def test_a_story_of_a_clinic_is_more_about_health_than_one_of_a_crime(document):
    clinic, crime = (find_frames(document(text)).set_index("frame").score for text in (CLINIC, CRIME))
    assert clinic["health_and_safety"] > 1
    assert clinic["health_and_safety"] > crime["health_and_safety"]
    assert clinic["crime_and_punishment"] < crime["crime_and_punishment"]


def test_present_is_a_score_from_one_on_as_the_table_holds_it(document):
    frames = find_frames(document(CRIME + " " + CLINIC))
    policy = frames[frames.scheme == "policy"]
    assert (policy.present == (policy.score >= 1)).all()
    assert 0 < policy.present.sum() < 14


def test_evidence_names_the_sentences_that_carry_the_frame(document):
    made = document(f"{PICNIC} {CRIME}", article_id="x")
    evidence = find_frames(made).set_index("frame").evidence["crime_and_punishment"].split("; ")
    shown = [made.text[s.start : s.end] for s in (made.parse.sentences[int(n.removeprefix("x-s"))] for n in evidence)]
    assert 1 <= len(evidence) <= 5
    assert "Police arrested" in shown[0]
    assert not any("kettle" in sentence for sentence in shown)


def test_no_counted_sentence_gives_no_rows(document):
    assert find_frames(document(" \n")).empty


def test_sentences_without_words_are_no_evidence_and_no_mistake(document):
    frames = find_frames(document("1 2 3."))
    assert len(frames) == 19
    assert frames.evidence.isna().all() and not frames.present.any()


def test_what_sentences_add_and_the_offset_are_the_logit():
    model = load_policy_model()
    sentences = [count_words(text) for text in (CRIME, PICNIC, CLINIC)]
    probabilities, added = score_sentences(model, sentences)
    assert probabilities == pytest.approx(1 / (1 + np.exp(-(model.offsets + added.sum(axis=0)))))
    whole = read_measures(sum(sentences, Counter()))
    assert model.probabilities(whole.vector[None], whole.rates[None])[0] == pytest.approx(probabilities)


def test_a_score_does_not_grow_with_length():
    once = read_measures(count_words("the court met and the court rose"))
    twice = read_measures(Counter({word: 2 * n for word, n in count_words("the court met and the court rose").items()}))
    assert twice.vector == pytest.approx(once.vector)
    assert twice.rates == pytest.approx(once.rates)


def test_rates_count_the_words_of_a_frame():
    rates = dict(zip(POLICY_WORDS, read_measures(Counter(police=1, the=9)).rates, strict=True))
    assert rates["crime_and_punishment"] == pytest.approx(np.log(101))
    assert rates["economic"] == 0


def test_strongest_sentences_come_first_and_those_that_add_nothing_not_at_all():
    assert strongest({"s0": 1.0, "s1": 0.0, "s2": 3.0, "s3": -1.0, "s4": 1.0}) == ["s2", "s0", "s4"]
    assert len(strongest(dict.fromkeys("abcdefg", 1.0))) == 5


def test_learning_finds_the_direction_and_the_words_that_tell_a_frame():
    chance = np.random.default_rng(3)
    coded = chance.random((120, len(POLICY_WORDS))) < 0.4
    vectors, rates = chance.normal(size=(120, 5)), chance.random((120, len(POLICY_WORDS)))
    vectors[:, 2] += 4 * coded[:, 0]
    rates[:, 1] += 4 * coded[:, 1]
    model = learn(Samples(vectors, rates, coded))
    assert np.argmax(np.abs(model.weights[:, 0])) == 2
    assert model.weights[2, 0] > 0
    assert np.argmax(model.rate_weights * rates.std(axis=0)) == 1
    found = model.probabilities(vectors, rates) >= model.thresholds
    assert (found[:, :2] == coded[:, :2]).mean() > 0.9


def test_thresholds_lie_where_expected_scores_are_best():
    clear, rare = [0.9, 0.8, 0.1, 0.05, 0.05], [0.4, 0.02, 0.02, 0.02, 0.02]
    first, second = choose_thresholds(np.array([clear, rare]).T)
    assert 0.1 < first < 0.8
    assert 0.02 < second < 0.4  # its best case counts, though less likely than not


def test_frame_scores_by_hand():
    found, coded = np.zeros((2, 14), dtype=bool), np.zeros((2, 14), dtype=bool)
    found[0, 0] = found[0, 1] = found[1, 0] = coded[0, 0] = coded[1, 1] = True
    scores = score_frames(found, coded)
    assert list(scores.each.values())[:2] == [pytest.approx(2 / 3), 0]
    assert scores.micro == pytest.approx(2 / 5)
    assert scores.macro == pytest.approx(2 / 3 / 14)


def test_shipped_weights_are_what_the_training_articles_give(samples):
    learnt, shipped = learn(samples), load_policy_model()
    given, kept = (model.probabilities(samples.vectors, samples.rates) for model in (learnt, shipped))
    assert kept == pytest.approx(given, abs=5e-3)
    assert shipped.thresholds == pytest.approx(learnt.thresholds, abs=1e-3)


def test_shipped_validity_is_what_the_training_articles_give(samples):
    found = validity(count_cells(samples))
    shipped = frame_validity().query("scheme == 'policy'").set_index("frame")
    for row in found:
        assert shipped.f1[row["frame"]] == pytest.approx(row["f1"], abs=5e-3)
        assert shipped.n_articles[row["frame"]] == row["n_articles"]


def test_validity_says_in_words_how_well_a_frame_is_found():
    table = frame_validity()
    assert list(table.columns) == ["scheme", "frame", "f1", "low", "high", "n_articles", "validity"]
    policy = table[table.scheme == "policy"]
    assert set(policy.frame) == set(POLICY_WORDS)
    assert (policy.low <= policy.f1).all() and (policy.f1 <= policy.high).all()
    assert (policy.validity[policy.f1 >= 0.7] == "good").all()
    assert (policy.validity[(policy.f1 >= 0.5) & (policy.f1 < 0.7)] == "fair").all()
    assert (policy.validity[policy.f1 < 0.5] == "weak").all()
    assert set(policy.validity) == {"good", "fair", "weak"}
    generic = table[table.scheme == "generic"]
    assert set(generic.frame) == set(GENERIC_WORDS)
    assert set(generic.validity) == {"unknown"} and generic.f1.isna().all()
