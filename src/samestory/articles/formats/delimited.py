"""CSV and TSV with a header row: one article a row; a bad row loses itself alone."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping

from samestory.articles.draft import Draft, Refused, RefusedRow
from samestory.articles.formats.rows import choose_columns, draft_row
from samestory.articles.source_file import SourceFile

DELIMITERS = (",", "\t", ";", "|")
LONGEST_HEADER = 2000  # characters
OPENING_ROWS = 10_000  # where not one of so many is sound, none is looked for further down
LONGEST_CELL = 2**31 - 1
READ_AGAIN = 5  # lines read for rows that proved unsound, as a multiple of all lines: it keeps reading linear
DECLARED = re.compile(r"\s*sep=([,;|\t])\r?\n", re.IGNORECASE)  # a first line for Excel, which names the delimiter


def recognise(file: SourceFile) -> bool:
    """Whether the first line names at least two columns that articles have, one of them the text."""
    names = column_names(file)
    return len(names) > 1 and len(chosen := choose_columns(names)) > 1 and "text" in chosen


def column_names(file: SourceFile) -> list[str]:
    """The cells of the first line, where it is short enough for a header; else none."""
    head = file.head or ""
    declared = DECLARED.match(head)
    first = head[declared.end() if declared else 0 :].lstrip("\r\n").split("\n", 1)[0].strip("\r")
    if len(first) > LONGEST_HEADER:
        return []
    return [name.strip().strip('"').strip() for name in first.split(find_delimiter(first))]


def read(file: SourceFile, columns: Mapping[str, str] | None = None) -> Iterator[Draft | RefusedRow]:
    """The articles of a table; raises Refused where no column holds text."""
    names, rows = read_table(file)
    chosen = choose_columns(names, columns)
    if "text" not in chosen:
        raise Refused(f"no text column; the columns are {', '.join(names)[:200]}")
    for row in rows:
        yield row if isinstance(row, RefusedRow) else draft_row(row[1], chosen, row[0])


def read_table(file: SourceFile) -> tuple[list[str], Iterator[tuple[int, dict[str, str]] | RefusedRow]]:
    """The header, and each row by column name with the line it starts on; raises Refused where there is no header."""
    text = file.text
    declared = DECLARED.match(text)
    rows = read_rows(text, declared[1] if declared else find_delimiter(text.lstrip("\r\n")))
    if declared:
        next(rows)
    header = next(rows, None)
    if header is None or isinstance(header, RefusedRow):
        raise Refused("unparseable: no header row")
    return header[1], _named(rows, header[1])


def _named(
    rows: Iterator[tuple[int, list[str]] | RefusedRow], names: list[str]
) -> Iterator[tuple[int, dict[str, str]] | RefusedRow]:
    fitting = False
    for number, row in enumerate(rows, start=1):
        if not isinstance(row, RefusedRow) and len(row[1]) == len(names):
            fitting = True
            yield row[0], dict(zip(names, row[1], strict=True))
            continue
        if number >= OPENING_ROWS and not fitting:
            raise Refused(f"unparseable: not one of the first {OPENING_ROWS} rows is as the header says")
        line, reason = (row.row, row.reason) if isinstance(row, RefusedRow) else (row[0], _cells(row[1], names))
        yield RefusedRow(line, reason)


def _cells(row: list[str], names: list[str]) -> str:
    return f"unparseable: {len(row)} cells where the header has {len(names)}"


def find_delimiter(text: str) -> str:
    """The delimiter that parts the first line into most cells; a comma where none does."""
    first = text.split("\n", 1)[0]
    return max(DELIMITERS, key=first.count) if any(d in first for d in DELIMITERS) else ","


def read_rows(text: str, delimiter: str) -> Iterator[tuple[int, list[str]] | RefusedRow]:
    """Each row with the line it starts on; after a row that cannot be parsed, reading goes on at the next line.

    Where quotation marks that never close would have it read the same lines over and over, the rest is given up.
    """
    lines = io.StringIO(text, newline="").readlines()
    start = again = 0
    while start < len(lines):
        reader = csv.reader((lines[n] for n in range(start, len(lines))), delimiter=delimiter, strict=True)
        previous = 0
        try:
            for cells in _long_cells(reader):
                if cells:
                    yield start + previous + 1, cells
                previous = reader.line_num
            return
        except csv.Error as error:
            yield RefusedRow(start + previous + 1, f"unparseable: {error}")
            again += reader.line_num - previous - 1
            if again > READ_AGAIN * len(lines):
                yield RefusedRow(
                    start + previous + 2, "unparseable: quotation marks do not pair; not read from here on"
                )
                return
        start += previous + 1


def _long_cells(reader) -> Iterator[list[str]]:
    """Rows with cells of any length: the standard limit, which is global, stands between articles and us."""
    while True:
        limit = csv.field_size_limit(LONGEST_CELL)
        try:
            cells = next(reader, None)
        finally:
            csv.field_size_limit(limit)
        if cells is None:
            return
        yield cells
