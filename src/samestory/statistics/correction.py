"""Ratios of sums corrected for the error of a machine: counts by machine in every case, by people in some.

The estimator is that of two-phase sampling with regression (Cochran 1977, section 12.6), alias prediction-powered
inference with a fitted weight (Angelopoulos, Bates et al. 2023; Angelopoulos, Duchi & Zrnic 2023) and design-based
supervised learning (Egami et al. 2023): the machine's mean over all cases, moved by how far people's counts lie from
the machine's in the cases that both counted, times a slope that makes the spread least. It is right on average
whatever the machine does; a good machine only makes the interval shorter. Nothing is drawn at random.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from samestory.statistics.intervals import Interval, ceiling_of, difference, on_scale, t_quantile
from samestory.statistics.refusals import refuse_coded
from samestory.statistics.resampling import LEVEL, cluster_sums, number_clusters

Floats = NDArray[np.float64]

STEEPEST = 2.0  # a machine that finds half of what there is has a slope of 2; a steeper one is noise in few cases
UNKNOWN = Interval(math.nan, math.nan, math.nan)


class Coded(NamedTuple):
    """The cases of one group, a row each: what the machine counted in all of them, and people in some.

    ``machine`` and ``human`` hold numerator and denominator (a mean has denominators of 1; words that are known are
    the same in both); ``human`` is NaN where no one coded. ``inclusion`` is the known probability, above 0, with which
    a case was drawn to be coded. ``clusters`` names what makes cases alike (default: every case its own).
    """

    machine: ArrayLike
    human: ArrayLike
    inclusion: ArrayLike
    clusters: Sequence[Hashable] | None = None


class Corrected(NamedTuple):
    """One value in three ways, each with its interval.

    ``machine`` takes the machine's word: its interval holds no error of the machine, and stands there as a warning.
    ``human`` rests on the coded cases alone, ``corrected`` on both. ``slopes`` holds for each group how much the
    machine's counts weigh: 0 is not at all. ``refusal`` says why ``human`` and ``corrected`` are NaN, or is None.
    """

    machine: Interval
    human: Interval
    corrected: Interval
    slopes: tuple[float, ...]
    n: int
    n_coded: int
    refusal: str | None


def corrected_ratio(group: Coded, *, level: float = LEVEL) -> Corrected:
    """The ratio of sums in the population that a group's cases come from: by machine, by people, corrected.

    Coded cases weigh by their inclusion (Hájek 1971). Errors are those of a jackknife that leaves out whole clusters
    and fits the slope anew (Tukey 1958), quantiles Student's, with one degree of freedom for each coded cluster less
    two for the slope's line (Satterthwaite 1946 where uncoded clusters add to the error). Intervals are made on the
    scale that :func:`samestory.statistics.intervals.on_scale` names: rates are skewed, the more so where few are coded.
    """
    fitted = _fit(group, *_numbers([group]))
    machine, human, corrected = (
        _interval(way, _reach(way.parts, level), fitted.ceiling)
        for way in (fitted.machine, fitted.human, fitted.corrected)
    )
    if fitted.refusal:
        human = corrected = UNKNOWN
    return Corrected(machine, human, corrected, (fitted.slope,), fitted.n, fitted.n_coded, fitted.refusal)


def corrected_difference(one: Coded, other: Coded, *, level: float = LEVEL) -> Corrected:
    """The ratio of one group less that of the other: by machine, by people, corrected; cases are those of both.

    Groups share their clusters: what two groups have in common in a cluster leaves the difference. Each group has a
    slope of its own, since the machine may read one better. The interval is put together from those of the two groups
    and how they vary together (Zou & Donner 2008), with degrees of freedom after Satterthwaite (1946).
    """
    fits = [_fit(group, places) for group, places in zip((one, other), _numbers([one, other]), strict=True)]
    refusal = fits[0].refusal or fits[1].refusal
    machine, human, corrected = (_apart(fits, name, level) for name in ("machine", "human", "corrected"))
    if refusal:
        human = corrected = UNKNOWN
    slopes = tuple(fit.slope for fit in fits)
    n, n_coded = sum(fit.n for fit in fits), sum(fit.n_coded for fit in fits)
    return Corrected(machine, human, corrected, slopes, n, n_coded, refusal)


class _Estimate(NamedTuple):
    """An estimate, how far each cluster moves it when left out, and the parts of its variance with their freedom."""

    value: float
    moved: Floats
    parts: tuple[tuple[float, float], ...]

    @property
    def variance(self) -> float:
        """The square of the standard error."""
        return sum(part for part, _ in self.parts)


class _Fitted(NamedTuple):
    machine: _Estimate
    human: _Estimate
    corrected: _Estimate
    slope: float
    ceiling: float
    n: int
    n_coded: int
    refusal: str | None


def _numbers(groups: Sequence[Coded]) -> list[NDArray[np.int64]]:
    return number_clusters([group.clusters for group in groups], [len(np.asarray(group.machine)) for group in groups])[
        0
    ]


def _fit(group: Coded, places: NDArray[np.int64]) -> _Fitted:
    machine, human, weights = _checked(group, len(places))
    coded = weights > 0
    sums = cluster_sums(_moments(machine, human, weights), places, int(places.max(initial=-1)) + 1)
    total = sums.sum(axis=0)
    ratio = float(_by_human(total))
    for _ in range(2):  # the slope is that of counts about the ratio, which the slope gives
        slope = float(_slope(total, ratio))
        ratio = float(_corrected(total, np.array(slope)))
    rest = total - sums
    with_case, with_coded = sums[:, 0] > 0, sums[:, 3] > 0
    ways = [
        _estimate(_by_machine(total), _by_machine(rest), [(with_case, 1)]),
        _estimate(_by_human(total), _by_human(rest), [(with_coded, 1)]),
        _estimate(
            np.array(ratio),
            _corrected(rest, _slope(rest, ratio)),
            [(with_coded, 2 if slope else 1), (with_case & ~with_coded, 0)],
        ),
    ]
    if coded.all():  # there is nothing left for the machine to say, and no slope to pay for
        ways[2] = ways[1]
    unit = "coded article" if with_coded.sum() == coded.sum() else "coded event"
    refusal = refuse_coded(*sums[with_coded, 6:8].T, unit=unit)
    if not refusal and not all(math.isfinite(way.variance) for way in ways):
        refusal = (
            "nothing can be corrected: all that is counted over lies in a single article, or the machine sees none"
        )
    ceiling = ceiling_of(np.concatenate([machine, human[coded]]))
    return _Fitted(ways[0], ways[1], ways[2], slope, ceiling, len(machine), int(coded.sum()), refusal)


def _checked(group: Coded, n: int) -> tuple[Floats, Floats, Floats]:
    """Counts by machine, counts by people (0 where not coded), and the weight of each coded case (0: not coded)."""
    machine, human = np.asarray(group.machine, dtype=np.float64), np.asarray(group.human, dtype=np.float64)
    inclusion = np.asarray(group.inclusion, dtype=np.float64)
    if machine.shape != (n, 2) or human.shape != (n, 2) or inclusion.shape != (n,):
        raise ValueError(
            f"{n} cases with machine {machine.shape}, human {human.shape}, inclusion {inclusion.shape}; "
            "each case needs numerator and denominator twice, and one inclusion"
        )
    if not np.isfinite(machine).all():
        raise ValueError("the machine counts every case; some counts are missing")
    if not ((inclusion > 0) & (inclusion <= 1)).all():
        raise ValueError("an inclusion is not above 0 and at most 1: what is never drawn cannot be corrected for")
    coded = np.isfinite(human[:, 0])
    if (coded != np.isfinite(human[:, 1])).any():
        raise ValueError("people counted a numerator without its denominator, or the reverse")
    return machine, np.where(coded[:, None], human, 0), np.where(coded, 1 / inclusion, 0)


def _moments(machine: Floats, human: Floats, weights: Floats) -> Floats:
    """Of each case what the estimates are sums of: all cases (3 columns), coded cases (5), products (7)."""
    (top, bottom), (own, under) = machine.T, human.T
    coded = [np.ones_like(top), top, bottom, own, under]
    products = [top * top, top * bottom, bottom * bottom, top * own, top * under, bottom * own, bottom * under]
    return np.column_stack([np.ones_like(top), top, bottom, *(weights * column for column in coded + products)])


def _slope(sums: Floats, ratio: float) -> Floats:
    """The slope of people's counts on the machine's in coded cases, both less the ratio times their denominators."""
    weight, top, bottom, own, under, tt, tb, bb, to, tu, bo, bu = np.moveaxis(sums, -1, 0)[3:]
    x, y = top - ratio * bottom, own - ratio * under
    with np.errstate(divide="ignore", invalid="ignore"):
        squares = tt - 2 * ratio * tb + ratio**2 * bb
        spread = squares - x**2 / weight
        together = to - ratio * (tu + bo) + ratio**2 * bu - x * y / weight
        slope = np.where(spread > 1e-9 * squares, together / spread, 0)
    return np.clip(np.nan_to_num(slope), 0, STEEPEST)


def _corrected(sums: Floats, slope: Floats) -> Floats:
    """The ratio of the two corrected means: people's in coded cases, moved by the machine's in all less in coded."""
    n, all_top, all_bottom, weight, top, bottom, own, under = np.moveaxis(sums, -1, 0)[:8]
    with np.errstate(divide="ignore", invalid="ignore"):
        above = own / weight + slope * (all_top / n - top / weight)
        below = under / weight + slope * (all_bottom / n - bottom / weight)
    return _over(above, below)


def _by_machine(sums: Floats) -> Floats:
    return _over(sums[..., 1], sums[..., 2])


def _by_human(sums: Floats) -> Floats:
    return _over(sums[..., 6], sums[..., 7])


def _over(top: ArrayLike, bottom: ArrayLike) -> Floats:
    """Ratios; NaN where the denominator is not above 0."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(np.asarray(bottom) > 0, np.divide(top, bottom), np.nan)


