"""Resampling whole clusters (documents, articles, events): the cases inside one are not independent."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

LEVEL = 0.95
FEWEST_CLUSTERS = 6  # a percentile bootstrap over fewer covers far too little


def bootstrap_weights(n_clusters: int, n_resamples: int = 1000, seed: int = 0) -> NDArray[np.int64]:
    """How often each cluster is drawn in each resample: shape ``(n_resamples, n_clusters)`` (Efron 1979).

    A statistic of sums is then one matrix product, ``weights @ counts``.
    """
    if n_clusters < 1:
        raise ValueError("there is no cluster to resample")
    draws = np.random.default_rng(seed).multinomial(n_clusters, np.full(n_clusters, 1 / n_clusters), n_resamples)
    return draws.astype(np.int64)


def percentile_interval(statistics: NDArray[np.float64], level: float = LEVEL) -> tuple[float, float] | None:
    """The percentile interval of resampled statistics; None where most resamples leave the statistic undefined."""
    defined = statistics[~np.isnan(statistics)]
    if len(defined) < len(statistics) / 2 or len(defined) == 0:
        return None
    low, high = np.quantile(defined, [(1 - level) / 2, (1 + level) / 2])
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
