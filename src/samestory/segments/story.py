"""Where the story stands in pasted text: headline, deck, first and last paragraph, and what lies outside."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from samestory.segments.datelines import is_dateline, match_dateline
from samestory.segments.lines import TERMINAL, Line, content_words
from samestory.segments.vocabulary import DATE, UNENDED

HEADLINE_WORDS = range(3, 31)
LEAD_IN = 2  # paragraphs that may stand above the headline, as a section's blurb does
ECHO = 0.3  # share of a headline's content words that the story takes up
FAINT_ECHO = 0.15  # enough for a long heading that nothing stands above
LONG_HEADING = 5
BLURB_ECHO = 0.5  # prose above the headline that the story takes up less is about the site
DECK_WORDS = 60
SPACED = 4  # gaps between lines that tell how a page spaces its paragraphs
AUTHOR_WORDS = 8
LISTED_WORDS = 20
LIST_HEADING = re.compile(
    r"\W*(?:most (?:read|popular|viewed|shared)|related|more (?:from|on|stories)|trending|recommended|top stories|"
    r"editor['’]?s['’]? picks?|latest|you (?:may|might) also|popular|read (?:more|next|also))\b[^.]{0,30}$",
    re.IGNORECASE,
)
NAMES = re.compile(r"[A-Z][\w.'’-]*(?:(?:, | and | & | in |,? )[A-Z][\w.'’-]*)*")
TITLE_WORDS = 3  # a line of no more words above the story names a section or a site
OPEN_WORDS = (9, 50)  # words of a line that is no heading and no paragraph
OPEN_CAPTIONS = 3
OPEN_SHARE = 0.12  # of all lines; fewer are slips of punctuation, unless one points at its picture
POINTER = re.compile(
    r"[a-z][.!?] [A-Z]|\bpictured\b|\((?:left|right|above|below|centre|center)\)|\b(?:seen here|poses?|posing)\b"
)
TWEET = re.compile(r"pic\.twitter\.com|\(@\w+\)|https?://t\.co/")
BEFORE, AFTER = "before the first paragraph", "after the last paragraph"


SIGNATURE = re.compile(
    rf"\W*(?:(?:posted|comment(?:ed)?|submitted) by\b.*\d|[\w.@-]+(?: [\w.@-]+){{0,3}} \| {DATE}|"
    r"[\w.@-]+(?: [\w.@-]+){0,3} says:$|"
    r"[\w.@-]+(?: [\w.@-]+){0,3},? \d+ (?:minute|hour|day|week|month|year)s? ago$)",
    re.IGNORECASE,
)
SIGNATURE_WORDS = 14
PARAGRAPH_WORDS = 12
TAIL = 5  # lines after the last paragraph that may be a list of titles
HIGHLIGHTED = "story highlights"
HIGHLIGHTS = 8  # lines that may hold a story's main points
BLURB_WORDS = 45
BLURB = re.compile(
    r"\W*[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){1,3},? (?:is|was|covers|writes|reports) "
    r"(?:(?:an? |the )?[^.]{0,60}\b(?:reporter|correspondent|writer|columnist|journalist|editor|producer|contributor)\b"
    r"(?: (?:at|for|with|based|in|on|of|who|covering|from)\b|\.|$)|(?:about|on|for)\b)"
)


class Role(NamedTuple):
    """What a line is taken for, and the rule that says so."""

    segment: str
    rule: str


KICKER = re.compile(rf"(?=(?:\S+\s+){{7}})[A-Z][^.:?!]{{2,40}}: [A-Z].*{UNENDED}")
AGENCY_ALONE = Role("byline", "agency alone")
WITHIN = Role("caption", "credit within the story")


def find_story(lines: Sequence[Line], roles: list[Role | None]) -> list[Role]:
    """Give every line that no rule of wording named its place in or outside the story."""
    roles = _find_highlights(lines, roles)
    prose = [n for n, role in enumerate(roles) if role is None and lines[n].is_prose]
    headline = _find_headline(lines, roles, prose)
    placed = list(roles)
    if headline is not None:
        placed[headline] = Role("headline", "heading before the story")
        for n in prose:
            if n < headline:
                placed[n] = Role("furniture", "blurb above the headline")
        prose = [n for n in prose if n > headline]
        placed = _find_authors(lines, placed)
        deck = _find_deck(lines, placed, headline, prose)
        if deck is not None:
            placed[deck] = Role("deck", "under the headline")
    return _place(lines, placed, before="furniture")


def place_body(lines: Sequence[Line], roles: Sequence[Role | None]) -> list[Role]:
    """The same in a field that a format calls the body: lines before its first paragraph sum up the story."""
    return _place(lines, _find_highlights(lines, roles), before="deck")


def _place(lines: Sequence[Line], roles: Sequence[Role | None], before: str) -> list[Role]:
    """Between the first and the last paragraph all that is left is body; after it, lines that are no sentences are not.

    ``before`` is what such lines are before the first paragraph. Text without any paragraph is body as a whole.
    """
    roles = _find_captions(lines, _find_lists(lines, _find_comments(lines, roles)))
    prose = [n for n, role in enumerate(roles) if role is None and lines[n].is_prose]
    first, last = (prose[0], _last_paragraph(lines, roles, prose)) if prose else (0, len(lines))
    story = Counter(word for n in prose for word in set(content_words(lines[n].text)))
    placed = []
    for n, role in enumerate(roles):
        if role is not None:
            placed.append(WITHIN if role == AGENCY_ALONE and first < n < last else role)
        elif n >= last - 1 and lines[n].n_words <= BLURB_WORDS and BLURB.match(lines[n].text):
            placed.append(Role("byline", "author's blurb"))
        elif lines[n].is_list:
            placed.append(Role("furniture", "list of titles"))
        elif n < first and is_dateline(lines[n].text):
            placed.append(Role("body", "dateline line"))
        elif n < first:
            is_deck = lines[n].n_words > TITLE_WORDS and _echo(lines[n].text, story) >= ECHO
            placed.append(Role(before if is_deck else "furniture", BEFORE))
        elif n > last and not _is_listed(lines[n].text):
            placed.append(Role("furniture", AFTER))
        else:
            placed.append(Role("body", "paragraph" if lines[n].is_prose else "line within the story"))
    return placed


def _last_paragraph(lines: Sequence[Line], roles: Sequence[Role | None], prose: Sequence[int]) -> int:
    """The last line of the story: the last sentence, but for a tail below a widget where hardly a line ends as one."""
    paragraphs = [n for n in prose if lines[n].n_words >= PARAGRAPH_WORDS]
    if not paragraphs:
        return prose[-1]
    below = range(paragraphs[-1] + 1, len(lines))
    widget = next((n for n in below if (role := roles[n]) is not None and role.segment == "furniture"), len(lines))
    tail = [n for n in below if roles[n] is None and n > widget]
    ended = sum(lines[n].text.endswith((".", "”", '"')) for n in tail)
    return paragraphs[-1] if len(tail) >= TAIL and ended < len(tail) / 3 else prose[-1]


def _find_highlights(lines: Sequence[Line], roles: Sequence[Role | None]) -> list[Role | None]:
    """The points under "Story highlights" at the head of a story, up to its dateline, are its deck."""
    found = list(roles)
    for n, role in enumerate(roles[:HIGHLIGHTS]):
        if role is not None and role.rule == HIGHLIGHTED:
            ends = [m for m in range(n + 1, min(n + HIGHLIGHTS, len(lines))) if match_dateline(lines[m].text)]
            for m in range(n + 1, ends[0] if ends else n + 1):
                found[m] = roles[m] or Role("deck", HIGHLIGHTED)
    return found


def _find_comments(lines: Sequence[Line], roles: Sequence[Role | None]) -> list[Role | None]:
    """What readers wrote: from the first of several signatures such as "Posted by Ann, 3 May" to the end."""
    signed = [n for n, line in enumerate(lines) if line.n_words <= SIGNATURE_WORDS and SIGNATURE.match(line.text)]
    first = signed[0] if len(signed) > 1 and signed[0] > 1 else len(lines)
    return [*roles[:first], *[Role("furniture", "readers' comments")] * (len(lines) - first)]


def _find_lists(lines: Sequence[Line], roles: Sequence[Role | None]) -> list[Role | None]:
    """Titles of other stories under a line such as "Most read"."""
    found = list(roles)
    within = False
    for n, role in enumerate(roles):
        if role is not None:
            within = role.segment == "furniture" and bool(LIST_HEADING.match(lines[n].text))
        elif within and lines[n].n_words <= LISTED_WORDS and not lines[n].text.endswith("."):
            found[n] = Role("furniture", "list of other stories")
        else:
            within = False
    return found


def _find_captions(lines: Sequence[Line], roles: Sequence[Role | None]) -> list[Role | None]:
    """Long lines that do not end as a sentence: where a story has several among its paragraphs, they are captions.

    One or two may be slips of punctuation, and stay with the story.
    """
    open_lines = [n for n, role in enumerate(roles) if role is None and _is_open(lines[n])]
    ended = [n for n, role in enumerate(roles) if role is None and TERMINAL.search(lines[n].text)]
    inner = [n for n in open_lines if ended and ended[0] < n < ended[-1]]
    found = list(roles)
    prose = [n for n, role in enumerate(roles) if role is None and lines[n].is_prose]
    for n, role in enumerate(roles):  # "Happy time: the couple in May"
        if (
            role is None
            and prose
            and prose[0] < n
            and lines[n].n_words <= OPEN_WORDS[1]
            and KICKER.match(lines[n].text)
        ):
            found[n] = Role("caption", "kicker")
    styled = sum(role is not None and role.segment == "caption" and _is_open(lines[n]) for n, role in enumerate(roles))
    plain_style = len(inner) < OPEN_SHARE * len(lines) and not any(POINTER.search(lines[n].text) for n in inner)
    needed = 1 if styled > 1 else OPEN_CAPTIONS
    if needed <= len(inner) <= len(ended) and not (plain_style and styled < 2):
        for n in inner:
            if not (_is_listed(lines[n].text) or lines[n - 1].text.endswith(":") or _is_verse(lines, n)):
                found[n] = Role("caption", "long line without a full stop")
    return found


def _is_verse(lines: Sequence[Line], n: int) -> bool:
    """Whether short lines without a mark stand above and below: a song, a list."""
    return all(lines[m].n_words < OPEN_WORDS[0] and not TERMINAL.search(lines[m].text) for m in (n - 1, n + 1))


def _is_open(line: Line) -> bool:
    """Whether a line of a sentence's length ends without a mark; tweets and what leads up to a quotation do so, too."""
    if TWEET.search(line.text) or re.search(r"[\"“”:]", line.text):
        return False
    return OPEN_WORDS[0] <= line.n_words <= OPEN_WORDS[1] and not TERMINAL.search(line.text)


