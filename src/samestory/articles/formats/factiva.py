"""Factiva: HTML and RTF, with field codes (HD, PD, SN, LP, TD, AN, ...) or without, each document with its number."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from samestory.articles.dates import find_date
from samestory.articles.draft import Draft, FileNote, Refused, RefusedRow
from samestory.articles.formats.exported import CUT_OFF, Entry, draft_entry, one_line
from samestory.articles.formats.labels import LANGUAGES, RIGHTS, language_code
from samestory.articles.formats.richtext import CELL, is_rtf, read_rtf
from samestory.articles.source_file import SourceFile

ARTICLE_CLASS = re.compile(rb"""class=["'](?:[\w-]+ ){0,3}article [a-z]{2}Article\b""")
LANGUAGE_CLASS = re.compile(r"\barticle ([a-z]{2})Article\b")
CODES = frozenset((
    "AN", "ART", "ATC", "BY", "CLM", "CO", "CR", "CT", "CX", "CY", "DLN", "ED", "ET", "GC", "HD", "HL", "IN", "IPC",
    "IPD", "LA", "LP", "NGC", "NS", "PAR", "PD", "PG", "PUB", "RE", "RF", "RST", "SC", "SE", "SN", "TD", "VOL", "WC",
))  # fmt: skip
CODED = re.compile(rf"[ \t]*([A-Z]{{2,3}})(?:[ \xa0]*[{CELL}\t][{CELL}\t]*|[ \xa0]*$)(.*)", re.DOTALL)
NUMBER = re.compile(r"(?:Document|Dokument|Documento) ([A-Za-z0-9]{14,40})")
LENGTH = re.compile(r"\d[\d.,\xa0 ]{0,9}(?:words?|Wörter|Wort|mots?|palabras?|woorden|parole|palavras)", re.IGNORECASE)
TIME = re.compile(r"\d{1,2}[:.h]\d{2}(?::\d{2})?(?: [A-Za-z.+\d]{1,5}){0,3}")
AUTHOR = re.compile(r"(?:by|von|par|por|door)\s", re.IGNORECASE)
ABOVE_BODY = 14  # lines from the length to the rights, at most


def recognise(file: SourceFile) -> bool:
    """Whether a page holds Factiva's articles, or an RTF or plain text its codes or document numbers."""
    if is_rtf(file):
        lines = read_rtf(file.start)
    elif file.head is None:
        return False
    elif "<" in file.head[:200]:
        return ARTICLE_CLASS.search(file.raw) is not None
    else:
        lines = file.head.splitlines()
    codes = {found[1] for line in lines if (found := _code(line))}
    numbered = any(NUMBER.fullmatch(_value(line)) for line in lines)
    return {"HD", "PD"} <= codes or (numbered and any(LENGTH.fullmatch(_value(line)) for line in lines))


def read(file: SourceFile, columns: Mapping[str, str] | None = None) -> Iterator[Draft | RefusedRow | FileNote]:
    """The articles of an export; raises Refused where it holds no document of Factiva's."""
    if not is_rtf(file) and "<" in (file.head or "")[:200]:
        entries = list(_read_page(file))
    else:
        entries = list(_read_lines(read_rtf(file.raw) if is_rtf(file) else file.text.splitlines()))
    if not entries:
        raise Refused("no document: neither field codes nor numbers of documents")
    for number, entry in enumerate(entries, start=1):
        yield draft_entry(entry, number)


def _read_page(file: SourceFile) -> Iterator[Entry]:
    from lxml import etree, html

    try:
        parser = html.HTMLParser(encoding="utf-8")
        tree = html.document_fromstring(file.text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError) as error:
        raise Refused(f"unparseable: {error}") from error
    articles = []
    walk = etree.iterwalk(tree, events=("start",), tag="div")
    for _, div in walk:
        if found := LANGUAGE_CLASS.search(div.get("class") or ""):
            articles.append((div, found[1]))
            walk.skip_subtree()
    for n, (article, language) in enumerate(articles, start=1):
        rows = {code: cell for row in article.iter("tr") for code, cell in _coded_row(row)}
        told = {code: _cell_lines(cell) for code, cell in rows.items()}
        if "HD" not in told and "LP" not in told and "TD" not in told:
            told = _read_plain_page(article)
        ended = "AN" in told or n < len(articles)
        yield _entry(told, ended, language if language in LANGUAGES else None)


def _coded_row(row: Any) -> Iterator[tuple[str, Any]]:
    cells = row.findall("td")
    if len(cells) > 1 and (code := one_line(cells[0].text_content())) in CODES:
        yield code, cells[1]


