"""Resampling whole clusters (documents, articles, events): the cases inside one are not independent."""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Sequence

import numpy as np
from numpy.typing import NDArray

LEVEL = 0.95
FEWEST_CLUSTERS = 6  # a percentile bootstrap over fewer covers far too little


def number_clusters(
    clusters: Sequence[Sequence[Hashable] | None], sizes: Sequence[int]
) -> tuple[list[NDArray[np.int64]], int]:
    """The clusters of the cases of one or several groups as numbers, which groups share, and how many there are.

    Numbers are in order of first appearance. Where a group names none, every case is a cluster that no other shares.
    """
    numbers: dict[Hashable, int] = {}
    places = []
    for given, size in zip(clusters, sizes, strict=True):
        names = [object() for _ in range(size)] if given is None else list(given)
        if len(names) != size:
            raise ValueError(f"{size} cases, but clusters for {len(names)}")
        places.append(np.array([numbers.setdefault(name, len(numbers)) for name in names], dtype=np.int64))
    return places, len(numbers)


def cluster_sums(cases: NDArray[np.float64], places: NDArray[np.int64], n_clusters: int) -> NDArray[np.float64]:
    """Sums over the cases of each cluster: shape (clusters, ...)."""
    sums = np.zeros((n_clusters, *cases.shape[1:]))
    np.add.at(sums, places, cases)
    return sums


def bootstrap_weights(n_clusters: int, n_resamples: int = 1000, seed: int = 0) -> NDArray[np.int64]:
    """How often each cluster is drawn in each resample: shape ``(n_resamples, n_clusters)`` (Efron 1979).

    A statistic of sums is then one matrix product, ``weights @ counts``.
    """
    if n_clusters < 1:
        raise ValueError("there is no cluster to resample")
    draws = np.random.default_rng(seed).multinomial(n_clusters, np.full(n_clusters, 1 / n_clusters), n_resamples)
    return draws.astype(np.int64)


def percentile_interval(
    statistics: NDArray[np.float64], level: float = LEVEL, n_clusters: int | None = None
) -> tuple[float, float] | None:
    """The percentile interval of resampled statistics; None where most resamples leave the statistic undefined.

    With ``n_clusters`` it is expanded for so few of them: quantiles are as far out as Student's t, not the normal
    distribution, has them, and the bootstrap's narrowness is made up for (Hesterberg 2015).
    """
    from scipy.special import ndtr, stdtrit

    defined = statistics[~np.isnan(statistics)]
    if len(defined) < len(statistics) / 2 or len(defined) == 0:
        return None
    tail = (1 - level) / 2
    if n_clusters is not None:
        tail = float(ndtr(stdtrit(n_clusters - 1, tail) * math.sqrt(n_clusters / (n_clusters - 1))))
    low, high = np.quantile(defined, [tail, 1 - tail])
    return float(low), float(high)


def cluster_interval(
    counts: NDArray[np.float64],
    statistic: Callable[[NDArray[np.float64]], NDArray[np.float64]],
    *,
    n_resamples: int = 1000,
    level: float = LEVEL,
    seed: int = 0,
) -> tuple[float, float] | None:
    """Percentile interval of a statistic of sums over clusters.

    ``counts`` has a row for each cluster; ``statistic`` takes sums of shape ``(..., columns)`` and gives ``(...)``,
    NaN where undefined. With a single cluster nothing can be said of the spread between clusters: None.
    """
    if len(counts) < 2:
        return None
    weights = bootstrap_weights(len(counts), n_resamples, seed)
    return percentile_interval(statistic(weights @ counts), level)