def _is_listed(text: str) -> bool:
    return text.startswith(("-", "•", "*", "·", "–", "—", '"', "“", "‘", "'")) or text[:1].isdigit()


def _find_headline(lines: Sequence[Line], roles: Sequence[Role | None], prose: Sequence[int]) -> int | None:
    """The first heading above the story that a byline follows or whose words the story takes up.

    Prose above it is about something else.
    """
    for n, line in enumerate(lines):
        above = [p for p in prose if p < n]
        below = [p for p in prose if p > n]
        if len(above) > LEAD_IN or not below:
            return None
        is_question = n == 0 and line.text.endswith("?")  # which else is taken for a sentence
        if roles[n] is not None or (n in prose and not is_question) or not _is_heading(line):
            continue
        story = Counter(word for p in below for word in set(content_words(lines[p].text)))
        if any(_echo(lines[p].text, story) >= BLURB_ECHO for p in above):
            return None
        following = roles[n + 1] if n + 1 < len(lines) else None
        if not above and following is not None and following.segment == "byline":
            return n
        if _echo(line.text, story) >= (ECHO if above or line.n_words < LONG_HEADING else FAINT_ECHO):
            return n
    return None


def _is_heading(line: Line) -> bool:
    return (
        line.n_words in HEADLINE_WORDS
        and not is_dateline(line.text)
        and len(content_words(line.text)) > 1
        and not line.text.endswith((".", ",", ";"))
        and line.text[:1] not in "-–—•*|/"
    )


