from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from samestory.statistics import (
    bootstrap_mean,
    bootstrap_ratio,
    bootstrap_ratio_difference,
    superiority,
    t_interval,
    wilson_interval,
)
from samestory.statistics.intervals import on_scale
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
    assert bootstrap_mean(sample, seed=1).high - sample.mean() > sample.mean() - bootstrap_mean(sample, seed=1).low


def skewed(random, clusters: int, spread: float = 0.4) -> tuple[np.ndarray, list[int]]:
    """Counts in 300 to 1,200 words, 6 per 1,000 on average, in one to three cases a cluster."""
    of = np.repeat(np.arange(clusters), random.integers(1, 4, clusters))
    effects = np.exp(random.normal(0, spread, clusters) - spread**2 / 2)
    words = random.integers(300, 1201, len(of))
    counts = random.poisson(0.006 * words * effects[of] * random.gamma(2.5, 0.4, len(of)))
    return np.column_stack([counts, words]), of.tolist()


def test_few_clusters_of_skewed_counts_are_covered_by_the_default_alone():
    random = np.random.default_rng(12)
    covered = {"t": 0, "percentile": 0}
    for seed in range(400):
        cases, clusters = skewed(random, 6)
        for method in covered:
            found = bootstrap_ratio(*cases.T, clusters, method=method, n_resamples=300, seed=seed)
            covered[method] += found.low <= 0.006 <= found.high
    assert 0.92 * 400 <= covered["t"] <= 0.98 * 400
    assert covered["percentile"] < 0.88 * 400


def test_shares_and_counts_keep_to_what_is_possible():
    assert bootstrap_mean([0, 0, 0, 0, 0, 1], seed=1).low >= 0
    assert bootstrap_mean([1, 1, 1, 1, 1, 0], seed=1).high <= 1
    assert bootstrap_mean([0, 0, 0, 0, 0, 5], seed=1).low >= 0
    assert bootstrap_mean([-3, -1, -2, -2, -1, -4], seed=1).low < -2.17 < bootstrap_mean([-3, -1, -2, -2, -1, -4]).high
    assert on_scale(0.5, 0.2, 1).low == pytest.approx(1 - on_scale(0.5, 0.2, 1).high)
    assert on_scale(0.01, 0.5).high == pytest.approx(0.51)  # far beyond the estimate, no more than the plain reach
    assert on_scale(0.4, 1e-6) == pytest.approx((0.4, 0.4 - 1e-6, 0.4 + 1e-6), abs=1e-10)


def test_a_difference_covers_and_shared_clusters_are_drawn_for_both():
    random = np.random.default_rng(13)
    covered = 0
    for seed in range(300):
        (one, of_one), (other, of_other) = skewed(random, 20), skewed(random, 20)
        found = bootstrap_ratio_difference(one, other, of_one, of_other, n_resamples=300, seed=seed)
        covered += found.low <= 0 <= found.high
    assert 0.91 * 300 <= covered <= 0.99 * 300
    one, clusters = skewed(random, 30, spread=1.5)
    other = one + np.column_stack([random.integers(0, 2, len(one)), np.zeros(len(one))])
    together = bootstrap_ratio_difference(one, other, clusters, clusters)
    apart = bootstrap_ratio_difference(one, other, clusters, [-1 - number for number in clusters])
    assert together.estimate == apart.estimate
    assert together.high - together.low < 0.4 * (apart.high - apart.low)
    back = bootstrap_ratio_difference(other, one, clusters, clusters)
    assert (back.low, back.high) == pytest.approx((-together.high, -together.low))
    assert math.isnan(bootstrap_ratio_difference(one, other, clusters, [0] * len(one)).low)


def test_superiority_as_published():
    # Fagerland, Lydersen & Laake 2014: of 21 pairs 1 is higher and 7 are lower; Tango's interval is -.517 to -.026
    found = superiority([1] + [-1] * 7 + [0] * 13)
    assert (2 * found.estimate - 1, 2 * found.low - 1, 2 * found.high - 1) == pytest.approx(
        (-6 / 21, -0.517, -0.026), abs=5e-4
    )


@given(st.integers(0, 30), st.integers(0, 30))
def test_superiority_without_ties_is_a_proportion(more, less):
    found = superiority([1] * more + [-2] * less)
    assert found == pytest.approx(wilson_interval(more, more + less), abs=1e-6, nan_ok=True)


@given(st.lists(st.sampled_from([-1, 0, 1]), min_size=1, max_size=30))
def test_superiority_holds_its_estimate_and_mirrors(differences):
    found, mirror = superiority(differences), superiority([-d for d in differences])
    assert 0 <= found.low <= found.estimate <= found.high <= 1 and found.high - found.low > 0.05
    assert found == pytest.approx((1 - mirror.estimate, 1 - mirror.high, 1 - mirror.low))


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
    found = bootstrap_ratio(top, bottom, method="percentile", n_resamples=60, seed=seed)
    ratios = [a / b for a, b in cases]
    assert min(ratios) - 1e-9 <= found.low <= found.high <= max(ratios) + 1e-9
