"""What the tagger makes of scores: spans by their probability, and attributions."""

from __future__ import annotations

from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samestory.sourcing.tagger.chains import BEGIN, INSIDE, OUTSIDE, choose_spans, span_probabilities
from samestory.sourcing.tagger.features import ROLES
from samestory.sourcing.tagger.links import candidate_cues, link_spans
from samestory.sourcing.tagger.network import read_answers

EVEN = dict.fromkeys((*ROLES, "spare"), 0.5)
BARRED = np.zeros((3, 3))
BARRED[OUTSIDE, INSIDE] = -50  # no span goes on from nowhere
PLAIN = np.broadcast_to(BARRED, (len(ROLES), 3, 3))


def answer(source=(), cue=(), content=()):
    """What the network might say: spans that are as good as sure."""
    return {role: dict.fromkeys(own, 0.9) for role, own in zip(ROLES, (source, cue, content), strict=True)}


def spans_of(tags):
    """The spans that a sequence of tags spells."""
    found, n = set(), 0
    while n < len(tags):
        end = n
        if tags[n] == BEGIN:
            while end + 1 < len(tags) and tags[end + 1] == INSIDE:
                end += 1
            found.add((n, end))
        n = end + 1
    return found


@given(st.integers(0, 10_000), st.integers(1, 5), st.integers(1, 5))
def test_what_stands_after_the_end_of_a_chain_changes_nothing(seed, length, more):
    chance = np.random.default_rng(seed)
    transitions = BARRED + chance.normal(size=(2, 3, 3))
    emissions = chance.normal(size=(2, length + more, 3)) * 2
    together = span_probabilities(emissions, transitions, [length, length + more])
    assert together[0] == span_probabilities(emissions[:1, :length], transitions[:1])[0]
    assert together[1] == span_probabilities(emissions[1:], transitions[1:])[0]


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 6))
def test_probabilities_of_spans_are_those_of_all_taggings_counted_out(seed, length):
    chance = np.random.default_rng(seed)
    transitions = BARRED + chance.normal(size=(2, 3, 3))
    emissions = chance.normal(size=(2, length, 3)) * 2
    both = span_probabilities(emissions, transitions)
    for chain, found in enumerate(both):
        weights: dict = {}
        total = 0.0
        for tags in product(range(3), repeat=length):
            score = sum(emissions[chain, n, tag] for n, tag in enumerate(tags)) - 50.0 * (tags[0] == INSIDE)
            weight = np.exp(score + sum(transitions[chain, a, b] for a, b in pairwise(tags)))
            total += weight
            for span in spans_of(tags):
                weights[span] = weights.get(span, 0.0) + weight
        assert set(found) >= {span for span, weight in weights.items() if weight / total > 0.021}
        for span, probability in found.items():
            assert probability == pytest.approx(weights[span] / total, rel=1e-6)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 30))
def test_spans_of_a_role_never_overlap_and_those_of_two_roles_may(seed, length):
    emissions = np.random.default_rng(seed).normal(size=(1, length, 1, 3, 3)) * 3
    emissions[..., 2, :] = emissions[..., 0, :]  # two roles with the same scores
    (found,) = read_answers(emissions, PLAIN)
    assert found["source"] == found["content"]
    for spans in found.values():
        assert all(a[1] < b[0] for a, b in pairwise(choose_spans(spans, 0.3)))


def test_a_threshold_keeps_out_what_is_less_likely():
    emissions = np.zeros((1, 3, 3))
    emissions[:, :, OUTSIDE] = 3.0
    emissions[0, 1, BEGIN] = 3.0  # as likely as not
    (found,) = span_probabilities(emissions, BARRED[None])
    assert choose_spans(found, 0.3) == [(1, 1)] and choose_spans(found, 0.6) == []


def test_members_are_heard_alike():
    both = np.zeros((1, 2, 2, len(ROLES), 3))
    both[0, 0, 0, :, BEGIN] = both[0, 1, 0, :, OUTSIDE] = 9.0  # one is sure of a span
    both[0, :, 1, :, OUTSIDE] = 9.0  # the other of none
    for own in (both, both[:, :, ::-1]):
        (found,) = read_answers(own, PLAIN)
        assert found["cue"] == {(0, 0): pytest.approx(0.5, abs=0.01)}


def test_cues_have_contents_of_their_own_that_may_nest_and_may_share_a_source():
    survey = answer(source=[(0, 0)], cue=[(1, 1), (5, 5)], content=[(2, 8)])
    answers = [answer([(0, 0)], [(1, 1)], [(2, 8)]), answer([(0, 0)], [(5, 5)], [(2, 3), (6, 8)])]
    cues = candidate_cues(survey)
    assert cues == [(1, 1), (5, 5)]
    linked = link_spans(survey, cues, answers, EVEN)
    assert linked == [((1, 1), (0, 0), ((2, 8),)), ((5, 5), (0, 0), ((2, 3), (6, 8)))]


def test_what_is_said_of_all_cues_counts_only_where_it_meets_what_is_said_of_one():
    survey = answer(source=[(0, 0), (9, 9)], cue=[(1, 1)], content=[(2, 4), (6, 8)])
    linked = link_spans(survey, [(1, 1)], [answer([(0, 0)], [(1, 1)], [(2, 4)])], EVEN)
    assert linked == [((1, 1), (0, 0), ((2, 4),))]


def test_a_cue_may_come_out_longer_than_it_was_asked_about():
    survey, own = answer(cue=[(1, 2)], content=[(3, 4)]), answer(cue=[(1, 2)], content=[(3, 4)])
    assert [one.cue for one in link_spans(survey, [(2, 2)], [own], EVEN)] == [(1, 2)]


def test_a_cue_without_content_takes_what_is_likeliest_or_is_left_out():
    survey = answer(cue=[(0, 0)])
    own = answer(cue=[(0, 0)]) | {"content": {(1, 2): 0.3, (1, 1): 0.2}}
    thresholds = EVEN | {"spare": 0.1}
    assert link_spans(survey, [(0, 0)], [own], thresholds) == [((0, 0), None, ((1, 2),))]
    assert link_spans(survey, [(0, 0)], [own], EVEN) == []
    assert link_spans(survey, [(0, 0)], [answer(cue=[(0, 0)])], thresholds) == []
