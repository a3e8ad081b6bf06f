"""Distinctive words: a planted word is found, topics and lengths are not, few events are refused, chance is shown."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from samestory.framing.distinctive import COLUMNS, OutletText, find_distinctive, log_odds, null_distinctive
from samestory.framing.word_counts import Unit, at_even_steps, count_texts, count_units

COMMON = "The council met on the new bridge and the mayor spoke about costs for the town. "


def study(events: int) -> list[OutletText]:
    texts = []
    for n in range(events):
        topic = f"Topic{chr(97 + n)} " * 5
        texts.append(OutletText(f"e{n}", "gazette", topic + COMMON * 6 + "A lorry stood by. " * (3 + n % 2)))
        texts.append(OutletText(f"e{n}", "courier", topic + COMMON * 6 + "A truck stood by. " * (3 + n % 3)))
    return texts


def chance_units(seed: int, events: int = 30, share: float = 0.5, outlets: int = 2) -> list[Unit]:
    """Copy without any difference: bursty words, dealt to outlets of which the first has ``share`` of the words."""
    random = np.random.default_rng(seed)
    units = []
    weights = 1 / np.arange(1, 301)
    for event in range(events):
        mixed = weights * random.gamma(0.5, 2, 300)
        for n in range(outlets):
            length = int(400 * (share if n == 0 else 1 - share))
            units.append(Unit(f"e{event}", f"o{n}", random.choice(300, length, p=mixed / mixed.sum())))
    return units


def test_the_planted_word_leads_and_is_tested():
    table = find_distinctive(study(8))
    first = table[table.outlet == "gazette"].iloc[0]
    assert (first.word, first["count"], first.other_count, first.n_events, first.n_differ) == ("lorry", 28, 0, 8, 8)
    assert first.p == pytest.approx(2 / 2**8, abs=1e-4)
    assert first.p <= first.q <= 1
    assert pd.isna(first.refusal)
    assert tuple(table) == COLUMNS


def test_difference_and_interval_are_those_of_the_events():
    words = [["lorry"] * k + ["stone"] * (10 - k) for k in (1, 2, 3, 1, 2, 3)]
    texts = [OutletText(f"e{n}", "gazette", " ".join(own)) for n, own in enumerate(words)]
    texts += [OutletText(f"e{n}", "courier", "stone " * 10) for n in range(6)]
    table = find_distinctive(texts).set_index(["outlet", "word"])
    row = table.loc[("gazette", "lorry")]
    assert row.difference == pytest.approx(200)  # (1 + 2 + 3 + 1 + 2 + 3) / 6 of 10 words
    reach = 2.5706 * np.std([100, 200, 300, 100, 200, 300], ddof=1) / np.sqrt(6)
    assert (row.low, row.high) == pytest.approx((200 - reach, 200 + reach), abs=0.01)
    mirror = table.loc[("courier", "lorry")]
    assert (mirror.difference, mirror.low, mirror.high) == pytest.approx((-200, -200 - reach, -200 + reach), abs=0.01)
    assert row.p == pytest.approx(2 / 2**6, abs=1e-4)


def test_too_few_events_are_refused_in_words():
    table = find_distinctive(study(5))
    assert table[["difference", "low", "high", "p", "q"]].isna().all().all()
    assert set(table.refusal) == {"no test: 5 shared events, 6 are needed"}


def test_a_word_that_few_events_hold_is_not_tested_and_says_so():
    table = find_distinctive(study(8)).set_index(["outlet", "word"])
    row = table.loc[("gazette", "topica")]
    assert pd.isna(row.p) and pd.isna(row.low)
    assert row.refusal == "no test: the outlets differ on 0 of 8 shared events, 6 are needed"
    assert table.refusal.notna().sum() == table.p.isna().sum() > 0


def test_a_topic_that_one_outlet_alone_covers_is_not_its_word():
    texts = [*study(6), OutletText("own", "gazette", "Regatta " * 50)]
    assert "regatta" not in set(find_distinctive(texts).word)


def test_a_longer_article_on_one_event_does_not_make_its_topic_distinctive():
    texts = study(6)
    texts[0] = texts[0]._replace(text=texts[0].text * 2)
    table = find_distinctive(texts)
    own = table[(table.outlet == "gazette") & (table.word == "topica")].iloc[0]
    assert abs(own.z) < 1


@pytest.mark.parametrize(("share", "outlets"), [(0.5, 2), (0.2, 2), (0.35, 4)])
def test_the_level_holds_for_skewed_counts_unequal_lengths_and_many_outlets(share: float, outlets: int):
    below, called = [], []
    for seed in range(20):
        counted = count_units(chance_units(seed, share=share, outlets=outlets), [f"w{n}" for n in range(300)])
        table = find_distinctive(counted, draws=199, seed=seed)
        below.append((table.p.dropna() < 0.05).mean())
        called.append((table.q < 0.05).sum())
    assert np.mean(below) < 0.05 + 2 * np.std(below) / np.sqrt(len(below))
    assert np.mean(called) < 0.5


def test_each_word_of_many_outlets_is_set_against_the_mean_of_the_others():
    texts = [
        OutletText(f"e{n}", outlet, "stone " * (10 - k) + "lorry " * k)
        for n in range(6)
        for outlet, k in (("a", 4), ("b", 2), ("c", 0))
    ]
    table = find_distinctive(texts).set_index(["outlet", "word"])
    assert table.loc[("a", "lorry")].difference == pytest.approx(300)
    assert table.loc[("b", "lorry")].difference == pytest.approx(0)
    assert table.loc[("c", "lorry")].difference == pytest.approx(-300)


def test_chance_stands_beside_the_log_odds():
    table, chance = find_distinctive(study(8)), null_distinctive(study(8))
    counts = chance.outlets.set_index("outlet")
    assert counts.log_odds["gazette"] == (table[table.outlet == "gazette"].z.abs() > 1.96).sum() == 2
    assert 0 < counts.log_odds_chance["gazette"] < 2
    assert counts.log_odds_low["gazette"] <= counts.log_odds_chance["gazette"] <= counts.log_odds_high["gazette"]
    assert set(chance.words.word) == set(table.word)
    span = chance.words[(chance.words.outlet == "gazette") & (chance.words.word == "lorry")].iloc[0]
    assert span.z_low < 0 < span.z_high < table.z.max()


def test_chance_repeats_with_the_seed():
    one, same, other = (null_distinctive(study(14), seed=seed) for seed in (1, 1, 2))
    pd.testing.assert_frame_equal(one.words, same.words)
    assert not one.words.equals(other.words)


def test_outlets_that_share_no_event_give_empty_tables():
    texts = [OutletText("e1", "gazette", COMMON * 6), OutletText("e2", "courier", COMMON * 6)]
    counted = count_texts(texts)
    found = find_distinctive(counted)
    chance = null_distinctive(counted)
    assert found.empty and chance.outlets.empty and chance.words.empty
    assert found.merge(chance.words, on=["outlet", "word"]).empty  # the two are drawn together
    assert counted.compared.n_events.tolist() == [0, 0]


def test_a_table_serves_as_well_as_records():
    pd.testing.assert_frame_equal(find_distinctive(pd.DataFrame(study(6))), find_distinctive(study(6)))


def test_one_outlet_is_an_error():
    with pytest.raises(ValueError, match="two outlets"):
        find_distinctive([OutletText("e", "gazette", COMMON)])


def test_what_is_compared_is_counted_and_briefs_are_left_out():
    texts = [
        OutletText("e", "a", "stone " * 100), OutletText("e", "b", "stone " * 80), OutletText("e", "c", "stone " * 20)
    ]  # fmt: skip
    compared = count_texts(texts).compared.set_index("outlet")
    assert compared.loc["a"].tolist() == [1, 100, 80, 0]
    assert compared.loc["b"].tolist() == [1, 80, 80, 0]
    assert compared.loc["c"].tolist() == [0, 0, 0, 1]


def test_masks_are_counted_by_outlet():
    texts = [
        OutletText("e", "gazette", "Mr. Ruel met Mr. Anker. The Courier said so."),
        OutletText("e", "courier", "x"),
    ]
    masks = count_texts(texts, masks={"courier": ["The Courier"]}).masks
    assert masks.to_numpy().tolist() == [["gazette", "the courier", "outlet_name", 1], ["gazette", "mr", "courtesy", 2]]


def test_words_are_taken_at_even_steps():
    words = np.arange(10)
    assert at_even_steps(words, 5, 0.5).tolist() == [1, 3, 5, 7, 9]
    assert at_even_steps(words, 5, 0.1).tolist() == [0, 2, 4, 6, 8]
    assert at_even_steps(words, 12).tolist() == list(range(10))


def test_equal_counts_have_no_odds():
    ratio, z = log_odds(np.array([5.0, 10.0]), np.array([5.0, 10.0]), np.array([1.0, 2.0]))
    assert np.allclose(ratio, 0)
    assert np.allclose(z, 0)
