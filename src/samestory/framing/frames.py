"""Issue frames of an article: the policy frames of Boydstun et al. (2014), the generic ones of Semetko & Valkenburg.

Both are read off single words. What the policy words reach against people's coding stands in ``policy_frames.md``;
the generic frames have no gold here and are not validated.
"""

from __future__ import annotations

import csv
import functools
import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from samestory import tables
from samestory.framing.generic_frames import GENERIC_WORDS, enough_sentences
from samestory.language.lexicon import fold

if TYPE_CHECKING:
    import pandas as pd

    from samestory.document import Document

WORD = re.compile(r"[a-z]{3,}")
FOLDER = Path(__file__).parent
EVIDENCE = 5


def find_frames(document: Document) -> pd.DataFrame:
    """The table ``frames`` of an article: one row for each frame of both schemes.

    Policy frames: ``score`` is the weighted rate of the frame's words (see :func:`score_words`) over its threshold,
    so that a frame is ``present`` from 1 on. Generic frames: ``score`` is the share of sentences that hold a word of
    the frame. ``evidence`` names up to five sentences, those with the heaviest words first. An article without a
    counted sentence has no rows.
    """
    sentences = _sentences(document)
    if not sentences:
        return tables.frame("frames")
    rows = [*_policy(sentences), *_generic(sentences)]
    return tables.frame("frames", [{"article_id": document.article_id, **row} for row in rows])


def count_words(text: str) -> Counter[str]:
    """How often each word of three letters or more stands in a text, in lower case."""
    return Counter(WORD.findall(fold(text)))


def score_words(counts: Mapping[str, int], weights: Mapping[str, float]) -> float:
    """The sum over a frame's words of weight times log(1 + occurrences per 1,000 words)."""
    total = sum(counts.values())
    if not total:
        return 0.0
    return sum(weight * math.log1p(1000 * counts[word] / total) for word, weight in weights.items() if word in counts)


def strongest(sentences: Mapping[str, Counter[str]], weights: Mapping[str, float]) -> list[str]:
    """The sentences with the heaviest words of a frame, at most five; of equals the earlier."""
    sums = {name: sum(weights[w] for w in counts if w in weights) for name, counts in sentences.items()}
    ranked = sorted((name for name in sums if sums[name] > 0), key=lambda name: -sums[name])
    return ranked[:EVIDENCE]


@functools.cache
def policy_weights() -> dict[str, dict[str, float]]:
    """The words of each policy frame and their weights, as learnt by :mod:`samestory.training.policy_frames`."""
    found: dict[str, dict[str, float]] = {}
    for row in _read("policy_words.csv"):
        found.setdefault(row["frame"], {})[row["word"]] = float(row["weight"])
    return found


@functools.cache
def policy_thresholds() -> dict[str, float]:
    """The score from which each policy frame counts as present."""
    return {row["frame"]: float(row["threshold"]) for row in _read("policy_thresholds.csv")}


def _read(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _sentences(document: Document) -> dict[str, Counter[str]]:
    return {
        f"{document.article_id}-s{n}": count_words(document.text[s.start : s.end])
        for n, s in enumerate(document.parse.sentences)
    }


def _policy(sentences: Mapping[str, Counter[str]]) -> Iterable[dict[str, object]]:
    counts: Counter[str] = sum(sentences.values(), Counter())
    thresholds = policy_thresholds()
    for frame, weights in policy_weights().items():
        score = score_words(counts, weights) / thresholds[frame]
        yield _row("policy", frame, score, score >= 1, strongest(sentences, weights))


def _generic(sentences: Mapping[str, Counter[str]]) -> Iterable[dict[str, object]]:
    for frame, words in GENERIC_WORDS.items():
        weights = dict.fromkeys(words, 1.0)
        holding = sum(any(w in weights for w in counts) for counts in sentences.values())
        evidence = strongest(sentences, weights)
        yield _row("generic", frame, holding / len(sentences), enough_sentences(holding, len(sentences)), evidence)


def _row(scheme: str, frame: str, score: float, present: bool, evidence: list[str]) -> dict[str, object]:
    joined = tables.SEPARATOR.join(evidence) or None
    return {"scheme": scheme, "frame": frame, "score": score, "present": present, "evidence": joined}
