"""What people coded in a study, without the sheets that they coded on: those hold text."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from samestory.files import plain_cell, safe_cell
from samestory.textfree import Runs, find_runs
from samestory.textfree.cells import short_words

PATTERNS = ("coding/*/codings.csv", "coding/*/agreement.csv")


class Coding(NamedTuple):
    """A table of codings as it may be released: its text, its rows, and the cells that were shortened (row, column)."""

    text: str
    n_rows: int
    shortened: tuple[tuple[int, str], ...]


def read_codings(folder: Path, runs: Runs, events: Mapping[str, str]) -> dict[str, Coding]:
    """The tables of codings in a study's folder by path: events by the names that they have in the release, and cells
    that repeat an article (a coder's note may quote one) cut after their first words."""
    paths = sorted(path for pattern in PATTERNS for path in folder.glob(pattern))
    return {path.relative_to(folder).as_posix(): _coding(path, runs, events) for path in paths}


def _coding(path: Path, runs: Runs, events: Mapping[str, str]) -> Coding:
    with path.open(encoding="utf-8-sig", newline="") as file:
        header, *rows = [[plain_cell(cell) for cell in row] for row in csv.reader(file)] or [[]]
    shortened = []
    for number, row in enumerate(rows, start=2):
        for place, cell in enumerate(row):
            if cell in events:
                row[place] = events[cell]
            elif next(find_runs(runs, cell), None) is not None:
                row[place] = short_words(cell)
                shortened.append((number, header[place] if place < len(header) else str(place + 1)))
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([safe_cell(cell) for cell in row] for row in [header, *rows])
    return Coding(out.getvalue(), len(rows), tuple(shortened))
