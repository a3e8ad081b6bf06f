"""A graded reading of how certain a sentence is, from its cues alone: what stands in where no network is installed.

The scale is that of Pei & Jurgens (2021, "Measuring sentence-level and aspect-level (un)certainty in science
communications"): 1 is least, 6 most certain. A sentence starts at what a plain statement is rated on average. The
strongest doubt in it counts in full, the next half, and so on; boosters give a little back.

Nothing is learnt from ratings. The weights of hedges follow the order in which readers place such words on a scale of
probability ("might" below "possible" below "likely"; Kent 1964, Reagan, Mosteller & Youtz 1989), those of the other
types the codebook's definitions. The scale has been checked against ratings of science findings only, not of news: an
aid to reading, not a measurement.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

BASE = 5.0
LOWEST, HIGHEST = 1.0, 6.0
FADING = 0.5  # what each further doubt counts of the one before
ASSURED = 0.3
TYPES = {"hedge": 1.0, "inquiry": 1.6, "evidential": 0.5, "conditional": 0.4, "approximator": 0.25, "bound": 0.1}
HEDGES = {
    "might": 2.0,
    **dict.fromkeys(("may", "could", "possible", "possibly", "perhaps", "maybe", "possibility", "speculate"), 1.6),
    **dict.fromkeys(("alleged", "suspect", "hypothesize", "potentially"), 1.2),
    **dict.fromkeys(("likely", "probably", "probable", "likelihood", "unlikely", "believe", "think", "imply"), 0.8),
    **dict.fromkeys(("expect", "predict"), 0.7),
    **dict.fromkeys(("indicate", "estimate"), 0.6),
}


class Graded(NamedTuple):
    """The score of a sentence, and how much each of its cues moves it."""

    score: float
    effects: list[float]


def grade(cues: Sequence[tuple[str, str]]) -> Graded:
    """Score a sentence by the types and lemmas of its cues, in text order."""
    weights = [ASSURED if kind == "booster" else -_doubt(kind, lemma) for kind, lemma in cues]
    order = sorted((n for n, weight in enumerate(weights) if weight < 0), key=lambda n: (weights[n], n))
    for rank, n in enumerate(order):
        weights[n] *= FADING**rank
    return Graded(bounded(BASE + sum(weights)), [round(weight, 4) for weight in weights])


def bounded(score: float) -> float:
    """A score within the scale."""
    return round(min(HIGHEST, max(LOWEST, score)), 4)


def _doubt(kind: str, lemma: str) -> float:
    return HEDGES.get(lemma, TYPES[kind]) if kind == "hedge" else TYPES[kind]
