"""A study's tables: made from its texts or taken from those shipped, kept with a stamp of what they depend on."""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from samestory.clock import Clock
from samestory.files import csv_text, hash_file, write_whole
from samestory.settings import StudyError
from samestory.studies import FILE
from samestory.study import EVENTS, READING, Study, no_articles, own_scheme, read_study

if TYPE_CHECKING:
    import pandas as pd

    from samestory.annotation import Annotations
    from samestory.articles import Article, Reading
    from samestory.parts import Writer
    from samestory.textfree import Copies

STAMP = "stamp.json"
Hashes = dict[str, dict[str, str]]  # by event and table
NO_RESULTS = "{}: results cannot be written there ({}); name another folder: --results DIR, or results_dir"


def prepare(
    study: Study,
    *,
    workers: int = 1,
    scheduler: str | None = None,
    begin: Callable[[int], object] | None = None,
    progress: Callable[[int, int], object] | None = None,
    clock: Clock | None = None,
) -> None:
    """Read and annotate a study and write its tables under its results, part by part, the stamp last.

    ``workers`` is a number of processes, ``scheduler`` the address of a Dask scheduler whose workers annotate instead.
    ``begin`` is called with the number of articles before the first is annotated, ``progress`` with the articles done
    by a step and the number of all; ``clock`` keeps how long reading, annotating and measuring took. A text-free study
    is taken from its shipped tables; where its texts are on this machine it is recomputed and must come out as shipped.
    """
    from samestory.annotation import annotate_parts, read_annotations
    from samestory.measures import measure
    from samestory.parts import written_tables
    from samestory.tables import read_table

    make_results(study)
    clock = clock or Clock()
    stamp = fingerprint(study)
    events: Hashes = {}
    with clock.stage("annotating"), written_tables(study.tables) as tables:
        if study.has_texts():
            with clock.stage("reading"):
                articles, report = read_own(study)
            total = len(articles)
            if begin is not None:
                begin(total)
            told = None if progress is None else lambda done: progress(done, total)
            for part in annotate_parts(
                articles,
                workers=workers,
                scheduler=scheduler,
                cache=study.results / "cache",
                scheme=own_scheme(study),
                progress=told,
            ):
                with clock.stage("measuring"):
                    measures = measure(part)
                events |= _write_part(tables, part, measures)
            tables.close()
            if study.shipped is not None:
                check_shipped(study, read_annotations(tables.folder), read_table("measures", tables.folder))
        elif study.shipped is not None:
            if not study.shipped.is_dir():
                raise StudyError(f"{study.shipped}: no such folder of tables; correct tables in {study.folder / FILE}")
            annotations = read_annotations(study.shipped)
            events = _write_part(tables, annotations, read_table("measures", study.shipped))
            report = _shipped_report(annotations)
        else:
            raise StudyError(no_articles(study))
        _write_report(study, report)
    write_stamp(study, stamp, events)


def _write_part(tables: Writer, annotations: Annotations, measures: pd.DataFrame) -> Hashes:
    """Write one part of all tables; the hashes of its events."""
    for name, data in annotations.tables():
        tables.add(name, data)
    tables.add("measures", measures)
    return event_hashes(annotations)


def read_own(study: Study) -> tuple[tuple[Article, ...], pd.DataFrame]:
    """The study's articles with their texts, and the report of their reading.

    Those of a text-free study are known by their texts' SHA-256, whatever their files are called; StudyError where one
    is missing or another than it was.
    """
    reading = read_study(study)
    if not len(reading.articles):
        raise StudyError(_nothing_read(study, reading.report))
    if study.shipped is None:
        return reading.articles, reading.report
    copies = find_copies(study, reading)
    for one in copies.missing:
        if one.instead_sha256 is not None:
            raise StudyError(
                f"{study.articles}/{one.instead}: this is another text than the study was made from "
                f"(SHA-256 {one.instead_sha256[:12]}..., expected {one.text_sha256[:12]}...)"
            )
    if copies.missing:
        names = ", ".join(sorted(one.source_file for one in copies.missing))
        raise StudyError(f"{study.articles}: {names} missing; put all the texts there or none")
    return copies.articles, reading.report


def _nothing_read(study: Study, report: pd.DataFrame) -> str:
    """Why no article came of any file, and what to do."""
    refused = report[report.status == "refused"]
    reasons = "; ".join(f"{row.source_file}: {row.reason}" for row in refused.head(3).itertuples())
    more = f"; and {len(refused) - 3} more" if len(refused) > 3 else ""
    return (
        f"{study.articles}: no article could be read ({reasons or 'no file there holds one'}{more}); put articles "
        f"there, as text, HTML or an export; of a table, {study.folder / FILE} names the columns under [columns]"
    )


def make_results(study: Study) -> None:
    """Make the study's folder of results; StudyError where nothing can be written there."""
    try:
        study.results.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StudyError(NO_RESULTS.format(study.results, error.strerror)) from error
    if not os.access(study.results, os.W_OK):
        raise StudyError(NO_RESULTS.format(study.results, "no permission to write"))


