"""A graded reading of how certain each sentence is, from its cues.

The scale is that of Pei & Jurgens (2021, "Measuring sentence-level and aspect-level (un)certainty in science
communications"): 1 is least, 6 most certain. A sentence starts at what a plain statement is rated on average, and
each cue takes away or adds the weight of its type; a third cue of one type changes nothing more.

The weights are set by hand: the order follows the codebook, the size is rounded from a ridge regression on the 1,084
training findings of Pei & Jurgens (hedge -0.97, inquiry -0.44, conditional -0.10, booster +0.18, approximator -0.31,
bound -0.10, base 4.90). Inquiry, conditional and evidential cues hardly occur there, so theirs are judgements. The
scale has been checked against ratings of science findings only, not of news: an aid to reading, not a measurement.
"""

from __future__ import annotations

from collections import Counter

import pandas as pd

from samestory.document import Document

BASE = 5.0
LOWEST, HIGHEST = 1.0, 6.0
MOST = 2  # cues of one type that count in one sentence
WEIGHTS = {
    "hedge": -1.0,
    "inquiry": -1.0,
    "evidential": -0.5,
    "conditional": -0.5,
    "approximator": -0.25,
    "bound": -0.1,
    "booster": 0.5,
}


def score_sentences(document: Document, cues: pd.DataFrame) -> dict[str, float]:
    """Score every sentence of a document from 1 to 6 (6 certain) by its rows in the table ``certainty``.

    Holders make no difference: what a source doubts lowers the score of the sentence that reports it.
    """
    found: dict[str, Counter[str]] = {}
    for sentence_id, kind in zip(cues.sentence_id, cues.certainty_type, strict=True):
        found.setdefault(str(sentence_id), Counter())[str(kind)] += 1
    ids = [f"{document.article_id}-s{number}" for number in range(len(document.parse.sentences))]
    return {sentence_id: score_cues(found.get(sentence_id, Counter())) for sentence_id in ids}


def score_cues(counts: Counter[str]) -> float:
    """The score of a sentence with so many cues of each type."""
    total = BASE + sum(WEIGHTS[kind] * min(MOST, counts[kind]) for kind in sorted(counts))
    return round(min(HIGHEST, max(LOWEST, total)), 4)
