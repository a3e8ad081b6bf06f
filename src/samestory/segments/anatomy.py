"""Lines that are made of several things: a caption between the buttons of a gallery, a widget glued to a paragraph.

Scrapers that lose a page's markup also lose its line breaks. Each anatomy is one pattern over a whole line; its named
groups say what the parts are, and what it leaves unnamed is judged like any other line.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from samestory.segments.lines import Line, part_of, plain
from samestory.segments.story import Role
from samestory.segments.vocabulary import either

ANY_CASE, AS_WRITTEN = re.IGNORECASE, re.RegexFlag(0)
LONGEST = 15_000  # characters


class Anatomy(NamedTuple):
    """A pattern whose groups ``caption``, ``furniture`` and ``rest`` (with numbers) are the parts of a line."""

    name: str
    pattern: re.Pattern[str]
    most_words: int


def _anatomy(name: str, pattern: str, most_words: int, flags: re.RegexFlag = ANY_CASE) -> Anatomy:
    return Anatomy(name, re.compile(pattern, flags | re.DOTALL), most_words)


OTHER_STORIES = either(
    r"MOST (?:READ|POPULAR|VIEWED|SHARED)(?: (?:IN|ON)\b|:)", r"RELATED (?:ARTICLES|STORIES|CONTENT|VIDEOS?)\b",
    r"MORE FROM [A-Z]{3,}", r"TRENDING(?: NOW)?:", r"YOU (?:MIGHT|MAY) (?:ALSO )?LIKE\b",
    r"RECOMMENDED (?:FOR YOU|STORIES)\b", r"Most [Rr]ead [Ii]n\b",
)  # fmt: skip
ANATOMIES = (
    _anatomy(
        "gallery",
        r"(?P<furniture>\W*(?:photos?|pictures?|gallery):\s)?(?P<caption>.*?)"
        r"(?P<furniture_2>\bhide caption(?:\s+\d+ of \d+)?\W*)$",
        400,
    ),
    _anatomy(
        "gallery",
        r"(?P<furniture>\W*(?:photos?|pictures?|gallery):\s)(?P<caption>.*?)(?P<furniture_2>\b\d+ of \d+\W*)$",
        400,
    ),
    _anatomy(
        "caption button",
        r"(?P<furniture>\W*(?:enlarge(?: this)? image(?:\s+toggle caption)?|toggle caption|image caption|"
        r"click to (?:expand|enlarge)|view (?:larger|full(?: size)?) image)\b[\s:]+)(?P<caption>\S.*)$",
        90,
    ),
    _anatomy("caption button", r"(?P<furniture>CLOSE\s+)(?P<caption>[A-Z].*)$", 120, AS_WRITTEN),
    _anatomy(
        "caption button",
        r"(?P<caption>Image copyright\s.{2,60}?\s)(?P<furniture>Image caption\s)(?P<caption_2>.*)$",
        90,
    ),
    _anatomy(
        "list of other stories",
        rf"(?P<rest>.*?[.!?…][”\"’')]*\s+)(?P<furniture>{OTHER_STORIES}.*)$",
        400,
        AS_WRITTEN,
    ),
    _anatomy(
        "glued button",
        r"(?P<rest>.*[.!?…][”\"’')]*\s*)(?P<furniture>\(?(?:advertisement\s+)?(?:(?:story|article) continues below"
        r"(?: (?:this )?advertisement)?|continue reading (?:the main story|below)|scroll down for (?:video|more)|"
        r"read more(?: at \S+)?|share this article)\)?\W*)$",
        400,
    ),
)  # fmt: skip


def cut_line(line: Line) -> list[tuple[Line, Role | None]]:
    """The parts of a line in text order, with the role of each that an anatomy names; most lines have one part."""
    if len(line.text) > LONGEST:
        return [(line, None)]
    text = plain(line.text)
    for anatomy in ANATOMIES:
        if line.n_words <= anatomy.most_words and (found := anatomy.pattern.match(text)):
            return [
                (part_of(line, *found.span(name)), _role(name, anatomy.name))
                for name in found.groupdict()
                if found[name] and found[name].strip()
            ]
    return [(line, None)]


def _role(group: str, name: str) -> Role | None:
    segment = group.split("_", 1)[0]
    return None if segment == "rest" else Role(segment, name)
