"""The last look before a release is published: no file of it holds a run of words of any article."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from pathlib import Path

from samestory.release.manifest import files_of
from samestory.textfree import Runs, find_runs

ARTICLES = "tables/articles.csv"  # the one file that may hold titles, where they are asked for


def guard(
    folder: Path, runs: Runs, near_titles: Runs, progress: Callable[[int, int], object] | None = None
) -> Iterator[str]:
    """Each file of a folder that repeats an article, in what it holds or is called, by file, line and column, with the
    words.

    Every file is looked through as it stands, over the bounds of cells and lines.
    """
    names = files_of(folder)
    for name in names:
        own = near_titles if name == ARTICLES else runs
        if (named := next(find_runs(runs, name), None)) is not None:
            yield f"{name}: the file's name: the words “{named.words}”"
        found = next(find_runs(own, (folder / name).read_text(encoding="utf-8")), None)
        if found is not None:
            column = _column(folder / name, found.line, own) if name.endswith(".csv") else ""
            yield f"{name}, line {found.line}{column}: the words “{found.words}”"
        if progress is not None:
            progress(1, len(names))


def _column(path: Path, line: int, runs: Runs) -> str:
    """The column whose cell in that line of a CSV file holds a run, where one cell alone does."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        header = next(rows)
        row = next((row for row in rows if rows.line_num >= line), [])
    held = [name for name, cell in zip(header, row, strict=False) if next(find_runs(runs, cell), None) is not None]
    return f", column {held[0]}" if held else ""
