"""What readers may take with them: the tables as CSV, and how to cite the study."""

from __future__ import annotations

import io
import json
import zipfile
from typing import TYPE_CHECKING

from samestory.files import csv_text, write_whole, written_whole
from samestory.runs.plan import slug

if TYPE_CHECKING:
    import pandas as pd

    from samestory.annotation import Annotations
    from samestory.report.event_page import Event
    from samestory.study import Study

FOLDER = "downloads"
EPOCH = (1980, 1, 1, 0, 0, 0)  # the oldest time that a ZIP can tell: the same tables give the same bytes


def write_downloads(study: Study, annotations: Annotations, measures: pd.DataFrame, methods: str) -> dict[str, str]:
    """Write the tables without texts and titles (``tables.zip``), the methods paragraph with its references, and the
    citation; returns the name of each file and what it is."""
    from samestory.report.methods import bibliography
    from samestory.tables import TEXT_TABLES

    folder = study.results / FOLDER
    bare = annotations.without_text()
    parts = {name: data for name, data in bare.tables() if name not in TEXT_TABLES} | {"measures": measures}
    with written_whole(folder / "tables.zip") as path:
        path.write_bytes(zipped({f"{name}.csv": csv_text(data) for name, data in parts.items()}))
    write_whole(folder / "methods.md", methods + "\n")
    write_whole(folder / "references.bib", bibtex(study) + "\n\n" + bibliography(methods) + "\n")
    write_whole(folder / "CITATION.cff", citation(study))
    runs = {"../runs.csv": "what became of each run of a notebook"} if (study.results / "runs.csv").exists() else {}
    return {
        "tables.zip": f"all {len(parts)} tables as CSV, without the articles' texts and titles",
        "methods.md": "the methods paragraph",
        "references.bib": "this study, and the works that the paragraph cites, as BibTeX",
        "CITATION.cff": "how to cite this study",
        **runs,
    }


def numbers(event: Event) -> str:
    """The measures of an event's articles as CSV: event, outlet, article_id, measure, numerator, denominator, value,
    unit (of the value)."""
    from samestory.comparison.contrasts import of_articles, scale_of, unit_of

    told = of_articles(event.measures, event.annotations.articles)
    scale = told.measure.map(scale_of)
    told = told.assign(
        value=(scale * told.numerator / told.denominator.where(told.denominator > 0)).astype("Float64").round(4),
        unit=told.measure.map(unit_of),
    )
    return csv_text(told[["event", "outlet", "article_id", "measure", "numerator", "denominator", "value", "unit"]])


def zipped(files: dict[str, str]) -> bytes:
    """Files in a ZIP whose bytes depend on their names and contents alone."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in sorted(files.items()):
            archive.writestr(zipfile.ZipInfo(name, EPOCH), text.encode("utf-8", "replace"), zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def cite(study: Study) -> str:
    """How to cite the study, in a line."""
    from samestory import __version__

    return f"{study.title}. Comparison made with samestory {__version__}."


def bibtex(study: Study) -> str:
    """The study as a BibTeX entry."""
    from samestory import __version__

    title = study.title.translate({ord(mark): f"\\{mark}" for mark in "&%$#_{}"} | {ord("\\"): r"\textbackslash{}"})
    made = f"Comparison made with samestory {__version__}"
    return f"@misc{{{slug(study.name)},\n  title = {{{{{title}}}}},\n  note = {{{made}}}\n}}"


def citation(study: Study) -> str:
    """The study in the Citation File Format, 1.2.0."""
    from samestory import __version__

    return (
        "cff-version: 1.2.0\n"
        "message: If you use this comparison, please cite it and the software that it was made with.\n"
        f"title: {json.dumps(study.title, ensure_ascii=False)}\n"
        "type: dataset\n"
        "authors:\n  - name: The authors of the study\n"
        "references:\n  - type: software\n    title: samestory\n"
        f"    version: {__version__}\n    authors:\n      - name: The samestory authors\n"
    )
