"""Moments: as wide as precision and clock leave them, and differences that are sure."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samestory.articles.moments import hours_between, in_zone, moment_of, zone_of


@pytest.mark.parametrize(
    ("published", "precision", "first", "last", "zoned"),
    [
        ("2016", None, "2016-01-01", "2017-01-01", False),
        ("2016-02", "month", "2016-02-01", "2016-03-01", False),
        ("2016-07-18", "day", "2016-07-18", "2016-07-19", False),
        ("2016-07-18T12:30", "minute", "2016-07-18T12:30", "2016-07-18T12:31", False),
        ("2016-07-18T12:30+06:00", None, "2016-07-18T06:30", "2016-07-18T06:31", True),
        ("2016-07-18T01:00:05+0600", "second", "2016-07-17T19:00:05", "2016-07-17T19:00:06", True),
        ("2016-07-18T12:30:00Z", "day", "2016-07-18", "2016-07-19", False),  # the coarser of the two holds
        ("2016-07", "second", "2016-07-01", "2016-08-01", False),
    ],
)
def test_moment_is_as_wide_as_its_precision(published: str, precision: str | None, first: str, last: str, zoned: bool):
    expected = (datetime.fromisoformat(first), datetime.fromisoformat(last), zoned)
    assert moment_of(published, precision) == expected


@pytest.mark.parametrize("published", [None, float("nan"), "", "soon", "2016-02-30", "2016-13", "0001", "9999", "20"])
def test_what_is_no_time_is_unknown(published: object):
    assert moment_of(published) is None
    assert moment_of("2016-07-18", "unknown") is None


def test_clocks_that_are_not_known_may_differ_by_26_hours():
    one, other = moment_of("2016-07-18T12:00"), moment_of("2016-07-18T17:00")
    assert one is not None and other is not None
    least, most = hours_between(one, other)
    assert (least, most) == pytest.approx((5 - 26, 5 + 26), abs=0.02)
    assert hours_between(one, other, same_clock=True) == pytest.approx((5, 5), abs=0.02)
    zoned = moment_of("2016-07-18T12:00Z")
    assert zoned is not None
    assert hours_between(zoned, other) == pytest.approx((5 - 14, 5 + 12), abs=0.02)
    assert hours_between(other, zoned) == pytest.approx((-5 - 12, -5 + 14), abs=0.02)


instants = st.datetimes(datetime(1990, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))
clocks = st.integers(-12 * 4, 14 * 4).map(
    lambda quarters: zone_of(f"{'-' if quarters < 0 else '+'}{abs(quarters) // 4:02d}:{abs(quarters) % 4 * 15:02d}")
)


@given(
    instants, instants, clocks, clocks, st.sampled_from(["%Y", "%Y-%m", "%Y-%m-%d", "%Y-%m-%dT%H:%M"]), st.booleans()
)
def test_the_true_difference_always_lies_between_least_and_most(one, other, clock, another, form, tell):
    moments = []
    for instant, zone in ((one, clock), (other, another)):
        text = instant.astimezone(zone).strftime(form)
        moments.append(moment_of(in_zone(text, zone) if tell else text))
    least, most = hours_between(moments[0], moments[1])
    assert least - 1e-9 <= (other - one).total_seconds() / 3600 <= most + 1e-9


def test_a_zone_is_given_only_to_an_hour_without_one():
    berlin = zone_of("Europe/Berlin")
    assert in_zone("2016-07-18T12:30", berlin) == "2016-07-18T12:30+02:00"
    assert in_zone("2016-01-18T12:30:05", berlin) == "2016-01-18T12:30:05+01:00"
    for kept in (None, "2016-07-18", "2016-07-18T12:30+06:00", "2016-07-18T12:30:00Z"):
        assert in_zone(kept, berlin) == kept
    with pytest.raises(ValueError, match="no time zone is named 'here'"):
        zone_of("here")
