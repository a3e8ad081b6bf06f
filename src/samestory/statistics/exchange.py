"""Labels exchanged within blocks: which group's units differ from the others in which of many variables."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from itertools import permutations, product
from math import factorial, prod
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

DRAWS = 4_999
CHUNK = 100  # arrangements that are held at a time
SLACK = 1e-9  # of two statistics that are equal but for rounding, both count


class Exchanged(NamedTuple):
    """For each group (row) and variable (column) its p, and its p adjusted for all that was tested; NaN untested."""

    p: NDArray[np.float64]
    adjusted: NDArray[np.float64]


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


def exchange_scale(values: NDArray[np.float64], blocks: Blocks) -> NDArray[np.float64]:
    """The standard deviation of each group's sum (rows groups, columns variables) over all arrangements."""
    variance = np.zeros((len(blocks.names), values.shape[1]))
    for units, groups in zip(blocks.units, blocks.groups, strict=True):
        variance[groups] += (values[units] ** 2).mean(axis=0)
    return np.sqrt(variance)


def exchange_labels(
    values: NDArray[np.float64],
    blocks: Blocks,
    tested: NDArray[np.bool_],
    *,
    draws: int = DRAWS,
    seed: int = 0,
) -> Exchanged:
    """Two-sided tests of "within each block, any unit could have been any group's", for many variables at once.

    ``values`` has a row for each unit and a column for each variable: how far the unit lies above the others of its
    block, which add up to 0. The statistic of a group is the sum over its blocks by its standard deviation over the
    arrangements. Two groups are a sign-flip test (Fisher 1935). ``adjusted`` holds the chance of any false finding
    among all that ``tested`` names (rows groups, columns variables), by the largest statistic, step by step down
    (Westfall & Young 1993). The observed arrangement counts in (Phipson & Smyth 2010).
    """
    columns = np.flatnonzero(tested.any(axis=0))
    # Of two groups one is the other's mirror: half the work.
    mirrored = len(tested) == 2 and bool((tested[0] == tested[1]).all())
    groups = range(1 if mirrored else len(tested))
    wanted = np.flatnonzero(tested[: len(groups)][:, columns])
    p, adjusted = np.full(tested.shape, np.nan), np.full(tested.shape, np.nan)
    if not len(wanted):
        return Exchanged(p, adjusted)
    chosen_values = values[:, columns]
    scale = exchange_scale(chosen_values, blocks)[: len(groups)].reshape(-1)[wanted]
    scale[scale == 0] = np.inf
    tally = _Tally()
    for chunk in shuffles(blocks, draws, seed):
        sums = [holders(blocks, chunk, group, len(values)) @ chosen_values for group in groups]
        tally.add(np.abs(np.concatenate(sums, axis=1)[:, wanted]) / scale)
    for target, result in ((p, tally.p()), (adjusted, tally.adjusted())):
        spread = np.full((len(groups), len(columns)), np.nan)
        spread.reshape(-1)[wanted] = result
        target[:, columns] = spread  # a mirrored group has the p of the other
    return Exchanged(p, adjusted)


class _Tally:
    """In how many arrangements a statistic, and the largest of those that are no larger than it, reaches it."""

    def __init__(self) -> None:
        self.total = 0

    def add(self, statistics: NDArray[np.float64]) -> None:
        """Count arrangements (rows) of all statistics (columns); the first row of all is the observed one."""
        if not self.total:
            self.order = np.argsort(-statistics[0], kind="stable")
            self.observed = statistics[0] * (1 - SLACK)
            self.over = np.zeros(statistics.shape[1])
            self.over_all = np.zeros(statistics.shape[1])
        self.total += len(statistics)
        self.over += (statistics >= self.observed).sum(axis=0)
        largest = np.maximum.accumulate(statistics[:, self.order[::-1]], axis=1)[:, ::-1]
        self.over_all += (largest >= self.observed[self.order]).sum(axis=0)

    def p(self) -> NDArray[np.float64]:
        """The p of each statistic."""
        return self.over / self.total

    def adjusted(self) -> NDArray[np.float64]:
        """The adjusted p of each statistic: none is smaller than that of a larger statistic."""
        stepped = np.empty(len(self.order))
        stepped[self.order] = np.maximum.accumulate(self.over_all / self.total)
        return stepped