def find_copies(study: Study, reading: Reading) -> Copies:
    """A text-free study's articles among what was read; where the study names a format or columns and not all are
    found, files are also read for what they look like."""
    from samestory.tables import read_table
    from samestory.textfree import match_copies, read_told

    assert study.shipped is not None
    kept, told = read_table("articles", study.shipped), read_told(study.folder)
    copies = match_copies(kept, told, reading.articles)
    if copies.missing and (study.format or study.columns):
        again = read_study(replace(study, format=None, columns={}))
        copies = match_copies(kept, told, (*reading.articles, *again.articles))
    return copies


def ship(study: Study, annotations: Annotations) -> None:
    """Write the study's text-free tables as CSV, for others to run the notebooks from."""
    from samestory.measures import measure
    from samestory.tables import write_table
    from samestory.textfree import text_free

    assert study.shipped is not None
    for name, data in text_free(annotations, measure(annotations)).tables.items():
        write_table(name, data, study.shipped, "csv")


def check_shipped(study: Study, annotations: Annotations, measures: pd.DataFrame) -> None:
    """Compare recomputed tables with the shipped ones; raises StudyError that names the first cell that differs."""
    from samestory.textfree import compare_tables

    assert study.shipped is not None
    for name, difference in compare_tables(study.shipped, annotations, measures).items():
        if difference is not None:
            raise StudyError(
                f"{study.shipped / name}.csv: recomputed from the texts the table comes out otherwise "
                f"({difference}); `samestory run --ship` writes the tables anew"
            )


def _shipped_report(annotations: Annotations) -> pd.DataFrame:
    articles = annotations.articles
    return articles[["source_file", "format"]].assign(
        status="read", n_articles=1, reason="from shipped tables, without text"
    )


def _write_report(study: Study, report: pd.DataFrame) -> None:
    write_whole(study.results / "reading_report.csv", csv_text(report))


def fingerprint(study: Study) -> dict[str, str]:
    """A hash of everything that the study's tables depend on, by name: settings, input files, engines with the model.

    Names are ``engines``, ``measures``, files of the study's folder, and ``articles/FILE`` or ``tables/FILE``.
    """
    from samestory.cache import code_hash, engine_version

    found = {"engines": engine_version(), "measures": code_hash(("measures",))}
    beside = [study.folder / name for name in ("study.toml", "articles.csv", EVENTS, READING)]
    found |= {path.name: hash_file(path) for path in (*beside, study.scheme) if path is not None and path.exists()}
    for kind, folder in (("articles", study.articles), ("tables", study.shipped)):
        if folder is not None:
            found |= {f"{kind}/{path.relative_to(folder).as_posix()}": hash_file(path) for path in _files(folder)}
    return found


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file()) if folder.exists() else []


def is_current(study: Study) -> bool:
    """Whether the study's tables are all there, as they were written, and were made from what lies there now."""
    stamp = read_stamp(study)
    return are_whole(study, stamp) and stamp["fingerprint"] == fingerprint(study)


def are_whole(study: Study, stamp: Mapping[str, Any]) -> bool:
    """Whether the study's tables are all there, as they were when the stamp was written."""
    from samestory.parts import table_hashes
    from samestory.tables import TABLES

    return set(stamp.get("tables", ())) == set(TABLES) and stamp["tables"] == table_hashes(study.tables)


def prepare_if_stale(study: Study) -> None:
    """Annotate a study whose tables are missing or were made from something else than what lies there now, and say
    so to the standard error: it takes a second or more for an article."""
    if not is_current(study):
        prepare(study, begin=lambda n: _say_annotating(study, n))


def _say_annotating(study: Study, n_articles: int) -> None:
    what = f"{n_articles} {'article' if n_articles == 1 else 'articles'}"
    print(f"samestory: annotating {what} of {study.folder} into {study.tables}", file=sys.stderr, flush=True)


def write_stamp(study: Study, made_from: Mapping[str, str], events: Hashes) -> None:
    """Say what the study's tables, as they lie there now, were made from: a fingerprint, and what each event holds."""
    from samestory.parts import table_hashes

    stamp = {"fingerprint": dict(made_from), "events": dict(events), "tables": table_hashes(study.tables)}
    write_whole(study.results / STAMP, json.dumps(stamp))


def read_stamp(study: Study) -> dict[str, Any]:
    """What :func:`prepare` wrote last: the fingerprint, hashes of each event's tables, one of each table's file.

    Empty where nothing is.
    """
    try:
        return json.loads((study.results / STAMP).read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}


def event_hashes(annotations: Annotations) -> Hashes:
    """A hash of each table of each event: what its notebooks depend on."""
    return {
        event: {
            name: hashlib.sha256(data.to_csv(index=False).encode("utf-8", "surrogatepass")).hexdigest()
            for name, data in own.tables()
        }
        for event, own in annotations.by_event()
    }
