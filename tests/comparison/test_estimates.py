"""Estimates that human coding corrects: three ways beside each other, refused where too little is coded."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from samestory.comparison.estimates import (
    WAYS,
    estimate_lines,
    estimate_table,
    estimate_title,
    estimates,
    estimates_finding,
)
from samestory.comparison.planning import coding_plan, plan_sentence
from samestory.tables import frame

EVENTS = 60
Tables = tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]


def study(n_coded: int, below: bool = False, seed: int = 3) -> Tables:
    """Two outlets on the same events. The machine misses half of what the post holds, and nothing of the wire's."""
    random = np.random.default_rng(seed)
    articles, measures, codings = [], [], []
    coded = set(random.choice(EVENTS, n_coded, replace=False).tolist())
    for outlet, found in (("post", 0.5), ("wire", 1.0)):
        for n in range(EVENTS):
            name = f"{outlet}-{n:02}"
            words = int(random.integers(300, 900))
            true = int(random.poisson(0.02 * words))
            articles.append({"article_id": name, "event": f"e{n:02}", "outlet": outlet, "source_file": "f",
                             "published_precision": "unknown", "format": "plain", "text_sha256": name, "n_chars": 1,
                             "n_words": words, "n_body_words": words})  # fmt: skip
            measures.append({"article_id": name, "measure": "certainty_hedge", "denominator": words,
                             "numerator": int(random.binomial(true, found))})  # fmt: skip
            if n in coded:
                codings.append({"round": "r1", "article_id": name, "measure": "certainty_hedge", "numerator": true,
                                "denominator": words if below else None, "inclusion": n_coded / EVENTS})  # fmt: skip
    columns = ["round", "article_id", "measure", "numerator", "denominator", "inclusion"]
    kinds = dict.fromkeys(columns[:3], "string") | dict.fromkeys(columns[3:], "Float64")
    return (
        frame("measures", measures),
        frame("articles", articles),
        pd.DataFrame(codings, columns=columns).astype(kinds),
    )


def test_the_machines_error_is_corrected_and_the_interval_shorter_than_by_people_alone():
    told = estimate_lines(estimates(*study(20)), "certainty_hedge").set_index("label")
    post, wire, difference = told.loc["post"], told.loc["wire"], told.loc["post less wire"]
    assert post.machine == pytest.approx(10, abs=1) and post.machine_high < 15
    assert post.corrected_low < 20 < post.corrected_high and wire.corrected_low < 20 < wire.corrected_high
    assert difference.machine_high < 0  # by the machine alone a difference that is none
    assert difference.corrected_low < 0 < difference.corrected_high
    for row in (post, wire, difference):
        assert row.corrected_high - row.corrected_low < row.human_high - row.human_low
    assert (post.n_articles, post.n_coded, difference.n_coded) == (60, 20, 40)


def test_what_is_lost_by_correcting_is_said():
    said = estimates_finding(estimates(*study(20)))
    assert (
        "1 of 1 differences" in said
        and "corrected for its errors 0" in said
        and "what is lost is hedge cues of post" in said
    )
    assert "No article" in estimates_finding(estimates(*study(0)))


def test_where_every_article_was_coded_the_machine_has_no_say():
    told = estimates(*study(EVENTS))
    for end in ("", "_low", "_high"):
        assert told[f"corrected{end}"].equals(told[f"human{end}"].rename(f"corrected{end}"))
    assert (told.machine != told.corrected).any()


def test_a_title_says_what_correcting_does():
    title = estimate_title(estimates(*study(20)), "certainty_hedge")
    assert title.endswith(
        "none of 1 differences between outlets lie apart from zero once corrected, 1 by the machine alone"
    )
    assert "too little is coded" in estimate_title(estimates(*study(3)), "certainty_hedge")


def test_too_few_coded_articles_are_refused_in_a_sentence():
    told = estimates(*study(3))
    assert told.corrected.isna().all() and told.human.isna().all() and told.machine.notna().all()
    assert told.refusal.str.contains("3 coded").all()
    assert estimate_table(told)["why not"].notna().all()
    assert "Too few" in estimates_finding(told)


def test_words_are_the_machines_where_coders_count_none():
    left, right = (estimates(*study(20, below=below)) for below in (False, True))
    pd.testing.assert_frame_equal(left, right)


def test_of_several_rounds_the_largest_holds():
    measures, articles, codings = study(20)
    other = codings.head(7).assign(round="r2", numerator=0.0)
    both = estimates(measures, articles, pd.concat([other, codings], ignore_index=True))
    pd.testing.assert_frame_equal(both, estimates(measures, articles, codings))


def test_an_article_that_was_not_finished_is_not_coded():
    measures, articles, codings = study(20)
    codings.loc[0, "numerator"] = pd.NA
    told = estimates(measures, articles, codings)
    assert told.n_coded.tolist() == [19, 20, 39]


def test_a_plan_asks_for_more_where_the_difference_is_smaller_and_the_machine_worse():
    measures, articles, _ = study(0)
    asked = ((5, 0.9), (4, 0.9), (5, 0.5))
    plans = [coding_plan(measures, articles, "certainty_hedge", d, r).iloc[0] for d, r in asked]
    assert plans[0].corrected < plans[1].corrected and plans[0].corrected < plans[2].corrected <= plans[2].human
    planned = coding_plan(measures, articles, "certainty_hedge", 5, 0.9)
    assert f"code {plans[0].corrected} of 60 articles of either" in plan_sentence(planned, "certainty_hedge", 5)
    hopeless = coding_plan(measures, articles, "certainty_hedge", 0.1, 0.9)
    assert hopeless.corrected.isna().all() and hopeless.refusal.str.contains("cannot be shown").all()
    assert "no number" in plan_sentence(hopeless, "certainty_hedge", 0.1)
    with pytest.raises(ValueError, match="no measure is named"):
        coding_plan(measures, articles, "bias", 1, 0.9)


def test_every_way_has_a_value_and_bounds_in_the_table():
    told = estimates(*study(20))
    assert {f"{way}{end}" for way in WAYS for end in ("", "_low", "_high")} <= set(told)
    shown = estimate_table(told)
    assert shown.of.tolist() == ["post", "wire", "post less wire"]
    assert shown.coded.tolist() == ["20 of 60", "20 of 60", "40 of 120"]
