"""A plan keeps what it promises: with as many cases coded, the difference is seen as often as it says."""

from __future__ import annotations

import numpy as np
import pytest

from samestory.statistics import Coded, corrected_difference, expected_reach, plan_coding

DESIGN = {"n_cases": 100, "sd": 0.25, "correlation": 0.9}


def group(random, mean: float, n_coded: int) -> Coded:
    """A hundred cases whose counts a machine sees with a correlation of .9, some of them coded."""
    own = random.normal(0, 0.25, 100)
    machine = 0.8 * (own + random.normal(0, 0.25 * np.sqrt(1 / 0.9**2 - 1), 100)) + 0.3
    human = np.full((100, 2), np.nan)
    human[:n_coded] = np.column_stack([own + mean, np.ones(100)])[:n_coded]
    return Coded(np.column_stack([machine, np.ones(100)]), human, np.full(100, n_coded / 100))


def test_the_power_promised_is_reached_and_not_exceeded_by_much():
    plan = plan_coding(0.15, **DESIGN)
    random = np.random.default_rng(3)
    seen, reach = {"corrected": 0, "human": 0}, []
    for way, n_coded in (("corrected", plan.corrected), ("human", plan.human)):
        for _ in range(400):
            found = corrected_difference(group(random, 0.65, n_coded), group(random, 0.5, n_coded))
            interval = getattr(found, way)
            seen[way] += interval.low > 0
            reach.append((way, (interval.high - interval.low) / 2))
    assert 0.74 * 400 <= seen["corrected"] <= 0.88 * 400  # .8, within three standard errors of 400
    assert 0.74 * 400 <= seen["human"] <= 0.88 * 400
    for way, n_coded in (("corrected", plan.corrected), ("human", plan.human)):
        own = np.mean([half for name, half in reach if name == way])
        assert own == pytest.approx(getattr(expected_reach(n_coded, **DESIGN), way), rel=0.1)


def test_a_better_machine_needs_less_coding_and_people_alone_no_less():
    plans = [plan_coding(0.15, n_cases=100, sd=0.25, correlation=r) for r in (0.5, 0.8, 0.95)]
    assert plans[0].corrected > plans[1].corrected > plans[2].corrected
    assert len({plan.human for plan in plans}) == 1
    assert plans[0].corrected < plans[0].human
    assert plan_coding(0.3, **DESIGN).corrected == 6  # no fewer than allow an estimate


def test_a_plan_that_cannot_succeed_says_so():
    plan = plan_coding(0.01, **DESIGN)
    assert plan.corrected is plan.human is None
    assert plan.refusal == (
        "a difference of 0.01 cannot be shown: coding all 100 articles on either side has a power of 0.05, "
        "and 0.8 is asked for"
    )
    assert "6 must be coded" in plan_coding(0.5, n_cases=5, sd=0.2, correlation=0.9).refusal


def test_one_group_reaches_less_far_than_the_difference_of_two():
    one, two = (expected_reach(30, groups=groups, **DESIGN) for groups in (1, 2))
    assert one.human * 1.3 < two.human < one.human * 1.42
    assert one.corrected < one.human
    with pytest.raises(ValueError, match="5 of 100 coded"):
        expected_reach(5, **DESIGN)
    with pytest.raises(ValueError, match="none to look for"):
        plan_coding(0, **DESIGN)
    with pytest.raises(ValueError, match="not possible"):
        plan_coding(0.1, n_cases=100, sd=0, correlation=0.9)
