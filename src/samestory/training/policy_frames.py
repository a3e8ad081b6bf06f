"""How the weights of the policy frames were learnt, and how well they do on articles they were not learnt from.

Run ``python -m samestory.training.policy_frames ARTICLES.jsonl`` for the scores, with ``--write`` to replace the
shipped tables. The articles are records with ``text`` and a list ``frames`` (SemEval-2023 task 3, subtask 2;
Piskorski et al. 2023). Only numbers leave the articles.
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from samestory.framing.policy import FOLDER, Floats, PolicyModel, count_words, read_measures
from samestory.framing.policy_words import POLICY_WORDS
from samestory.statistics.resampling import cluster_interval

FOLDS, INNER, CROSSED = 5, 10, 5
SEED = 1
SEEDS = range(11, 21)  # splits that nothing was chosen on
RIDGE = 10.0  # how much the weights of the mean vector are held back, related to what the vectors vary
HELD = (0.5, 2.0, 1e-4)  # how much the weights of margin, rate and offset are held back
MACRO = 1.0  # what macro F1 weighs beside micro F1 where thresholds are chosen
STEPS, ROUNDS = 30, 5
NAMES = {"Legality_Constitutionality_and_jurisprudence": "legality_and_constitutionality"}
Coded = NDArray[np.bool_]


class Samples(NamedTuple):
    """Articles as the model reads them: mean vectors (article, width), rates (article, frame), what is coded
    (article, frame), frames in order of the words."""

    vectors: Floats
    rates: Floats
    coded: Coded

    def take(self, rows: NDArray) -> Samples:
        """Some of the articles."""
        return Samples(*(part[rows] for part in self))


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


def read_samples(texts: Sequence[str], frames: Sequence[frozenset[str]]) -> Samples:
    """Measure texts; their frames as a table."""
    measured = [read_measures(count_words(text)) for text in texts]
    coded = [[name in labels for name in POLICY_WORDS] for labels in frames]
    return Samples(np.array([m.vector for m in measured]), np.array([m.rates for m in measured]), np.array(coded))


def learn(samples: Samples, seed: int = SEED) -> PolicyModel:
    """Weights of the mean vector by ridge regression (Hoerl & Kennard 1970), then for each frame a logistic regression
    on that margin, as learnt without the article, and the rate of the frame's words; thresholds on what it gives
    articles left out of both."""
    own = _margins(samples, samples.vectors)
    margins = _left_out(samples, seed)
    spread = np.maximum(margins.std(axis=0), 1e-9)
    folds = split(len(margins), CROSSED, seed)
    rates = [(r - r.mean()) / max(r.std(), 1e-9) for r in samples.rates.T]
    fitted, expected = [], np.zeros(margins.shape)
    for n, rate in enumerate(rates):
        told = np.column_stack([margins[:, n] / spread[n], rate, np.ones(len(rate))])
        fitted.append(_logistic(told, samples.coded[:, n]))
        for fold in range(CROSSED):
            kept = folds != fold
            expected[~kept, n] = told[~kept] @ _logistic(told[kept], samples.coded[kept, n])
    margin, rate, offset = np.array(fitted).T
    scale = np.maximum(samples.rates.std(axis=0), 1e-9)
    return PolicyModel(
        tuple(POLICY_WORDS), own.centre, own.weights * (margin / spread), rate / scale,
        offset - rate / scale * samples.rates.mean(axis=0), choose_thresholds(1 / (1 + np.exp(-expected))),
    )  # fmt: skip


class _Ridge(NamedTuple):
    centre: Floats
    weights: Floats
    margins: Floats


def _margins(known: Samples, vectors: Floats) -> _Ridge:
    """Ridge regression of the codes on the mean vectors, and what it gives some vectors."""
    centre = known.vectors.mean(axis=0)
    inputs, targets = known.vectors - centre, known.coded - known.coded.mean(axis=0)
    held = RIDGE * np.square(inputs).sum() / len(inputs)
    weights = np.linalg.solve(inputs.T @ inputs + held * np.eye(inputs.shape[1]), inputs.T @ targets)
    return _Ridge(centre, weights, (vectors - centre) @ weights)


def _left_out(samples: Samples, seed: int) -> Floats:
    """What ridge regression gives each article without having learnt from it."""
    folds = split(len(samples.coded), INNER, seed)
    margins = np.zeros(samples.coded.shape)
    for fold in range(INNER):
        margins[folds == fold] = _margins(samples.take(folds != fold), samples.vectors[folds == fold]).margins
    return margins


def _logistic(told: Floats, coded: Coded) -> Floats:
    """Weights of a logistic regression with a ridge, by Newton's method."""
    weights = np.zeros(told.shape[1])
    for _ in range(STEPS):
        p = 1 / (1 + np.exp(-(told @ weights)))
        slope = told.T @ (p - coded) + HELD * weights
        weights = weights - np.linalg.solve((told.T * (p * (1 - p))) @ told + np.diag(HELD), slope)
    return weights


