from __future__ import annotations

import math
from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from samestory.statistics import (
    benjamini_hochberg,
    paired_permutation,
    refuse_paired,
    refuse_unpaired,
    relabel_ratios,
    smallest_p,
    smallest_paired_p,
    swap_ratios,
    two_sample_permutation,
)


@given(st.lists(st.integers(-9, 9), min_size=2, max_size=7))
def test_sign_flips_are_counted_exactly(differences):
    flips = [
        sum(s * d for s, d in zip(signs, differences, strict=True))
        for signs in product((1, -1), repeat=len(differences))
    ]
    expected = np.mean([abs(flip) >= abs(sum(differences)) for flip in flips])
    assert paired_permutation(differences) == pytest.approx(min(1, expected) if any(differences) else 1)


@given(st.lists(st.integers(-9, 9), min_size=1, max_size=7))
def test_the_direction_of_a_difference_does_not_change_p(differences):
    assert paired_permutation(differences) == pytest.approx(paired_permutation([-d for d in differences]))


def test_many_pairs_are_drawn_with_a_seed_and_never_give_zero():
    differences = np.arange(1, 25)
    assert 0 < paired_permutation(differences, seed=4) == paired_permutation(differences, seed=4) <= 1e-4


# Counts of two sides in up to six blocks, and the same in which a side may have nothing.
counts = st.tuples(st.integers(0, 9), st.integers(1, 9))
some = st.one_of(counts, st.just((0, 0)), st.just((math.nan, math.nan)))


def ratio_gap(a, b) -> float:
    return sum(n for n, _ in a) / sum(d for _, d in a) - sum(n for n, _ in b) / sum(d for _, d in b)


@given(st.lists(st.tuples(some, some), min_size=1, max_size=6))
def test_swaps_are_counted_exactly(blocks):
    used = [pair for pair in blocks if all(side[1] > 0 for side in pair)]
    found = swap_ratios(*([[side] for side in sides] for sides in zip(*blocks, strict=True)))[0]
    if not used:
        assert math.isnan(found)
        return
    gaps = [
        ratio_gap(*zip(*(pair[:: -1 if swap else 1] for pair, swap in zip(used, swaps, strict=True)), strict=True))
        for swaps in product((0, 1), repeat=len(used))
    ]
    assert found == pytest.approx(np.mean([abs(gap) >= abs(gaps[0]) - 1e-9 for gap in gaps]))


@given(st.lists(counts, min_size=1, max_size=4), st.lists(counts, min_size=1, max_size=4))
def test_relabellings_are_counted_exactly(one, other):
    cases = one + other
    gaps = []
    for chosen in combinations(range(len(cases)), len(one)):
        gaps.append(ratio_gap([cases[n] for n in chosen], [case for n, case in enumerate(cases) if n not in chosen]))
    more, less = (np.mean([sign * gap >= sign * gaps[0] - 1e-9 for gap in gaps]) for sign in (1, -1))
    found = relabel_ratios([[case] for case in one], [[case] for case in other])
    assert found[0] == pytest.approx(min(1, 2 * min(more, less)))


def test_many_tests_at_once_are_each_what_they_are_alone():
    random = np.random.default_rng(6)
    sides = [np.stack([random.poisson(4, (40, 5)), random.integers(1, 9, (40, 5))], axis=-1).astype(float)] * 2
    sides[1] = sides[1] + random.integers(0, 2, sides[1].shape)
    sides[0][12:, 3] = np.nan  # a test that twelve blocks take part in, gone through one by one
    found = swap_ratios(*sides, seed=3)
    assert (found > 0).all() and len(set(found)) == 5
    for n in range(5):
        assert swap_ratios(sides[0][:, [n]], sides[1][:, [n]], seed=3) == pytest.approx(found[[n]])
    assert found[3] == swap_ratios(*(side[:12, [3]] for side in sides))[0]
    assert len(swap_ratios(np.zeros((4, 0, 2)), np.zeros((4, 0, 2)))) == 0


def null_counts(random, n: int, tests: int) -> np.ndarray:
    words = random.integers(300, 1200, (n, tests))
    return np.stack([random.poisson(0.006 * words * random.gamma(1.5, 1 / 1.5, (n, tests))), words], -1).astype(float)


@pytest.mark.parametrize(("test", "n"), [(swap_ratios, 40), (relabel_ratios, 30), (swap_ratios, 12)])
def test_the_level_holds_and_is_used(test, n):
    random = np.random.default_rng(n)
    p = test(null_counts(random, n, 2000), null_counts(random, n, 2000), draws=199, seed=1)
    assert 0.035 <= (p <= 0.05).mean() <= 0.065  # three standard errors of 2,000


