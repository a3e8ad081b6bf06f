"""One article of an export from a text database, to a draft."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from samestory.articles.dates import find_date
from samestory.articles.draft import Draft, FileNote, RefusedRow, domain_of, join_fields
from samestory.articles.formats.labels import language_code

PARAGRAPH = "\n"  # between the paragraphs of a body, as in pages and crawls
STORY_ADDRESS = re.compile(r"https?://[^/\s]+/\S+")  # a site's front page, which some fields give, is none
CUT_OFF = "truncated: its end is missing"  # of the last document in a file
NAMED_GAPS = 10  # numbers of missing documents that a note names


@dataclass(frozen=True, slots=True)
class Entry:
    """What an export says of one article, each field as it stands there; ``published`` is a line that holds a date.

    ``body`` is its paragraphs. ``authors`` and ``rights`` become the article's credit.
    """

    headline: str = ""
    deck: str = ""
    body: tuple[str, ...] = ()
    outlet: str = ""
    published: str = ""
    language: str = ""
    address: str = ""
    authors: str = ""
    rights: str = ""
    refusal: str = ""  # why it cannot be read


def draft_entry(entry: Entry, number: int) -> Draft | RefusedRow:
    """The draft of an article; a RefusedRow where it cannot be read or holds no text. ``number`` counts from 1."""
    if entry.refusal:
        return RefusedRow(number, entry.refusal)
    headline = one_line(entry.headline)
    text, fields = join_fields({"headline": headline, "deck": one_line(entry.deck), "body": join_body(entry.body)})
    if not text:
        return RefusedRow(number, "no text: title, deck and body are empty")
    published, precision = find_date(entry.published)
    notes = [] if any(part.strip() for part in entry.body) else ["no body: title or deck alone"]
    if published is None and entry.published.strip():
        notes.append(f"date not understood: {one_line(entry.published)[:40]!r}")
    address = entry.address.strip() if STORY_ADDRESS.match(entry.address.strip()) else None
    return Draft(
        text,
        fields,
        outlet=one_line(entry.outlet) or domain_of(address),
        title=headline or None,
        published=published,
        published_precision=precision,
        url=address,
        language=language_code(entry.language),
        credit="; ".join(part for part in (one_line(entry.authors), one_line(entry.rights)) if part) or None,
        row=number,
        note="; ".join(notes) or None,
    )


def one_line(text: str) -> str:
    """Text with each run of white space as one space."""
    return " ".join(text.split())


def join_body(paragraphs: Iterable[str]) -> str:
    """The paragraphs that hold anything, each on a line of its own."""
    return PARAGRAPH.join(line for line in map(one_line, paragraphs) if line)


def note_gaps(announced: int, numbers: Iterable[int]) -> list[FileNote]:
    """A note where a file says that it holds more documents than it does, with the numbers that are missing."""
    found = set(numbers)
    missing = announced - len(found)
    if missing <= 0:
        return []
    gaps = [str(number) for number in range(1, announced + 1) if number not in found][:NAMED_GAPS]
    named = ", ".join(gaps) + (", ..." if missing > len(gaps) else "")
    return [FileNote(f"{announced} documents announced, {len(found)} in the file (missing: {named})")]
