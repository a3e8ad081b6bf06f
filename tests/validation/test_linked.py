from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from samestory.validation.corpora.records import Attribution
from samestory.validation.linked import METRICS, iou, score_linked
from samestory.validation.outlets import largest_by_chance, score_outlets

SAID = Attribution(((10, 14),), ((0, 9),), ((15, 40),))
SHOWN = Attribution(((60, 65),), (), ((66, 90),))
REFUSED = Attribution(((110, 121),), ((100, 109),), ())

pieces = st.lists(st.tuples(st.integers(0, 40), st.integers(1, 9)), max_size=1).map(
    lambda spans: tuple((start, start + length) for start, length in spans)
)


def linked(gold, found):
    scores = score_linked({"d": gold}, {"d": found}, measure="sourcing.linked", corpus="test", part="all", seed=0)
    return {score.metric: score for score in scores}


def test_an_attribution_agrees_with_itself():
    scores = linked([SAID, SHOWN, REFUSED], [REFUSED, SHOWN, SAID])
    assert set(scores) == set(METRICS)
    assert {score.score for score in scores.values()} == {1}


def test_the_right_content_of_the_wrong_speaker_is_no_hit():
    wrong = SAID._replace(source=((50, 55),))
    assert {score.score for score in linked([SAID], [wrong]).values()} == {0}
    assert linked([SHOWN], [SHOWN._replace(source=((50, 55),))])["linked_0.3"].score == 0
    assert linked([SAID], [SAID._replace(source=())])["linked_0.3"].score == 0


def test_half_a_content_is_enough_for_one_share_and_not_for_the_other():
    half = SAID._replace(content=((15, 28),))
    scores = linked([SAID], [half])
    assert [scores[metric].score for metric in METRICS] == [0, 1, 0, 1]
    third = SAID._replace(content=((15, 24),))
    assert [linked([SAID], [third])[metric].score for metric in METRICS] == [0, 1, 0, 0]


def test_too_long_a_content_covers_gold_and_fails_by_iou():
    long = SAID._replace(content=((15, 80),))
    scores = linked([SAID], [long])
    assert (scores["linked_0.8"].score, scores["linked_iou"].score) == (1, 0)


def test_what_is_not_found_and_what_is_too_much_count():
    score = linked([SAID, SHOWN], [SAID, REFUSED, SAID._replace(content=((200, 210),))])["linked_strict"]
    assert (score.precision, score.recall) == (pytest.approx(1 / 3), 0.5)


@given(pieces, pieces)
def test_iou_is_symmetric_and_bounded(one, other):
    assert iou(one, other) == iou(other, one)
    assert 0 <= iou(one, other) <= 1
    assert iou(one, one) == 1


def documents(right, n=12):
    """Documents with ten gold units each, of which so many are found and right."""
    return np.array([[right + n % 2, 10, right + n % 2, 10] for n in range(n)], dtype=np.float64)


def outlets(**counts):
    names = {"measure": "sourcing.outlets.cue", "corpus": "test", "part": "dev", "seed": 4, "n_resamples": 200}
    return list(score_outlets(counts, "exact", **names))


def test_the_largest_difference_names_both_outlets_and_stands_out_from_chance():
    *each, largest = outlets(gazette=documents(7), herald=documents(4), mail=documents(6))
    assert [score.part for score in each] == ["dev, gazette", "dev, herald", "dev, mail"]
    assert largest.score == pytest.approx(0.3)
    assert largest.low <= 0.3 <= largest.high
    assert largest.reason.startswith("gazette against herald")
    assert float(largest.reason.rpartition("= ")[2]) < 0.05


def test_outlets_served_alike_differ_by_chance_only():
    rng = np.random.default_rng(1)
    groups = [np.column_stack([r := rng.integers(0, 11, 12), np.full(12, 10), r, np.full(12, 10)]) for _ in range(7)]
    groups = [group.astype(np.float64) for group in groups]
    *_, largest = outlets(**{f"o{n}": group for n, group in enumerate(groups)})
    assert float(largest.reason.rpartition("= ")[2]) > 0.05
    assert largest_by_chance(groups, 0.0, 99, seed=0) == 1


def test_few_documents_of_an_outlet_give_no_interval():
    *_, largest = outlets(gazette=documents(7), herald=documents(4, n=5))
    assert largest.low is None
