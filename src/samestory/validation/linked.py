"""Attributions as wholes: whether who, how and what were found together, and not each in another place."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from samestory.validation.corpora.records import Attribution, Pieces
from samestory.validation.spans import Score, match_units, overlap, score_counts

SHARES = (0.3, 0.8)  # of a content's length that must be found (Asr et al. 2021)
IOU = 0.5
METRICS = ("linked_strict", *(f"linked_{share:g}" for share in SHARES), "linked_iou")


def score_linked(
    gold: Mapping[str, Sequence[Attribution]],
    found: Mapping[str, Sequence[Attribution]],
    *,
    measure: str,
    corpus: str,
    part: str,
    seed: int,
) -> tuple[Score, ...]:
    """F1 of attributions, paired one to one by their contents (without content by their cues).

    linked_strict: cue, source and content alike in every character. linked_0.3 and linked_0.8: that share of the gold
    content's length is found, and cue and source overlap those of gold, or are missing on both sides; so the Gender Gap
    Tracker judges quotations (Asr et al. 2021). linked_iou: of cue, of source and of content, the characters that both
    have are at least half of those that either has.
    """
    tests: dict[str, Callable[[Attribution, Attribution], bool]] = {
        "linked_strict": lambda one, other: one == other,
        **{f"linked_{share:g}": _covers(share) for share in SHARES},
        "linked_iou": lambda one, other: all(iou(a, b) >= IOU for a, b in zip(one, other, strict=True)),
    }
    pairs = {name: _paired(units, found.get(name, ())) for name, units in gold.items()}
    scores = []
    for metric, holds in tests.items():
        counts = []
        for name, units in gold.items():
            right = sum(holds(one, other) for one, other in pairs[name])
            counts.append((right, len(found.get(name, ())), right, len(units)))
        scores.append(score_counts(counts, metric, measure=measure, corpus=corpus, part=part, seed=seed))
    return tuple(scores)


def share_found(gold: Pieces, found: Pieces) -> float:
    """How much of a unit's length is found; all of a unit that is empty on both sides."""
    return overlap(gold, found) / length(gold) if gold else float(not found)


def iou(one: Pieces, other: Pieces) -> float:
    """Characters that both have over characters that either has (Jaccard); 1 where both are empty."""
    shared = overlap(one, other)
    joint = length(one) + length(other) - shared
    return shared / joint if joint else 1.0


def length(pieces: Pieces) -> int:
    """Characters of a unit."""
    return sum(end - start for start, end in pieces)


def _covers(share: float) -> Callable[[Attribution, Attribution], bool]:
    def covers(gold: Attribution, found: Attribution) -> bool:
        meet = all(share_found(a, b) > 0 for a, b in ((gold.cue, found.cue), (gold.source, found.source)))
        return meet and share_found(gold.content, found.content) >= share

    return covers


def _paired(gold: Sequence[Attribution], found: Sequence[Attribution]) -> list[tuple[Attribution, Attribution]]:
    pairs = []
    for with_content in (True, False):
        ours, theirs = ([unit for unit in side if bool(unit.content) == with_content] for side in (gold, found))
        extents = [[unit.content or unit.cue for unit in side] for side in (ours, theirs)]
        pairs += [(ours[a], theirs[b]) for a, b in match_units(*extents)]
    return pairs
