"""Dates as files give them, to ISO 8601 text at the precision that they have."""

from __future__ import annotations

import re
from datetime import datetime

ISO = re.compile(
    r"(\d{4})(?:-(\d{2})(?:-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?)?)?)?"
)
COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
ZONE = re.compile(r"\s*(?:\(?\b(?:UTC|GMT|EDT|EST|CDT|CST|PDT|PST|BST|CET|CEST|ET)\)?)\s*$")
WRITTEN = (
    ("%B %d, %Y", "day"), ("%b %d, %Y", "day"), ("%d %B %Y", "day"), ("%d %b %Y", "day"),
    ("%A, %B %d, %Y", "day"), ("%A, %d %B %Y", "day"), ("%B %d, %Y %A", "day"), ("%d-%b-%Y", "day"),
    ("%a, %d %b %Y %H:%M:%S %z", "second"), ("%a, %d %b %Y %H:%M:%S", "second"), ("%d %b %Y %H:%M:%S", "second"),
    ("%B %d, %Y %H:%M", "minute"), ("%B %d, %Y %I:%M %p", "minute"), ("%d %B %Y %H:%M", "minute"),
    ("%B %Y", "month"), ("%b %Y", "month"),
)  # fmt: skip
FORMS = {"year": "%Y", "month": "%Y-%m", "day": "%Y-%m-%d", "minute": "%Y-%m-%dT%H:%M", "second": "%Y-%m-%dT%H:%M:%S"}
UNKNOWN = {"", "none", "null", "nan", "nat", "unknown", "n/a", "-"}


def is_given(value: object) -> bool:
    """Whether a cell holds a value at all, and not one of the words that exports write for none."""
    return value is not None and str(value).strip().lower() not in UNKNOWN


def read_date(value: object) -> tuple[str | None, str]:
    """ISO 8601 text and its precision; ``(None, "unknown")`` where the value is none or could be read in two ways.

    A time of exactly midnight is how exports store a bare day, and is read as one. An offset from UTC is kept where
    it is given as numbers; no time zone is invented, and the letters of one are left out.
    """
    if not is_given(value):
        return None, "unknown"
    text = " ".join(str(value).split())
    if compact := COMPACT.fullmatch(text):
        text = "-".join(compact.groups())
    if iso := ISO.fullmatch(text):
        return _iso_date(iso)
    bare = ZONE.sub("", text)
    for form, precision in WRITTEN:
        try:
            moment = datetime.strptime(bare, form)
        except ValueError:
            continue
        return moment.strftime(FORMS[precision]) + _offset(moment), precision
    return None, "unknown"


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
    suffix = "" if precision not in ("minute", "second") or zone is None else zone.replace("Z", "+00:00")
    return moment.strftime(FORMS[precision]).rjust(len(year), "0") + suffix, precision


def _offset(moment: datetime) -> str:
    return moment.isoformat()[-6:] if moment.tzinfo is not None else ""
