"""Permutation tests of ratios of sums and of means, and the correction for testing many hypotheses at once.

A ratio of sums over a group of cases changes, when cases change sides, by what they carry: so each test is two matrix
products of arrangements by cases, for many variables at once.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from itertools import combinations

import numpy as np
from numpy.typing import ArrayLike, NDArray

ENUMERABLE = 2**16  # up to so many arrangements are gone through one by one; beyond, some are drawn
DRAWS = 9_999
CELLS = 2**20  # arrangements times tests that are held at a time
SLACK = 1e-9  # of two statistics that are equal but for rounding, both count

Floats = NDArray[np.float64]
Arrangements = Iterator[Floats]  # in chunks: rows arrangements, columns cases, 1 where a case is moved or chosen


def swap_ratios(one: ArrayLike, other: ArrayLike, *, draws: int = DRAWS, seed: int = 0) -> Floats:
    """Two-sided p of "within each block either side's counts could have been the other's", for many tests at once.

    ``one`` and ``other`` have shape (blocks, tests, 2): numerator and denominator of either side. The statistic is the
    difference of the two ratios of sums; under the null the sides are swapped within blocks, each block by itself
    (Fisher 1935). Exact where the blocks have no more than 65,536 arrangements, else by drawn ones with the observed
    one counted in (Phipson & Smyth 2010).

    A block takes part in a test only where both sides have a denominator above 0: what has no denominator has no
    ratio to swap, the rule does not depend on which side is which (so the test keeps its level), and it leaves no
    arrangement undefined. NaN where no block takes part. Raises ValueError for a negative denominator.
    """
    a, b = _counts(one), _counts(other)
    if a.shape != b.shape:
        raise ValueError(f"the sides have shapes {a.shape} and {b.shape}; they must be alike")
    both = np.concatenate([a, b], axis=2)
    usable = np.isfinite(both).all(axis=2) & (a[..., 1] > 0) & (b[..., 1] > 0)
    a, b = np.where(usable[..., None], a, 0), np.where(usable[..., None], b, 0)
    blocks, p = usable.sum(axis=0), np.full(usable.shape[1], np.nan)
    few = (blocks > 0) & (2.0**blocks <= ENUMERABLE)
    if few.any():
        # The blocks of each test put first: the arrangements of the rest, which hold nothing, do not count.
        order = np.argsort(~usable[:, few], axis=0, kind="stable")[: blocks[few].max(), :, None]
        first, second = (np.take_along_axis(side[:, few], order, axis=0) for side in (a, b))
        p[few] = _swapped(first, second, lambda rows: _every_swap(len(order), rows))
    many = blocks > np.log2(ENUMERABLE)
    if many.any():
        p[many] = _swapped(a[:, many], b[:, many], lambda rows: _drawn_swaps(len(a), draws, seed, rows))
    return p


def paired_permutation(differences: ArrayLike, *, seed: int = 0) -> float:
    """Two-sided p of "the differences are symmetric about zero", their signs being flipped (Fisher 1935).

    A difference of zero stays in the sample. Arrangements as in :func:`swap_ratios`; NaN where there is no difference.
    """
    sample = np.asarray(differences, dtype=np.float64)
    one = np.column_stack([sample, np.ones_like(sample)])[:, None]
    return float(swap_ratios(one, one * [0, 1], seed=seed)[0])


def relabel_ratios(one: ArrayLike, other: ArrayLike, *, draws: int = DRAWS, seed: int = 0) -> Floats:
    """Two-sided p of "both samples come from one distribution", for many tests at once (Pitman 1937).

    ``one`` has shape (cases, tests, 2), numerator and denominator, ``other`` the same for its own cases. The statistic
    is the difference of the two ratios of sums; under the null any cases could have been the first sample's. Twice the
    smaller one-sided p, at most 1. Exact for up to 65,536 ways to part the cases, else by drawn ones with the observed
    one counted in (Phipson & Smyth 2010).

    What is not finite counts as nothing. A way to part the cases that leaves a side without denominator counts as one
    at least as extreme, on both sides: the level holds and p is never too small. NaN where the observed sides are so.
    """
    a, b = _counts(one), _counts(other)
    cases = np.nan_to_num(np.concatenate([a, b]))
    total, tests = cases.sum(axis=0), cases.shape[1]
    observed = _difference_of_ratios(cases[: len(a)].sum(axis=0), total)
    near = _rounding(cases)
    over, under, n = np.zeros(tests), np.zeros(tests), 0
    for chosen in _partitions(len(cases), len(a), draws, seed, max(1, CELLS // max(tests, 1))):
        drawn = _difference_of_ratios(_sums(chosen, cases), total)
        over += (~(drawn < observed - near)).sum(axis=0)
        under += (~(drawn > observed + near)).sum(axis=0)
        n += len(chosen)
    return np.where(np.isnan(observed), np.nan, np.minimum(1, 2 * np.minimum(over, under) / n))


def two_sample_permutation(one: ArrayLike, other: ArrayLike, *, seed: int = 0) -> float:
    """Two-sided p of "both samples come from one distribution", by the difference of means; see relabel_ratios.

    NaN where a sample is empty.
    """
    sides = [np.asarray(side, dtype=np.float64) for side in (one, other)]
    a, b = (np.stack([side, np.ones_like(side)], axis=-1)[:, None] for side in sides)
    return float(relabel_ratios(a, b, seed=seed)[0])


def benjamini_hochberg(p_values: ArrayLike) -> Floats:
    """Adjusted p-values that bound the false discovery rate (Benjamini & Hochberg 1995), in the order given.

    What was not tested is NaN, stays NaN and does not count to the family.
    """
    from scipy import stats

    adjusted = np.array(p_values, dtype=np.float64)
    tested = ~np.isnan(adjusted)
    if tested.any():
        adjusted[tested] = stats.false_discovery_control(adjusted[tested])
    return adjusted


def _counts(side: ArrayLike) -> Floats:
    counts = np.asarray(side, dtype=np.float64)
    if counts.ndim != 3 or counts.shape[2] != 2:
        raise ValueError(f"a side has the shape {counts.shape}; it must be (cases, tests, 2)")
    if (counts[..., 1] < 0).any():
        raise ValueError("a denominator is negative")
    return counts


def _swapped(one: Floats, other: Floats, arrangements: Callable[[int], Arrangements]) -> Floats:
    """The share of arrangements in which the sides lie as far apart as observed; every denominator is above 0."""
    total, change = (one + other).sum(axis=0), other - one
    start = one.sum(axis=0)
    observed = np.abs(_difference_of_ratios(start, total))
    near = _rounding(np.concatenate([one, other]))
    reached, n = np.zeros(len(total)), 0
    for swaps in arrangements(max(1, CELLS // len(total))):
        statistics = _difference_of_ratios(start + _sums(swaps, change), total)
        reached += (np.abs(statistics) >= observed - near).sum(axis=0)
        n += len(swaps)
    return reached / n


def _sums(arrangements: Floats, cases: Floats) -> Floats:
    """Sums of what an arrangement moves or chooses: shape (arrangements, tests, 2)."""
    return (arrangements @ cases.reshape(len(cases), -1)).reshape(len(arrangements), *cases.shape[1:])


def _rounding(cases: Floats) -> Floats:
    """How far apart two statistics may lie that are equal; measured against the ratios: the difference may be 0."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return SLACK * np.abs(cases[..., 0]).sum(axis=0) / cases[..., 1].sum(axis=0)


