"""Kept tables set beside those that were made anew, cell for cell, and where they first differ."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from samestory import tables
from samestory.files import csv_text
from samestory.textfree.cells import WORDED, short_words, text_free

if TYPE_CHECKING:
    from samestory.annotation import Annotations


class Difference(NamedTuple):
    """Where two copies of a table first differ: the line of the CSV (0 where some articles alone are compared), the
    row's id, the column and both cells. Where a row is in one copy alone the column is empty and the cell is the row.
    """

    line: int
    key: str
    column: str
    kept: str
    found: str

    def __str__(self) -> str:
        place = [f"line {self.line}"] if self.line else []
        place += [self.key] if self.key else []
        place += [f"column {self.column}"] if self.column else []
        return f"{', '.join(place)}: {self.kept or 'nothing'} there, {self.found or 'nothing'} recomputed"


def compare_tables(
    folder: Path, annotations: Annotations, measures: pd.DataFrame, only: Collection[str] | None = None
) -> dict[str, Difference | None]:
    """The first difference of each table in ``folder`` from the tables made anew, or None.

    The tables made anew are treated as :func:`text_free` treats those that are kept; titles count where the kept ones
    have any. ``only`` names articles: then no others are compared, and what is made anew is of these alone.
    """
    from samestory.annotation import Annotations, read_annotations

    kept = read_annotations(folder)
    found = text_free(annotations, measures, titles=bool(kept.articles.title.notna().any())).tables
    left = {**dict(kept.tables()), "measures": tables.read_table("measures", folder)}
    if only is not None:
        made = Annotations(**{"texts": tables.frame("texts"), **{n: d for n, d in found.items() if n != "measures"}})
        own = left["measures"][left["measures"].article_id.isin(list(only))]
        left = {**dict(kept.select(only).tables()), "measures": own}
        found = {**dict(made.select(only).tables()), "measures": found["measures"]}
        found = {name: _shorten_alike(name, data, left[name]) for name, data in found.items()}
    compared = {}
    for name in found:
        if name not in tables.TEXT_TABLES:
            difference = first_difference(table_text(name, left[name]), table_text(name, found[name]))
            compared[name] = difference._replace(line=0) if difference is not None and only is not None else difference
    return compared


def table_text(table: str, data: pd.DataFrame) -> str:
    """A table as the text of its CSV file."""
    return csv_text(tables.check(table, data))


def first_difference(kept: str, found: str) -> Difference | None:
    """The first cell in which the texts of two CSV files differ; None where there is none."""
    if kept == found:
        return None
    rows = zip_longest(csv.reader(io.StringIO(kept)), csv.reader(io.StringIO(found)))
    header, _ = next(rows)
    n_keys = 2 if header[1].endswith("_id") else 1
    for line, (left, right) in enumerate(rows, start=2):
        key = ", ".join((left or right)[:n_keys])
        if left is None or right is None:
            return Difference(line, key, "", ", ".join(left or []), ", ".join(right or []))
        for column, a, b in zip(header, left, right, strict=True):
            if a != b:
                return Difference(line, key, column, a, b)
    return None


def _shorten_alike(table: str, found: pd.DataFrame, kept: pd.DataFrame) -> pd.DataFrame:
    """The table with cells shortened that are shortened in the other copy: from some of the texts alone it cannot be
    told that a cell repeats one of the others."""
    if len(found) != len(kept):
        return found
    for column in WORDED.get(table, ()):
        own, other = found[column].reset_index(drop=True), kept[column].reset_index(drop=True)
        alike = (own.map(short_words, na_action="ignore") == other).fillna(False)
        found = found.assign(**{column: own.mask(alike, other).set_axis(found.index)})
    return found
