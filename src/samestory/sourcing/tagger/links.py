"""From spans to attributions: the cue of each content, and the source of each cue."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from samestory.sourcing.tagger.chains import Tokens, choose_spans
from samestory.sourcing.tagger.network import Floats, Member, Scores

DISTANCES = (0, 1, 2, 4, 8, 16, 32, 64)  # tokens between two spans, upper ends of classes
FAR = 2 * (len(DISTANCES) + 1)
SPARE = 0.1  # probability that the content of a cue without any other must have
CUE_OF, SOURCE_OF = 0, 1  # the two links
FIRST, LAST, CUE_KEY, CUE_QUERY, SOURCE_KEY = range(5)  # the vectors of each token


class Linked(NamedTuple):
    """A cue with its source and its contents; spans count tokens of the window, both ends included."""

    cue: Tokens
    source: Tokens | None
    contents: tuple[Tokens, ...]


def link_spans(
    candidates: Mapping[str, Mapping[Tokens, float]],
    scores: Sequence[Scores],
    members: Sequence[Member],
    thresholds: Mapping[str, float],
) -> list[Linked]:
    """The attributions of a window in the order of their cues; a source may serve several cues.

    Contents that belong to no cue are left out. A cue without content takes the likeliest candidate that is its own
    and overlaps no other span, however low the threshold that it would have to pass, and is left out if there is none.
    """
    chosen = {role: choose_spans(own, thresholds[role]) for role, own in candidates.items()}
    cues, sources = chosen["cue"], chosen["source"]
    contents: dict[Tokens, list[Tokens]] = {}
    for content in chosen["content"]:
        cue = _choose(content, cues, scores, members, CUE_OF)
        if cue is not None:
            contents.setdefault(cue, []).append(content)
    taken = [span for own in chosen.values() for span in own]
    for content in sorted(candidates["content"], key=lambda span: (-candidates["content"][span], span)):
        if len(contents) == len(cues) or candidates["content"][content] < SPARE:
            break
        if all(content[1] < first or last < content[0] for first, last in taken):
            cue = _choose(content, cues, scores, members, CUE_OF)
            if cue is not None and cue not in contents:
                contents[cue] = [content]
                taken.append(content)
    return [
        Linked(cue, _choose(cue, sources, scores, members, SOURCE_OF), tuple(contents[cue]))
        for cue in cues
        if cue in contents
    ]


def _choose(
    span: Tokens, candidates: Sequence[Tokens], scores: Sequence[Scores], members: Sequence[Member], link: int
) -> Tokens | None:
    """The candidate that a span belongs to, by the mean log probability over members, or None."""
    weights = sum(
        _log_probabilities(span, candidates, own.links, member, link)
        for own, member in zip(scores, members, strict=True)
    )
    best = int(np.argmax(weights))
    return candidates[best - 1] if best else None


def _log_probabilities(span: Tokens, candidates: Sequence[Tokens], links: Floats, member: Member, link: int) -> Floats:
    if link == CUE_OF:
        query, keys = links[span[0], FIRST] + links[span[1], LAST], links[:, CUE_KEY]
    else:
        query, keys = links[span[0], CUE_QUERY], links[:, SOURCE_KEY]
    scale = len(query) ** -0.5
    weights = [query @ member.nothing[link] * scale + member.nothing_bias[link]]
    for other in candidates:
        distance, between = relation(span, other, candidates)
        weights.append(query @ keys[other[0]] * scale + member.near[link, distance] + member.between[link, between])
    values = np.array(weights)
    return values - np.logaddexp.reduce(values)


def relation(span: Tokens, other: Tokens, all_others: Sequence[Tokens]) -> tuple[int, int]:
    """How two spans stand to each other: class of their distance, before or after, and candidates between (up to 2)."""
    after = other[0] > span[1]
    gap = other[0] - span[1] - 1 if after else span[0] - other[1] - 1
    low, high = (span[1], other[0]) if after else (other[1], span[0])
    between = sum(low < first and last < high for first, last in all_others)
    distance = int(np.searchsorted(DISTANCES, max(gap, 0)))
    return distance + (FAR // 2 if after else 0), min(between, 2)
