"""Permutation tests and the correction for testing many hypotheses at once."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray

ENUMERABLE = 2**16  # up to so many arrangements are gone through one by one; beyond, so many are drawn


def paired_permutation(differences: ArrayLike, *, seed: int = 0) -> float:
    """Two-sided p of "the differences are symmetric about zero", their signs being flipped (Fisher 1935).

    Exact for up to 16 differences, else by drawn flips with the observed one counted in (Phipson & Smyth 2010).
    A difference of zero stays in the sample. NaN where there is no difference at all to look at.
    """
    from scipy import stats

    sample = np.asarray(differences, dtype=np.float64)
    if len(sample) < 2 or not sample.any():
        return 1.0 if len(sample) else math.nan
    found = stats.permutation_test(
        (sample,), _mean, permutation_type="samples", vectorized=True, n_resamples=ENUMERABLE, batch=4096,
        random_state=np.random.default_rng(seed),
    )  # fmt: skip
    return float(found.pvalue)


def two_sample_permutation(one: ArrayLike, other: ArrayLike, *, seed: int = 0) -> float:
    """Two-sided p of "both samples come from one distribution", by the difference of means (Pitman 1937).

    Twice the smaller one-sided p, at most 1. Exact for up to 65,536 ways to part the cases, else by drawn ones with
    the observed one counted in (Phipson & Smyth 2010). NaN where a sample is empty.
    """
    from scipy import stats

    a, b = np.asarray(one, dtype=np.float64), np.asarray(other, dtype=np.float64)
    if not len(a) or not len(b):
        return math.nan
    if len(a) + len(b) == 2 or np.ptp(np.concatenate([a, b])) == 0:
        return 1.0
    if min(len(a), len(b)) == 1:  # scipy refuses a sample of one
        return _single_against_many(a, b)
    found = stats.permutation_test(
        (a, b), _difference_of_means, permutation_type="independent", vectorized=True, n_resamples=ENUMERABLE,
        batch=4096, random_state=np.random.default_rng(seed),
    )  # fmt: skip
    return float(found.pvalue)


def benjamini_hochberg(p_values: ArrayLike) -> NDArray[np.float64]:
    """Adjusted p-values that bound the false discovery rate (Benjamini & Hochberg 1995), in the order given.

    What was not tested is NaN, stays NaN and does not count to the family.
    """
    from scipy import stats

    adjusted = np.array(p_values, dtype=np.float64)
    tested = ~np.isnan(adjusted)
    if tested.any():
        adjusted[tested] = stats.false_discovery_control(adjusted[tested])
    return adjusted


def _single_against_many(a: NDArray[np.float64], b: NDArray[np.float64]) -> float:
    single, every = (a if len(a) == 1 else b)[0], np.concatenate([a, b])
    return min(1.0, 2 * min(np.mean(every >= single), np.mean(every <= single)))


def _mean(values: NDArray[np.float64], axis: int = -1) -> NDArray[np.float64]:
    return values.mean(axis=axis)


def _difference_of_means(a: NDArray[np.float64], b: NDArray[np.float64], axis: int = -1) -> NDArray[np.float64]:
    return a.mean(axis=axis) - b.mean(axis=axis)
