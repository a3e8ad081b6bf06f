"""Outlets side by side: ratios of sums, intervals where there is enough, refusals where there is not."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from samestory.comparison import compare, comparison_table, contrast
from samestory.comparison.contrast_tables import contrast_lines
from samestory.comparison.contrasts import out_of_reach
from samestory.tables import frame

Tables = tuple[pd.DataFrame, pd.DataFrame]


def tables_of(counts: dict[tuple[str, str], tuple[float, float]], name: str = "quoted") -> Tables:
    """Measures and articles from counts by event and outlet, an article each."""
    ids = {key: "-".join(key) for key in counts}
    articles = [{"article_id": ids[event, outlet], "event": event, "outlet": outlet, "published_precision": "unknown",
                 "source_file": "f", "format": "plain", "text_sha256": "0", "n_chars": 1, "n_words": 1,
                 "n_body_words": 1} for event, outlet in counts]  # fmt: skip
    measures = [{"article_id": ids[key], "measure": name, "numerator": a, "denominator": b}
                for key, (a, b) in counts.items()]  # fmt: skip
    return frame("measures", measures), frame("articles", articles)


def events(n: int, wire: tuple[float, float], lantern: tuple[float, float]) -> Tables:
    outlets = {"wire": wire, "lantern": lantern}
    return tables_of({(f"e{i}", outlet): counts for i in range(n) for outlet, counts in outlets.items()})


def test_value_is_the_ratio_of_sums_not_the_mean_of_ratios():
    measures, articles = tables_of({("e1", "wire"): (1, 1), ("e2", "wire"): (0, 9)})
    row = compare(measures, articles, names=["quoted"]).iloc[0]
    assert (row.numerator, row.denominator, row.value, row.n_articles) == (1, 10, 10.0, 2)


@pytest.mark.parametrize(("n", "words"), [(1, "no interval: 1 event;"), (5, "no interval: 5 events;")])
def test_below_six_events_there_is_no_interval_and_it_says_why(n: int, words: str):
    compared = compare(*events(n, (1, 2), (2, 2)), names=["quoted"])
    assert compared.low.isna().all() and compared.high.isna().all()
    assert compared.refusal.str.startswith(words).all()
    assert compared.value.tolist() == [100.0, 50.0]


def test_with_six_events_the_interval_contains_the_value():
    counts = {(f"e{i}", "wire"): (i, 10) for i in range(6)}
    row = compare(*tables_of(counts), names=["quoted"]).iloc[0]
    assert row.low < row.value == 25.0 < row.high and row.refusal is None
    again = compare(*tables_of(counts), names=["quoted"]).iloc[0]
    assert (row.low, row.high) == (again.low, again.high)


def test_many_articles_on_one_event_are_one_cluster():
    measures, articles = events(1, (1, 2), (1, 2))
    more = [articles.assign(article_id=articles.article_id + str(n)) for n in range(8)]
    counted = [measures.assign(article_id=measures.article_id + str(n)) for n in range(8)]
    compared = compare(pd.concat(counted), pd.concat(more), names=["quoted"])
    assert (compared.n_articles == 8).all() and compared.refusal.str.startswith("no interval: 1 event;").all()


def test_nothing_counted_is_null_and_never_zero():
    compared = compare(*events(6, (0, 0), (0, 4)), names=["quoted"])
    assert compared.set_index("outlet").value.isna().to_dict() == {"lantern": False, "wire": True}
    shown = comparison_table(compared, ["quoted"])
    assert shown.wire.tolist() == ["–"] and shown.lantern.iloc[0].endswith("(0/24)")


def test_the_articles_given_are_compared_and_no_others():
    measures, articles = events(2, (1, 2), (1, 2))
    assert compare(measures, articles.head(1), names=["quoted"]).n_articles.tolist() == [1]
    with pytest.raises(ValueError, match="no measure is named 'colour'; the measures are attributions, "):
        compare(measures.assign(measure="colour"), articles, names=["colour"])


def test_five_shared_events_cannot_be_tested():
    row = contrast(*events(5, (0, 4), (4, 4)), names=["quoted"]).iloc[0]
    assert np.isnan(row.p) and np.isnan(row.q)
    assert "5 shared events" in row.refusal and "6 are needed" in row.refusal
    assert row.difference == 100.0 and (row.outlet, row.other_outlet) == ("lantern", "wire")


def test_a_difference_on_every_one_of_eight_events_is_found():
    row = contrast(*events(8, (0, 4), (4, 4)), names=["quoted"]).iloc[0]
    assert row.p == pytest.approx(2 / 2**8, abs=1e-4) and row.q == row.p
    assert row.refusal is None or pd.isna(row.refusal)


def test_no_difference_is_not_found():
    counts = {(f"e{i}", outlet): ((i + shift) % 2, 2) for i in range(8) for shift, outlet in enumerate(("a", "b"))}
    assert contrast(*tables_of(counts), names=["quoted"]).p.iloc[0] == 1.0


def test_correction_is_over_all_that_was_tested():
    found, articles = events(8, (0, 4), (4, 4))
    nothing, _ = events(8, (2, 4), (2, 4))
    parts = [found] + [nothing.assign(measure=name) for name in ("agentless", "anonymous", "named")]
    table = contrast(pd.concat(parts, ignore_index=True), articles, names=["quoted", "agentless", "anonymous", "named"])
    assert len(table) == 4
    first = table[table.measure == "quoted"].iloc[0]
    assert first.q == pytest.approx(4 * first.p, abs=4e-4)
    assert (table.q.dropna() >= table.p.dropna()).all()


def test_only_shared_events_are_compared_and_strangers_are_left_out():
    counts = {("e1", "wire"): (1, 1), ("e1", "lantern"): (0, 1), ("e2", "wire"): (1, 1), ("e3", "post"): (1, 1)}
    table = contrast(*tables_of(counts), names=["quoted"])
    assert table[["outlet", "other_outlet", "n_events"]].to_numpy().tolist() == [["lantern", "wire", 1]]


def test_a_difference_is_of_ratios_of_sums_over_shared_events():
    counts = {("e1", "a"): (1, 2), ("e1", "b"): (0, 10), ("e2", "a"): (3, 10), ("e2", "b"): (5, 5), ("e3", "a"): (9, 9)}
    row = contrast(*tables_of(counts), names=["quoted"]).iloc[0]
    assert (row.value, row.other_value) == (round(100 * 4 / 12, 4), round(100 * 5 / 15, 4))
    assert row.difference == 0 and row.higher_in == 0.5


def test_an_event_where_one_outlet_has_nothing_to_divide_by_takes_no_part():
    counts = {(f"e{i}", outlet): (i % 3, 4) for i in range(7) for outlet in ("a", "b")} | {("e0", "b"): (0, 0)}
    row = contrast(*tables_of(counts), names=["quoted"]).iloc[0]
    assert row.n_events == 6 and row.p == 1.0


def test_interval_effect_and_test_tell_the_same_story():
    random = np.random.default_rng(2)
    counts = {(f"e{i:02}", outlet): (int(random.poisson(mean)), 40) for i in range(20)
              for outlet, mean in (("a", 9), ("b", 4))}  # fmt: skip
    row = contrast(*tables_of(counts, "attributions"), names=["attributions"]).iloc[0]
    assert 0 < row.low < row.difference < row.high and row.p < 0.01
    assert 0.5 < row.higher_low < row.higher_in < row.higher_high <= 1


def test_the_lines_of_a_figure_are_those_with_the_smallest_q():
    found, articles = events(8, (0, 4), (4, 4))
    nothing = found.assign(measure="named", numerator=2.0)
    told = contrast(pd.concat([nothing, found], ignore_index=True), articles, names=["quoted", "named"])
    lines = contrast_lines(told, most=1)
    assert lines.measure.tolist() == ["quoted"] and lines.pair.tolist() == ["lantern – wire"]
    assert lines.said.tolist() == ["+100.0 % of attributions"]  # it never varies: no interval
    assert contrast_lines(contrast(*events(3, (0, 4), (4, 4)))).empty


def test_nothing_to_contrast_is_an_empty_table():
    table = contrast(*tables_of({("e1", "wire"): (1, 1)}), names=["quoted"])
    assert table.empty and "q" in table


def test_where_so_few_events_could_show_nothing_that_is_said_instead_of_a_test_in_vain():
    told = pd.DataFrame({"n_events": [6] * 20, "p": [0.03125] * 5 + [0.5] * 15, "q": [0.125] * 5 + [0.5] * 15})
    assert "unless 13 of the 20 tested reached the smallest p there is" in str(out_of_reach(told)), ".03125 · 20 / 13"
    assert out_of_reach(told.assign(q=0.04)) is None, "one holds"
    assert out_of_reach(told.assign(n_events=12)) is None, "each could have held by itself"
    assert out_of_reach(told.assign(p=float("nan"))) is None
