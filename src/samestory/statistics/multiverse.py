"""Many specifications of one comparison tested together: the same pairs swapped in all of them. Knows no news."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from samestory.statistics.refusals import ALPHA, refuse_paired

DRAWS = 4_999
ENUMERABLE = 2**12  # up to so many arrangements are gone through one by one; beyond, some are drawn
SLACK = 1e-9  # of two statistics that are equal but for rounding, both count

Floats = NDArray[np.float64]


class Joint(NamedTuple):
    """What all specifications say together; NaN with a ``refusal`` where they can say nothing.

    ``median`` is the median difference over the specifications, ``share`` the part of them that are significant in
    the direction in which more are; each with the p of one so large where the sides are alike.
    """

    n_pairs: int
    median: float
    p_median: float
    share: float
    p_share: float
    refusal: str | None = None


def joint_permutation(
    one: ArrayLike, other: ArrayLike, *, unit: str = "event", draws: int = DRAWS, seed: int = 0, alpha: float = ALPHA
) -> Joint:
    """Test whether all specifications together differ from none (Simonsohn, Simmons & Nelson 2020, step 3).

    ``one`` and ``other`` have shape (pairs, specifications, 2): numerator and denominator of either side. The estimate
    of a specification is the difference of the ratios of sums over the pairs in which both sides have a denominator
    above 0. Under the null either side's counts could have been the other's: the sides are swapped within pairs, the
    same pairs in all specifications, so that their dependence stays as it is. Both tests are two-sided, the observed
    arrangement counted in (Phipson & Smyth 2010); up to 4,096 arrangements are all gone through. A specification is
    significant in an arrangement where its estimate is among the ``alpha`` largest of all arrangements. Refuses where
    fewer than six pairs hold something (see refuse_paired). ValueError where the sides differ in shape.
    """
    a, b = np.asarray(one, dtype=np.float64), np.asarray(other, dtype=np.float64)
    if a.shape != b.shape or a.ndim != 3:
        raise ValueError(f"the sides have shapes {a.shape} and {b.shape}; both must be (pairs, specifications, 2)")
    usable = np.isfinite(a).all(axis=2) & np.isfinite(b).all(axis=2) & (a[..., 1] > 0) & (b[..., 1] > 0)
    held, told = usable.any(axis=1), usable.any(axis=0)
    refusal = refuse_paired(int(held.sum()), unit=unit)
    if refusal:
        return Joint(int(held.sum()), math.nan, math.nan, math.nan, math.nan, refusal)
    kept = usable[held][:, told][..., None]
    a, b = (np.where(kept, side[held][:, told], 0) for side in (a, b))
    estimates = _estimates(a, b, _arrangements(len(a), draws, seed))
    medians, shares = np.median(estimates, axis=1), _shares(estimates, alpha)
    return Joint(len(a), float(medians[0]), _reached(np.abs(medians)), float(shares[0]), _reached(shares))


def _arrangements(n: int, draws: int, seed: int) -> NDArray[np.bool_]:
    """Which pairs are swapped: rows arrangements, the observed one, without any, first."""
    if 2**n <= ENUMERABLE:
        return (np.arange(2**n)[:, None] >> np.arange(n)) % 2 == 1
    drawn = np.random.default_rng(seed).random((draws + 1, n)) < 0.5
    drawn[0] = False
    return drawn


def _estimates(a: Floats, b: Floats, swapped: NDArray[np.bool_]) -> Floats:
    """The difference of the ratios of sums in each arrangement (rows) and specification (columns)."""
    moved = swapped.astype(np.float64)

    def ratio(side: Floats, change: Floats) -> Floats:
        top, bottom = (side[..., n].sum(axis=0) + moved @ change[..., n] for n in (0, 1))
        return top / bottom

    return ratio(a, b - a) - ratio(b, a - b)


def _shares(estimates: Floats, alpha: float) -> Floats:
    """The part of the specifications that are significant in each arrangement, in the direction of more."""
    total = len(estimates)
    size = np.abs(estimates) * (1 + SLACK)
    ordered = np.sort(np.abs(estimates), axis=0)
    above = np.column_stack(
        [total - np.searchsorted(ordered[:, n], size[:, n] * (1 - 2 * SLACK), "left") for n in range(size.shape[1])]
    )
    significant = above < alpha * total
    ways = [(significant & (sign * estimates > 0)).mean(axis=1) for sign in (1, -1)]
    return np.maximum(*ways)


def _reached(statistics: Floats) -> float:
    """The part of the arrangements in which a statistic is as large as in the first, the observed one."""
    return float((statistics >= statistics[0] * (1 - SLACK)).mean())
