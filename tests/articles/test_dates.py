"""Dates to ISO 8601 at the precision that they have."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samestory.articles.dates import find_date, read_date


@pytest.mark.parametrize(
    ("given_as", "published", "precision"),
    [
        ("2017-09-16T05:13:15", "2017-09-16T05:13:15", "second"),
        ("2017-09-16 05:13", "2017-09-16T05:13", "minute"),
        ("2017-09-16T00:00:00", "2017-09-16", "day"),
        ("2017-09", "2017-09", "month"),
        ("2017", "2017", "year"),
        ("20170916", "2017-09-16", "day"),
        ("2017-09-16T05:13:15Z", "2017-09-16T05:13:15+00:00", "second"),
        ("2017-09-16T05:13:15+0200", "2017-09-16T05:13:15+0200", "second"),
        ("September 16, 2017", "2017-09-16", "day"),
        ("16 Sep 2017", "2017-09-16", "day"),
        ("Sat, 16 Sep 2017 05:13:15 +0100", "2017-09-16T05:13:15+01:00", "second"),
        ("12/07/2016", None, "unknown"),
        ("12.07.2016", "2016-07-12", "day"),  # no language that writes dots puts the month first
        ("2016/07/12 09:30", "2016-07-12T09:30", "minute"),
        ("2016-07-12 09:30:00 UTC", "2016-07-12T09:30:00+00:00", "second"),
        ("20160712T093000Z", "2016-07-12T09:30:00+00:00", "second"),
        ("12 July 2016 9:30 PM GMT+1", "2016-07-12T21:30+01:00", "minute"),
        (1468315800, "2016-07-12T09:30:00+00:00", "second"),
        (1468315800000, "2016-07-12T09:30:00+00:00", "second"),
        (20160712, "2016-07-12", "day"),
        ("1468315800", None, "unknown"),
        ("31/12/2016", "2016-12-31", "day"),
        ("January 11, 2010 Monday 3:00 PM GMT", "2010-01-11T15:00+00:00", "minute"),
        ("January 11, 2010 Monday 3:00 PM EST", "2010-01-11T15:00", "minute"),
        ("mardi 10 décembre 2019", "2019-12-10", "day"),
        ("Dienstag 10.Dezember 2019", "2019-12-10", "day"),
        ("10 de diciembre de 2019", "2019-12-10", "day"),
        ("1er août 2019 15h32", "2019-08-01T15:32", "minute"),
        ("zondag 3 maart 2019", "2019-03-03", "day"),
        ("Juni 2019", "2019-06", "month"),
        ("March 2, 2019, Late Edition", None, "unknown"),
        ("31 February 2019", None, "unknown"),
        ("None", None, "unknown"),
        ("2017-13-40", None, "unknown"),
        (None, None, "unknown"),
        (float("nan"), None, "unknown"),
        ("last Tuesday", None, "unknown"),
    ],
)
def test_dates_keep_their_precision(given_as: object, published: str | None, precision: str) -> None:
    assert read_date(given_as) == (published, precision)


@given(st.datetimes(min_value=datetime(1000, 1, 1)).filter(lambda moment: moment.second))
def test_every_moment_comes_back(moment: datetime) -> None:
    assert read_date(moment.replace(microsecond=0).isoformat())[0] == moment.replace(microsecond=0).isoformat()


def test_a_line_may_hold_more_than_its_date() -> None:
    assert find_date("January 1, 2003, Wednesday, Late Edition - Final") == ("2003-01-01", "day")
    assert find_date("May be read on 3 May 2019, page 4") == ("2019-05-03", "day")
    assert find_date("The May issue of 12 things") == (None, "unknown")


@given(st.text(max_size=40))
def test_any_text_is_a_date_or_none(text: str) -> None:
    published, precision = read_date(text)
    assert (published is None) == (precision == "unknown")