def _estimate(value: Floats, without: Floats, strata: Sequence[tuple[NDArray[np.bool_], int]]) -> _Estimate:
    """From the value without each cluster in turn; strata of clusters give up so many degrees of freedom."""
    moved, parts = np.zeros(len(without)), []
    for stratum, fitted in strata:
        n = int(stratum.sum())
        if n > fitted:
            moved[stratum] = (without[stratum] - value) * math.sqrt(max(n - 1, 1) / n)
            parts.append((float((moved[stratum] ** 2).sum()), float(n - fitted)))
    return _Estimate(float(value), moved, tuple(parts))


def _reach(parts: Sequence[tuple[float, float]], level: float) -> float:
    """Student's quantile for a sum of variances (Satterthwaite 1946); NaN where there is nothing to go by."""
    sizes = sum(part**2 / freedom for part, freedom in parts)
    total = sum(part for part, _ in parts)
    fewest = min((freedom for _, freedom in parts), default=math.nan)
    return t_quantile(total**2 / sizes if sizes > 0 else fewest, level)


def _interval(way: _Estimate, reach: float, ceiling: float) -> Interval:
    return on_scale(way.value, reach * math.sqrt(way.variance), ceiling)


def _apart(fits: Sequence[_Fitted], name: str, level: float) -> Interval:
    one, other = (getattr(fit, name) for fit in fits)
    reach = _reach(one.parts + other.parts, level)
    shared = min(len(one.moved), len(other.moved))  # later clusters are those of the second group alone
    spread = math.sqrt(one.variance * other.variance)
    together = float(one.moved[:shared] @ other.moved[:shared]) / spread if spread > 0 else 0.0
    first, second = (_interval(way, reach, fit.ceiling) for way, fit in zip((one, other), fits, strict=True))
    return difference(first, second, together)