def _cell_lines(cell: Any) -> list[str]:
    """The paragraphs of a cell; its whole text where it has none."""
    paragraphs = [one_line(paragraph.text_content()) for paragraph in cell.iter("p")]
    return paragraphs or [one_line(cell.text_content())]


def _read_plain_page(article: Any) -> dict[str, list[str]]:
    """An article without codes: divisions above the body in a fixed order, then its paragraphs."""
    lines: list[str] = []
    told: dict[str, list[str]] = {"TD": []}
    for element in article.iter("div", "p"):
        if element is article or element.find("div") is not None:
            continue
        text = one_line(element.text_content())
        named = f"{element.get('id') or ''} {element.get('class') or ''}".split()
        if not text:
            continue
        if "articleParagraph" in " ".join(named):
            told["TD"].append(text)
        elif NUMBER.fullmatch(text):
            told["AN"] = [text]
        elif "hd" in named:
            told["HD"] = [text]
        elif "author" in named:
            told["BY"] = [text]
        elif element.tag == "div" and not told["TD"]:
            lines.append(text)
    return _read_above([*told.get("HD", ()), *lines]) | told


def _read_lines(lines: list[str]) -> Iterator[Entry]:
    """The documents of a rich or plain text: each ends with its number."""
    document: list[str] = []
    for line in lines:
        document.append(line.replace("\x0c", "").replace("\xa0", " ").rstrip())
        coded = _code(document[-1])
        if NUMBER.fullmatch(_value(coded[2] if coded else document[-1])):
            yield _read_document(document, ended=True)
            document = []
    if sum(bool(_value(line)) for line in document) > 2:
        yield _read_document(document, ended=False)


def _read_document(lines: list[str], ended: bool) -> Entry:
    told: dict[str, list[str]] = {}
    code = ""
    for line in lines:
        found = _code(line)
        if found and found[1] not in told:
            code = found[1]
            told[code] = [_value(found[2])]
        elif code:
            told[code].append(_value(line))
    if "HD" not in told:
        told = _read_above([_value(line) for line in lines if _value(line)])
    return _entry(told, ended, None)


def _read_above(lines: list[str]) -> dict[str, list[str]]:
    """What a document without codes says: title and author above its length, then date, time, source, rights, body."""
    lines = [line for line in lines if not NUMBER.fullmatch(line)]
    length = next((n for n, line in enumerate(lines) if LENGTH.fullmatch(line)), None)
    if length is None:
        return {"HD": lines[:1], "TD": lines[1:]}
    told: dict[str, list[str]] = {}
    above = lines[:length]
    if len(above) > 1 and AUTHOR.match(above[-1]):
        told["BY"] = [above.pop()]
    told["HD"] = [max(above, key=len)] if above else []
    below = lines[length + 1 :]
    rights = next((n for n, line in enumerate(below[:ABOVE_BODY]) if RIGHTS.match(line)), None)
    spoken = next((n for n, line in enumerate(below[:ABOVE_BODY]) if _is_language(line)), None)
    end = rights if rights is not None else spoken if spoken is not None else 0
    fields = below[: end + 1]
    if fields and find_date(fields[0])[0]:
        told["PD"] = [fields.pop(0)]
    if fields and TIME.fullmatch(fields[0]):
        told["ET"] = [fields.pop(0)]
    if fields and not RIGHTS.match(fields[0]):
        told["SN"] = [fields[0]]
    if rights is not None:
        told["CY"] = [below[rights]]
    if spoken is not None:
        told["LA"] = [below[spoken]]
    return told | {"TD": below[end + 1 :]}


def _entry(told: Mapping[str, list[str]], ended: bool, language: str | None) -> Entry:
    def line(code: str) -> str:
        return " ".join(told.get(code, ())).strip()

    return Entry(
        headline=line("HD"),
        deck=line("HL"),
        body=(*told.get("LP", ()), *told.get("TD", ())),
        outlet=line("SN"),
        published=f"{line('PD')} {line('ET')}".strip(),
        language=line("LA") or language or "",
        authors="; ".join(filter(None, (line("BY"), line("CR")))),
        rights=line("CY"),
        refusal="" if ended else CUT_OFF,
    )


def _is_language(line: str) -> bool:
    return len(line.split()) < 3 and language_code(line) in LANGUAGES


def _code(line: str) -> re.Match[str] | None:
    found = CODED.fullmatch(line)
    return found if found is not None and found[1] in CODES else None


def _value(line: str) -> str:
    return line.replace(CELL, " ").strip()
