"""Moments: the span of time in which an article was published, as wide as its precision and its clock leave it."""

from __future__ import annotations

from calendar import isleap, monthrange
from datetime import UTC, datetime, timedelta, tzinfo
from typing import NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from samestory.messages import did_you_mean

# Clocks run from 12 hours behind UTC to 14 hours before it, so that two without a zone may differ by 26 hours.
BEHIND, AHEAD = timedelta(hours=12), timedelta(hours=14)
PRECISIONS = ("second", "minute", "day", "month", "year")
HOUR = timedelta(hours=1)


class Moment(NamedTuple):
    """Published at ``first`` or later and before ``last``: in UTC where ``zoned``, else on a clock that is unknown."""

    first: datetime
    last: datetime
    zoned: bool

    @property
    def utc(self) -> tuple[datetime, datetime]:
        """The earliest and the latest time in UTC that this can be."""
        return (self.first, self.last) if self.zoned else (self.first - AHEAD, self.last + BEHIND)


def moment_of(published: object, precision: object = None) -> Moment | None:
    """The moment of ISO 8601 text, None where it is unknown.

    The text's own precision holds, or the one that is stated, whichever is coarser.
    """
    if not isinstance(published, str) or precision == "unknown":
        return None
    own = {4: "year", 7: "month", 10: "day", 16: "minute"}.get(len(published), "second")
    if own == "second" and published[16:17] in ("+", "-", "Z"):
        own = "minute"
    coarsest = max((name for name in (own, precision) if name in PRECISIONS), key=PRECISIONS.index)
    try:
        start = datetime.fromisoformat(published + "-01-01"[len(published) - 4 :] if len(published) < 10 else published)
        if coarsest in ("second", "minute") and start.tzinfo is not None:
            start = start.astimezone(UTC)
        first = start.replace(tzinfo=None, microsecond=0)
        first, length = _spread(first, coarsest)
        moment = Moment(first, first + length, coarsest in ("second", "minute") and start.tzinfo is not None)
        _ = moment.utc  # within the calendar on any clock
    except (ValueError, OverflowError):
        return None
    return moment


def zone_of(name: str) -> tzinfo:
    """The zone of an IANA name ("Asia/Almaty") or of an offset ("+06:00"); ValueError where it is neither."""
    try:
        return datetime.strptime(name, "%z").tzinfo or UTC
    except ValueError:
        pass
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError(
            f"no time zone is named {name!r}{did_you_mean(name, sorted(available_timezones()))}; "
            "give a name as Asia/Almaty or an offset as +06:00"
        ) from error


def in_zone(published: str | None, zone: tzinfo) -> str | None:
    """ISO 8601 text with the offset of a zone where it gives an hour and has none itself; else as it stands."""
    if published is None or len(published) not in (16, 19):
        return published
    try:
        return published + datetime.fromisoformat(published).replace(tzinfo=zone).isoformat()[19:25]
    except ValueError:
        return published


def hours_between(one: Moment, other: Moment, same_clock: bool = False) -> tuple[float, float]:
    """The least and the most hours that ``other`` can be later than ``one``; negative where it can be earlier.

    ``same_clock`` says that two moments without a zone are of one clock, as those of one outlet are.
    """
    if one.zoned or other.zoned:
        (first, last), (other_first, other_last) = one.utc, other.utc
    else:
        slack = timedelta() if same_clock else AHEAD + BEHIND
        first, last, other_first, other_last = one.first, one.last, other.first - slack, other.last + slack
    return (other_first - last) / HOUR, (other_last - first) / HOUR


def _spread(moment: datetime, precision: str) -> tuple[datetime, timedelta]:
    """Where the second, minute, day, month or year that a time lies in begins, and how long it is."""
    start = moment.replace(second=moment.second if precision == "second" else 0)
    if precision in ("second", "minute"):
        return start, timedelta(seconds=1 if precision == "second" else 60)
    start = start.replace(hour=0, minute=0)
    if precision == "day":
        return start, timedelta(days=1)
    if precision == "month":
        return start.replace(day=1), timedelta(days=monthrange(start.year, start.month)[1])
    return start.replace(month=1, day=1), timedelta(days=366 if isleap(start.year) else 365)
