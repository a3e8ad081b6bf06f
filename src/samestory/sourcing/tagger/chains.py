"""From scores of tags to spans: one linear chain for each role, so that roles may overlap.

A chain runs over outside, begin and inside; sums over all its taggings are exact (Rabiner 1989). Spans are chosen by
their probability and not from the best path, which is what exact F1 rewards.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

OUTSIDE, BEGIN, INSIDE = range(3)
STARTS = np.array([0.0, 0.0, -np.inf])  # nothing goes on from before a window
LEAST = 0.02  # probability below which a span is not considered
Tokens = tuple[int, int]  # first and last token of a span, counted from the window's first
Probabilities = dict[Tokens, float]
Floats = NDArray[np.float64]


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


def span_probabilities(
    emissions: Floats, transitions: Floats, lengths: Sequence[int] | None = None
) -> list[Probabilities]:
    """The spans that have a probability of one in fifty or more in each of C chains: exact marginals.

    ``emissions`` (C, T, tag) are those of each token, ``transitions`` (C, tag, next tag). ``lengths`` are those of the
    chains, where some are shorter than T: what stands after their ends is not read.
    """
    lengths = [emissions.shape[1]] * len(emissions) if lengths is None else lengths
    goes_on = np.arange(1, emissions.shape[1])[None] < np.array(lengths)[:, None]  # whether a next token is there
    forward, backward = _messages(emissions, transitions, goes_on)
    total = _log_sum(forward[:, -1], axis=1)[:, None]
    after = emissions + backward
    leave = {}
    for tag in (BEGIN, INSIDE):  # the next token does not go on with the span, or there is none
        exits = after[:, 1:, [OUTSIDE, BEGIN]] + transitions[:, None, tag, [OUTSIDE, BEGIN]]
        left = np.where(goes_on, _log_sum(exits, axis=2), 0.0)
        leave[tag] = np.concatenate([left, np.zeros((len(emissions), 1))], axis=1)
    steps = np.cumsum(emissions[:, :, INSIDE] + transitions[:, None, INSIDE, INSIDE], axis=1)
    bridge = (transitions[:, BEGIN, INSIDE] - transitions[:, INSIDE, INSIDE])[:, None] - total
    opening, closing = forward[:, :, BEGIN] - steps + bridge, steps + leave[INSIDE]
    single = np.exp(forward[:, :, BEGIN] + leave[BEGIN] - total)
    found = []
    for chain, length in enumerate(lengths):
        log = opening[chain, :length, None] + closing[chain, None, :length]
        longer = np.argwhere(np.triu(log > np.log(LEAST), 1)).tolist()
        own = {(first, last): float(np.exp(log[first, last])) for first, last in longer}
        own |= {(n, n): float(single[chain, n]) for n in np.flatnonzero(single[chain, :length] > LEAST).tolist()}
        found.append(dict(sorted(own.items())))
    return found


def mean(found: Sequence[Probabilities]) -> Probabilities:
    """The mean probability of each span that any of several chains finds."""
    spans = sorted({span for own in found for span in own})
    return {span: sum(own.get(span, 0.0) for own in found) / len(found) for span in spans}


def _messages(emissions: Floats, transitions: Floats, goes_on: NDArray[np.bool_]) -> tuple[Floats, Floats]:
    """Log sums over all taggings up to each token (its own emission included) and after it.

    Past the end of a chain the first stay as they are at its end; the second are 0 from its end on.
    """
    forward, backward = np.zeros_like(emissions), np.zeros_like(emissions)
    forward[:, 0] = STARTS + emissions[:, 0]
    length = emissions.shape[1]
    for t in range(1, length):
        there = goes_on[:, t - 1, None]
        further = _log_sum(forward[:, t - 1, :, None] + transitions, axis=1) + emissions[:, t]
        forward[:, t] = np.where(there, further, forward[:, t - 1])
    for t in range(length - 2, -1, -1):
        after = _log_sum(transitions + (emissions[:, t + 1] + backward[:, t + 1])[:, None, :], axis=2)
        backward[:, t] = np.where(goes_on[:, t, None], after, 0.0)
    return forward, backward


def _log_sum(values: Floats, axis: int) -> Floats:
    top = values.max(axis=axis, keepdims=True)
    return np.log(np.exp(values - top).sum(axis=axis)) + top.squeeze(axis)
