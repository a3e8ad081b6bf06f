"""The sheets that coders fill in, as CSV: rows of a coder, written and read back whatever a spreadsheet did to them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from samestory.coding.questions import Question
from samestory.coding.record import CodingError
from samestory.files import safe_cell, write_whole

GIVEN = ("item_id", "article", "number", "before", "sentence", "after")
NOTE, CODER = "note", "coder"
MARK = "\ufeff"  # tells spreadsheets that a CSV is UTF-8
_DELIMITERS = (",", ";", "\t")

Cells = Mapping[str, object]  # what stands in a row, by column; numbers and dates where a workbook has them


class Row(NamedTuple):
    """A row of a sheet as it was read: its number as a spreadsheet counts it, and its cells by lower-case column."""

    number: int
    cells: Cells


def columns_of(questions: Sequence[Question]) -> list[str]:
    """The columns of a coder's sheet."""
    return [*GIVEN, *(question.key for question in questions), NOTE, CODER]


def coder_rows(
    items: pd.DataFrame, wording: pd.DataFrame, questions: Sequence[Question], coder: str, seed: int
) -> list[dict[str, str]]:
    """The rows of one coder: articles in an order of the coder's own, sentences in text order, answers empty."""
    own = np.random.default_rng([seed, 5, *coder.encode()])
    codes = sorted(items.article.unique())
    place = {codes[i]: n for n, i in enumerate(own.permutation(len(codes)).tolist())}
    ordered = items.assign(place=items.article.map(place)).sort_values(["place", "number"])
    words = wording.set_index("item_id")
    return [
        {
            "item_id": row.item_id,
            "article": row.article,
            "number": str(row.number),
            **{name: safe_cell(str(words.at[row.item_id, name])) for name in ("before", "sentence", "after")},
            **{question.key: "" for question in questions},
            NOTE: "",
            CODER: coder,
        }
        for row in ordered.itertuples()
    ]


def write_csv(path: Path, columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> None:
    """Write a sheet as CSV: UTF-8 with the mark that spreadsheets look for, whole or not at all."""
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, restval="", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    write_whole(path, MARK + out.getvalue())


def read_csv(path: Path) -> tuple[list[str], list[Row]]:
    """The columns of a CSV, lower-case, and its rows that hold anything.

    Commas, semicolons or tabs, any encoding. Raises CodingError where it is no such sheet.
    """
    from samestory.articles.draft import Refused
    from samestory.articles.encoding import decode

    try:
        text, _ = decode(path.read_bytes())
    except Refused as error:
        raise CodingError(f"cannot be read: {error}") from error
    if text.lower().startswith("sep="):  # the line by which a spreadsheet is told the delimiter
        text = text.partition("\n")[2]
    delimiter = max(_DELIMITERS, key=text.partition("\n")[0].count)
    try:
        records = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise CodingError(f"is not a CSV that can be read: {error}") from error
    return as_rows(records)


def as_rows(records: Sequence[Sequence[object]]) -> tuple[list[str], list[Row]]:
    """Records with their header first as columns and rows; CodingError where the header is no sheet's."""
    columns = [column_name(cell) for cell in records[0]] if records else []
    named = [name for name in columns if name]
    twice = sorted({name for name in named if named.count(name) > 1})
    if "item_id" not in named:
        raise CodingError("has no column item_id, so it is no sheet of a round")
    if twice:
        raise CodingError(f"has the column {', '.join(twice)} twice")
    rows = []
    for number, record in enumerate(records[1:], start=2):
        cells = {name: cell for name, cell in zip(columns, record, strict=False) if name}
        if any(cell not in (None, "") for cell in cells.values()):
            rows.append(Row(number, cells))
    return named, rows


def column_name(cell: object) -> str:
    """A header as we name columns: lower-case, blanks as underscores."""
    return "_".join(str(cell if cell is not None else "").replace("_", " ").lower().split())
