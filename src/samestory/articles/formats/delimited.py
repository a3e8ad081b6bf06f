"""CSV and TSV with a header row: one article a row; a bad row loses itself alone."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping

from samestory.articles.draft import Draft, Refused, RefusedRow
from samestory.articles.rows import choose_columns, draft_row
from samestory.articles.source_file import SourceFile

DELIMITERS = (",", "\t", ";", "|")
LONGEST_CELL = 2**31 - 1


def recognise(file: SourceFile) -> bool:
    """Whether the first line names at least two columns that articles have, one of them the text."""
    first = (file.head or "").split("\n", 1)[0]
    names = [name.strip().strip('"') for name in first.split(find_delimiter(first))]
    return len(names) > 1 and len(chosen := choose_columns(names)) > 1 and "text" in chosen and len(first) < 500


def read(file: SourceFile, columns: Mapping[str, str] | None = None) -> Iterator[Draft | RefusedRow]:
    """The articles of a table; raises Refused where no column holds text."""
    rows = read_rows(file.text, find_delimiter(file.text))
    header = next(rows, None)
    if header is None or isinstance(header, RefusedRow):
        raise Refused("unparseable: no header row")
    names = header[1]
    chosen = choose_columns(names, columns)
    if "text" not in chosen:
        raise Refused(f"no text column; the columns are {', '.join(names)[:200]}")
    for row in rows:
        if isinstance(row, RefusedRow):
            yield row
            continue
        line, cells = row
        if len(cells) != len(names):
            yield RefusedRow(line, f"unparseable: {len(cells)} cells where the header has {len(names)}")
        else:
            yield draft_row(dict(zip(names, cells, strict=True)), chosen, line)


def find_delimiter(text: str) -> str:
    """The delimiter that parts the first line into most cells; a comma where none does."""
    first = text.split("\n", 1)[0]
    return max(DELIMITERS, key=first.count) if any(d in first for d in DELIMITERS) else ","


def read_rows(text: str, delimiter: str) -> Iterator[tuple[int, list[str]] | RefusedRow]:
    """Each row with the line it starts on; after a row that cannot be parsed, reading goes on at the next line."""
    lines = io.StringIO(text, newline="").readlines()
    start = 0
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
