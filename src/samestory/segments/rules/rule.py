"""What a rule of wording is: a name, a pattern, and what a line is that meets it."""

from __future__ import annotations

import re
from typing import NamedTuple

ANY_CASE, AS_WRITTEN = re.IGNORECASE, re.RegexFlag(0)
START, END = r"^\W*", r"\W*$"


class Rule(NamedTuple):
    """A pattern that makes a line of at most so many words one kind of segment."""

    segment: str
    name: str
    pattern: re.Pattern[str]
    most_words: int


def rule(segment: str, name: str, pattern: str, most_words: int, flags: re.RegexFlag = ANY_CASE) -> Rule:
    """A rule from the text of its pattern."""
    return Rule(segment, name, re.compile(pattern, flags), most_words)
