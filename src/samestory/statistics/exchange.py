"""Labels exchanged within blocks: which group's units differ from the others in which of many variables."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from itertools import permutations, product
from math import factorial, prod
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

DRAWS = 9_999
CHUNK = 500  # arrangements that are held at a time
SLACK = 1e-9  # of two statistics that are equal but for rounding, both count


class Exchanged(NamedTuple):
    """For each group (row) and variable (column): the sum over blocks, p, and p adjusted for all that was tested.

    NaN where nothing was tested. ``critical`` is what the largest statistic of all reaches in .05 of the arrangements.
    """

    sums: NDArray[np.float64]
    p: NDArray[np.float64]
    adjusted: NDArray[np.float64]
    critical: float


class Blocks(NamedTuple):
    """Where each group's units stand: of each block its units, and the group of each as a number."""

    units: list[NDArray[np.int64]]
    groups: list[NDArray[np.int64]]
    names: list[Hashable]


def arrange(blocks: Sequence[Hashable], groups: Sequence[Hashable]) -> Blocks:
    """The units of blocks that hold two groups or more; raises ValueError where a group has two units in a block."""
    names = sorted(set(groups), key=str)
    number = {name: n for n, name in enumerate(names)}
    members: dict[Hashable, list[int]] = {}
    for unit, block in enumerate(blocks):
        members.setdefault(block, []).append(unit)
    found = Blocks([], [], names)
    for block, units in members.items():
        own = np.array([number[groups[unit]] for unit in units])
        if len(set(own.tolist())) < len(own):
            raise ValueError(f"a group has more than one unit in the block {block!r}")
        if len(units) > 1:
            found.units.append(np.array(units))
            found.groups.append(own)
    return found


def shuffles(blocks: Blocks, draws: int = DRAWS, seed: int = 0) -> Iterator[list[NDArray[np.int64]]]:
    """Arrangements of the groups over the units of their blocks, the observed one first.

    Each is given in chunks: for each block, which unit each of its groups gets (rows arrangements). All are given where
    there are no more than ``draws`` and one, else so many are drawn at random.
    """
    sizes = [len(units) for units in blocks.units]
    if prod(factorial(size) for size in sizes) <= draws + 1:
        ways = [list(permutations(units.tolist())) for units in blocks.units]
        every = list(product(*ways))
        for at in range(0, len(every), CHUNK):
            part = every[at : at + CHUNK]
            yield [np.array([way[n] for way in part]) for n in range(len(sizes))]
        return
    random = np.random.default_rng(seed)
    yield [units[None, :] for units in blocks.units]
    for at in range(0, draws, CHUNK):
        n = min(CHUNK, draws - at)
        yield [units[random.random((n, len(units))).argsort(axis=1)] for units in blocks.units]


def holders(blocks: Blocks, chunk: Sequence[NDArray[np.int64]], group: int, n_units: int) -> NDArray[np.float64]:
    """Which units a group has in each arrangement of a chunk, as ones (rows arrangements, columns units)."""
    chosen = np.zeros((len(chunk[0]), n_units))
    for own, given in zip(blocks.groups, chunk, strict=True):
        place = np.flatnonzero(own == group)
        if len(place):
            chosen[np.arange(len(given)), given[:, place[0]]] = 1
    return chosen


def exchange_labels(
    values: NDArray[np.float64],
    blocks: Blocks,
    tested: NDArray[np.bool_],
    *,
    draws: int = DRAWS,
    seed: int = 0,
    alpha: float = 0.05,
) -> Exchanged:
    """Two-sided tests of "within each block, any unit could have been any group's", for many variables at once.

    ``values`` has a row for each unit and a column for each variable: how far the unit lies above the others of its
    block, which add up to 0. The statistic of a group is the sum over its blocks by its standard deviation over the
    arrangements. Two groups are a sign-flip test (Fisher 1935). ``adjusted`` holds the chance of any false finding
    among all that ``tested`` names (rows groups, columns variables) to alpha, by the largest statistic, step by step
    down (Westfall & Young 1993). The observed arrangement counts in (Phipson & Smyth 2010).
    """
    n_units, shape = len(values), tested.shape
    scale = np.sqrt(np.array([_variance(values, blocks, group) for group in range(shape[0])]).reshape(shape))
    # Of two groups one is the other's mirror: half the work.
    mirrored = shape[0] == 2 and bool((tested[0] == tested[1]).all())
    rows = np.flatnonzero(tested[0]) if mirrored else np.flatnonzero(tested)
    groups, flat = range(1 if mirrored else shape[0]), scale.reshape(-1)
    sums, p, adjusted = np.zeros(shape), np.full(shape, np.nan), np.full(shape, np.nan)
    over, over_all, largest, total = np.zeros(len(rows)), np.zeros(len(rows)), [], 0
    observed, order = np.zeros(0), np.zeros(0, dtype=np.int64)
    for chunk in shuffles(blocks, draws, seed) if blocks.units else ():
        found = [holders(blocks, chunk, group, n_units) @ values for group in groups]
        joined = np.concatenate(found, axis=1)
        if not total:
            sums = np.concatenate([joined[0], -joined[0]] if mirrored else [joined[0]]).reshape(shape)
        statistics = np.abs(joined[:, rows]) / flat[rows]
        if not total:
            observed = statistics[0] * (1 - SLACK)
            order = np.argsort(-observed, kind="stable")
        total += len(statistics)
        over += (statistics >= observed).sum(axis=0)
        reach = np.maximum.accumulate(statistics[:, order[::-1]], axis=1)[:, ::-1]
        over_all += (reach >= observed[order]).sum(axis=0)
        largest.append(reach[:, 0] if len(rows) else np.zeros(0))
    if len(rows) and total:
        stepped = np.empty(len(rows))
        stepped[order] = np.maximum.accumulate(over_all / total)
        for target, result in ((p, over / total), (adjusted, stepped)):
            target.reshape(-1)[rows] = result
            if mirrored:
                target[1] = target[0]
    top = np.sort(np.concatenate(largest))[::-1] if largest else np.zeros(0)
    critical = float(top[int(alpha * len(top))]) * (1 + SLACK) if len(top) else np.inf
    return Exchanged(sums, p, adjusted, critical)


def _variance(values: NDArray[np.float64], blocks: Blocks, group: int) -> NDArray[np.float64]:
    """The variance over all arrangements of a group's sum."""
    own = [units for units, groups in zip(blocks.units, blocks.groups, strict=True) if (groups == group).any()]
    return np.sum([(values[units] ** 2).mean(axis=0) for units in own] or [np.zeros(values.shape[1])], axis=0)
