from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from samestory.statistics import bootstrap_mean, bootstrap_ratio, t_interval, wilson_interval
from samestory.statistics.resampling import bootstrap_weights, cluster_interval


def test_weights_draw_as_many_clusters_as_there_are():
    weights = bootstrap_weights(7, 200, seed=1)
    assert weights.shape == (200, 7)
    assert (weights.sum(axis=1) == 7).all()
    assert (weights == bootstrap_weights(7, 200, seed=1)).all()


def test_the_ratio_is_of_sums_not_of_ratios():
    assert bootstrap_ratio([1, 9], [10, 10], n_resamples=50).estimate == 0.5
    assert bootstrap_ratio([1, 90], [10, 100], n_resamples=50).estimate == pytest.approx(91 / 110)


def test_the_interval_covers_as_often_as_it_says():
    random = np.random.default_rng(5)
    covered = 0
    for seed in range(200):
        sample = random.poisson(4, 40)
        found = bootstrap_ratio(sample, np.ones(40), n_resamples=400, seed=seed)
        covered += found.low <= 4 <= found.high
    assert 0.88 <= covered / 200 <= 0.99


def test_cases_of_one_cluster_are_drawn_together():
    # ten clusters of ten equal cases know no more than ten cases
    values = np.repeat(np.arange(10.0), 10)
    clusters = np.repeat(np.arange(10), 10).tolist()
    together = bootstrap_mean(values, clusters, seed=2)
    apart = bootstrap_mean(values, seed=2)
    single = bootstrap_mean(np.arange(10.0), seed=2)
    assert together.estimate == apart.estimate == 4.5
    assert (together.low, together.high) == pytest.approx((single.low, single.high))
    assert together.high - together.low > 2 * (apart.high - apart.low)


def test_bca_leans_to_the_long_tail():
    sample = np.random.default_rng(3).exponential(size=60)
    plain, corrected = (bootstrap_mean(sample, method=method, seed=1) for method in ("percentile", "BCa"))
    assert corrected.high > plain.high
    assert corrected.low > plain.low


def test_what_is_undefined_is_nan():
    assert math.isnan(bootstrap_ratio([3], [10]).low)
    assert math.isnan(bootstrap_ratio([0, 0], [0, 0]).estimate)
    assert math.isnan(t_interval([4.0]).low)
    assert math.isnan(wilson_interval(0, 0).estimate)
    assert bootstrap_mean([2.0, 2.0, 2.0], method="BCa") == (2, 2, 2)
    assert cluster_interval(np.ones((1, 2)), lambda sums: sums[..., 0]) is None


def test_wrong_arguments_are_named():
    with pytest.raises(ValueError, match="no method is named bca"):
        bootstrap_mean([1.0, 2.0], method="bca")
    with pytest.raises(ValueError, match="2 cases, but clusters for 1"):
        bootstrap_mean([1.0, 2.0], ["a"])
    with pytest.raises(ValueError, match="5 of 3"):
        wilson_interval(5, 3)


def test_wilson_as_published():
    # Newcombe 1998, table I: 81 of 263 by the score method
    found = wilson_interval(81, 263)
    assert (found.low, found.high) == pytest.approx((0.2553, 0.3662), abs=5e-5)


def test_t_interval_of_a_textbook_sample():
    # mean 3, s = 1.5811, t(4, .975) = 2.7764
    assert t_interval([1, 2, 3, 4, 5]) == pytest.approx((3, 1.0368, 4.9632), abs=1e-4)


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(1, 50)), min_size=2, max_size=12), st.integers(0, 99))
def test_bounds_stay_within_the_clusters_own_ratios(cases, seed):
    top, bottom = zip(*cases, strict=True)
    found = bootstrap_ratio(top, bottom, n_resamples=60, seed=seed)
    ratios = [a / b for a, b in cases]
    assert min(ratios) - 1e-9 <= found.low <= found.high <= max(ratios) + 1e-9