def choose_thresholds(likely: Floats) -> Floats:
    """The probability from which each frame is present, so that the sum of micro F1 and macro F1 comes out best if
    the probabilities (article, frame) are right.

    One frame after the other is cut where that sum is greatest, in five rounds. Codes are not looked at
    (Lipton et al. 2014), so that the few cases of a rare frame do not decide alone.
    """
    ordered = -np.sort(-likely, axis=0)
    hits = np.vstack([np.zeros(likely.shape[1]), ordered.cumsum(axis=0)])
    total = np.arange(len(hits))[:, None] + likely.sum(axis=0)
    cuts = (likely >= 0.5).sum(axis=0)
    every = np.arange(likely.shape[1])
    for _ in range(ROUNDS):
        for n in every:
            rest = every != n
            others, all_others = hits[cuts[rest], every[rest]].sum(), total[cuts[rest], every[rest]].sum()
            micro = (others + hits[:, n]) / (all_others + total[:, n])
            cuts[n] = np.argmax(micro + MACRO * hits[:, n] / total[:, n] / len(every))
    # midway between the last article above the cut and the first below it
    edges = np.vstack([np.ones(likely.shape[1]), ordered, np.zeros(likely.shape[1])])
    return (edges[cuts, every] + edges[cuts + 1, every]) / 2


def split(size: int, folds: int, seed: int) -> NDArray[np.int64]:
    """A number of a fold for each article, folds of like size."""
    return np.random.default_rng(seed).permutation(size) % folds


def cross_validate(samples: Samples, seed: int = SEED) -> Coded:
    """Five folds by article: all that is learnt, thresholds too, is learnt without the fold it is tried on."""
    folds = split(len(samples.coded), FOLDS, seed)
    found = np.zeros(samples.coded.shape, dtype=bool)
    for fold in range(FOLDS):
        model, tried = learn(samples.take(folds != fold)), samples.take(folds == fold)
        found[folds == fold] = model.probabilities(tried.vectors, tried.rates) >= model.thresholds
    return found


def score_frames(found: Coded, coded: Coded) -> FrameScores:
    """F1 of found frames against coded ones."""
    hits, total = (found & coded).sum(axis=0), found.sum(axis=0) + coded.sum(axis=0)
    each = 2 * hits / np.maximum(total, 1)
    micro = 2 * hits.sum() / max(total.sum(), 1)
    return FrameScores(float(micro), float(each.mean()), dict(zip(POLICY_WORDS, each.tolist(), strict=True)))


def count_cells(samples: Samples, seeds: Sequence[int] = SEEDS) -> Floats:
    """Right, found and coded for each article and frame (article, frame, 3): the mean over several splits."""
    found = np.mean([cross_validate(samples, seed) for seed in seeds], axis=0)
    return np.stack([found * samples.coded, found, samples.coded], axis=2)


def validity(cells: Floats, seed: int = SEED) -> list[dict[str, Any]]:
    """F1 of each frame with its 95 % interval over articles, and how many articles have the frame."""
    rows: list[dict[str, Any]] = []
    for n, frame in enumerate(POLICY_WORDS):
        interval = cluster_interval(cells[:, n], _f1, seed=seed)
        low, high = (None, None) if interval is None else interval
        sums = cells[:, n].sum(axis=0)
        numbers = {"f1": float(_f1(sums)), "low": low, "high": high}
        rounded = {name: "" if value is None else round(value, 3) for name, value in numbers.items()}
        rows.append({"scheme": "policy", "frame": frame, **rounded, "n_articles": int(sums[2])})
    return rows


def _f1(sums: Floats) -> Floats:
    used = sums[..., 1] + sums[..., 2]
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(used > 0, 2 * sums[..., 0] / used, np.nan)


def write_model(model: PolicyModel, folder: Path = FOLDER) -> None:
    """Write ``policy_weights.csv`` (a row for each number of a mean vector) and ``policy_thresholds.csv``."""
    weights = [
        {"centre": f"{centre:.6f}", **{f: f"{w:.5g}" for f, w in zip(model.frames, row, strict=True)}}
        for centre, row in zip(model.centre, model.weights, strict=True)
    ]
    _write(folder / "policy_weights.csv", weights)
    numbers = zip(model.rate_weights, model.offsets, model.thresholds, strict=True)
    names = ("rate_weight", "offset", "threshold")
    totals = [
        {"frame": frame, **{name: f"{value:.4f}" for name, value in zip(names, own, strict=True)}}
        for frame, own in zip(model.frames, numbers, strict=True)
    ]
    _write(folder / "policy_thresholds.csv", totals)


def _write(path: Path, rows: Sequence[Mapping[str, object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        table.writeheader()
        table.writerows(rows)


def main(arguments: Sequence[str]) -> None:
    """Print the scores of five folds; with ``--write`` learn from all articles and write the tables."""
    samples = read_samples(*read_articles(Path(arguments[0])))
    scores = [score_frames(cross_validate(samples, seed), samples.coded) for seed in SEEDS]
    print(f"{len(samples.coded)} articles, {FOLDS} folds, {len(SEEDS)} splits: mean and standard deviation")
    for name in ("micro", "macro"):
        each = [getattr(score, name) for score in scores]
        print(f"  {name} F1 {np.mean(each):.3f} ({np.std(each):.3f})")
    rows = validity(count_cells(samples))
    for row in rows:
        print("  {frame:40} {f1:.2f}  {low:.2f} to {high:.2f}  ({n_articles} articles)".format(**row))
    if "--write" in arguments:
        write_model(learn(samples))
        _write(FOLDER / "policy_validity.csv", rows)


if __name__ == "__main__":
    main(sys.argv[1:])
