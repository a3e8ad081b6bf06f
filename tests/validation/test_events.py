"""Scores of groupings: right where worked out by hand, and the proposals hold on events kept back."""

from __future__ import annotations

from pathlib import Path

import pytest

from samestory.validation import events


def scores(gold: str, found: str) -> dict[str, events.Score]:
    made = (dict(zip("abcdefghijkl", labels.split(), strict=False)) for labels in (gold, found))
    return {s.metric: s for s in events.score_grouping(*made, measure="events", corpus="made", part="all")}


def test_b_cubed_and_rand_by_hand():
    # Bagga & Baldwin (1998), figure 2: of three chains of 5, 2 and 5 the second and the third become one
    found = scores("1 1 1 1 1 2 2 3 3 3 3 3", "1 1 1 1 1 2 2 2 2 2 2 2")
    assert found["b_cubed"].precision == pytest.approx((5 + 2 * 2 / 7 + 5 * 5 / 7) / 12)
    assert (found["b_cubed"].recall, found["b_cubed"].n_documents, found["b_cubed"].n_units) == (1, 12, 3)
    together, chance = 21, 31 * 21 / 66
    assert found["ari"].score == pytest.approx((together - chance) / ((31 + 21) / 2 - chance))


def test_the_same_grouping_under_other_names_is_perfect():
    found = scores("1 1 2 3 3 3", "x x y z z z")
    assert (found["b_cubed"].score, found["ari"].score) == (1, 1)
    assert scores("1 2 3", "a b c")["ari"].score == 1


def test_one_heap_recalls_all_and_alone_is_precise():
    heap, alone = scores("1 1 2 2", "x x x x"), scores("1 1 2 2", "a b c d")
    assert (heap["b_cubed"].precision, heap["b_cubed"].recall, heap["ari"].score) == (0.5, 1, 0)
    assert (alone["b_cubed"].precision, alone["b_cubed"].recall, alone["ari"].score) == (1, 0.5, 0)


def test_development_and_test_share_no_event(shared: Path):
    for corpus in (events.BASIL, events.NEWS_CLUSTER):
        parts = [{a.event for a in events.event_articles(corpus, shared, part)} for part in events.PARTS]
        assert all(parts) and not parts[0] & parts[1]


@pytest.mark.parametrize("corpus", [events.BASIL, events.NEWS_CLUSTER])
def test_events_of_the_development_parts_are_found(corpus: str, shared: Path):
    found = {
        s.measure: s.score for s in events.score_events(shared, None, 0, corpus, "development") if s.metric != "ari"
    }
    assert found["events"] is not None and found["events"] > 0.8
    assert found["events.untimed"] is not None and found["events.untimed"] > 0.7
