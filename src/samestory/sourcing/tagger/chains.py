"""From scores of tags to spans: one linear chain for each role, so that roles may overlap.

A chain runs over outside, begin and inside; sums over all its taggings are exact (Rabiner 1989). Spans are chosen by
their probability and not from the best path, which is what exact F1 rewards.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from samestory.sourcing.tagger.features import ROLES
from samestory.sourcing.tagger.network import Floats, Member, Scores

OUTSIDE, BEGIN, INSIDE = range(3)
STARTS = np.array([0.0, 0.0, -np.inf])  # nothing goes on from before a window
LEAST = 0.02  # probability below which a span is not considered
Tokens = tuple[int, int]  # first and last token of a span, counted from the window's first


def find_candidates(scores: Sequence[Scores], members: Sequence[Member]) -> dict[str, dict[Tokens, float]]:
    """The spans that each role may have in one window, with their probability: the mean over members."""
    return {
        role: _mean([span_probabilities(own.emissions[:, n], member, n)
                     for own, member in zip(scores, members, strict=True)])
        for n, role in enumerate(ROLES)
    }  # fmt: skip


def choose_spans(probabilities: Mapping[Tokens, float], threshold: float) -> list[Tokens]:
    """Spans of one role that do not overlap, in text order: the greatest sum of what each has above a threshold."""
    kept = sorted((s for s, p in probabilities.items() if p > threshold), key=lambda span: (span[1], span[0]))
    best: list[tuple[float, list[Tokens]]] = [(0.0, [])]
    ends = [-1]
    for span in kept:
        weight, chosen = best[int(np.searchsorted(ends, span[0], side="left")) - 1]
        weight += probabilities[span] - threshold
        ends.append(span[1])
        best.append((weight, [*chosen, span]) if weight > best[-1][0] else best[-1])
    return best[-1][1]


def span_probabilities(emissions: Floats, member: Member, role: int) -> dict[Tokens, float]:
    """The spans of one role that have a probability of one in fifty or more: exact marginals of the chain."""
    transitions = member.transitions[role]
    forward, backward = _messages(emissions, transitions)
    total = _log_sum(forward[-1], axis=0)
    after = np.vstack([(emissions + backward)[1:], np.full((1, 3), -np.inf)])
    leave = {}
    for tag in (BEGIN, INSIDE):  # the next token does not go on with the span, or there is none
        exits = after[:, [OUTSIDE, BEGIN]] + transitions[tag, [OUTSIDE, BEGIN]]
        exits = np.concatenate([exits, np.full((len(after), 1), -np.inf)], axis=1)
        exits[-1, -1] = 0.0
        leave[tag] = _log_sum(exits, axis=1)
    steps = np.cumsum(emissions[:, INSIDE] + transitions[INSIDE, INSIDE])
    bridge = transitions[BEGIN, INSIDE] - transitions[INSIDE, INSIDE]
    log = forward[:, BEGIN, None] - steps[:, None] + (steps + leave[INSIDE])[None, :] + bridge - total
    log = np.where(np.tri(len(emissions), dtype=bool), -np.inf, log)
    np.fill_diagonal(log, forward[:, BEGIN] + leave[BEGIN] - total)
    probability = np.exp(log)
    return {
        (int(first), int(last)): float(probability[first, last])
        for first, last in zip(*np.nonzero(probability > LEAST), strict=True)
    }


def _messages(emissions: Floats, transitions: Floats) -> tuple[Floats, Floats]:
    """Log sums over all taggings up to each token (its own emission included) and after it."""
    forward, backward = np.zeros_like(emissions), np.zeros_like(emissions)
    forward[0] = STARTS + emissions[0]
    for t in range(1, len(emissions)):
        forward[t] = _log_sum(forward[t - 1][:, None] + transitions, axis=0) + emissions[t]
    for t in range(len(emissions) - 2, -1, -1):
        backward[t] = _log_sum(transitions + (emissions[t + 1] + backward[t + 1])[None, :], axis=1)
    return forward, backward


def _log_sum(values: Floats, axis: int) -> Floats:
    top = values.max(axis=axis, keepdims=True)
    return np.log(np.exp(values - top).sum(axis=axis)) + top.squeeze(axis)


def _mean(found: Sequence[Mapping[Tokens, float]]) -> dict[Tokens, float]:
    spans = sorted({span for own in found for span in own})
    return {span: sum(own.get(span, 0.0) for own in found) / len(found) for span in spans}
