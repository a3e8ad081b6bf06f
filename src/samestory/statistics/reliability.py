"""Agreement between coders beyond chance: Krippendorff's alpha (Krippendorff 2011; Hayes & Krippendorff 2007).

NLTK's ``AnnotationTask.alpha`` gives the same values for nominal and interval data (a test holds the two together),
but has no ordinal metric, no interval of its own, and calls data without any variation perfect.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from samestory.statistics.intervals import Interval
from samestory.statistics.resampling import LEVEL, bootstrap_weights, cluster_sums, number_clusters, percentile_interval

Ratings = Sequence[Sequence[Any]]  # a row for each unit, a column for each coder; None where one did not code


def krippendorff_alpha(ratings: Ratings, level_of_measurement: str = "nominal") -> float:
    """Alpha of ratings, one row for each unit and one column for each coder, None where a coder is silent.

    ``level_of_measurement`` is ``nominal``, ``ordinal`` (values must sort) or ``interval`` (values are numbers). Units
    that fewer than two coders rated do not count. NaN where no unit counts, or all ratings are the same: agreement
    beyond chance cannot be seen in data that does not vary.
    """
    pairs, values = _coincidences(ratings, level_of_measurement)
    return _alpha(pairs.sum(axis=0), values, _difference(level_of_measurement)) if len(pairs) else math.nan


def alpha_interval(
    ratings: Ratings,
    level_of_measurement: str = "nominal",
    clusters: Sequence[Hashable] | None = None,
    *,
    level: float = LEVEL,
    n_resamples: int = 1000,
    seed: int = 0,
) -> Interval:
    """Alpha and its percentile interval from resampled units, or from whole clusters of units (documents).

    Bounds are NaN below two clusters.
    """
    pairs, values = _coincidences(ratings, level_of_measurement)
    if not len(pairs):
        return Interval(math.nan, math.nan, math.nan)
    difference = _difference(level_of_measurement)
    estimate = _alpha(pairs.sum(axis=0), values, difference)
    summed = pairs if clusters is None else _sum_clusters(pairs, ratings, clusters)
    if len(summed) < 2:
        return Interval(estimate, math.nan, math.nan)
    flat = summed.reshape(len(summed), -1)
    tables = (bootstrap_weights(len(summed), n_resamples, seed) @ flat).reshape(-1, len(values), len(values))
    found = percentile_interval(np.array([_alpha(table, values, difference) for table in tables]), level)
    return Interval(estimate, *(found or (math.nan, math.nan)))


def _coincidences(ratings: Ratings, level_of_measurement: str) -> tuple[NDArray[np.float64], list[Any]]:
    """Pairable values of each unit as a table of coincidences, shape (units, values, values), and the values."""
    pairable = [kept for unit in ratings if len(kept := _rated(unit)) > 1]
    present = {value for unit in pairable for value in unit}
    if level_of_measurement == "nominal":
        values = sorted(present, key=lambda value: (type(value).__name__, str(value)))
    else:
        values = sorted(present)
    place = {value: n for n, value in enumerate(values)}
    counts = np.zeros((len(pairable), len(values)))
    for row, unit in zip(counts, pairable, strict=True):
        np.add.at(row, [place[value] for value in unit], 1)
    pairs = counts[:, :, None] * counts[:, None, :]
    diagonal = np.arange(len(values))
    pairs[:, diagonal, diagonal] -= counts
    return pairs / (counts.sum(axis=1) - 1)[:, None, None], values


def _rated(unit: Sequence[Any]) -> list[Any]:
    return [value for value in unit if value is not None and value == value]  # NaN is not itself


def _sum_clusters(pairs: NDArray[np.float64], ratings: Ratings, clusters: Sequence[Hashable]) -> NDArray[np.float64]:
    if len(clusters) != len(ratings):
        raise ValueError(f"{len(ratings)} units, but clusters for {len(clusters)}")
    kept = [cluster for unit, cluster in zip(ratings, clusters, strict=True) if len(_rated(unit)) > 1]
    (places,), n_clusters = number_clusters([kept], [len(kept)])
    return cluster_sums(pairs, places, n_clusters)


Difference = Callable[[list[Any], NDArray[np.float64]], NDArray[np.float64]]


def _alpha(table: NDArray[np.float64], values: list[Any], difference: Difference) -> float:
    marginals = table.sum(axis=0)
    total = marginals.sum()
    squared = difference(values, marginals)
    expected = (np.outer(marginals, marginals) * squared).sum()
    if total < 2 or expected == 0:
        return math.nan
    return float(1 - (total - 1) * (table * squared).sum() / expected)


def _difference(level_of_measurement: str) -> Difference:
    known: dict[str, Difference] = {"nominal": _nominal, "ordinal": _ordinal, "interval": _interval}
    if level_of_measurement not in known:
        raise ValueError(f"no level of measurement is named {level_of_measurement}; there are {', '.join(known)}")
    return known[level_of_measurement]


def _nominal(values: list[Any], marginals: NDArray[np.float64]) -> NDArray[np.float64]:
    return 1 - np.eye(len(values))


def _ordinal(values: list[Any], marginals: NDArray[np.float64]) -> NDArray[np.float64]:
    """Squared number of ratings that lie between two ranks, half of those on the ranks themselves counted in."""
    middle = np.cumsum(marginals) - marginals / 2
    return (middle[:, None] - middle[None, :]) ** 2


def _interval(values: list[Any], marginals: NDArray[np.float64]) -> NDArray[np.float64]:
    numbers = np.array(values, dtype=np.float64)
    return (numbers[:, None] - numbers[None, :]) ** 2
