"""How the words of the policy frames were learnt, and how well they do on articles they were not learnt from.

Run ``python -m samestory.training.policy_frames ARTICLES.jsonl`` for the scores, with ``--write`` to replace the
shipped tables. The articles are records with ``text`` and a list ``frames`` (SemEval-2023 task 3, subtask 2;
Piskorski et al. 2023). Only single words and their weights leave the articles.
"""

from __future__ import annotations

import csv
import json
import math
import re
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from samestory.framing.frames import FOLDER, count_words, score_words

WORDS = 60  # words a frame
FEWEST = 8  # articles that hold a word
FOLDS = 10
SEED = 1
NAMES = {"Legality_Constitutionality_and_jurisprudence": "legality_and_constitutionality"}


class FrameModel(NamedTuple):
    """For each frame its words with their weights, and the score from which it is present."""

    weights: dict[str, dict[str, float]]
    thresholds: dict[str, float]


class FrameScores(NamedTuple):
    """F1 over all decisions, its mean over frames, and for each frame."""

    micro: float
    macro: float
    each: dict[str, float]


def read_articles(path: Path) -> tuple[list[str], list[frozenset[str]]]:
    """Texts and the codebook's names of their frames."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [row["text"] for row in rows], [
        frozenset(NAMES.get(frame, frame.lower()) for frame in row["frames"]) for row in rows
    ]


def common_words(texts: Sequence[str]) -> set[str]:
    """Words of at least eight articles that are mostly written small: names would tell of the corpus, not of frames."""
    spread = Counter(word for text in texts for word in count_words(text))
    small = Counter(word for text in texts for word in re.findall(r"\b[a-z]{3,}\b", text))
    every = Counter(word for text in texts for word in re.findall(r"\b[a-z]{3,}\b", text.lower()))
    return {word for word, n in spread.items() if n >= FEWEST and small[word] > every[word] / 2}


def learn(counts: Sequence[Mapping[str, int]], frames: Sequence[frozenset[str]], vocabulary: set[str]) -> FrameModel:
    """Weights are log-odds ratios of the articles that hold a word, with and without the frame, one half added.

    The words of a frame are the 60 whose positive log-odds stand out most from their standard error; the threshold is
    the one with the best F1 on these articles.
    """
    names = sorted({frame for labels in frames for frame in labels})
    holders: dict[str, list[int]] = {}
    for n, own in enumerate(counts):
        for word in sorted(vocabulary & own.keys()):
            holders.setdefault(word, []).append(n)
    weights, thresholds = {}, {}
    for name in names:
        coded = np.array([name in labels for labels in frames])
        weights[name] = _weights(holders, coded)
        scores = np.array([score_words(own, weights[name]) for own in counts])
        thresholds[name] = _best_threshold(scores, coded)
    return FrameModel(weights, thresholds)


def _weights(holders: Mapping[str, list[int]], coded: np.ndarray) -> dict[str, float]:
    with_frame, without = int(coded.sum()), int((~coded).sum())
    ranked = []
    for word, rows in holders.items():
        a = int(coded[rows].sum())
        b = len(rows) - a
        cells = (a + 0.5, with_frame - a + 0.5, b + 0.5, without - b + 0.5)
        ratio = math.log(cells[0] / cells[1]) - math.log(cells[2] / cells[3])
        if ratio > 0:
            ranked.append((-ratio / math.sqrt(sum(1 / c for c in cells)), word, ratio))
    return {word: round(ratio, 3) for _, word, ratio in sorted(ranked)[:WORDS]}


def _best_threshold(scores: np.ndarray, coded: np.ndarray) -> float:
    """Midway between the two scores where cutting gives the best F1."""
    order = np.argsort(-scores, kind="stable")
    hits = np.cumsum(coded[order])
    best = int((2 * hits / (np.arange(1, len(order) + 1) + coded.sum())).argmax())
    below = scores[order[min(best + 1, len(order) - 1)]]
    return max(round(float((scores[order[best]] + below) / 2), 3), 0.001)


def cross_validate(texts: Sequence[str], frames: Sequence[frozenset[str]], seed: int = SEED) -> FrameScores:
    """Ten folds by article: vocabulary, words, weights and thresholds are learnt without the fold they are tried on."""
    folds = np.random.default_rng(seed).permutation(len(texts)) % FOLDS
    counts = [count_words(text) for text in texts]
    found: list[frozenset[str]] = [frozenset()] * len(texts)
    for fold in range(FOLDS):
        known = [n for n in range(len(texts)) if folds[n] != fold]
        vocabulary = common_words([texts[n] for n in known])
        model = learn([counts[n] for n in known], [frames[n] for n in known], vocabulary)
        for n in np.flatnonzero(folds == fold):
            found[n] = frozenset(
                f for f, w in model.weights.items() if score_words(counts[n], w) >= model.thresholds[f]
            )
    return score_frames(found, frames)


def score_frames(found: Sequence[frozenset[str]], gold: Sequence[frozenset[str]]) -> FrameScores:
    """F1 of found frames against coded ones."""
    names = sorted({frame for labels in gold for frame in labels})
    cells = {
        name: (
            sum(name in f and name in g for f, g in zip(found, gold, strict=True)),
            sum((name in f) + (name in g) for f, g in zip(found, gold, strict=True)),
        )
        for name in names
    }
    each = {name: 2 * hits / total if total else 0.0 for name, (hits, total) in cells.items()}
    micro = 2 * sum(hits for hits, _ in cells.values()) / max(sum(total for _, total in cells.values()), 1)
    return FrameScores(micro, sum(each.values()) / max(len(each), 1), each)


def write_model(model: FrameModel, folder: Path = FOLDER) -> None:
    """Write ``policy_words.csv`` and ``policy_thresholds.csv``."""
    with (folder / "policy_words.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(["frame", "word", "weight"])
        rows.writerows((f, word, weight) for f, words in model.weights.items() for word, weight in words.items())
    with (folder / "policy_thresholds.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(["frame", "threshold"])
        rows.writerows(model.thresholds.items())


def main(arguments: Sequence[str]) -> None:
    """Print the scores of ten folds; with ``--write`` learn from all articles and write the tables."""
    texts, frames = read_articles(Path(arguments[0]))
    scores = cross_validate(texts, frames)
    print(f"{len(texts)} articles, {FOLDS} folds: micro F1 {scores.micro:.3f}, macro F1 {scores.macro:.3f}")
    for name, value in scores.each.items():
        print(f"  {name:45} {value:.3f}  ({sum(name in labels for labels in frames)} articles)")
    if "--write" in arguments:
        write_model(learn([count_words(text) for text in texts], frames, common_words(texts)))


if __name__ == "__main__":
    main(sys.argv[1:])
