"""Nexis Uni (Lexis Advance): DOCX and RTF, each document with title, outlet, date, fields, "Body" and an end line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from samestory.articles.dates import find_date, fold
from samestory.articles.draft import Draft, FileNote, Refused, RefusedRow
from samestory.articles.formats.exported import CUT_OFF, Entry, draft_entry, note_gaps
from samestory.articles.formats.labels import NEXIS, RIGHTS, label_names, read_label
from samestory.articles.formats.richtext import ZIP, is_docx, is_rtf, read_docx, read_rtf
from samestory.articles.source_file import SourceFile

NAMES = label_names(NEXIS)
END = frozenset(
    ("end of document", "ende des dokuments", "dokumentende", "fin du document", "fin de document",
     "fin del documento", "einde van document", "einde van het document", "einde document")
)  # fmt: skip
BODY = frozenset(
    ("body", "text", "texte", "texto", "corps", "volltext", "cuerpo", "hoofdtekst", "tekst", "volledige tekst")
)
CLASSIFICATION = frozenset(
    ("classification", "klassifizierung", "klassifikation", "clasificacion", "classificatie", "classificaties")
)
PICTURE = frozenset(("graphic", "grafik", "graphique", "grafico", "grafiek"))
# Links that the database puts at the start or end of a body.
LINK = re.compile(
    r"(?:original gesamtseiten-pdf|pdf-datei dieses dokuments|pdf file of this document|pdf-bestand van dit document"
    r"|link (?:zum pdf-dokument|zum original|naar pdf|to pdf|to image|to original|to the original story)"
    r"|(?:bekijk de oorspronkelijke pagina|view original|weblink)\b.{0,80}|(?:link to original:? ?)?https?://\S+)[.:]?",
    re.IGNORECASE,
)
COVER = re.compile(r"(?:Job Number|Auftragsnummer|Numéro de (?:la )?tâche|Número de trabajo|Taaknummer)\s*:")
COUNT = re.compile(r"(?:Documents?|Dokumente?|Documentos?|Documenten)\s*\((\d{1,6})\)")
HEADER = {"byline", "section", "length", "dateline", "deck", "credit", "loaded", "language", "type", "address", "other"}
HEADING_CHARACTERS = 60  # no heading is longer
BELOW_DATE = 4  # lines between date and fields, such as the edition's


def recognise(file: SourceFile) -> bool:
    """Whether the file is a DOCX, which no other format here is, or an RTF that opens as these exports do."""
    if is_docx(file):
        return True
    if not is_rtf(file):
        return False
    lines = read_rtf(file.start)
    fields = sum(line[:1].isalpha() and _label(line) is not None for line in lines)
    return any(_is(line, END) or COVER.match(line) for line in lines) or (
        fields > 1 and any(_is(line, BODY) for line in lines)
    )


def read(file: SourceFile, columns: Mapping[str, str] | None = None) -> Iterator[Draft | RefusedRow | FileNote]:
    """The articles of an export, with or without a cover page; raises Refused where no document ends in it."""
    lines = [line.strip() for line in (read_docx(file) if is_docx(file) else _read_rich(file))]
    ends = [n for n, line in enumerate(lines) if _is(line, END)]
    if not ends:
        raise Refused("no document: no line says 'End of Document'")
    starts = [0] + [end + 1 for end in ends]
    if announced := next((int(found[1]) for line in lines[: ends[0]] if (found := COUNT.fullmatch(line))), 0):
        yield from note_gaps(announced, range(1, len(ends) + 1))
    for number, (start, end) in enumerate(zip(starts, ends, strict=False), start=1):
        yield draft_entry(read_document([line for line in lines[start:end] if line]), number)
    if any(lines[starts[-1] :]):
        yield draft_entry(Entry(refusal=CUT_OFF), len(ends) + 1)


def read_document(lines: list[str]) -> Entry:
    """One document: its paragraphs, the line that ends it left out."""
    body = next((n for n, line in enumerate(lines) if _is(line, BODY)), None)
    closing = _find_closing(lines, 0 if body is None else body + 1)
    head = lines[: closing if body is None else body]
    if body is None and not _is_headline_alone(head):
        return Entry(refusal="no line says where its body begins")
    headline, outlet, published, fields = _read_title(head)
    told: dict[str, str] = {}
    for line in (*fields, *lines[closing:]):
        if found := _label(line):
            told.setdefault(found[0], found[2])
    return Entry(
        headline=headline,
        deck=told.get("deck", ""),
        body=() if body is None else tuple(_without_links(lines[body + 1 : closing])),
        outlet=outlet,
        published=published,
        language=told.get("language", ""),
        address=told.get("address", ""),
        authors="; ".join(told[name] for name in ("byline", "credit") if told.get(name)),
        rights=" ".join(line for line in fields if RIGHTS.match(line)),
    )


def _read_title(head: list[str]) -> tuple[str, str, str, list[str]]:
    """Headline, outlet, the line of the date, and the fields: they stand in this order, below the cover if any."""
    fields = len(head)
    while fields and (_label(head[fields - 1]) or RIGHTS.match(head[fields - 1])):
        fields -= 1
    for dated in range(fields - 1, max(fields - 1 - BELOW_DATE, -1), -1):
        if find_date(head[dated])[0] and not _label(head[dated]):
            above = head[:dated]
            return "".join(above[-2:-1]), "".join(above[-1:]), head[dated], head[dated + 1 :]
    above = head[:fields]
    return "".join(above[-2:-1] or above), "".join(above[-1:] if len(above) > 1 else ""), "", head[fields:]


def _is_headline_alone(head: list[str]) -> bool:
    """Whether nothing but fields follows on the first of them, as where only a picture was published."""
    told = [bool(_label(line) or RIGHTS.match(line)) for line in head]
    return True in told and all(told[told.index(True) :])


def _find_closing(lines: list[str], start: int) -> int:
    """Where a document's body ends: at its classification, its loading date, or the description of its pictures."""
    end = next((n for n in range(len(lines) - 1, start - 1, -1) if _is(lines[n], CLASSIFICATION)), None)
    if end is None:
        end = len(lines)
        while end > start and _label(lines[end - 1]):
            end -= 1
    while end > start and (found := _label(lines[end - 1])) and found[0] in ("loaded", "language", "type"):
        end -= 1
    pictures = [n for n in range(start, end) if _is(lines[n], PICTURE)]
    return pictures[-1] if pictures else end


def _without_links(body: list[str]) -> list[str]:
    start, end = 0, len(body)
    while start < end and LINK.fullmatch(body[start]):
        start += 1
    while end > start and LINK.fullmatch(body[end - 1]):
        end -= 1
    return body[start:end]


def _label(line: str) -> tuple[str, str, str] | None:
    """A field of the header or below the body; the loading date only where it holds one."""
    found = read_label(line, NAMES)
    if found is None or found[0] not in HEADER:
        return None
    return None if found[0] == "loaded" and not find_date(found[2])[0] else found


def _is(line: str, words: frozenset[str]) -> bool:
    """Whether a line is one of these headings and nothing else."""
    return len(line) < HEADING_CHARACTERS and " ".join(fold(line).split()) in words


def _read_rich(file: SourceFile) -> list[str]:
    if file.start.startswith(ZIP):
        raise Refused("no DOCX, or one that is truncated or damaged")
    if not is_rtf(file):
        raise Refused("neither DOCX nor RTF")
    return read_rtf(file.raw)
