"""Frames: scores, evidence, and what the words were learnt from."""

from __future__ import annotations

from collections import Counter

import pytest

from samestory.framing import find_frames
from samestory.framing.frames import count_words, policy_thresholds, policy_weights, score_words, strongest
from samestory.training.policy_frames import common_words, learn, read_articles, score_frames

CRIME = (
    "Police arrested two suspects after the robbery and a court charged them with murder. Prosecutors said the victims "
    "were shot. The jury found the men guilty and the judge sent them to prison.\n\nThe picnic was pleasant."
)


def test_every_frame_of_both_schemes_has_a_row(document):
    frames = find_frames(document(CRIME))
    assert frames.groupby("scheme", sort=True).size().to_dict() == {"generic": 5, "policy": 14}
    assert set(policy_weights()) == set(policy_thresholds()) == set(frames[frames.scheme == "policy"].frame)


def test_a_crime_story_is_framed_as_crime_and_a_picnic_is_not(document):
    crime = find_frames(document(CRIME)).set_index("frame")
    picnic = find_frames(document("The sandwiches were fresh. The kettle sang under a pale sky.")).set_index("frame")
    assert crime.present["crime_and_punishment"]
    assert not picnic.present["crime_and_punishment"]
    assert crime.score["crime_and_punishment"] > 1 > picnic.score["crime_and_punishment"]


def test_evidence_names_sentences_with_words_of_the_frame(document):
    made = document(CRIME, article_id="x")
    evidence = find_frames(made).set_index("frame").evidence["crime_and_punishment"].split("; ")
    assert 1 <= len(evidence) <= 5
    for name in evidence:
        sentence = made.parse.sentences[int(name.removeprefix("x-s"))]
        assert set(count_words(made.text[sentence.start : sentence.end])) & set(
            policy_weights()["crime_and_punishment"]
        )


def test_no_counted_sentence_gives_no_rows(document):
    assert find_frames(document(" \n")).empty


def test_a_score_does_not_grow_with_length():
    counts = count_words("the court met and the court rose")
    doubled = Counter({word: 2 * n for word, n in counts.items()})
    assert score_words(counts, {"court": 1.0}) == pytest.approx(score_words(doubled, {"court": 1.0}))
    assert score_words(Counter(), {"court": 1.0}) == 0


def test_strongest_sentences_come_first_and_empty_ones_not_at_all():
    sentences = {"s0": Counter(court=1), "s1": Counter(tree=1), "s2": Counter(court=1, jail=1)}
    assert strongest(sentences, {"court": 1.0, "jail": 2.0}) == ["s2", "s0"]


def test_learning_finds_the_word_that_tells_a_frame():
    texts = ["the court was full", "the garden was full"] * 10
    frames = [frozenset({"law"}), frozenset({"leisure"})] * 10
    model = learn([count_words(t) for t in texts], frames, common_words(texts))
    assert list(model.weights["law"]) == ["court"]
    assert model.weights["leisure"]["garden"] > 0


def test_names_are_no_frame_words():
    assert common_words(["the mayor met Garrison"] * 9) == {"the", "mayor", "met"}


def test_frame_scores_by_hand():
    scores = score_frames([frozenset("ab"), frozenset("a")], [frozenset("a"), frozenset("b")])
    assert scores.each == {"a": pytest.approx(2 / 3), "b": 0}
    assert scores.micro == pytest.approx(2 / 5)


def test_shipped_words_are_what_the_training_articles_give(shared):
    texts, frames = read_articles(shared / "gold/frames/policy_frames_train.jsonl")
    model = learn([count_words(text) for text in texts], frames, common_words(texts))
    assert model.weights == policy_weights()
    assert model.thresholds == policy_thresholds()
