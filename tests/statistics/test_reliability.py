from __future__ import annotations

import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from nltk.metrics.agreement import AnnotationTask
from nltk.metrics.distance import binary_distance, interval_distance

from samestory.statistics import alpha_interval, krippendorff_alpha

# Krippendorff 2011, section C: four observers, twelve units, some silent; a column for each observer
_ = None
OBSERVERS = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, _, _, _],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, _, 3],
    [_, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, _],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, _],
]
UNITS = [list(unit) for unit in zip(*OBSERVERS, strict=True)]

ratings = st.lists(st.lists(st.sampled_from([None, 1, 2, 3, 7]), min_size=3, max_size=3), min_size=2, max_size=10)


@pytest.mark.parametrize(("level", "published"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849)])
def test_the_published_example(level, published):
    assert krippendorff_alpha(UNITS, level) == pytest.approx(published, abs=5e-4)


def test_two_observers_binary_as_published():
    # Krippendorff 2011, section A: alpha = 0.095
    meg = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0]
    owen = [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]
    assert krippendorff_alpha(list(zip(meg, owen, strict=True))) == pytest.approx(0.095, abs=5e-4)


@pytest.mark.parametrize(("level", "distance"), [("nominal", binary_distance), ("interval", interval_distance)])
@given(ratings=ratings)
def test_nltk_agrees(level, distance, ratings):
    ours = krippendorff_alpha(ratings, level)
    assume(not math.isnan(ours))
    data = [(f"c{c}", u, v) for u, unit in enumerate(ratings) for c, v in enumerate(unit) if v is not None]
    assert ours == pytest.approx(AnnotationTask(data, distance=distance).alpha())


@given(ratings)
def test_the_order_of_coders_and_units_does_not_matter(units):
    turned = [unit[::-1] for unit in units][::-1]
    for level in ("nominal", "ordinal", "interval"):
        one, other = krippendorff_alpha(units, level), krippendorff_alpha(turned, level)
        assert one == pytest.approx(other, nan_ok=True)


@given(ratings)
def test_ordinal_alpha_sees_ranks_only(units):
    stretched = [[None if v is None else v**3 for v in unit] for unit in units]
    one, other = krippendorff_alpha(units, "ordinal"), krippendorff_alpha(stretched, "ordinal")
    assert one == pytest.approx(other, nan_ok=True)


def test_perfect_chance_and_undefined():
    assert krippendorff_alpha([["a", "a"], ["b", "b"], ["a", "a"]]) == 1
    assert krippendorff_alpha([["a", "b"], ["b", "a"]]) < 0
    assert math.isnan(krippendorff_alpha([["a", "a"], ["a", "a"]]))
    assert math.isnan(krippendorff_alpha([["a", None], [None, "b"]]))
    with pytest.raises(ValueError, match="ratio"):
        krippendorff_alpha(UNITS, "ratio")


def test_the_interval_holds_the_estimate_and_widens_with_clusters():
    units = [["a", "a"] if n % 4 else ["a", "b"] for n in range(40)] + [["b", "b"]] * 40
    plain = alpha_interval(units, seed=1)
    clustered = alpha_interval(units, clusters=[n // 20 for n in range(80)], seed=1)
    assert plain == alpha_interval(units, seed=1)
    assert plain.low < plain.estimate < plain.high
    assert clustered.high - clustered.low > plain.high - plain.low
    assert math.isnan(alpha_interval(units, clusters=[0] * 80).low)
