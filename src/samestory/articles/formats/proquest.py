"""ProQuest, text export: documents between lines of 60 underscores, an unlabelled title, one field a block."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from samestory.articles.dates import find_date
from samestory.articles.draft import Draft, FileNote, Refused, RefusedRow
from samestory.articles.formats.exported import CUT_OFF, Entry, draft_entry, note_gaps
from samestory.articles.formats.labels import PROQUEST, label_names, read_label
from samestory.articles.source_file import SourceFile

SEPARATOR = re.compile(r"^[ \t]*_{60,}[ \t]*$", re.MULTILINE)
NUMBERED = re.compile(r"(?:Document|Dokument|Documento) (\d{1,6}) (?:of|von|de|sur|van) (\d{1,6})")
OUTLET = re.compile(r"[^;\[\]]+")  # opens the line on the issue, as in "The Echo; London [London]15 Jan 2019: 12"
NAMES = label_names(PROQUEST)
MARKS = {"body", "outlet", "published", "issue"}  # a part with none of these is no article: a cover, a list, a footer


def recognise(file: SourceFile) -> bool:
    """Whether lines of underscores part blocks that name a full text or a publication."""
    head = _unix(file.head or "")
    found = SEPARATOR.search(head)
    return found is not None and any((label := _label(line)) and label[0] in MARKS for line in head.split("\n"))


def read(file: SourceFile, columns: Mapping[str, str] | None = None) -> Iterator[Draft | RefusedRow | FileNote]:
    """The articles of an export; raises Refused where no part of it names a full text or a publication."""
    text = _unix(file.text)
    edges = [0, *(edge for found in SEPARATOR.finditer(text) for edge in found.span()), len(text)]
    parts = [text[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True)]
    entries = [found for part in parts if (found := read_document(part.split("\n"))) is not None]
    if not entries:
        raise Refused("no document: no part names a full text or a publication")
    numbers = [numbered for part in parts if (numbered := NUMBERED.match(part.lstrip()))]
    if numbers:
        yield from note_gaps(max(int(n[2]) for n in numbers), (int(n[1]) for n in numbers))
    closed = read_document(parts[-1].split("\n")) is None  # else the last one runs to the end of the file
    for number, (entry, has_fields) in enumerate(entries, start=1):
        cut_off = number == len(entries) and not closed and not has_fields
        yield draft_entry(Entry(refusal=CUT_OFF) if cut_off else entry, number)


def read_document(lines: list[str]) -> tuple[Entry, bool] | None:
    """One document, and whether fields stand below its full text; None where the part is no document."""
    labels = _find_labels(lines)
    if not any(found[0] in MARKS for found in labels.values()):
        return None
    body = next((n for n, found in labels.items() if found[0] == "body"), None)
    closing = _find_closing(lines, labels, body)
    told: dict[str, str] = {}
    for n, found in labels.items():
        if body is None or n < body or n >= closing:
            told.setdefault(found[0], _value(lines, labels, n))
    text = [] if body is None else [labels[body][2], *lines[body + 1 : closing]]
    entry = Entry(
        headline=_title(lines, labels) or told.get("headline", ""),
        deck=told.get("deck", ""),
        body=tuple(text),
        outlet=_outlet(told.get("outlet", "")) or _outlet(told.get("issue", "")),
        published=told.get("published", "") or _issue_date(told.get("issue", "")),
        language=told.get("language", ""),
        authors=told.get("byline", ""),
        rights=told.get("rights", ""),
    )
    return entry, closing < len(lines)


def _find_labels(lines: list[str]) -> dict[int, tuple[str, str, str]]:
    """The lines that a label opens: the first of a block, and those right below another such line."""
    labels: dict[int, tuple[str, str, str]] = {}
    for n, line in enumerate(lines):
        if (found := _label(line)) and (_opens_block(lines, n) or n - 1 in labels):
            labels[n] = found
    return labels


def _find_closing(lines: list[str], labels: Mapping[int, tuple[str, str, str]], body: int | None) -> int:
    """Where the fields below the full text begin: blocks at the end of which each has a label of its own.

    A paragraph of the story that opens as a label does is told by what follows: other paragraphs.
    """
    end = len(lines)
    seen: set[str] = set()
    for n in range(len(lines) - 1, -1 if body is None else body, -1):
        if not lines[n].strip() or (n not in labels and not _opens_block(lines, n)):
            continue
        if n not in labels or labels[n][1] in seen:
            break
        seen.add(labels[n][1])
        end = n
    return end


def _title(lines: list[str], labels: Mapping[int, object]) -> str:
    """The block without a label that opens a document, below its number."""
    title: list[str] = []
    for n, line in enumerate(lines):
        if n in labels or (title and not line.strip()):
            break
        if line.strip() and not NUMBERED.fullmatch(line.strip()):
            title.append(line)
    return " ".join(title)


def _value(lines: list[str], labels: Mapping[int, tuple[str, str, str]], start: int) -> str:
    """A field's text: its line and those below it up to a blank line or the next field."""
    value = [labels[start][2]]
    for n in range(start + 1, len(lines)):
        if n in labels or not lines[n].strip():
            break
        value.append(lines[n])
    return " ".join(value)


def _outlet(named: str) -> str:
    """The outlet without the place of its publisher, which stands behind it."""
    found = OUTLET.match(named)
    return found.group().strip() if found else ""


def _issue_date(issue: str) -> str:
    """The date in the line on an issue, which stands right behind the place in brackets."""
    dated = issue.rpartition("]")[2]
    return dated if find_date(dated)[0] else ""


def _opens_block(lines: list[str], n: int) -> bool:
    return n == 0 or not lines[n - 1].strip()


def _label(line: str) -> tuple[str, str, str] | None:
    return read_label(line, NAMES) if line[:1].isalpha() else None


def _unix(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
