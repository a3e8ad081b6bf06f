"""Dates as files give them, to ISO 8601 text at the precision that they have."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, datetime
from typing import NamedTuple

ISO = re.compile(
    r"(\d{4})(?:-(\d{2})(?:-(\d{2})"
    r"(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?)?)?)?"
)
SLASHED = re.compile(r"(\d{4})/(\d{2})/(\d{2})")
COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})(Z?))?")
NUMERIC = re.compile(r"(?<![\d./-])(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?![\d./-])")
CLOCK = re.compile(r"(?<![\d:.])(\d{1,2})[:h](\d{2})(?::(\d{2}))?(?![\d:])\s*([ap]\.?\s?m\b\.?)?\s*", re.IGNORECASE)
ZONE = re.compile(r"(?:GMT|UTC)\s*([+-])(\d{1,2})(?::?(\d{2}))?\b|([+-])(\d{2}):?(\d{2})\b|(?:GMT|UTC|Z)\b")
PIECE = re.compile(r"\d+|[^\W\d_]+")

# Names of months in the languages of the interfaces: English, German, French, Spanish, Dutch; without their accents.
MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan januar janner janvier janv enero ene januari",
            "february feb februar fevrier fevr febrero februari",
            "march mar marz mrz mars marzo maart mrt",
            "april apr avril avr abril abr",
            "may mai mayo mei",
            "june jun juni juin junio",
            "july jul juli juillet juil julio",
            "august aug aout agosto ago augustus",
            "september sep sept septembre septiembre setiembre",
            "october oct oktober okt octobre octubre",
            "november nov novembre noviembre",
            "december dec dezember dez decembre diciembre dic",
        ),
        start=1,
    )
    for name in names.split()
}
# Words that may stand beside a date without making it another: days of the week, ordinals, particles, zones.
BESIDE = frozenset(
    word
    for words in (
        "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun",
        "montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag mo di mi do fr sa so",
        "lundi mardi mercredi jeudi vendredi samedi dimanche lun mar mer jeu ven sam dim",
        "lunes martes miercoles jueves viernes sabado domingo mie jue vie sab dom",
        "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag ma wo vr za zo",
        "st nd rd th er de del of the le den der el at um a om uhr h hs uur",
        "edt est cdt cst mdt mst pdt pst bst cet cest et pt ct ist",
    )
    for word in words.split()
)
JOINING = frozenset(("of", "de", "del", "st", "nd", "rd", "th", "er", "o"))
FORMS = {"year": "%Y", "month": "%Y-%m", "day": "%Y-%m-%d", "minute": "%Y-%m-%dT%H:%M", "second": "%Y-%m-%dT%H:%M:%S"}
STAMPS = ((500_000_000, 1), (500_000_000_000, 1000))  # seconds or milliseconds since 1970, from 1985 on, as numbers
LAST_STAMP = 3.8  # times as much: up to 2030; what is larger may be digits of a date
UNKNOWN = {"", "none", "null", "nan", "nat", "unknown", "n/a", "-"}


class _Clock(NamedTuple):
    hour: int
    minute: int
    second: int | None
    offset: str
    start: int
    end: int


def is_given(value: object) -> bool:
    """Whether a cell holds a value at all, and not one of the words that exports write for none."""
    return value is not None and str(value).strip().lower() not in UNKNOWN


def read_date(value: object) -> tuple[str | None, str]:
    """ISO 8601 text and its precision; ``(None, "unknown")`` where the value is none or could be read in two ways.

    A time of exactly midnight is how exports store a bare day, and is read as one. An offset from UTC is kept where
    it is given as numbers, or as UTC or GMT; no time zone is invented, and the letters of any other are left out.
    Months may be named in English, German, French, Spanish or Dutch.
    """
    if not is_given(value):
        return None, "unknown"
    if type(value) is int:
        for first, unit in STAMPS:
            if first <= value < LAST_STAMP * first:
                return read_date(datetime.fromtimestamp(value // unit, UTC).isoformat())
    text = " ".join(str(value).split())
    if compact := COMPACT.fullmatch(text):
        text = "-".join(compact.groups()[:3]) + ("T{}:{}:{}{}".format(*compact.groups()[3:]) if compact[4] else "")
    text = SLASHED.sub(r"\1-\2-\3", text, count=1)
    if iso := ISO.fullmatch(text):
        return _iso_date(iso)
    return _written_date(text, whole=True)


def find_date(line: str) -> tuple[str | None, str]:
    """The date in a line that may hold more, such as an edition; the same as read_date in all else."""
    text = " ".join(line.split())
    published, precision = read_date(text)
    return (published, precision) if published else _written_date(text, whole=False)


def fold(word: str) -> str:
    """A word in lower case without its accents, as the tables of names here have them."""
    if word.isascii():
        return word.lower()
    return "".join(c for c in unicodedata.normalize("NFKD", word.casefold()) if not unicodedata.combining(c))


def _written_date(text: str, whole: bool) -> tuple[str | None, str]:
    clock = _find_clock(text)
    rest = text if clock is None else text[: clock.start] + " " + text[clock.end :]
    day = _numeric_day(rest, whole) or _named_day(rest, whole)
    if day is None:
        return None, "unknown"
    precision = "month" if day[2] is None else "day"
    try:
        moment = datetime(day[0], day[1], day[2] or 1)
        if clock is None or precision == "month":
            return moment.strftime(FORMS[precision]), precision
        moment = moment.replace(hour=clock.hour, minute=clock.minute, second=clock.second or 0)
    except ValueError:
        return None, "unknown"
    if not (moment.hour or moment.minute or moment.second):
        return moment.strftime(FORMS["day"]), "day"
    precision = "minute" if clock.second is None else "second"
    return moment.strftime(FORMS[precision]) + clock.offset, precision


def _find_clock(text: str) -> _Clock | None:
    found = CLOCK.search(text)
    if found is None:
        return None
    hour, minute, second = int(found[1]), int(found[2]), int(found[3]) if found[3] else None
    if found[4]:
        hour = hour % 12 + (12 if found[4][0] in "pP" else 0)
    if hour > 23 or minute > 59:
        return None
    zone = ZONE.match(text, found.end())
    return _Clock(hour, minute, second, _offset(zone), found.start(), zone.end() if zone else found.end())


def _offset(zone: re.Match[str] | None) -> str:
    if zone is None:
        return ""
    sign, hours, minutes = zone[1] or zone[4] or "+", zone[2] or zone[5] or "00", zone[3] or zone[6] or "00"
    return f"{sign}{hours:0>2}:{minutes}"


def _numeric_day(text: str, whole: bool) -> tuple[int, int, int | None] | None:
    """Day, month and year as numbers, where only one order of the first two is possible; between dots it is known."""
    found = NUMERIC.search(text)
    if found is None or (whole and found.group() != text.strip()):
        return None
    first, second, year = int(found[1]), int(found[3]), int(found[4])
    if first > 12 or first == second or (found[2] == "." and second <= 12):
        return year, second, first
    return (year, first, second) if second > 12 else None


def _named_day(text: str, whole: bool) -> tuple[int, int, int | None] | None:
    """Year, month and day (None where there is none) of a date whose month is named."""
    pieces = [fold(piece) for piece in PIECE.findall(text)]
    for n, piece in enumerate(pieces):
        if piece not in MONTHS:
            continue
        used = _around(pieces, n)
        if used is None:
            continue
        year, day, places = used
        others = [other for place, other in enumerate(pieces) if place not in places]
        if whole and any(other not in BESIDE for other in others):
            return None
        return int(year), MONTHS[piece], None if day is None else int(day)
    return None


def _around(pieces: list[str], month: int) -> tuple[str, str | None, set[int]] | None:
    """Year and day beside a month's name, and the places of all three; None where no year is there."""
    after = [n for n in range(month + 1, min(month + 5, len(pieces))) if pieces[n] not in JOINING][:2]
    before = [n for n in range(month - 1, max(month - 4, -1), -1) if pieces[n] not in JOINING][:1]
    if len(after) == 2 and _is_day(pieces[after[0]]) and _is_year(pieces[after[1]]):
        return pieces[after[1]], pieces[after[0]], {month, *after}
    if after and _is_year(pieces[after[0]]):
        if before and _is_day(pieces[before[0]]):
            return pieces[after[0]], pieces[before[0]], {month, after[0], before[0]}
        return pieces[after[0]], None, {month, after[0]}
    return None


def _is_day(piece: str) -> bool:
    return piece.isascii() and piece.isdigit() and len(piece) <= 2


def _is_year(piece: str) -> bool:
    return piece.isascii() and piece.isdigit() and len(piece) == 4 and piece[0] != "0"


def _utc(zone: str) -> str:
    return "+00:00" if zone in ("Z", "UTC", "GMT") else zone


def _iso_date(found: re.Match[str]) -> tuple[str | None, str]:
    year, month, day, hour, minute, second, zone = found.groups()
    try:
        moment = datetime(int(year), int(month or 1), int(day or 1), int(hour or 0), int(minute or 0), int(second or 0))
    except ValueError:
        return None, "unknown"
    if month is None or day is None:
        precision = "year" if month is None else "month"
    elif hour is None or not (moment.hour or moment.minute or moment.second):
        precision = "day"
    else:
        precision = "minute" if second is None else "second"
    suffix = "" if precision not in ("minute", "second") or zone is None else _utc(zone)
    return moment.strftime(FORMS[precision]).rjust(len(year), "0") + suffix, precision
