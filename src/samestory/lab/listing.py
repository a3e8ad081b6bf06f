"""Which studies there are, and how far they have come."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from samestory import studies
from samestory.figures import Table, table
from samestory.preparing import is_current, read_stamp
from samestory.settings import StudyError
from samestory.studies import FILE
from samestory.study import Study, open_study
from samestory.tables import read_table

DEPTH = 3  # folders below a root in which studies are looked for
CURRENT, OLD, NONE = "current", "older than the study", "none yet"


def find_studies(roots: Sequence[str | Path], results_dir: str | Path = "results") -> list[Study]:
    """Every study at or below these folders, by path; :func:`studies_table` names those that cannot be read.

    Raises FileNotFoundError for a folder that is not there.
    """
    return [opened for _, opened in _opened(roots, results_dir) if isinstance(opened, Study)]


def studies_table(roots: Sequence[str | Path], results_dir: str | Path = "results") -> Table:
    """The studies at or below these folders. Columns: study (its folder), title, events, outlets, articles, texts
    (whether they are on this machine), results. What has not been annotated yet has no numbers."""
    rows, broken = [], []
    for path, opened in _opened(roots, results_dir):
        if isinstance(opened, Study):
            rows.append({"study": path.as_posix(), **_about(opened)})
        else:
            broken.append(str(opened))
    columns = ["study", "title", "events", "outlets", "articles", "texts", "results"]
    n = f"{len(rows)} {'study' if len(rows) == 1 else 'studies'}"
    return table(pd.DataFrame(rows, columns=columns), "; ".join([n, *(f"not readable: {why}" for why in broken)]))


def articles_of(study: Study) -> pd.DataFrame | None:
    """The study's articles as last annotated, or as shipped; None where neither is there."""
    for folder in (study.tables, study.shipped):
        if folder is not None:
            try:
                return read_table("articles", folder)
            except FileNotFoundError:
                continue
    return None


def _opened(roots: Sequence[str | Path], results_dir: str | Path) -> list[tuple[Path, Study | StudyError]]:
    found: dict[Path, Study | StudyError] = {}
    for root in (Path(os.path.normpath(root)) for root in roots):
        if not root.is_dir():
            raise FileNotFoundError(f"{root}: no such folder to look for studies in")
        for path in [root] if (root / FILE).is_file() else studies.find_studies(root, DEPTH):
            try:
                found[path] = open_study(path, results_dir)
            except StudyError as error:
                found[path] = error
    return sorted(found.items())


def _about(study: Study) -> dict[str, object]:
    articles = articles_of(study)
    return {
        "title": study.title,
        "events": None if articles is None else articles.event.nunique(),
        "outlets": None if articles is None else articles.outlet.nunique(),
        "articles": None if articles is None else len(articles),
        "texts": study.has_texts(),
        "results": CURRENT if is_current(study) else OLD if read_stamp(study) else NONE,
    }
