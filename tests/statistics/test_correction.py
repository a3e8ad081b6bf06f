"""Estimates corrected for a machine's error: right whatever the machine does, shorter where it is good."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from samestory.statistics import Coded, corrected_difference, corrected_ratio

SENTENCES = 20


def outlet(random, prevalence, n=200, n_coded=30, sensitivity=0.85, specificity=0.95, effects=None) -> Coded:
    """Articles of 20 sentences whose shares vary with an intra-class correlation of .3, some of them coded."""
    spread = 1 / 0.3 - 1
    shares = random.beta(prevalence * spread, (1 - prevalence) * spread, n)
    if effects is not None:  # the same shares, ordered so that they go along with what the event does to them
        shares = np.sort(shares)[np.argsort(np.argsort(effects + random.normal(size=n)))]
    found = random.binomial(SENTENCES, shares)
    machine = random.binomial(found, sensitivity) + random.binomial(SENTENCES - found, 1 - specificity)
    human = np.full((n, 2), np.nan)
    drawn = random.permutation(n)[:n_coded]
    human[drawn] = np.column_stack([found, np.full(n, SENTENCES)])[drawn]
    return Coded(np.column_stack([machine, np.full(n, SENTENCES)]), human, np.full(n, n_coded / n), range(n))


def holds(interval, truth: float) -> bool:
    return interval.low <= truth <= interval.high


def test_intervals_cover_and_the_corrected_are_shorter():
    random = np.random.default_rng(8)
    covered = {name: np.zeros(3) for name in ("machine", "human", "corrected")}
    widths = []
    for _ in range(300):
        effects = random.normal(size=200)
        one = outlet(random, 0.3, effects=effects)
        other = outlet(random, 0.2, sensitivity=0.75, specificity=0.90, effects=effects)
        ways = corrected_ratio(one), corrected_ratio(other), corrected_difference(one, other)
        for name, count in covered.items():
            count += [holds(getattr(way, name), truth) for way, truth in zip(ways, (0.3, 0.2, 0.1), strict=True)]
        difference = ways[2]
        widths.append(
            (difference.corrected.high - difference.corrected.low) / (difference.human.high - difference.human.low)
        )
    for name in ("human", "corrected"):  # 95 %, within three standard errors of 300 repetitions
        assert (covered[name] >= 0.912 * 300).all() and (covered[name] <= 0.988 * 300).all(), covered
    assert covered["machine"][2] < 0.6 * 300
    assert np.median(widths) < 0.7


def test_where_all_are_coded_there_is_nothing_to_correct():
    random = np.random.default_rng(1)
    found = corrected_ratio(outlet(random, 0.3, n=40, n_coded=40))
    assert found.corrected.estimate == pytest.approx(found.human.estimate)
    assert found.n == found.n_coded == 40 and found.refusal is None


def test_a_machine_that_sees_what_people_see_leaves_the_error_of_the_articles_alone():
    random = np.random.default_rng(2)
    group = outlet(random, 0.3, sensitivity=1, specificity=1)
    found = corrected_ratio(group)
    assert found.slopes == (pytest.approx(1),)
    assert found.corrected.estimate == pytest.approx(found.machine.estimate)
    assert found.corrected.high - found.corrected.low == pytest.approx(found.machine.high - found.machine.low, rel=0.05)


def test_a_machine_that_sees_nothing_is_left_out():
    group = outlet(np.random.default_rng(3), 0.3)
    machine = np.column_stack([np.full(200, 4), np.full(200, SENTENCES)])
    found = corrected_ratio(group._replace(machine=machine))
    assert found.slopes == (0,)
    assert found.corrected == pytest.approx(found.human)


def test_cases_that_were_likelier_to_be_coded_weigh_less():
    random = np.random.default_rng(4)
    human_only, corrected = [], []
    for _ in range(200):
        group = outlet(random, 0.3, n_coded=200)
        inclusion = np.where(np.asarray(group.machine)[:, 0] > 6, 0.4, 0.1)
        human = np.where(random.random((200, 1)) < inclusion[:, None], group.human, np.nan)
        found = corrected_ratio(group._replace(human=human, inclusion=inclusion))
        human_only.append(holds(found.human, 0.3))
        corrected.append(holds(found.corrected, 0.3))
    assert sum(human_only) >= 180 and sum(corrected) >= 180


@given(st.integers(0, 2**16), st.floats(0.2, 5))
def test_what_a_count_is_measured_in_does_not_matter(seed, unit):
    group = outlet(np.random.default_rng(seed), 0.4, n=60, n_coded=20)
    found = corrected_ratio(group)
    # A count that may pass its denominator has another scale: compare with a denominator that is as large.
    scaled = corrected_ratio(group._replace(machine=np.asarray(group.machine) * [unit, unit], human=group.human * unit))
    assert scaled.corrected == pytest.approx(found.corrected, rel=1e-6)
    assert scaled.machine == pytest.approx(found.machine, rel=1e-6)


def test_the_order_of_cases_does_not_matter():
    group = outlet(np.random.default_rng(5), 0.3)
    turned = Coded(group.machine[::-1], group.human[::-1], group.inclusion[::-1], list(group.clusters)[::-1])
    one, other = corrected_ratio(group), corrected_ratio(turned)
    assert one.corrected == pytest.approx(other.corrected) and one.human == pytest.approx(other.human)


def test_articles_of_one_event_are_one_case():
    group = outlet(np.random.default_rng(6), 0.3, n=40, n_coded=40)
    twice = Coded(*(np.repeat(part, 2, axis=0) for part in group[:3]), np.repeat(range(40), 2).tolist())
    assert corrected_ratio(twice).human == pytest.approx(corrected_ratio(group).human)
    apart = corrected_ratio(twice._replace(clusters=None)).human
    assert apart.high - apart.low < 0.8 * (corrected_ratio(twice).human.high - corrected_ratio(twice).human.low)


def test_what_outlets_share_in_an_event_leaves_their_difference():
    random = np.random.default_rng(7)
    effects = 3 * random.normal(size=200)
    one, other = outlet(random, 0.3, effects=effects), outlet(random, 0.3, effects=effects)
    paired = corrected_difference(one, other)
    apart = corrected_difference(one, other._replace(clusters=None))
    assert paired.corrected.estimate == apart.corrected.estimate
    assert paired.machine.high - paired.machine.low < 0.9 * (apart.machine.high - apart.machine.low)
    assert paired.corrected.high - paired.corrected.low < apart.corrected.high - apart.corrected.low
    assert corrected_difference(other, one).corrected.low == pytest.approx(-paired.corrected.high)


def test_too_few_coded_is_refused_in_a_sentence():
    random = np.random.default_rng(9)
    few = corrected_ratio(outlet(random, 0.3, n_coded=5))
    assert few.refusal == "nothing can be corrected: 5 coded articles; 6 are needed"
    assert math.isnan(few.corrected.estimate) and math.isnan(few.human.low) and few.machine.low < few.machine.high
    assert corrected_difference(outlet(random, 0.3), outlet(random, 0.3, n_coded=5)).refusal == few.refusal
    events = corrected_ratio(outlet(random, 0.3, n_coded=30)._replace(clusters=[n % 5 for n in range(200)]))
    assert events.refusal == "nothing can be corrected: 5 coded events; 6 are needed"
    group = outlet(random, 0.3)
    none = group._replace(human=group.human * [0, 1])
    assert "people found none in 30 coded articles" in corrected_ratio(none).refusal
    alike = group._replace(human=np.where(np.isnan(group.human), np.nan, [5, 20]))
    assert "all alike" in corrected_ratio(alike).refusal
    coded = np.flatnonzero(~np.isnan(group.human[:, 0]))
    group.human[coded[5:]] = 0
    assert corrected_ratio(group).refusal.endswith("5 coded articles that hold what is counted over; 6 are needed")


def test_wrong_arguments_are_named():
    group = outlet(np.random.default_rng(10), 0.3)
    with pytest.raises(ValueError, match="inclusion is not above 0"):
        corrected_ratio(group._replace(inclusion=np.zeros(200)))
    with pytest.raises(ValueError, match="some counts are missing"):
        corrected_ratio(group._replace(machine=group.human))
    with pytest.raises(ValueError, match="numerator without its denominator"):
        corrected_ratio(group._replace(human=group.human * [1, np.nan]))
    with pytest.raises(ValueError, match="200 cases, but clusters for 2"):
        corrected_ratio(group._replace(clusters=["a", "b"]))
