"""Dates to ISO 8601 at the precision that they have."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samestory.articles.dates import read_date


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


@given(st.text(max_size=40))
def test_any_text_is_a_date_or_none(text: str) -> None:
    published, precision = read_date(text)
    assert (published is None) == (precision == "unknown")