def _echo(text: str, story: Counter[str]) -> float:
    words = content_words(text)
    return sum(word in story for word in words) / len(words) if words else 0.0


def _find_authors(lines: Sequence[Line], roles: Sequence[Role | None]) -> list[Role | None]:
    """Lines of names alone beside a time stamp: who wrote it, and where."""
    found = list(roles)
    for n, role in enumerate(roles):
        beside = [other for other in roles[max(n - 1, 0) : n + 2] if other is not None and other.segment == "byline"]
        if role is None and beside and lines[n].n_words <= AUTHOR_WORDS and NAMES.fullmatch(lines[n].text):
            found[n] = Role("byline", "names beside a time stamp")
    return found


def _find_deck(lines: Sequence[Line], roles: Sequence[Role | None], headline: int, prose: Sequence[int]) -> int | None:
    """The line under the headline, where leads do not stand: a second heading, above the byline, or set off."""
    n = headline + 1
    if (
        n >= len(lines)
        or roles[n] is not None
        or is_dateline(lines[n].text)
        or lines[n].n_words > DECK_WORDS
        or len([p for p in prose if p > n]) < 2
    ):
        return None
    following = roles[n + 1] if n + 1 < len(lines) else None
    above_byline = following is not None and following.segment == "byline"
    return n if n not in prose or above_byline or _is_set_off(lines, n) else None


def _is_set_off(lines: Sequence[Line], n: int) -> bool:
    """Whether a line stands further from its neighbours than the lines below it do from each other."""
    gaps = [below.start - above.end for above, below in pairwise(lines[n - 1 :])]
    return min(gaps[:2]) > median(gaps[2:]) if len(gaps) > SPACED else False
