"""Intervals of ratios and means whose cases come in clusters, of single means, and of proportions.

There is none for counts as such (no Poisson rates): the cases inside a cluster are not independent of each other, so
the cluster is what varies.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from samestory.statistics.resampling import LEVEL, cluster_interval

METHODS = ("percentile", "BCa")


class Interval(NamedTuple):
    """An estimate and its interval; NaN where undefined."""

    estimate: float
    low: float
    high: float


def bootstrap_ratio(
    numerator: ArrayLike,
    denominator: ArrayLike,
    clusters: Sequence[Hashable] | None = None,
    *,
    method: str = "percentile",
    level: float = LEVEL,
    n_resamples: int = 2000,
    seed: int = 0,
) -> Interval:
    """A ratio of sums and its bootstrap interval, whole clusters being drawn.

    ``numerator`` and ``denominator`` have one value for each case, ``clusters`` the cluster of each (default: every
    case its own). Cases inside a drawn cluster are kept as they are, which serves better than drawing them too
    (Davison & Hinkley 1997, section 3.8). ``method`` is ``percentile``, or ``BCa`` (Efron 1987), which corrects for
    bias and skew and needs some twenty clusters to do so. With one cluster the interval is NaN.
    """
    counts = _sums(numerator, denominator, clusters)
    estimate = float(_ratio(counts.sum(axis=0)))
    if method not in METHODS:
        raise ValueError(f"no method is named {method}; there are {', '.join(METHODS)}")
    if method == "BCa":
        return _bca(counts, estimate, level, n_resamples, seed)
    found = cluster_interval(counts, _ratio, n_resamples=n_resamples, level=level, seed=seed)
    return Interval(estimate, *(found or (math.nan, math.nan)))


def bootstrap_mean(values: ArrayLike, clusters: Sequence[Hashable] | None = None, **options) -> Interval:
    """A mean over cases and its bootstrap interval, whole clusters being drawn; options as in bootstrap_ratio."""
    numerator = np.asarray(values, dtype=np.float64)
    return bootstrap_ratio(numerator, np.ones_like(numerator), clusters, **options)


def t_interval(values: ArrayLike, level: float = LEVEL) -> Interval:
    """A mean and its interval from Student's t (1908), for few independent values; NaN bounds below two values."""
    sample = np.asarray(values, dtype=np.float64)
    low, high = t_bounds(sample[:, None], level)
    return Interval(float(sample.mean()) if len(sample) else math.nan, float(low[0]), float(high[0]))


def t_bounds(values: NDArray[np.float64], level: float = LEVEL) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The bounds of the mean of each column, from Student's t (1908); NaN below two rows."""
    from scipy import stats

    n = len(values)
    if n < 2:
        return np.full(values.shape[1], np.nan), np.full(values.shape[1], np.nan)
    mean, reach = values.mean(axis=0), stats.t.ppf((1 + level) / 2, n - 1) * values.std(axis=0, ddof=1) / math.sqrt(n)
    return mean - reach, mean + reach


def wilson_interval(successes: int, n: int, level: float = LEVEL) -> Interval:
    """A proportion of independent cases and its score interval (Wilson 1927); NaN where there is no case."""
    from scipy import stats

    if not 0 <= successes <= n:
        raise ValueError(f"{successes} of {n} is no proportion")
    if n == 0:
        return Interval(math.nan, math.nan, math.nan)
    low, high = stats.binomtest(successes, n).proportion_ci(level, method="wilson")
    return Interval(successes / n, float(low), float(high))


def _sums(numerator: ArrayLike, denominator: ArrayLike, clusters: Sequence[Hashable] | None) -> NDArray[np.float64]:
    """Sums of both for each cluster, clusters in order of first appearance: shape (clusters, 2)."""
    cases = np.column_stack([np.asarray(numerator, dtype=np.float64), np.asarray(denominator, dtype=np.float64)])
    if not len(cases):
        raise ValueError("there is no case to draw from")
    names = list(range(len(cases))) if clusters is None else list(clusters)
    if len(names) != len(cases):
        raise ValueError(f"{len(cases)} cases, but clusters for {len(names)}")
    numbers: dict[Hashable, int] = {}
    places = [numbers.setdefault(name, len(numbers)) for name in names]
    sums = np.zeros((len(numbers), 2))
    np.add.at(sums, places, cases)
    return sums


def _ratio(sums: NDArray[np.float64]) -> NDArray[np.float64]:
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(sums[..., 1] != 0, sums[..., 0] / sums[..., 1], np.nan)


def _bca(counts: NDArray[np.float64], estimate: float, level: float, n_resamples: int, seed: int) -> Interval:
    from scipy import stats

    if len(counts) < 2 or np.isnan(estimate):
        return Interval(estimate, math.nan, math.nan)
    if np.ptp(_ratio(counts.sum(axis=0) - counts)) == 0:  # every cluster says the same: nothing to correct
        return Interval(estimate, estimate, estimate)
    found = stats.bootstrap(
        (counts[:, 0], counts[:, 1]),
        lambda top, bottom, axis=-1: _ratio(np.stack([top.sum(axis=axis), bottom.sum(axis=axis)], axis=-1)),
        paired=True, vectorized=True, method="BCa", confidence_level=level, n_resamples=n_resamples,
        random_state=np.random.default_rng(seed),
    ).confidence_interval  # fmt: skip
    return Interval(estimate, float(found.low), float(found.high))
