"""What differs between outlets besides the outlet: copy, stage, length, topic; said where it cannot be told apart."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import NamedTuple

import pandas as pd
import pytest

from samestory.annotation import Annotations
from samestory.comparison import contrast, findings
from samestory.comparison.confound_notes import (
    check_headline,
    confound_note,
    confound_sentences,
    confound_table,
    noted,
    stage_counts,
    stage_headline,
    study_confounds,
)
from samestory.comparison.confounds import COLUMNS, confounds, length_effects, stage_check, stages
from samestory.figures import stage_bars
from samestory.tables import frame


class Report(NamedTuple):
    """An invented report; ``copy`` is the span of its body that stands in the first report on its event."""

    event: str | None
    outlet: str
    published: str | None = None
    words: int = 100
    quoted: int = 1  # of its four attributions
    agency: str | None = None
    copy: tuple[int, int] | None = None
    frame: str | None = None


def study(reports: list[Report]) -> tuple[Annotations, pd.DataFrame]:
    """The tables of these reports: bodies of 1,000 characters; measures are those that the tests ask for."""
    rows: dict[str, list[dict[str, object]]] = {field.name: [] for field in fields(Annotations)}
    measures = []
    for n, report in enumerate(reports):
        own = {"article_id": f"{n:03}-{report.outlet}"}
        precision = {4: "year", 10: "day"}.get(len(report.published), "minute") if report.published else "unknown"
        rows["articles"].append(
            own | {"event": report.event, "outlet": report.outlet, "published": report.published, "format": "plain",
                   "published_precision": precision, "source_file": own["article_id"], "agency": report.agency,
                   "text_sha256": "0", "n_chars": 1000, "n_words": report.words, "n_body_words": report.words}
        )  # fmt: skip
        rows["segments"].append(own | {"start": 0, "end": 1000, "segment": "body", "rule": "hand"})
        if report.frame:
            rows["frames"].append(own | {"scheme": "policy", "frame": report.frame, "score": 1.0, "present": True})
        if report.copy:
            wire = next(r["article_id"] for r in rows["articles"] if r["event"] == report.event)
            spans = {"start": report.copy[0], "end": report.copy[1], "other_start": 0, "other_end": 900}
            back = {"start": 0, "end": 900, "other_start": report.copy[0], "other_end": report.copy[1]}
            rows["reuse"] += [own | spans | {"other_article_id": wire},
                              {"article_id": wire, "other_article_id": own["article_id"]} | back]  # fmt: skip
        measures += [own | {"measure": "attributions", "numerator": 4, "denominator": report.words},
                     own | {"measure": "quoted", "numerator": report.quoted, "denominator": 4}]  # fmt: skip
    return Annotations(**{name: frame(name, own) for name, own in rows.items()}), frame("measures", measures)


def told(reports: list[Report]) -> pd.DataFrame:
    return confounds(*study(reports))


def hours(n: int, first: int, second: int) -> list[Report]:
    """Events that the outlets a and b tell at these hours."""
    days = [f"2020-03-{day:02}" for day in range(1, n + 1)]
    return [
        Report(f"e{first}{second}{day}", outlet, f"{day}T{hour:02}:00Z")
        for day in days
        for outlet, hour in (("a", first), ("b", second))
    ]


def test_an_outlet_that_is_always_later_cannot_be_told_from_its_stage():
    row = told([*hours(7, 14, 9), Report("x", "a"), Report("x", "b")]).iloc[0]
    assert (row.n_events, row.later, row.earlier, row.same_stage, row.unknown_stage) == (8, 7, 0, 0, 1)
    assert row.separable == "no"
    assert confound_note(row) == "outlet or stage: later on 7, never earlier, unknown on 1"


@pytest.mark.parametrize(
    ("reports", "separable"),
    [
        (hours(6, 14, 9) + hours(6, 9, 14), "yes"),
        (hours(6, 14, 9) + hours(5, 9, 14), "no"),
        (hours(6, 9, 9), "yes"),
        (hours(5, 9, 9) + hours(9, 14, 9), "no"),
        ([r._replace(published="2020-03-01") for r in hours(6, 9, 14)], "unknown"),
    ],
)
def test_six_events_of_one_stage_or_of_either_order_tell_them_apart(reports: list[Report], separable: str):
    assert told(reports).separable.tolist() == [separable]


def test_several_reports_on_either_side_of_the_others_have_no_order():
    found = study([Report("e", "a", "2020-03-01T08:00Z"), Report("e", "a", "2020-03-01T20:00Z"),
                   Report("e", "b", "2020-03-01T12:00Z")])[0]  # fmt: skip
    assert stages(found.articles).stage.tolist() == ["unknown"]
    later = study([Report("e", "a", "2020-03-01T08:00Z"), Report("e", "a"), Report("e", "b", "2020-03-01T12:00Z")])[0]
    assert stages(later.articles).stage.tolist() == ["unknown"], "one of its times is unknown"


def test_versions_of_one_copy_and_copy_of_one_agency_are_counted_and_their_share():
    row = told([
        Report("e1", "paper"), Report("e1", "sheet", agency="Meridian", copy=(50, 950)),
        Report("e2", "paper", agency="Meridian"), Report("e2", "sheet", agency="Meridian"),
        Report("e3", "paper"), Report("e3", "sheet"),
    ]).iloc[0]  # fmt: skip
    assert (row.n_events, row.one_copy, row.one_agency) == (3, 1, 1)
    assert (row.shared, row.other_shared) == (30.0, 30.0), "900 of 3,000 characters"
    assert row.agency == pytest.approx(33.3) and row.other_agency == pytest.approx(66.7)
    assert confound_note(row).startswith("one copy on 1 of 3 events; stage unknown")


def test_an_agency_and_the_paper_that_names_it_are_not_two_voices():
    row = told([Report("e1", "meridian-wire"), Report("e1", "paper", agency="Meridian")]).iloc[0]
    assert (row.one_copy, row.one_agency, row.agency, row.other_agency) == (0, 1, 0.0, 100.0)
    assert confound_note(row).startswith("copy of one agency on 1 of 1 event;")


def test_who_is_longer_is_said_from_six_events_on_and_only_beyond_chance():
    short = [Report(f"e{n}", outlet, words=words) for n in range(6) for outlet, words in (("a", 100), ("b", 300 + n))]
    row = told(short).iloc[0]
    assert (row.words, row.other_words, row.longer_in, row.shorter_in) == (100, 302.5, 0, 6) and row.one_is_longer
    assert "shorter on 6 of 6 events" in confound_note(row)
    assert pd.isna(told(short[:10]).one_is_longer[0]), "five events cannot tell"
    turned = [r._replace(words=400 if r.event in ("e0", "e1", "e2") and r.outlet == "a" else r.words) for r in short]
    assert not told(turned).one_is_longer[0]


def test_the_words_of_a_report_are_what_is_compared_where_an_outlet_has_several():
    row = told([Report("e", "a", words=100), Report("e", "a", words=200), Report("e", "b", words=180)]).iloc[0]
    assert (row.words, row.other_words, row.shorter_in) == (150, 180, 1)


def test_the_readers_table_sets_both_side_by_side():
    row = confound_table(told([Report("e", "a", words=1100), Report("e", "b", words=180), Report("x", "b")])).iloc[0]
    assert (row.events, row["order unknown"], row["stage apart"]) == (1, 1, "unknown")
    assert row[["shared text", "words", "longer on", "alone"]].tolist() == ["0 / 0 %", "1,100 / 180", "1 / 0", "0 / 1"]
    assert confound_table(told([Report("e", "a")])).empty


def test_frames_that_one_outlet_carries_where_it_is_alone():
    shared = [Report(f"e{n}", outlet) for n in range(8) for outlet in ("a", "b")]
    alone = [Report(f"x{n}", "a", frame="crime_and_punishment") for n in range(8)]
    found, measures = study([*shared, *alone, Report(None, "b")])
    row = confounds(found, measures).iloc[0]
    assert (row.n_events, row.only_here, row.only_there) == (8, 8, 0)
    assert row.frames_here == "crime_and_punishment" and pd.isna(row.frames_there)
    said = confound_sentences(found, confounds(found, measures))
    assert any("a and b share 8, a has 8 and b 0 alone" in sentence for sentence in said)
    assert any("more often: a crime and punishment." in sentence for sentence in said)
    few = told([*shared, *alone[:5]])
    assert pd.isna(few.frames_here[0]), "five events are too few"


def test_length_effects_need_twenty_articles_and_give_their_direction():
    rising = [Report(f"e{n}", "a", words=100 + n, quoted=n // 6) for n in range(24)]
    found, measures = study([*rising, *(Report(f"e{n}", "b", words=100 + n, quoted=n % 4) for n in range(19))])
    effects = length_effects(measures, found.articles)
    assert set(effects.outlet) == {"a"}
    quoted, rate = (effects.set_index("measure").loc[name] for name in ("quoted", "attributions"))
    assert quoted.rho > 0.9 and quoted.q < 0.05 and rate.rho == -1 and quoted.n_articles == 24


def test_a_contrast_of_a_measure_that_goes_with_length_is_noted():
    reports = [
        report
        for n in range(24)
        for report in (Report(f"e{n}", "a", words=100 + n, quoted=n // 6), Report(f"e{n}", "b", words=60, quoted=1))
    ]
    found, measures = study(reports)
    contrasts = contrast(measures, found.articles, names=["quoted"])
    notes = noted(contrasts, confounds(found, measures), length_effects(measures, found.articles)).note
    assert notes.tolist() == ["stage unknown; longer on 24 of 24 events; goes with length"]
    assert "goes with length" not in noted(contrasts, confounds(found, measures)).note[0]


def test_no_note_where_nothing_but_the_outlet_differs():
    found, measures = study(hours(6, 9, 9))
    contrasts = contrast(measures, found.articles, names=["quoted"])
    assert noted(contrasts, confounds(found, measures)).note.isna().all()
    assert confound_sentences(found, confounds(found, measures)) == []


def test_a_difference_that_is_one_of_stage_turns_within_the_orders():
    late = [r._replace(quoted=4 if r.outlet == "a" else 0) for r in hours(20, 14, 9)]
    early = [r._replace(quoted=0 if r.outlet == "a" else 4) for r in hours(7, 9, 14)]
    found, measures = study([*late, *early])
    contrasts = contrast(measures, found.articles, names=["quoted"])
    assert contrasts.q[0] < 0.05
    checked = stage_check(contrasts, measures, found.articles).set_index("stage")
    assert checked.index.tolist() == ["earlier", "later"]
    assert checked.n_events.tolist() == [7, 20] and checked.same_sign.tolist() == [False, True]
    assert checked.difference.tolist() == [-100, 100]
    assert (checked.q < 0.05).all()


def test_stages_with_too_few_events_are_not_checked():
    found, measures = study([r._replace(quoted=4 if r.outlet == "a" else 0) for r in hours(20, 14, 9)])
    contrasts = contrast(measures, found.articles, names=["quoted"])
    checked = stage_check(contrasts, measures, found.articles)
    assert contrasts.q[0] < 0.05 and checked.empty and "same_sign" in checked


def test_sentences_name_pairs_and_count_those_beyond_four():
    reports = [
        Report(f"e{n}", outlet, f"2020-03-0{n + 1}T{9 + 2 * place:02}:00Z")
        for n in range(7)
        for place, outlet in enumerate("abcd")
    ]
    found, measures = study(reports)
    said = confound_sentences(found, confounds(found, measures))
    assert len(said) == 1 and "a against b (earlier on 7, never later)" in said[0] and "and 2 more pairs" in said[0]
    assert findings.limits(found, confounded=said)[-1:] == said
    assert not set(study_confounds(found.articles)) & set(findings.limits(found, confounded=said))


def test_of_one_event_the_times_are_told_in_full():
    found, measures = study([Report("e", "a", "2020-03-01T08:00Z", 90), Report("e", "b", "2020-03-01T18:00Z", 120)])
    said = confound_sentences(found, confounds(found, measures))
    assert said[0].startswith("a's report is older than b's by at least 9 hours")
    assert said[1].startswith("Reports differ in length, from 90 counted words (a) to 120 (b)") and len(said) == 2


def test_outlets_without_a_shared_event_stand_in_the_table_and_say_so():
    found, measures = study([Report("e1", "a"), Report("e2", "b"), Report(None, "c")])
    table = confounds(found, measures)
    assert table.n_events.tolist() == [0, 0, 0] and table.separable.isna().all()
    assert {confound_note(row) for row in table.itertuples()} == {"no event that both cover"}
    assert stage_counts(table).empty and "takes two outlets" in stage_headline(table)
    assert stage_bars(stage_counts(table), title="t", alt="a").svg()


def test_without_text_and_measures_lengths_are_null_and_nothing_fails(coded: Annotations):
    bare = replace(coded.without_text(), segments=coded.segments.iloc[:0])
    row = confounds(bare, frame("measures")).iloc[0]
    assert row.n_events == 2 and pd.isna(row.words) and pd.isna(row.shared) and row.longer_in == 0
    assert length_effects(frame("measures"), bare.articles).empty
    assert pd.isna(confound_table(confounds(bare, frame("measures"))).words[0])
    one = confounds(bare.select(bare.articles.article_id[bare.articles.outlet == "wire"]), frame("measures"))
    assert one.empty and list(one) == list(COLUMNS)


@pytest.mark.parametrize(
    ("reports", "title"),
    [
        (hours(6, 9, 9), "Stage of reporting can be held fixed for every pair of outlets"),
        (hours(6, 9, 12), "Outlet and stage of reporting cannot be told apart"),
        ([Report("e", "a"), Report("e", "b")], "Which outlet reported first is known of no event"),
        ([*hours(6, 9, 9), Report("x", "a"), Report("x", "c")],
         "Stage of reporting can be held fixed for 1 of 2 pairs of outlets"),
    ],
)  # fmt: skip
def test_the_figure_says_for_which_pairs_stage_can_be_held_fixed(reports: list[Report], title: str):
    table = told(reports)
    assert stage_headline(table) == title
    chart = stage_bars(stage_counts(table), title=title, alt="a")
    assert chart.data.iloc[0, 2:].sum() == table.n_events[0] and "order unknown" in repr(chart.figure.texts)


def test_what_the_check_of_stages_finds_is_said():
    late = [r._replace(quoted=4 if r.outlet == "a" else 0) for r in hours(20, 14, 9)]
    early = [r._replace(quoted=0 if r.outlet == "a" else 4) for r in hours(7, 9, 14)]
    found, measures = study([*late, *early])
    contrasts = contrast(measures, found.articles, names=["quoted"])
    checked = stage_check(contrasts, measures, found.articles)
    assert check_headline(checked) == (
        "0 of 1 contrast that could be looked at keep their sign with the stage of reporting held fixed; not so: "
        "quoted, a against b."
    )
    assert check_headline(checked[checked.same_sign]).startswith("1 of 1 contrast that could be looked at keeps its")
    assert check_headline(checked.iloc[:0]).startswith("No contrast that holds could be looked at")
