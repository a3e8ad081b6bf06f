"""How many cases people must code before a difference of two groups can be seen, with and without a machine."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from samestory.statistics.refusals import ALPHA, FEWEST_CODED
from samestory.statistics.resampling import LEVEL

POWER = 0.8

Floats = NDArray[np.float64]


class Plan(NamedTuple):
    """How many cases to code in each group; None where even all do not suffice, and ``refusal`` says so."""

    corrected: int | None
    human: int | None
    refusal: str | None


class Reach(NamedTuple):
    """How far an interval is expected to reach to either side, corrected and from coded cases alone."""

    corrected: float
    human: float


def plan_coding(
    difference: float,
    *,
    n_cases: int,
    sd: float,
    correlation: float,
    alpha: float = ALPHA,
    power: float = POWER,
    unit: str = "article",
) -> Plan:
    """The fewest cases to code in each of two groups of ``n_cases`` to see a difference with the power that is asked.

    ``sd`` is the standard deviation of people's counts from case to case, in the unit of ``difference`` (of a ratio of
    sums: of the counts less the ratio times their denominators, over the mean denominator), ``correlation`` that of
    the machine's counts with them. Errors are those of two-phase sampling with a fitted slope (Cochran 1977, section
    12.6), power that of the noncentral t distribution (Cohen 1988): how often
    the difference is seen in its own direction. What the groups share in a cluster is not counted
    on: the plan is on the safe side. Raises ValueError for a difference or standard deviation that is not above 0.
    """
    if n_cases < FEWEST_CODED:
        return Plan(None, None, f"nothing can be planned: {n_cases} {unit}s; {FEWEST_CODED} must be coded at least")
    coded = np.arange(FEWEST_CODED, n_cases + 1, dtype=np.float64)
    reached = [_power(difference, *way, alpha) for way in _errors(coded, n_cases, sd, correlation, groups=2)]
    reached[0][-1] = reached[1][-1]  # where all are coded, there is nothing to correct
    first = [int(coded[way >= power][0]) if (way >= power).any() else None for way in reached]
    if all(found is None for found in first):
        return Plan(None, None, (
            f"a difference of {difference:g} cannot be shown: coding all {n_cases} {unit}s on either side has a power "
            f"of {reached[1][-1]:.2f}, and {power:g} is asked for"
        ))  # fmt: skip
    return Plan(first[0], first[1], None)


def expected_reach(
    n_coded: int, *, n_cases: int, sd: float, correlation: float, groups: int = 2, level: float = LEVEL
) -> Reach:
    """Half the width of the interval to expect with so many coded cases a group: of the difference of two, or of one.

    ``sd`` and ``correlation`` as in :func:`plan_coding`. Raises ValueError for fewer coded cases than allow an
    interval, or more than there are.
    """
    from scipy.special import stdtrit

    if not FEWEST_CODED <= n_coded <= n_cases:
        raise ValueError(f"{n_coded} of {n_cases} coded; it takes {FEWEST_CODED} at least, and no more than there are")
    ways = _errors(np.array([float(n_coded)]), n_cases, sd, correlation, groups)
    return Reach(*(float(stdtrit(freedom, (1 + level) / 2)[0] * error[0]) for error, freedom in ways))


def _errors(coded: Floats, n_cases: int, sd: float, correlation: float, groups: int) -> list[tuple[Floats, Floats]]:
    """Standard error and degrees of freedom by the number of coded cases: corrected, and from coded cases alone."""
    if not sd > 0 or not -1 <= correlation <= 1:
        raise ValueError(f"a standard deviation of {sd} and a correlation of {correlation} are not possible")
    explained = max(correlation, 0) ** 2  # a machine that counts against people gets no weight
    rest = n_cases - coded
    # The slope is fitted to few cases: what that costs, on average over normal counts (Cochran 1977, section 12.7).
    fitted = 1 + rest / n_cases / (coded - 3)
    own = (1 - explained) / coded * fitted + explained * coded / n_cases**2
    other = explained * rest / n_cases**2
    freedom = (own + other) ** 2 / (own**2 / (coded - 2) + other**2 / np.maximum(rest, 1))
    return [
        (sd * np.sqrt(groups * (own + other)), groups * freedom),
        (sd * np.sqrt(groups / coded), groups * (coded - 1)),
    ]


def _power(difference: float, error: Floats, freedom: Floats, alpha: float) -> Floats:
    from scipy.special import nctdtr, stdtrit

    if not difference > 0:
        raise ValueError(f"a difference of {difference} is none to look for")
    far, reach = difference / error, stdtrit(freedom, 1 - alpha / 2)
    # Beyond 30 standard errors the distribution is of no interest, and not always computed.
    return np.where(far > 30, 1.0, 1 - nctdtr(freedom, np.minimum(far, 30), reach))
