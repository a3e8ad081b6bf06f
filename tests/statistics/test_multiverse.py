"""Many specifications tested together: what they share is not counted as evidence many times."""

from __future__ import annotations

import numpy as np
import pytest

from samestory.statistics.multiverse import joint_permutation


def drawn(random: np.random.Generator, pairs: int, specifications: int, shift: float = 0.0) -> tuple:
    """Both sides' counts: each pair has its own level, and the specifications of a side differ little."""
    sides = []
    for lift in (shift, 0.0):
        level = random.normal(20 + lift, 4, (pairs, 1))
        numerator = np.clip(level + random.normal(0, 1, (pairs, specifications)), 0, None)
        sides.append(np.stack([numerator, np.full_like(numerator, 100.0)], axis=2))
    return tuple(sides)


def test_all_arrangements_of_six_pairs_by_hand():
    one = np.tile([[[2.0, 10.0]]], (6, 3, 1))
    other = np.tile([[[1.0, 10.0]]], (6, 3, 1))
    found = joint_permutation(one, other)
    assert found.n_pairs == 6 and found.median == pytest.approx(0.1) and found.share == 1.0
    assert found.p_median == found.p_share == 2 / 2**6  # itself and its mirror
    mirrored = joint_permutation(other, one)
    assert mirrored.median == pytest.approx(-0.1) and mirrored.p_median == found.p_median


def test_fewer_than_six_pairs_are_refused_and_pairs_without_a_denominator_are_none():
    one, other = drawn(np.random.default_rng(1), 6, 4)
    assert joint_permutation(one, other).refusal is None
    one[0, :, 1] = 0
    found = joint_permutation(one, other)
    assert found.n_pairs == 5 and np.isnan(found.p_median) and "5 shared events" in str(found.refusal)


def test_a_pair_that_one_specification_lacks_still_counts_in_the_others():
    one, other = drawn(np.random.default_rng(2), 8, 3, shift=8)
    one[0, 0] = np.nan
    found = joint_permutation(one, other)
    assert found.n_pairs == 8
    each = [joint_permutation(one[:, [n]], other[:, [n]]) for n in range(3)]
    assert [part.n_pairs for part in each] == [7, 8, 8]
    assert found.median == pytest.approx(np.median([part.median for part in each]))


def test_copies_of_one_specification_prove_no_more_than_it_alone():
    one, other = drawn(np.random.default_rng(3), 9, 1, shift=3)
    alone = joint_permutation(one, other)
    copied = joint_permutation(np.repeat(one, 50, axis=1), np.repeat(other, 50, axis=1))
    assert copied == alone


def test_many_pairs_are_drawn_the_same_way_for_the_same_seed():
    one, other = drawn(np.random.default_rng(4), 40, 5, shift=1)
    assert joint_permutation(one, other, draws=499, seed=5) == joint_permutation(one, other, draws=499, seed=5)
    assert joint_permutation(one, other, draws=499, seed=5) != joint_permutation(one, other, draws=499, seed=6)


def test_shapes_that_differ_are_refused():
    with pytest.raises(ValueError, match="both must be"):
        joint_permutation(np.ones((6, 2, 2)), np.ones((6, 3, 2)))


def test_under_the_null_it_errs_as_often_as_it_says():
    random = np.random.default_rng(20160718)
    runs = [joint_permutation(*drawn(random, 20, 16), draws=199, seed=n) for n in range(600)]
    error = (0.05 * 0.95 / len(runs)) ** 0.5
    median = np.mean([run.p_median <= 0.05 for run in runs])
    assert abs(median - 0.05) < 3 * error
    assert np.mean([run.p_share <= 0.05 for run in runs]) < 0.05 + 3 * error  # discrete: often no specification is


def test_a_difference_in_all_specifications_is_seen():
    random = np.random.default_rng(7)
    runs = [joint_permutation(*drawn(random, 20, 16, shift=4), draws=199, seed=n) for n in range(60)]
    assert np.mean([run.p_median <= 0.05 for run in runs]) > 0.7
    assert np.mean([run.p_share <= 0.05 for run in runs]) > 0.7
