"""Datelines: the place, date and agency that open a story."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from samestory.segments.vocabulary import AGENCY, CITY, DATE

OPENING = 4  # body lines that may carry a dateline
LONGEST = 120  # characters of a line that are looked at
PLACE = r"[A-Z][A-Z.'’-]+(?:[ /][A-Z][A-Z.'’-]*)*"
REGION = r"(?:,? [A-Z][\w.'’-]*(?: (?:and |of |the )?[A-Z][\w.'’-]*)*)"
ANY_NAME = r"[A-Z][\w.]{1,20}(?: [A-Z][\w.]{1,20})?"
PATTERNS = (
    (
        "place and agency",
        re.compile(
            rf"(?:[A-Z][\w.'’-]+(?:[ ,/]{{1,2}}[A-Z(][\w.'’)-]*)*,? )?(?:{DATE},? )?"
            rf"\((?:{AGENCY}|{ANY_NAME})\)\s*(?:[-–—:]+\s*|(?=[A-Z\"“‘']))"
        ),
    ),
    ("place and credit", re.compile(rf"{PLACE}{REGION}? \([^()]{{2,40}}\)$")),
    ("place", re.compile(rf"{PLACE}{REGION}?{REGION}?(?:[,:]? {DATE})?\s*(?:—|–|--|-(?=\s))\s*")),
    ("city", re.compile(rf"(?:{CITY})(?:, [A-Z][a-z]+)?(?:, {DATE})?(?: ?(?:—|–|--|:)\s*| -\s+)(?=[\"“‘']?[A-Z])")),
    ("place and colon", re.compile(rf"{PLACE}(?:, [A-Z][\w.'’ -]{{1,30}})?(?:, {DATE})?:(?:\s+|$)")),
)
RUNNING = re.compile(r"\b[^\W\d_A-Z]{2,}\s")  # a word in small letters: a story follows, no title
NO_PLACE = re.compile(
    r"(?:WARNING|UPDATED?|EXCLUSIVE|WATCH|VIDEO|PHOTOS?|READ|RELATED|MORE|LIVE|BREAKING|OPINION|ANALYSIS|REVIEW|NOTE|"
    r"CORRECTION|EDITOR|SPOILERS?|FILE|QUIZ|POLL|LISTEN|ALSO|SEE|AND|BUT|NOT|THE|TL;DR|[A-Z])\b"
)


class Dateline(NamedTuple):
    """Which line opens with a dateline, by which rule, and how many characters of it that is, with the space after."""

    line: int
    rule: str
    length: int


def find_dateline(lines: Sequence[str]) -> Dateline | None:
    """The dateline among the first lines of a body; a transcript's speakers, in capitals and colons, are none."""
    found = [match for n, line in enumerate(lines) if (match := match_dateline(line, n)) is not None]
    speakers = sum(match.rule == "place and colon" for match in found)
    for match in found:
        if match.line < OPENING and not (match.rule == "place and colon" and speakers > 1):
            return match
    return None


def match_dateline(line: str, number: int = 0) -> Dateline | None:
    """The dateline that opens a line, or None."""
    for name, pattern in PATTERNS:
        found = pattern.match(line[:LONGEST])
        rest = line[found.end() : found.end() + LONGEST] if found else ""
        if found and (not rest or RUNNING.search(rest)) and (name == "place and agency" or not NO_PLACE.match(line)):
            return Dateline(number, name, found.end())
    return None


def is_dateline(line: str) -> bool:
    """Whether a line is a dateline and nothing else."""
    found = match_dateline(line)
    return found is not None and found.length >= len(line)