def _difference_of_ratios(sums: Floats, total: Floats) -> Floats:
    """The ratio of one side's sums less that of the rest; NaN where a denominator is 0."""
    top, bottom = sums[..., 0], sums[..., 1]
    rest = total[:, 1] - bottom
    with np.errstate(divide="ignore", invalid="ignore"):
        found = top / bottom - (total[:, 0] - top) / rest
    return np.where((bottom > 0) & (rest > 0), found, np.nan)


def _every_swap(n_blocks: int, rows: int) -> Arrangements:
    """All 2**n ways to swap sides, the observed one first."""
    places = np.arange(n_blocks)
    for at in range(0, 2**n_blocks, rows):
        numbers = np.arange(at, min(at + rows, 2**n_blocks))
        yield (numbers[:, None] >> places & 1).astype(np.float64)


def _drawn_swaps(n_blocks: int, draws: int, seed: int, rows: int) -> Arrangements:
    """The observed arrangement, and so many drawn."""
    random = np.random.default_rng(seed)
    yield np.zeros((1, n_blocks))
    for at in range(0, draws, rows):
        yield random.integers(0, 2, (min(rows, draws - at), n_blocks)).astype(np.float64)


def _partitions(n_cases: int, n_chosen: int, draws: int, seed: int, rows: int) -> Arrangements:
    """All ways to choose the first sample's cases, or the observed one and so many drawn."""
    if math.comb(n_cases, n_chosen) <= ENUMERABLE:
        every = np.array(list(combinations(range(n_cases), n_chosen)), dtype=np.int64)
        for at in range(0, len(every), rows):
            yield _ones(every[at : at + rows], n_cases)
        return
    random = np.random.default_rng(seed)
    yield _ones(np.arange(n_chosen)[None], n_cases)
    for at in range(0, draws, rows):
        # The n smallest of as many random numbers as there are cases are a random choice of n.
        keys = random.random((min(rows, draws - at), n_cases))
        yield _ones(np.argpartition(keys, n_chosen - 1, axis=1)[:, :n_chosen], n_cases)


def _ones(chosen: NDArray[np.int64], n_cases: int) -> Floats:
    table = np.zeros((len(chosen), n_cases))
    np.put_along_axis(table, chosen, 1, axis=1)
    return table
