"""Whether an instrument serves every outlet alike: its score on each, and the largest difference between two."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from samestory.statistics.resampling import bootstrap_weights, percentile_interval
from samestory.validation.spans import FEWEST_DOCUMENTS, N_RESAMPLES, Score, f1_of, score_counts


def score_outlets(
    counts: Mapping[str, NDArray[np.float64]],
    metric: str,
    *,
    measure: str,
    corpus: str,
    part: str,
    seed: int,
    n_resamples: int = N_RESAMPLES,
) -> Iterator[Score]:
    """F1 on each outlet, then the largest difference between two of them.

    ``counts`` has a row for each document of an outlet: right, found, recalled, gold. The interval of the difference
    resamples the documents within both outlets. The largest of many differences is large by chance alone: its
    ``reason`` names the two and says in what share of random partings of the same documents into outlets of the same
    sizes the largest is as large (permutation p).
    """
    for outlet, rows in counts.items():
        yield score_counts(rows, metric, measure=measure, corpus=corpus, part=f"{part}, {outlet}", seed=seed,
                           n_resamples=n_resamples)  # fmt: skip
    f1 = {outlet: float(f1_of(rows.sum(axis=0))) for outlet, rows in counts.items()}
    pairs = [pair for pair in combinations(f1, 2) if not np.isnan(f1[pair[0]] - f1[pair[1]])]
    if not pairs:
        return
    first, second = max(pairs, key=lambda pair: abs(f1[pair[0]] - f1[pair[1]]))
    best, worst = sorted((first, second), key=lambda outlet: -f1[outlet])
    difference = f1[best] - f1[worst]
    enough = min(len(counts[best]), len(counts[worst])) >= FEWEST_DOCUMENTS
    resampled = _resampled(counts[best], n_resamples, seed) - _resampled(counts[worst], n_resamples, seed + 1)
    low, high = (percentile_interval(resampled) if enough else None) or (None, None)
    p = largest_by_chance(list(counts.values()), difference, n_resamples, seed)
    every = np.concatenate(list(counts.values()))
    yield Score(measure, corpus, part, len(every), int(every[:, 3].sum()), "largest_difference", None, None, difference,
                low, high, f"{best} against {worst}; as large by chance: p = {p:.3f}")  # fmt: skip


def largest_by_chance(groups: list[NDArray[np.float64]], difference: float, n_permutations: int, seed: int) -> float:
    """The share of random partings of the documents whose largest difference in F1 is at least this one."""
    rows = np.concatenate(groups)
    starts = np.cumsum([0, *(len(group) for group in groups[:-1])])
    order = np.random.default_rng(seed).permuted(np.tile(np.arange(len(rows)), (n_permutations, 1)), axis=1)
    f1 = f1_of(np.add.reduceat(rows[order], starts, axis=1))
    largest = np.nanmax(f1, axis=1) - np.nanmin(f1, axis=1)
    return float((1 + (largest >= difference - 1e-12).sum()) / (1 + n_permutations))


def _resampled(rows: NDArray[np.float64], n_resamples: int, seed: int) -> NDArray[np.float64]:
    return f1_of(bootstrap_weights(len(rows), n_resamples, seed) @ rows)
