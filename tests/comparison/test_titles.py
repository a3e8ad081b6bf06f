"""Findings as titles of figures: each says its numbers, and says so where there is nothing to tell."""

from __future__ import annotations

import pandas as pd
import pytest

from samestory.comparison.frames import profile_finding
from samestory.comparison.labels import label_finding
from samestory.comparison.ledgers import toll_finding
from samestory.comparison.lineage import shared_finding
from samestory.comparison.timing import span_headline, timing, timing_headline
from samestory.comparison.wording import Wording, wording_title
from samestory.validation import results
from samestory.validation.measure_validity import measures_title


def grid(rows: dict[tuple[str, str], list[float]], columns: str = "abc") -> pd.DataFrame:
    index = pd.MultiIndex.from_tuples(list(rows), names=["referent", "label"])
    return pd.DataFrame(list(rows.values()), index=index, columns=list(columns))


def test_the_largest_share_of_copy_is_told():
    shares = grid({("of the report by", "a"): [0, 12.4, 0], ("of the report by", "b"): [83.2, 99, 0]})
    assert shared_finding(shares) == "83 % of what b writes stands in a as well"
    assert shared_finding(shares * 0) == shared_finding(shares.iloc[:0]) == "No two outlets share a passage"


def test_the_most_different_naming_is_told_with_what_all_say():
    words = {("attacker", "man"): [1.0, 2, 1], ("attacker", "gunman"): [1.0, 0, 0], ("mill", "mill"): [1.0, 1, 1]}
    assert label_finding(grid(words)) == "3 outlets use 2 words for the attacker; all use man"
    rare = {
        ("attacker", "man"): [1.0, 0, 0],
        ("attacker", "killer"): [0, 2.0, 0],
        ("attacker", "3 other words"): [0, 0, 9.0],
    }
    assert label_finding(grid(rare)) == "2 outlets use 2 words and more for the attacker; no word is common to all"
    assert label_finding(grid({("Ann Lee", "Lee"): [1.0]}, "a")) == "a uses 1 word for Ann Lee"
    assert label_finding(grid(words).iloc[:0]) == "No person, group or event is named by these outlets"


def test_frames_are_counted_by_how_many_outlets_have_them():
    frames = grid({("good", "crime"): [1, 2, 1], ("good", "morality"): [0, 1, 0], ("fair", "health"): [1, 1, 0]})
    assert profile_finding(frames) == "Of 3 frames, 1 holds in every outlet, 1 in one outlet alone"
    assert profile_finding(frames.iloc[2:]) == "Of 1 frame, none holds in every outlet, none in one outlet alone"
    assert profile_finding(frames[["b"]].iloc[:1]) == "1 frame holds in b"
    assert profile_finding(frames.iloc[:0]) == "No frame holds in any article"


def tolls(*rows: tuple[str, float, str]) -> pd.DataFrame:
    data = pd.DataFrame(rows, columns=["outlet", "quantity", "bound"])
    return data.assign(role="killed", earliest=pd.NaT)


def test_how_far_a_toll_lies_apart_is_told_with_its_bounds():
    assert toll_finding(tolls(("a", 8, "exact"), ("b", 20, "at_least"), ("c", 9, "exact"))) == (
        "The number of killed lies between 8 in a and at least 20 in b"
    )
    assert toll_finding(tolls(("a", 8, "exact"), ("b", 8, "exact"))) == "Both outlets that count the killed say 8"
    assert toll_finding(tolls(("a", 8, "exact"))) == "a tells of 8 killed"
    assert toll_finding(tolls()) == "No outlet counts killed, injured, missing or detained"


def reports(*published: str | None) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {"outlet": f"o{n}", "article_id": f"a{n}", "published": when, "url": None,
             "published_precision": "minute" if when else "unknown"} for n, when in enumerate(published)
        ]
    )  # fmt: skip


def test_many_later_reports_are_told_by_the_first_and_the_last():
    later = timing(reports(*(f"2020-02-06T{hour:02d}:00Z" for hour in (8, 10, 12, 14, 18))))
    assert (
        timing_headline(later) == "4 outlets report later than o0, from o1 (at least 1 hour) to o4 (at least 9 hours)"
    )


def test_the_days_of_a_study_are_told_and_those_unknown_counted():
    assert span_headline(reports("2020-02-06T08:00Z", "2020-03-01T08:00Z", None)) == (
        "2 reports from 2020-02-06 to 2020-03-01; of 1 the time is unknown"
    )
    assert span_headline(reports("2020-02-06T08:00Z")) == "1 report of 2020-02-06"
    assert span_headline(reports(None)) == "No time of publication is known"


@pytest.mark.parametrize(
    ("q", "tested", "title"),
    [
        ([0.01, 0.02, 0.5], 3, "2 words pass the test of difference: lorry, of"),
        ([0.01, 0.5, 0.5], 3, "1 word passes the test of difference: lorry"),
        ([0.5, 0.5, 0.5], 3, "No word passes the test of difference between these outlets"),
        ([0.5, 0.5, 0.5], 0, "Too few shared events to test whether any word sets these outlets apart"),
    ],
)
def test_words_that_pass_the_test_are_counted_and_named(q: list[float], tested: int, title: str):
    words = pd.DataFrame({"word": ["lorry", "of", "the"], "z": [3.0, 2.0, 1.0], "q": q})
    chance = pd.DataFrame({"n_tested": [tested]})
    assert wording_title(Wording(words, chance, words, words, words)) == title
    assert wording_title(Wording(words, chance.iloc[:0], words, words, words)).startswith("No words can be compared")


def score(measure: str, part: str, value: float, metric: str = "exact") -> dict[str, object]:
    return {"measure": measure, "gold": "g", "coders": "people", "part": part, "metric": metric, "n_documents": 9,
            "score": value, "status": results.MEASURED}  # fmt: skip


def test_of_several_golds_the_plot_and_its_title_take_the_one_held_out():
    rows = [
        score("sourcing.cue", "development", 0.9),
        score("sourcing.cue", "test", 0.7),
        score("certainty.cue", "all", 0.8),
    ]
    scores = results.rounded(pd.DataFrame(rows).reindex(columns=list(results.COLUMNS)))
    assert results.drawn(scores).label.tolist() == ["sourcing.cue, g (test)", "certainty.cue, g (all)"]
    assert results.drawn_title(scores) == "F1 goes from 0.70 (sourcing.cue) to 0.80 (certainty.cue)"
    assert results.drawn_title(scores.iloc[:0]) == "Nothing has been measured yet"
    assert measures_title(scores).startswith("0 of ")
