"""Nexis, classic text export: documents numbered "n of N DOCUMENTS", fields in capitals, lines broken at 78 columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from samestory.articles.dates import find_date
from samestory.articles.draft import Draft, FileNote, Refused, RefusedRow
from samestory.articles.formats.exported import CUT_OFF, Entry, draft_entry, note_gaps
from samestory.articles.formats.labels import NEXIS, RIGHTS, label_names, read_label
from samestory.articles.source_file import SourceFile

SEPARATOR = re.compile(
    r"^[ \t\f]*(?:FOCUS - )?(?:"
    r"(\d{1,6}) (?:of|von|de|sur|van) (\d{1,6}) (?:DOCUMENTS?|DOKUMENTEN?|DOCUMENTOS?|DOCUMENTEN)"
    r"|(?:Dokument|Document|Documento) (\d{1,6}) (?:von|de|sur|van) (\d{1,6}))[ \t]*$",
    re.MULTILINE,
)
NAMES = label_names(NEXIS)
HEADER_LINES = 120  # the fields of the header stand within so many lines
HEADER = {"headline", "byline", "section", "length", "dateline", "deck", "credit"}


class Block(NamedTuple):
    """Lines between blank ones, and the field that their first line names."""

    what: str | None
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        """Its lines as one, without the label."""
        return " ".join(line.strip() for line in self.lines).strip()

    @property
    def is_indented(self) -> bool:
        """Whether every line is set in, as lines in the middle of a page are."""
        return all(line[:1] in " \t" for line in self.lines)


def recognise(file: SourceFile) -> bool:
    """Whether a document's number stands alone on a line, and fields in capitals follow."""
    head = _unix(file.head or "")
    found = SEPARATOR.search(head)
    return found is not None and any(_label(line) for line in head[found.end() :].split("\n"))


def read(file: SourceFile, columns: Mapping[str, str] | None = None) -> Iterator[Draft | RefusedRow | FileNote]:
    """The articles of an export; raises Refused where no document's number is found."""
    text = _unix(file.text)
    starts = [found for found in SEPARATOR.finditer(text) if _number(found) <= _announced(found)]
    if not starts:
        raise Refused("no document: no line says 'n of N DOCUMENTS'")
    yield from note_gaps(max(map(_announced, starts)), map(_number, starts))
    ends = [found.start() for found in starts[1:]] + [len(text)]
    for number, (start, end) in enumerate(zip(starts, ends, strict=True), start=1):
        entry, ended = read_document(text[start.end() : end])
        cut_off = number == len(starts) and not ended
        yield draft_entry(Entry(refusal=CUT_OFF) if cut_off else entry, number)


def read_document(text: str) -> tuple[Entry, bool]:
    """One document, and whether the fields or rights that close a document are there."""
    head, rest = _split_head(text.split("\n"))
    blocks = list(_blocks(rest))
    end = _find_tail(blocks)
    told = _told(head)
    tail = list(_split_labels(blocks[end:]))
    closing = _told([block for block in tail if block.what])
    rights = [line.strip() for block in (*head, *tail) for line in block.lines if RIGHTS.match(line)]
    outlet, published, headline = _read_middle([block for block in head if block.what is None])
    entry = Entry(
        headline=told.get("headline") or headline,
        deck=told.get("deck", ""),
        body=tuple(paragraph for block in blocks[:end] for paragraph in _paragraphs(block.lines)),
        outlet=outlet,
        published=published,
        language=closing.get("language") or told.get("language", ""),
        address=closing.get("address", ""),
        authors="; ".join(filter(None, (told.get("byline"), told.get("credit"), closing.get("credit")))),
        rights=" ".join(rights),
    )
    return entry, end < len(blocks)


def _split_head(lines: list[str]) -> tuple[list[Block], list[str]]:
    """The blocks above the body, and the lines from the body on.

    The body opens after the line that says so; where none does, with the first block without a label below the
    fields of the header.
    """
    labels = {n: found for n, line in enumerate(lines[:HEADER_LINES]) if (found := _label(line))}
    fields = [n for n in labels if labels[n][0] in HEADER]
    place = next((n for n in fields if labels[n][0] == "length"), fields[0] if fields else _bare_line(lines))
    while place < len(lines):
        end = _line_after(lines, place, blank=True)
        following = _line_after(lines, end, blank=False)
        for n in (*range(place, end), following):
            if n in labels and labels[n][0] == "body":
                return list(_split_labels(_blocks(lines[:n]))), [labels[n][2], *lines[n + 1 :]]
        if following not in labels or labels[following][0] not in HEADER:
            return list(_split_labels(_blocks(lines[:end]))), lines[end:]
        place = following
    return list(_split_labels(_blocks(lines))), []


