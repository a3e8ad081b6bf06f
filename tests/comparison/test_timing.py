"""Timing: earlier and later only where precision and zones let it be said."""

from __future__ import annotations

import pandas as pd

from samestory.comparison.timing import timing, timing_headline, timing_note


def table(*rows: tuple[str, str | None], urls: tuple[str | None, ...] = ()) -> pd.DataFrame:
    precisions = {4: "year", 7: "month", 10: "day"}
    columns = ["outlet", "article_id", "published", "published_precision", "url"]
    return pd.DataFrame(
        [
            {"outlet": outlet, "article_id": f"{outlet}-{n}", "published": published,
             "published_precision": precisions.get(len(published), "minute") if published else "unknown",
             "url": urls[n] if urls else None}
            for n, (outlet, published) in enumerate(rows)
        ],
        columns=columns,
    )  # fmt: skip


def stages(data: pd.DataFrame) -> dict[str, str]:
    found = timing(data)
    return dict(zip(found.article_id, found.stage, strict=True))


def test_known_zones_tell_the_order_across_clocks():
    data = table(
        ("late", "2016-07-18T13:30+06:00"), ("early", "2016-07-18T00:30Z"), ("beside", "2016-07-18T03:00+02:00")
    )
    found = timing(data)
    assert found.outlet.tolist() == ["early", "beside", "late"] and found.zoned.all()
    assert found.stage.tolist() == ["earlier", "earlier", "later"]
    assert found.least_hours.tolist() == [0, 0.48, 6.98] and found.most_hours.tolist() == [0, 0.52, 7.02]
    note = timing_note(data)
    assert (
        note
        == "early's report is older than late's by at least 6 hours: differences, in tolls above all, may be updates."
    )
    assert timing_headline(found) == "Later than early: late (at least 6 hours)"


def test_times_without_zone_are_ordered_only_beyond_26_hours():
    assert stages(table(("a", "2016-07-18T10:00"), ("b", "2016-07-19T12:00"))) == {"a-0": "unknown", "b-1": "unknown"}
    assert stages(table(("a", "2016-07-18T10:00"), ("b", "2016-07-19T14:00"))) == {"a-0": "earlier", "b-1": "later"}
    note = timing_note(table(("a", "2016-07-18T10:00"), ("b", "2016-07-19T12:00")))
    assert note.startswith("Which of the reports came first cannot be said, since their times lack an hour or a zone")


def test_an_outlets_own_times_are_of_one_clock():
    assert stages(table(("a", "2016-07-18T10:00"), ("a", "2016-07-18T12:00"))) == {"a-0": "earlier", "a-1": "later"}


def test_days_are_ordered_where_no_clock_could_turn_them():
    assert set(stages(table(("a", "2016-07-18"), ("b", "2016-07-20"))).values()) == {"unknown"}
    found = timing(table(("a", "2016-07-18"), ("b", "2016-07-22")))
    assert found.stage.tolist() == ["earlier", "later"] and found.least_hours[1] == 46 and found.most_hours[1] == 146


def test_within_an_hour_is_the_same_stage():
    data = table(("a", "2016-07-18T10:00Z"), ("b", "2016-07-18T12:40+02:00"))
    assert set(stages(data).values()) == {"same"}
    assert timing_headline(timing(data)) == timing_note(data).split(":")[0]


def test_what_is_beside_the_oldest_is_earlier_where_another_is_later():
    data = table(("a", "2016-07-18T10:00Z"), ("b", "2016-07-18T10:30Z"), ("c", "2016-07-18T11:10Z"))
    assert stages(data) == {"a-0": "earlier", "b-1": "earlier", "c-2": "later"}


def test_a_vague_time_before_a_late_one_is_earlier():
    data = table(("a", "2016-07-18T10:00Z"), ("b", "2016-07-18"), ("c", "2016-08-18T10:00Z"))
    assert stages(data) == {"a-0": "earlier", "b-1": "earlier", "c-2": "later"}
    assert "at least 30 days" in timing_headline(timing(data))


def test_a_vague_time_hides_no_sure_order_of_others():
    data = table(("a", "2019-10-12"), ("b", "2019-10-12T12:20Z"), ("c", "2019-10-13T07:30Z"))
    assert stages(data) == {"a-0": "unknown", "b-1": "earlier", "c-2": "later"}
    assert timing_headline(timing(data)) == "Later than b: c (at least 19 hours)"


def test_unknown_times_are_counted_and_named():
    data = table(("a", "2016-07-18T10:00Z"), ("b", None), ("c", None), ("d", "2016-07-18T16:00Z"))
    found = timing(data)
    assert found.outlet.tolist()[2:] == ["b", "c"] and found.loc[2:, ["zoned", "earliest", "least_hours"]].isna().all(
        axis=None
    )
    assert "The time of publication of 2 of 4 articles is unknown (b and c)" in timing_note(data)
    nothing = table(("a", None), ("b", None))
    assert timing_headline(timing(nothing)) == "No time of publication is known"
    assert timing_note(nothing).startswith("The time of publication of all articles is unknown:")


def test_versions_of_one_page_are_counted_in_order_of_time():
    pages = (
        "https://www.a.example/live#5",
        "http://a.example/live/",
        "https://a.example/live",
        "https://b.example/live",
    )
    data = table(
        ("a", "2016-07-18T12:00Z"), ("a", "2016-07-18T10:00Z"), ("a", None), ("b", "2016-07-18T10:30Z"), urls=pages
    )
    found = timing(data).set_index("article_id")
    assert found.version["a-1"] == 1 and found.version["a-0"] == 2 and pd.isna(found.version["a-2"])
    assert found.n_versions["a-2"] == 3 and found.n_versions["b-3"] == 1
    assert "a's page stands here in 3 versions" in timing_note(data)
    assert "older than a's" not in timing_note(data), "an outlet is not later than itself"


def test_one_article_or_none_has_no_order():
    assert timing_note(table(("a", "2016-07-18T10:00Z"))).startswith("Only one report is here")
    assert stages(table(("a", "2016-07-18T10:00Z"))) == {"a-0": "unknown"}
    empty = timing(table())
    assert empty.empty and "stage" in empty and timing_note(table()) == ""
