"""Dates and clock times from running text, and their normal forms."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samestory.language.times import days_between, find_times

MONDAY = date(2016, 7, 18)


@pytest.mark.parametrize(
    ("text", "span", "bound", "value"),
    [
        ("on Sunday at 12:10 pm", "Sunday at 12:10 pm", "exact", "2016-07-17T12:10"),
        ("9 p.m. on Tuesday", "9 p.m. on Tuesday", "exact", "2016-07-12T21:00"),
        ("on Monday morning", "Monday morning", "exact", "2016-07-18"),
        ("Tuesday, Feb. 6, 2018, in", "Tuesday, Feb. 6, 2018", "exact", "2018-02-06"),
        ("on 14 July", "14 July", "exact", "2016-07-14"),
        ("until June 21", "June 21", "at_most", "2016-06-21"),
        ("since Friday", "Friday", "at_least", "2016-07-15"),
        ("at around 10:30pm on Thursday", "10:30pm on Thursday", "approximate", "2016-07-14T22:30"),
        ("on New Year's Eve", "New Year's Eve", "exact", "2016-12-31"),
        ("last night", "last night", "exact", "2016-07-17"),
        ("in May 2015", "May 2015", "exact", "2015-05"),
        ("in 2012", "2012", "exact", "2012"),
        ("at midnight", "midnight", "exact", None),
    ],
)
def test_a_time_with_its_normal_form(text: str, span: str, bound: str, value: str | None) -> None:
    (found,) = find_times(text)
    assert (text[found.start : found.end], found.bound, found.value(MONDAY)) == (span, bound, value)


@pytest.mark.parametrize("text", ["it may be", "he will march on", "9/11", "a score of 3.30", "the 31st man"])
def test_what_is_no_time(text: str) -> None:
    assert find_times(text) == []


def test_without_the_day_of_publication_a_weekday_is_no_date() -> None:
    (found,) = find_times("on Friday")
    assert found.value(None) is None and days_between(found, None) is None


def test_a_day_that_does_not_exist_has_no_normal_form() -> None:
    (found,) = find_times("on 31 June 2016")
    assert found.value(MONDAY) is None


@given(st.dates(date(1950, 1, 1), date(2080, 12, 31)), st.dates(date(1950, 1, 1), date(2080, 12, 31)))
def test_a_full_date_is_itself_whenever_published(day: date, published: date) -> None:
    (found,) = find_times(f"on {day:%B} {day.day}, {day.year}".replace(", 19", ", 19"))
    if 1800 <= day.year < 2100:
        assert found.value(published) == day.isoformat()


@given(st.text(alphabet=st.sampled_from("mondayju pm:.0123456789,'\n\u2019"), max_size=50))
def test_spans_lie_in_the_text_in_order(text: str) -> None:
    at = 0
    for found in find_times(text):
        assert at <= found.start < found.end <= len(text)
        at = found.end