def _bare_line(lines: list[str]) -> int:
    """The first line that is not set in: the headline of a document without fields."""
    return next((n for n, line in enumerate(lines) if line.strip() and line[:1] not in " \t"), len(lines))


def _line_after(lines: list[str], start: int, blank: bool) -> int:
    return next((n for n in range(start, len(lines)) if bool(lines[n].strip()) is not blank), len(lines))


def _find_tail(blocks: list[Block]) -> int:
    """Where the fields below the body begin: blocks at the end that have a label, each its own, or state rights.

    The description of pictures may run over several blocks, so the fields above it are looked for once more.
    """
    seen: set[str] = set()
    end = _closing_start(blocks, len(blocks), seen)
    end = next((n for n in range(end) if blocks[n].what == "loaded" and _is_loaded(blocks[n])), end)
    end = max((n for n in range(end) if blocks[n].what == "picture"), default=end)
    return _closing_start(blocks, end, seen)


def _closing_start(blocks: list[Block], end: int, seen: set[str]) -> int:
    while end and (RIGHTS.match(blocks[end - 1].text) or _is_closing(blocks[end - 1], seen)):
        end -= 1
    return end


def _is_closing(block: Block, seen: set[str]) -> bool:
    found = _label(block.lines[0])
    if found is None or found[0] in ("headline", "body", "length") or found[1] in seen:
        return False
    seen.add(found[1])
    return found[0] != "loaded" or _is_loaded(block)


def _is_loaded(block: Block) -> bool:
    """Whether a date is all that it tells: "UPDATE:" opens paragraphs of stories too."""
    found = _label(block.lines[0])
    return found is not None and (not found[2] or (len(found[2]) < 60 and find_date(found[2])[0] is not None))


def _read_middle(blocks: list[Block]) -> tuple[str, str, str]:
    """Outlet, the line of the date, and headline: what stands above the fields without a label."""
    lines = [(n, line) for n, block in enumerate(blocks) for line in block.lines if not RIGHTS.match(line)]
    dated = next((place for place, (_, line) in enumerate(lines) if find_date(line)[0]), None)
    if dated is None:
        outlet, published, above = (lines[0][1] if lines else ""), "", (lines[0][0] if lines else 0)
    else:
        outlet, published, above = (lines[dated - 1][1] if dated else ""), lines[dated][1], lines[dated][0]
    headline = [block.text for block in blocks[above + 1 :] if not (block.is_indented or RIGHTS.match(block.text))]
    return outlet, published, " ".join(headline)


def _blocks(lines: list[str]) -> Iterator[Block]:
    block: list[str] = []
    for line in [*lines, ""]:
        if line.strip():
            block.append(line)
        elif block:
            found = _label(block[0])
            yield Block(found[0] if found else None, tuple(block))
            block = []


def _split_labels(blocks: Iterator[Block] | list[Block]) -> Iterator[Block]:
    """Blocks of the header or below the body, one for each label; the label itself is left out."""
    for block in blocks:
        what: str | None = None
        lines: list[str] = []
        for line in block.lines:
            found = _label(line)
            if found and lines:
                yield Block(what, tuple(lines))
                lines = []
            what = found[0] if found else what
            lines.append(found[2] if found else line)
        yield Block(what, tuple(lines))


def _told(blocks: list[Block]) -> dict[str, str]:
    told: dict[str, str] = {}
    for block in blocks:
        if block.what:
            told.setdefault(block.what, block.text)
    return told


def _paragraphs(lines: tuple[str, ...]) -> Iterator[str]:
    """Lines of a block joined; a line set in among lines that are not opens a paragraph of its own."""
    paragraph: list[str] = []
    opened_by_indent = not all(line[:1] in " \t" for line in lines)
    for line in lines:
        if paragraph and opened_by_indent and line[:2].isspace():
            yield " ".join(paragraph)
            paragraph = []
        paragraph.append(line.strip())
    yield " ".join(paragraph)


def _label(line: str) -> tuple[str, str, str] | None:
    """A label in capitals, as all of them are in this export."""
    found = read_label(line, NAMES)
    return found if found is not None and found[1].isupper() else None


def _number(found: re.Match[str]) -> int:
    return int(found[1] or found[3])


def _announced(found: re.Match[str]) -> int:
    return int(found[2] or found[4])


def _unix(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
