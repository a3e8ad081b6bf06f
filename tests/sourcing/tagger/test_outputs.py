"""What the tagger makes of scores: spans by their probability, and links."""

from __future__ import annotations

from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samestory.sourcing.tagger.chains import BEGIN, INSIDE, OUTSIDE, choose_spans, find_candidates, span_probabilities
from samestory.sourcing.tagger.features import ROLES
from samestory.sourcing.tagger.links import CUE_KEY, CUE_QUERY, FAR, FIRST, LAST, SOURCE_KEY, link_spans
from samestory.sourcing.tagger.network import Member, Scores

WIDTH = 4
EVEN = dict.fromkeys(ROLES, 0.5)


def member(transitions=0.0):
    """A member that knows of no spans going on from nowhere, and nothing else unless told."""
    barred = np.zeros((3, 3))
    barred[OUTSIDE, INSIDE] = -50
    return Member(
        transitions=np.zeros((3, 3, 3)) + barred + transitions, near=np.zeros((2, FAR)), between=np.zeros((2, 3)),
        nothing=np.zeros((2, WIDTH)), nothing_bias=np.zeros(2),
    )  # fmt: skip


def scores(emissions):
    return Scores(emissions, np.zeros((len(emissions), 5, WIDTH)))


def find_spans(own, members, threshold):
    return {role: choose_spans(spans, threshold) for role, spans in find_candidates(own, members).items()}


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


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 6))
def test_probabilities_of_spans_are_those_of_all_taggings_counted_out(seed, length):
    chance = np.random.default_rng(seed)
    own = member(chance.normal(size=(3, 3, 3)))
    emissions = chance.normal(size=(length, 3)) * 2
    weights: dict = {}
    total = 0.0
    for tags in product(range(3), repeat=length):
        score = sum(emissions[n, tag] for n, tag in enumerate(tags)) - 50.0 * (tags[0] == INSIDE)
        weight = np.exp(score + sum(own.transitions[1, a, b] for a, b in pairwise(tags)))
        total += weight
        for span in spans_of(tags):
            weights[span] = weights.get(span, 0.0) + weight
    found = span_probabilities(emissions, own, 1)
    assert set(found) >= {span for span, weight in weights.items() if weight / total > 0.021}
    for span, probability in found.items():
        assert probability == pytest.approx(weights[span] / total, rel=1e-6)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 30))
def test_spans_of_a_role_never_overlap_and_those_of_two_roles_may(seed, length):
    emissions = np.random.default_rng(seed).normal(size=(length, 3, 3)) * 3
    emissions[:, 2] = emissions[:, 0]  # two roles with the same scores
    found = find_spans([scores(emissions)], [member()], 0.3)
    assert found["source"] == found["content"]
    for spans in found.values():
        assert all(a[1] < b[0] for a, b in pairwise(spans))


def test_a_threshold_keeps_out_what_is_less_likely():
    emissions = np.zeros((3, 3, 3))
    emissions[:, :, OUTSIDE] = 3.0
    emissions[1, 1, BEGIN] = 3.0  # as likely as not: a cue
    low, high = (find_spans([scores(emissions)], [member()], t)["cue"] for t in (0.3, 0.6))
    assert low == [(1, 1)] and high == []


def test_members_are_heard_alike():
    sure, unsure = np.zeros((2, 3, 3)), np.zeros((2, 3, 3))
    sure[0, :, BEGIN] = sure[1, :, OUTSIDE] = 9.0
    unsure[:, :, OUTSIDE] = 9.0
    both = [scores(sure), scores(unsure)]
    for own in (both, both[::-1]):
        assert find_spans(own, [member(), member()], 0.4)["cue"] == [(0, 0)]
        assert find_spans(own, [member(), member()], 0.6)["cue"] == []


def test_each_content_goes_to_its_cue_and_cues_may_share_a_source():
    spans = {"source": [(0, 0)], "cue": [(1, 1), (5, 5)], "content": [(2, 4), (6, 8), (9, 9)]}
    links = np.zeros((10, 5, WIDTH))
    links[1, CUE_KEY, 0] = links[5, CUE_KEY, 1] = 10.0
    links[2, FIRST, 0] = links[6, FIRST, 1] = 10.0  # what the contents ask for
    links[9, LAST, 2] = 10.0  # asks for what no cue has
    links[0, SOURCE_KEY, 3] = links[1, CUE_QUERY, 3] = links[5, CUE_QUERY, 3] = 10.0  # both cues ask for the source
    own = member()
    own.nothing[0, 2] = 10.0
    sure = {role: dict.fromkeys(found, 0.9) for role, found in spans.items()}
    linked = link_spans(sure, [Scores(np.zeros((10, 3, 3)), links)], [own], EVEN)
    assert linked == [((1, 1), (0, 0), ((2, 4),)), ((5, 5), (0, 0), ((6, 8),))]


def test_a_cue_without_content_takes_what_is_likeliest_or_is_left_out():
    sure = {"source": {}, "cue": {(0, 0): 0.9}, "content": {(1, 2): 0.2, (1, 1): 0.15}}
    own = member()
    own.nothing_bias[:] = -9.0
    assert link_spans(sure, [scores(np.zeros((3, 3, 3)))], [own], EVEN) == [((0, 0), None, ((1, 2),))]
    bare = sure | {"content": {(1, 2): 0.05}}
    assert link_spans(bare, [scores(np.zeros((3, 3, 3)))], [own], EVEN) == []
