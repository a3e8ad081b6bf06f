"""Dates and clock times in running text, and their normal form in ISO 8601 by the time of publication."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from dateutil import parser
from dateutil.relativedelta import relativedelta

from samestory.language.lexicon import fold

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
          "december")  # fmt: skip
FEASTS = {"new year's eve": (12, 31), "new year's day": (1, 1), "christmas eve": (12, 24), "christmas day": (12, 25),
          "boxing day": (12, 26), "bastille day": (7, 14), "halloween": (10, 31)}  # fmt: skip
# Days from the day of publication.
SHIFTS = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1, "last night": -1, "this morning": 0,
          "this afternoon": 0, "this evening": 0}  # fmt: skip
HALF_YEAR = 183  # days: a date without a year lies so near to publication, or nearer

_MONTH = rf"(?:{'|'.join(MONTHS)}|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?)"
_YEAR = r"(?:1[89]|20)\d\d"
_PART = r"(?:\s+(?:(?:early|late|mid)[\s-]+)?(?:in\s+the\s+)?(?:morning|afternoon|evening|night|dawn)\b)?"
_PIECES = re.compile(
    rf"\b(?:(?:early|late)\s+(?:on\s+)?)?(?P<weekday>{'|'.join(WEEKDAYS)})\b{_PART}"
    rf"|\b(?P<shift>{'|'.join(SHIFTS)})\b"
    rf"|\b(?P<feast>{'|'.join(FEASTS)})\b{_PART}"
    rf"|\b(?P<date>{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?\b(?!,\d|[:.]\d)|\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}(?!\s+\d{{1,2}}\b))"
    rf"(?:,?\s+(?P<year>{_YEAR})\b)?"
    rf"|\b(?P<month>{_MONTH}),?\s+(?P<month_year>{_YEAR})\b"
    r"|\b(?P<clock>\d{1,2}(?:[:.]\d\d)?\s*[ap]\.?\s?m\b\.?|(?:[01]?\d|2[0-3])[:h][0-5]\d\b(?![:\d])|noon\b|midnight\b|\d{1,2}\s+o'clock)"
    r"(?:\s*\(?(?:local(?:\s+time)?|gmt|utc|bst|cet|cest|e[sd]?t|p[sd]?t|c[sd]t|m[sd]t|jst|ist)\b\)?)?"
    rf"|\bin\s+(?:early\s+|late\s+|mid-)?(?P<bare_month>{'|'.join(MONTHS)})\b(?!,?\s+{_YEAR}|\s+\d)|\bin\s+(?P<bare_year>{_YEAR})\b(?!\s+\w+s\b)",
)
_JOINT = re.compile(
    r"(?:\s*\(\d{4}\s*gmt\))?[\s,(]*(?:\b(?:at|on|of|the|in|evening|night|morning|afternoon)\b[\s,]*){0,4}"
    r"(?:(?:about|around|approximately|roughly|nearly|just|shortly)\s+(?:(?:after|before)\s+)?)?"
)
_BOUNDS = (
    ("approximate", re.compile(
        r"\b(?:about|around|approximately|roughly|nearly|almost|(?:shortly|soon|just)\s+(?:after|before))\s+$")),
    ("at_least", re.compile(r"\b(?:since|from|after)\s+(?:\w+ly\s+)?(?:on\s+)?$")),
    ("at_most", re.compile(r"\b(?:until|till|by|before)\s+(?:\w+ly\s+)?(?:on\s+)?$")),
)  # fmt: skip
BEFORE = 24  # characters before a time in which its bound is looked for


class Time(NamedTuple):
    """A date, a clock time or both: its characters, its bound (a code of the codebook), and what it names.

    ``weekday`` counts from Monday, 0; ``shift`` counts days from the day of publication ("yesterday" is -1); ``clock``
    is HH:MM.
    """

    start: int
    end: int
    bound: str
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    shift: int | None = None
    clock: str | None = None

    def value(self, published: date | None, *, ahead: bool = False) -> str | None:
        """The normal form, as precise as the text: ``2016-07-14T22:30``, ``2016-07-14``, ``2016-07`` or ``2016``.

        What the text leaves open is taken from the day of publication: a weekday is the last one (the next, where
        ``ahead``), a date without a year the nearest. None where that day would be needed and is unknown.
        """
        day = self._day(published, ahead)
        if day is not None:
            return day.isoformat() + (f"T{self.clock}" if self.clock else "")
        if self.month is not None and self.day is None:
            year = self.year or (None if published is None else _nearest(published, self.month, 1).year)
            return None if year is None else f"{year}-{self.month:02}"
        return str(self.year) if self.year is not None and self.month is None else None

    def _day(self, published: date | None, ahead: bool) -> date | None:
        if self.month is not None and self.day is not None:
            try:
                if self.year is not None:
                    return date(self.year, self.month, self.day)
                return None if published is None else _nearest(published, self.month, self.day)
            except ValueError:  # the 31st of a month that has 30 days
                return None
        if published is None:
            return None
        if self.shift is not None:
            return published + timedelta(days=self.shift)
        if self.weekday is not None:
            if ahead:
                return published + relativedelta(days=1, weekday=self.weekday)
            return published - timedelta(days=(published.weekday() - self.weekday) % 7)
        return None


def days_between(time: Time, published: date | None) -> float | None:
    """Days from a time to the day of publication, either way; a year or month counts as a whole, from its middle on."""
    value = time.value(published)
    if value is None or published is None:
        return None
    if len(value) == 4:
        return 365.0 * max(0.0, abs(int(value) - published.year) - 0.5)
    if len(value) == 7:
        return 30.0 * abs((int(value[:4]) - published.year) * 12 + int(value[5:]) - published.month)
    return float(abs((date.fromisoformat(value[:10]) - published).days))


def find_times(text: str, start: int = 0, end: int | None = None) -> list[Time]:
    """Dates and clock times in ``text[start:end]``, left to right; what stands together is one ("Sunday at 9 p.m.")."""
    passage = fold(text[start:end])
    found: list[Time] = []
    for time in _pieces(passage):
        last = found[-1] if found else None
        if last is not None and _JOINT.fullmatch(passage, last.end, time.start) and not _named(last) & _named(time):
            found[-1] = _joined(passage, last, time)
        else:
            found.append(time)
    return [time._replace(start=time.start + start, end=time.end + start) for time in found]


def _named(time: Time) -> set[str]:
    """What a time names: a day or a clock. Two of a kind do not join, but a weekday and its date do."""
    kinds = {"clock"} if time.clock else set()
    if time.weekday is not None:
        kinds.add("weekday")
    if time.month is not None or time.year is not None:
        kinds.add("date")
    if time.shift is not None:
        kinds |= {"weekday", "date"}
    return kinds


def _joined(passage: str, first: Time, second: Time) -> Time:
    parts = {
        name: getattr(first, name) if getattr(first, name) is not None else getattr(second, name)
        for name in ("year", "month", "day", "weekday", "shift", "clock")
    }
    bound = first.bound if first.bound != "exact" else _bound(passage, second.start)
    return Time(first.start, second.end, bound, **parts)


def _pieces(passage: str) -> Iterator[Time]:
    for match in _PIECES.finditer(passage):
        begin = match.start()
        if match["bare_month"] or match["bare_year"]:
            begin = match.start("bare_month") if match["bare_month"] else match.start("bare_year")
        time = _read(match, begin, match.end(), _bound(passage, begin))
        if time is not None:
            yield time


def _bound(passage: str, start: int) -> str:
    before = passage[max(0, start - BEFORE) : start]
    return next((code for code, pattern in _BOUNDS if pattern.search(before)), "exact")


def _read(match: re.Match[str], start: int, end: int, bound: str) -> Time | None:
    named = match.groupdict()
    if named["weekday"]:
        return Time(start, end, bound, weekday=WEEKDAYS.index(named["weekday"]))
    if named["shift"]:
        return Time(start, end, bound, shift=SHIFTS[" ".join(named["shift"].split())])
    if named["feast"]:
        month, day = FEASTS[named["feast"]]
        return Time(start, end, bound, month=month, day=day)
    if named["clock"]:
        clock = _clock(named["clock"])
        return None if clock is None else Time(start, end, bound, clock=clock)
    if named["date"]:
        day = int(re.search(r"\d+", named["date"])[0])  # type: ignore[index]
        year = int(named["year"]) if named["year"] else None
        return Time(start, end, bound, year=year, month=_month(named["date"]), day=day) if 0 < day < 32 else None
    if named["month"]:
        return Time(start, end, bound, year=int(named["month_year"]), month=_month(named["month"]))
    if named["bare_month"]:
        return Time(start, end, bound, month=_month(named["bare_month"]))
    return Time(start, end, bound, year=int(named["bare_year"]))


def _month(words: str) -> int:
    letters = re.search(r"[a-z]{3,}", re.sub(r"\d+(?:st|nd|rd|th)", "", words))
    return next(n for n, name in enumerate(MONTHS, start=1) if letters and name.startswith(letters[0][:3]))


def _clock(words: str) -> str | None:
    fixed = {"noon": "12:00", "midnight": "00:00"}
    if words in fixed:
        return fixed[words]
    plain = re.sub(r"[\s.]+(?=[apm])|(?<=[apm])\.|\s+o'clock", "", words).replace(".", ":").replace("h", ":")
    try:
        return parser.parse(plain if ":" in plain or "m" in plain else plain + ":00").strftime("%H:%M")
    except (ValueError, OverflowError):
        return None


def _nearest(published: date, month: int, day: int) -> date:
    """The date nearest to the day of publication, of the year before, the same, and the next."""
    near = []
    for year in (published.year, published.year - 1, published.year + 1):
        try:
            near.append(date(year, month, day))
        except ValueError:  # 29 February
            continue
    if not near:
        raise ValueError(f"no year near {published.year} has a day {month}-{day}")
    return min(near, key=lambda found: abs((found - published).days))
