"""Labels exchanged within blocks: exact for few blocks, at its level for many variables, as the sign flips of two."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from samestory.statistics.exchange import arrange, exchange_labels, exchange_scale, shuffles
from samestory.statistics.permutation import paired_permutation


def pairs(differences: np.ndarray) -> tuple[np.ndarray, list[int], list[str]]:
    """Two units a block: one as far above the other as the block's row says."""
    n = len(differences)
    return (
        np.repeat(differences, 2, axis=0) * np.tile([[1], [-1]], (n, 1)),
        np.repeat(range(n), 2).tolist(),
        ["a", "b"] * n,
    )


@given(st.lists(st.integers(-9, 9), min_size=2, max_size=8).filter(any))
def test_of_two_groups_it_is_the_sign_flip_test(differences: list[int]):
    values, blocks, groups = pairs(np.array(differences, dtype=float)[:, None])
    found = exchange_labels(values, arrange(blocks, groups), np.ones((2, 1), dtype=bool))
    assert found.p[0, 0] == pytest.approx(paired_permutation(differences))
    assert found.p[1, 0] == found.adjusted[0, 0] == found.p[0, 0]


def test_adjusted_is_the_share_of_the_largest_and_never_falls():
    random = np.random.default_rng(3)
    values, blocks, groups = pairs(random.normal(size=(12, 30)) + np.r_[1.5, np.zeros(29)])
    tested = np.ones((2, 30), dtype=bool)
    tested[:, 4] = False
    found = exchange_labels(values, arrange(blocks, groups), tested, draws=999)
    assert np.isnan(found.p[:, 4]).all() and np.isnan(found.adjusted[:, 4]).all()
    known = ~np.isnan(found.p[0])
    assert (found.adjusted[0, known] >= found.p[0, known]).all()
    assert found.p[0, 0] < 0.01 and found.adjusted[0, 0] < 0.05


def test_three_groups_are_exchanged_exactly():
    values = np.array([[2.0], [-1.0], [-1.0], [2.0], [-1.0], [-1.0]])
    blocks = arrange([1, 1, 1, 2, 2, 2], ["a", "b", "c"] * 2)
    found = exchange_labels(values, blocks, np.ones((3, 1), dtype=bool))
    assert found.p[0, 0] == pytest.approx(1 / 9)  # "a" is on top in both blocks
    assert sum(len(chunk[0]) for chunk in shuffles(blocks)) == 36
    assert exchange_scale(values, blocks)[:, 0] == pytest.approx([2, 2, 2])


def test_the_chance_of_any_false_finding_holds():
    random = np.random.default_rng(5)
    false = 0
    for seed in range(60):
        values, blocks, groups = pairs(random.normal(size=(20, 1)) + random.normal(size=(20, 40)))
        found = exchange_labels(values, arrange(blocks, groups), np.ones((2, 40), dtype=bool), draws=199, seed=seed)
        false += bool((found.adjusted < 0.05).any())
    assert false <= 7  # of 60 at .05; more happen once in a hundred


def test_a_group_with_two_units_in_a_block_is_an_error():
    with pytest.raises(ValueError, match="more than one unit"):
        arrange(["e", "e"], ["a", "a"])


def test_nothing_tested_is_nothing_found():
    found = exchange_labels(np.zeros((0, 2)), arrange([], []), np.ones((0, 2), dtype=bool))
    assert found.p.shape == (0, 2)
