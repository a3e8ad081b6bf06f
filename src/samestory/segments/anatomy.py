"""Lines that are made of several things: a caption between the buttons of a gallery, a widget glued to a paragraph.

Scrapers that lose a page's markup also lose its line breaks. Each anatomy is one pattern over a whole line; its named
groups say what the parts are, and what it leaves unnamed is judged like any other line.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from samestory.segments.lines import Line, part_of, plain
from samestory.segments.story import Role
from samestory.segments.vocabulary import AGENCY, DATE, TIME, either

ANY_CASE, AS_WRITTEN = re.IGNORECASE, re.RegexFlag(0)
LONGEST = 15_000  # characters
GALLERY = Role("caption", "gallery")
TITLE = Role("caption", "gallery title")
SIGNATURE = Role("body", "tweet signature")


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
    _anatomy("tweet signature", r"(?P<rest>.{3,}?)\s*(?P<body>[—–] ?[^—–]{2,60}\(@\w+\).{0,40})$", 90),
    _anatomy(
        "gallery",
        r"(?P<furniture>\W*(?:photos?|pictures?|gallery):\s)?(?P<caption>.{30,}?)"
        r"(?P<furniture_2>\b\d+ (?:of|/) \d+\W*)$",
        90,
    ),
    _anatomy(
        "time stamp",
        rf"(?P<rest>.{{15,}}?)\s+(?P<byline>(?:(?:{AGENCY}|By [\w .'’-]{{3,40}})\s*\|?\s*)?"
        rf"(?:last )?(?:updated|published|posted)(?: on| at)?:?\s+(?:{DATE}|{TIME}).{{0,60}})$",
        60,
    ),
    _anatomy(
        "caption button",
        r"(?P<furniture>\W*(?:enlarge(?: this)? image(?:\s+toggle caption)?|toggle caption|image caption|"
        r"facebook twitter pinterest|view photos|media caption|"
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
    _anatomy("story highlights", r"(?P<furniture>\W*story highlights:?\s+)(?P<deck>\S.*)$", 60),
    _anatomy(
        "pointer",
        r"(?P<rest>.*[.!?…][”\"’']*\s+)(?P<furniture>\((?:See|Watch|Read|Listen to|More on)\b[^()]*\)\W*)$",
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


# What stands between the captions of a gallery that a scraper set in one line, or one caption a line.
BUTTON = re.compile(
    r"(?:\s*\bhide caption(?:\s+\d+ of \d+)?)?\s*(?:(?:^|(?<=\s))photos?:\s+|$)|\s*\bhide caption(?:\s+\d+ of \d+)?\s*",
    ANY_CASE,
)
HIDE = re.compile(r"\bhide caption\b", ANY_CASE)
TITLE_OF = 3  # captions that begin alike have the gallery's title before them
TITLE_WORDS = 2


def cut_line(line: Line) -> list[tuple[Line, Role | None]]:
    """The parts of a line in text order, with the role of each that an anatomy names; most lines have one part."""
    text = plain(line.text)
    if HIDE.search(text):
        return _cut_gallery(line, text)
    if len(line.text) > LONGEST:
        return [(line, None)]
    for anatomy in ANATOMIES:
        if line.n_words <= anatomy.most_words and (found := anatomy.pattern.match(text)):
            return [
                (part_of(line, *found.span(name)), _role(name, anatomy.name))
                for name in found.groupdict()
                if found[name] and found[name].strip()
            ]
    return [(line, None)]


def _cut_gallery(line: Line, text: str) -> list[tuple[Line, Role | None]]:
    """The captions of a gallery and the buttons between them."""
    parts: list[tuple[Line, Role | None]] = []
    at = 0
    for button in BUTTON.finditer(text):
        if text[at : button.start()].strip():
            parts.append((part_of(line, at, button.start()), GALLERY))
        if button.group().strip():
            parts.append((part_of(line, *button.span()), Role("furniture", GALLERY.rule)))
        at = button.end()
    if text[at:].strip():
        parts.append((part_of(line, at, len(text)), GALLERY))
    return parts


def cut_titles(lines: Sequence[Line], roles: Sequence[Role | None]) -> tuple[list[Line], list[Role | None]]:
    """The lines with the title of a gallery, which stands before each of its captions, as a part of its own."""
    captions = [line.text.split() for line, role in zip(lines, roles, strict=True) if role == GALLERY]
    openings = Counter(tuple(words[:TITLE_WORDS]) for words in captions if len(words) > TITLE_WORDS)
    titles = {}
    for opening, times in sorted(openings.items()):
        if times >= TITLE_OF:
            titles[opening] = _shared_opening([words for words in captions if tuple(words[:TITLE_WORDS]) == opening])
    found: list[Line] = []
    own: list[Role | None] = []
    for line, role in zip(lines, roles, strict=True):
        title = titles.get(tuple(line.text.split()[:TITLE_WORDS])) if role == GALLERY else None
        end = _end_of_words(line.text, title) if title else 0
        if 0 < end < len(line.text):
            found += [part_of(line, 0, end), part_of(line, end, len(line.text))]
            own += [TITLE, role]
        else:
            found.append(line)
            own.append(role)
    return found, own


def _shared_opening(captions: Sequence[Sequence[str]]) -> int:
    """How many words these captions have in common at their beginning."""
    count = 0
    for words in zip(*captions, strict=False):
        if len(set(words)) > 1:
            break
        count += 1
    return count


def _end_of_words(text: str, count: int) -> int:
    ends = [found.end() for found in re.finditer(r"\S+", text)]
    return ends[count - 1] if count <= len(ends) else len(text)


def _role(group: str, name: str) -> Role | None:
    segment = group.split("_", 1)[0]
    return None if segment == "rest" else Role(segment, name)
