"""What all specifications together say: what holds, what turns and with which choice, what cannot be said."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from samestory.annotation import Annotations
from samestory.comparison import multiverse
from samestory.comparison.multiverse import Results, bearing, conclusion_table, conclusions, curve, failures, finding
from samestory.comparison.specifications import (
    CONTRASTS,
    choice_table,
    specification_finding,
    specification_limits,
    specify,
)
from samestory.figures import specification_curve
from samestory.measures import Choices, specifications

EVENTS = 12
GRID = {"lexicon": ["hedges"], "carried": ["not counted"], "repeats": ["not counted"], "wire": ["once"]}


def results_of(difference, grid=GRID, failed: tuple[str, ...] = (), measure: str = "anonymous") -> Results:
    """A grid in which ``difference`` says what a specification finds, significant from 1 on; counts that agree."""
    chosen = specifications(grid)
    record = pd.DataFrame(
        [{"specification": c.code, **c.options(), "status": "failed" if c.code in failed else "done",
          "reason": "cell 3: it broke" if c.code in failed else None} for c in chosen], dtype="string",
    )  # fmt: skip
    rows, counts = [], []
    for c in chosen:
        if c.code in failed:
            continue
        d = difference(c)
        p = 0.01 if abs(d) >= 1 else 0.4
        rows.append({"specification": c.code, "measure": measure, "outlet": "fox", "other_outlet": "nyt", "p": p,
                     "q": p, "n_events": EVENTS, "difference": d, "low": d - 0.5, "high": d + 0.5})  # fmt: skip
        counts += [{"specification": c.code, "measure": measure, "event": f"e{n}", "outlet": outlet,
                    "numerator": 50.0 + lift, "denominator": 100.0}
                   for n in range(EVENTS) for outlet, lift in (("fox", d), ("nyt", 0.0))]  # fmt: skip
    contrasts = pd.DataFrame(rows, columns=["specification", *CONTRASTS]).astype({"refusal": "string"})
    return Results(record, contrasts, pd.DataFrame(counts))


def by_denominator(choices: Choices) -> float:
    return 2.0 if choices.denominator == "words and mentions" else 0.2


def only(results: Results):
    found = conclusions(results)
    assert len(found) == 1
    return found.iloc[0]


def test_what_is_significant_in_all_holds():
    row = only(results_of(lambda c: 2.0 + (c.headline == "counted")))
    assert (row.outcome, row.specifications, row.ran, row.same_sign, row.corrected) == ("holds", 8, 8, 8, 8)
    assert (row.different, row.bears, row.moves_most, row.moved_by) == (2, "headline", "headline", 1.0)
    assert (row.reference, row["median"], row.lowest, row.highest) == (3.0, 2.5, 2.0, 3.0)
    assert row.said == (
        "Anonymous sources: fox above nyt holds in 8 of 8 specifications (2 of them different), q < .05 in all; "
        "the difference goes from +2.0 to +3.0."
    )
    assert row.p_median == pytest.approx(2 / 2**12, abs=1e-4) and row.q_joint == row.p_median


def test_what_is_significant_under_some_turns_with_the_choice_that_parts_it():
    row = only(results_of(by_denominator))
    assert (row.outcome, row.same_sign, row.corrected, row.moves_most) == ("turns", 8, 4, "denominator")
    assert "turns with the denominator (q < .05 in 100% under “words and mentions”, 0% under “sent" in row.said
    assert "same direction in 8 of 8" in row.said


def test_a_sign_that_turns_is_told_with_how_often_it_is_significant_the_other_way():
    row = only(results_of(lambda c: 2.0 if c.quotes == "counted" else -1.5))
    assert (row.outcome, row.same_sign, row.corrected, row.against) == ("turns", 4, 4, 4)
    assert "turns with quotations" in row.said and "q < .05 the other way in 4" in row.said


def test_where_nothing_is_significant_nothing_can_be_said():
    row = only(results_of(lambda c: 0.3 if c.quotes == "counted" else -0.2))
    assert row.outcome == "cannot be said"
    assert "cannot be said; q < .05 in none of 8 specifications" in row.said


def test_what_was_refused_is_told_with_its_reason():
    results = results_of(by_denominator)
    refused = results.contrasts.assign(p=np.nan, q=np.nan, refusal="no difference can be concluded: 2 shared events")
    row = only(results._replace(contrasts=refused, counts=results.counts[results.counts.event.isin(["e0", "e1"])]))
    assert (row.ran, row.refused, row.outcome) == (8, 8, "cannot be said")
    assert "cannot be said; no difference can be concluded: 2 shared events" in row.said
    assert np.isnan(row.p_median)


def test_failed_specifications_stay_in_every_count():
    results = results_of(lambda c: 2.0, failed=("s0000001", "s1101001"))
    found = conclusions(results)
    row = found.iloc[0]
    assert (row.specifications, row.ran, row.failed, row.outcome) == (8, 6, 2, "holds")
    assert pd.isna(row.reference) and row.said.endswith("; 2 of 8 failed.") and "above nyt holds in 6 of 6" in row.said
    assert failures(results).specification.tolist() == ["s0000001", "s1101001"]
    assert finding(found, results).endswith("2 of 8 specifications failed.")
    shown = curve(results, "anonymous", "fox", "nyt")
    assert (shown.status == "failed").sum() == 2 and shown.stands_for.sum() == 8


def test_choices_without_effect_are_folded_and_the_others_found():
    results = results_of(by_denominator)
    shown = curve(results, "anonymous", "fox", "nyt")
    assert shown.difference.tolist() == [2.0, 0.2] and shown.stands_for.tolist() == [4, 4]
    assert shown.reference.tolist() == [True, False] and shown.significant.tolist() == [True, False]
    assert list(multiverse.drawn_choices(shown)) == ["denominator"]
    assert bearing(results.contrasts.merge(results.specifications, on="specification")) == ["denominator"]


def test_the_most_divided_curve_is_drawn_first_and_tells_what_it_shows():
    results = results_of(by_denominator)
    more = results.contrasts.assign(measure="named", difference=3.0, p=0.001, q=0.001)
    both = results._replace(
        contrasts=pd.concat([more, results.contrasts]),
        counts=pd.concat([results.counts, results.counts.assign(measure="named")]),
    )
    found = conclusions(both)
    assert found.outcome.tolist() == ["holds", "turns"]
    first, second = multiverse.most_telling(found)
    assert (first.measure, second.measure) == ("anonymous", "named")
    shown = curve(both, first.measure, first.outlet, first.other_outlet)
    chart = specification_curve(shown, multiverse.drawn_choices(shown), title=multiverse.curve_title(first),
                                unit=multiverse.curve_unit(first), alt=multiverse.curve_alt(first, shown))  # fmt: skip
    assert multiverse.curve_title(first).endswith("0% under “sentences and distinct”)")
    assert multiverse.curve_title(second).endswith(
        "holds in 8 of 8 specifications (1 of them different), q < .05 in all"
    )
    assert chart.alt.startswith("Specification curve of 2 estimates in order") and "0 failed" in chart.alt
    assert conclusion_table(found)["so it"].tolist() == ["holds", "turns"]
    assert finding(found, both).startswith("Of 2 contrasts under 8 specifications, 1 holds in all that ran, 1 turns")


def test_one_specification_is_measured_contrasted_and_counted(coded: Annotations):
    found = specify(coded, Choices(headline="not counted"), ["attributed_words", "named"])
    assert found.contrasts.columns.tolist() == CONTRASTS
    assert found.contrasts.measure.tolist() == ["attributed_words", "named"]
    assert found.contrasts.refusal.str.startswith("no difference can be concluded: 2 shared events").all()
    counts = found.counts.set_index(["measure", "event", "outlet"])
    assert counts.loc[("attributed_words", "mill-fire", "lantern")].tolist() == [8, 15]
    assert specification_finding(found) == "s1000000: 0 of 2 contrasts could be tested; 0 have q < .05."
    assert choice_table(found.choices).here.tolist()[:2] == ["not counted", "counted"]
    assert specification_limits(found)[1].startswith("No difference can be concluded: 2 shared events")
