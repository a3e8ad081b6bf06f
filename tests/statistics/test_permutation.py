from __future__ import annotations

import math
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from samestory.statistics import (
    benjamini_hochberg,
    paired_permutation,
    refuse_paired,
    refuse_unpaired,
    smallest_p,
    smallest_paired_p,
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
    assert 0 < paired_permutation(differences, seed=4) == paired_permutation(differences, seed=4) < 1e-4


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