def test_a_family_of_dependent_tests_finds_nothing_where_nothing_is():
    random = np.random.default_rng(14)
    articles = np.stack([null_counts(random, 40, 5) for _ in range(3)])
    articles[:, :, 1] = articles[:, :, 0] + articles[:, :, 1]  # measures go along with each other
    n = 200
    orders = random.random((n, 3, 40)).argsort(axis=1)  # the three change places within each of 40 events
    drawn = articles[orders, np.arange(40)].transpose(1, 2, 0, 3, 4)
    p = np.stack([
        swap_ratios(drawn[one].reshape(40, -1, 2), drawn[other].reshape(40, -1, 2), draws=999).reshape(n, 5)
        for one, other in ((0, 1), (0, 2), (1, 2))
    ], axis=1).reshape(n, 15)  # fmt: skip
    found = np.array([(benjamini_hochberg(row) <= 0.05).any() for row in p])
    assert found.mean() <= 0.05 + 3 * math.sqrt(0.05 * 0.95 / n)
    assert (p <= 0.05).any(axis=1).mean() > 0.2  # uncorrected, some are found


def test_a_real_difference_is_found():
    random = np.random.default_rng(7)
    one, other = null_counts(random, 50, 20), null_counts(random, 50, 20)
    one[..., 0] *= 3
    assert (swap_ratios(one, other) < 0.01).all() and (relabel_ratios(one, other) < 0.01).all()


def test_wrong_shapes_and_negative_denominators_are_named():
    with pytest.raises(ValueError, match="must be alike"):
        swap_ratios(np.ones((3, 2, 2)), np.ones((3, 1, 2)))
    with pytest.raises(ValueError, match="cases, tests, 2"):
        relabel_ratios(np.ones((3, 2)), np.ones((3, 2)))
    with pytest.raises(ValueError, match="negative"):
        swap_ratios([[[1, -1]]], [[[1, 1]]])


def test_a_side_without_denominator_is_never_evidence():
    # Of three ways to part the cases, two leave a side nothing to count over; the one observed does not.
    assert relabel_ratios([[[9, 9]], [[0, 0]]], [[[0, 9]], [[0, 0]]])[0] == 1
    assert math.isnan(relabel_ratios([[[0, 0]]], [[[3, 9]], [[1, 9]]])[0])


def test_darwins_maize():
    # Fisher 1935, section 21: 15 pairs, p = 1726 / 32768 two-sided
    differences = [49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48]
    assert paired_permutation(differences) == pytest.approx(1726 / 32768)


def test_extreme_samples_reach_the_smallest_p_and_no_less():
    for n in (1, 2, 3, 4, 5):
        assert two_sample_permutation(range(n), range(10, 10 + n)) == pytest.approx(smallest_p(n, n))
    assert two_sample_permutation([9], [1, 2, 3]) == pytest.approx(smallest_p(1, 3))
    for n in (2, 5, 6, 7):
        assert paired_permutation(range(1, n + 1)) == pytest.approx(smallest_paired_p(n))


def test_equal_samples_are_no_evidence():
    assert two_sample_permutation([3, 3], [3, 3, 3]) == 1
    assert paired_permutation([0, 0, 0]) == 1
    assert math.isnan(two_sample_permutation([], [1]))
    assert math.isnan(paired_permutation([]))


def test_smallest_p_for_one_to_four_a_side():
    assert [smallest_p(n, n) for n in (1, 2, 3, 4)] == pytest.approx([1, 1 / 3, 0.1, 2 / 70])


def test_refusals_say_why_and_what_is_needed():
    assert "0.33" in refuse_unpaired(2, 2)
    assert refuse_unpaired(4, 4) is None
    assert "no article" in refuse_unpaired(0, 4)
    assert "6 are needed" in refuse_paired(5)
    assert "7 are needed" in refuse_paired(5, alpha=2 / 2**6)
    assert refuse_paired(6) is None


@given(st.integers(0, 30), st.floats(0.001, 0.2))
def test_a_refusal_names_a_number_that_suffices(n, alpha):
    refusal = refuse_paired(n, alpha=alpha)
    assert (refusal is None) == (smallest_paired_p(n) < alpha)
    if refusal:
        needed = int(refusal.split(" are needed")[0].split()[-1])
        assert refuse_paired(needed, alpha=alpha) is None
        assert refuse_paired(needed - 1, alpha=alpha)


def test_benjamini_and_hochberg_as_published():
    # Benjamini & Hochberg 1995, section 3.2: at q = .05 the four smallest of 15 are rejected
    p = [
        0.0001,
        0.0004,
        0.0019,
        0.0095,
        0.0201,
        0.0278,
        0.0298,
        0.0344,
        0.0459,
        0.3240,
        0.4262,
        0.5719,
        0.6528,
        0.7590,
        1.0,
    ]
    assert (benjamini_hochberg(p) <= 0.05).sum() == 4
    assert (benjamini_hochberg(p[::-1]) == benjamini_hochberg(p)[::-1]).all()
    assert len(benjamini_hochberg([])) == 0
