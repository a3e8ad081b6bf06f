from __future__ import annotations

import math

import numpy as np
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


def test_nominal_data_of_two_observers_as_published():
    # Krippendorff 2011, section B: alpha = 0.692
    ben = ["a", "a", "b", "b", "d", "c", "c", "c", "e", "d", "d", "a"]
    gerry = ["b", "a", "b", "b", "b", "c", "c", "c", "e", "d", "d", "d"]
    assert krippendorff_alpha(list(zip(ben, gerry, strict=True))) == pytest.approx(0.692, abs=5e-4)


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


@pytest.mark.parametrize(("level", "truth"), [("nominal", 0.6254), ("ordinal", 0.6842), ("interval", 0.6856)])
def test_the_interval_of_thirty_units_covers(level, truth):
    random = np.random.default_rng(21)
    covered = 0
    for seed in range(300):
        found = alpha_interval(simulated(random, level, 30), level, n_resamples=300, seed=seed)
        covered += found.low <= truth <= found.high
    assert 0.91 * 300 <= covered <= 0.99 * 300  # 95 %, within three standard errors of 300


def test_the_truth_that_intervals_are_held_to():
    for level, truth in (("nominal", 0.6254), ("ordinal", 0.6842), ("interval", 0.6856)):
        assert krippendorff_alpha(simulated(np.random.default_rng(1), level, 20_000), level) == pytest.approx(
            truth, abs=0.01
        )


def simulated(random, level: str, n: int) -> list[list[int]]:
    """Two coders: codes of which a fifth is guessed, or ranks of five that both see through noise."""
    if level == "nominal":
        true = random.choice(3, n, p=[0.5, 0.3, 0.2])
        seen = [np.where(random.random(n) < 0.2, random.choice(3, n), true) for _ in range(2)]
    else:
        true = random.normal(size=n)
        seen = [np.clip(np.round((true + random.normal(0, 0.6, n)) * 1.2 + 2), 0, 4).astype(int) for _ in range(2)]
    return np.column_stack(seen).tolist()


def test_no_disagreement_in_few_units_is_not_certainty():
    few, many = ([["a", "a"], ["b", "b"]] * n for n in (5, 50))
    assert alpha_interval(few).estimate == alpha_interval(few).high == 1
    # 1 - .025 ** (1 / 10) of ten units could disagree, half of all pairs do by chance
    assert alpha_interval(few).low == pytest.approx(1 - (1 - 0.025**0.1) / 0.5)
    assert alpha_interval(few).low < alpha_interval(many).low < 1
