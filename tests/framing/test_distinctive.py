"""Distinctive words: a planted word is found, topics are not, and few events are refused."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from samestory.framing.distinctive import (
    OutletText,
    find_distinctive,
    flip_signs,
    log_odds,
    mask_pattern,
    words_of,
)
from samestory.statistics import benjamini_hochberg

COMMON = "The council met on the new bridge and the mayor spoke about costs for the town. "


def study(events: int) -> list[OutletText]:
    texts = []
    for n in range(events):
        topic = f"Topic{chr(97 + n)} " * 5
        texts.append(OutletText(f"e{n}", "gazette", topic + COMMON * 6 + "A lorry stood by. " * (3 + n % 2)))
        texts.append(OutletText(f"e{n}", "courier", topic + COMMON * 6 + "A truck stood by. " * (3 + n % 3)))
    return texts


def test_the_planted_word_leads_and_is_tested():
    table = find_distinctive(study(8))
    first = table[table.outlet == "gazette"].iloc[0]
    assert (first.word, first["count"], first.other_count, first.n_events) == ("lorry", 28, 0, 8)
    assert first.p == pytest.approx(2 / 2**8, abs=1e-4)
    assert first.p <= first.q <= 1
    assert pd.isna(first.refusal)


def test_too_few_events_are_refused_in_words():
    table = find_distinctive(study(5))
    assert table.p.isna().all()
    assert table.q.isna().all()
    assert set(table.refusal) == {"no test: 5 shared events, 6 are needed"}


def test_a_topic_that_one_outlet_alone_covers_is_not_its_word():
    texts = [*study(6), OutletText("own", "gazette", "Regatta " * 50)]
    table = find_distinctive(texts)
    assert "regatta" not in set(table.word)


def test_a_longer_article_on_one_event_does_not_make_its_topic_distinctive():
    texts = study(6)
    texts[0] = texts[0]._replace(text=texts[0].text * 20)
    table = find_distinctive(texts)
    own = table[(table.outlet == "gazette") & (table.word == "topica")].iloc[0]
    assert abs(own.z) < 1


def test_a_table_serves_as_well_as_records():
    pd.testing.assert_frame_equal(find_distinctive(pd.DataFrame(study(6))), find_distinctive(study(6)))


def test_one_outlet_is_an_error():
    with pytest.raises(ValueError, match="two outlets"):
        find_distinctive([OutletText("e", "gazette", COMMON)])


def test_outlets_are_masked():
    pattern = mask_pattern(["www.courier.com", "gazette"], {"gazette": ["The Evening Gazette"]})
    text = "courier.com: The Courier sent a courier to the gazette and the evening gazette"
    assert words_of(pattern.sub(" ", text)) == ["the", "sent", "a", "courier", "to", "the", "and"]


def test_words_are_lower_case_without_marks_and_numbers():
    assert words_of("The ferry (No. 40) left Ostrow-Lake; “late,” she said.") == [
        "the", "ferry", "no", "left", "ostrow-lake", "late", "she", "said",
    ]  # fmt: skip


def test_equal_counts_have_no_odds():
    ratio, z = log_odds(np.array([5.0, 10.0]), np.array([5.0, 10.0]), np.array([1.0, 2.0]))
    assert np.allclose(ratio, 0)
    assert np.allclose(z, 0)


@given(st.lists(st.floats(-5, 5), min_size=1, max_size=8))
def test_flipping_signs_is_two_sided_and_never_zero(values):
    column = np.array(values)[:, None]
    p = flip_signs(column)
    assert 2 / 2 ** len(values) <= p[0] <= 1 or len(values) == 1
    assert np.allclose(p, flip_signs(-column))


def test_flips_are_drawn_for_many_events_and_repeat_with_the_seed():
    column = np.linspace(0.1, 1, 15)[:, None]
    assert flip_signs(column, 3) == flip_signs(column, 3)
    assert flip_signs(column, 3)[0] < 0.01


def test_adjusting_leaves_the_untested_alone():
    found = benjamini_hochberg(np.array([0.01, np.nan, 0.04]))
    assert np.isnan(found[1])
    assert found[0] == pytest.approx(0.02)
