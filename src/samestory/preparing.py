"""A study's tables: made from its texts or taken from those shipped, kept with a stamp of what they depend on."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from samestory.files import write_whole
from samestory.study import EVENTS, Study, StudyError, own_scheme, read_study

if TYPE_CHECKING:
    import pandas as pd

    from samestory.annotation import Annotations
    from samestory.articles import Reading

STAMP = "stamp.json"


def prepare(study: Study, *, workers: int = 1, progress: Callable[[int, int], object] | None = None) -> Annotations:
    """Read and annotate a study and write its tables under its results, the stamp last.

    ``progress`` is called with the articles done by a step and the number of all. A text-free study is taken from its
    shipped tables; where its texts are on this machine it is recomputed, and must come out as shipped.
    """
    from samestory.annotation import annotate, read_annotations
    from samestory.measures import measure
    from samestory.tables import read_table, write_table

    study.results.mkdir(parents=True, exist_ok=True)
    stamp = fingerprint(study)
    if study.has_texts():
        reading = read_study(study)
        if study.shipped is not None:
            _check_hashes(study, reading)
        total = len(reading.articles)
        if not total:
            reasons = "; ".join(f"{r.source_file}: {r.reason}" for r in reading.report.head(3).itertuples())
            raise StudyError(f"{study.articles}: no article could be read ({reasons})")
        report = None if progress is None else lambda done: progress(done, total)
        annotations = annotate(
            reading.articles, workers=workers, cache=study.results / "cache", scheme=own_scheme(study), progress=report
        )
        measures = measure(annotations)
        if study.shipped is not None:
            check_shipped(study, annotations, measures)
        _write_report(study, reading.report)
    elif study.shipped is not None:
        annotations, measures = read_annotations(study.shipped), read_table("measures", study.shipped)
        _write_report(study, _shipped_report(annotations))
    else:
        raise StudyError(f"{study.folder}: neither articles in {study.articles} nor shipped tables")
    annotations.write(study.tables)
    write_table("measures", measures, study.tables)
    write_whole(study.results / STAMP, json.dumps({"fingerprint": stamp, "events": event_hashes(annotations)}))
    return annotations


def ship(study: Study, annotations: Annotations) -> None:
    """Write the study's text-free tables as CSV, for others to run the notebooks from."""
    from samestory.measures import measure
    from samestory.tables import TEXT_TABLES, write_table

    assert study.shipped is not None
    for name, data in annotations.without_text().tables():
        if name not in TEXT_TABLES:
            write_table(name, data, study.shipped, "csv")
    write_table("measures", measure(annotations), study.shipped, "csv")


def check_shipped(study: Study, annotations: Annotations, measures: pd.DataFrame) -> None:
    """Compare recomputed tables with the shipped ones; raises StudyError that names the first table that differs."""
    from samestory.tables import TEXT_TABLES, read_table

    assert study.shipped is not None
    for name, data in [*annotations.without_text().tables(), ("measures", measures)]:
        if name not in TEXT_TABLES and not data.equals(shipped := read_table(name, study.shipped)):
            raise StudyError(
                f"{study.shipped / name}.csv: recomputed from the texts the table comes out otherwise "
                f"({len(data)} rows, {len(shipped)} shipped); `samestory run --ship` writes the tables anew"
            )


def _check_hashes(study: Study, reading: Reading) -> None:
    from samestory.tables import read_table

    assert study.shipped is not None
    expected = read_table("articles", study.shipped).set_index("source_file").text_sha256
    for article in reading.articles:
        if article.source_file in expected.index and expected[article.source_file] != article.text_sha256:
            raise StudyError(
                f"{study.articles}/{article.source_file}: this is another text than the study was made from "
                f"(SHA-256 {article.text_sha256[:12]}..., expected {expected[article.source_file][:12]}...)"
            )
    missing = sorted(set(expected.index) - {article.source_file for article in reading.articles})
    if missing:
        raise StudyError(f"{study.articles}: {', '.join(missing)} missing; put all the texts there or none")


def _shipped_report(annotations: Annotations) -> pd.DataFrame:
    articles = annotations.articles
    return articles[["source_file", "format"]].assign(
        status="read", n_articles=1, reason="from shipped tables, without text"
    )


def _write_report(study: Study, report: pd.DataFrame) -> None:
    write_whole(study.results / "reading_report.csv", report.to_csv(index=False, lineterminator="\n"))


def fingerprint(study: Study) -> str:
    """One hash over everything that the study's tables depend on: settings, input files, engines, model."""
    from samestory.cache import engine_version

    digest = hashlib.sha256(engine_version().encode())
    measures = sorted(Path(__file__).with_name("measures").glob("*.py"))
    beside = [study.folder / name for name in ("study.toml", "articles.csv", EVENTS)]
    own = [path for path in (*beside, *measures, study.scheme) if path is not None and path.exists()]
    for path in [*own, *_files(study.articles), *_files(study.shipped)]:
        relative = path.relative_to(study.folder).as_posix() if path.is_relative_to(study.folder) else path.name
        digest.update(relative.encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _files(folder: Path | None) -> list[Path]:
    return sorted(p for p in folder.rglob("*") if p.is_file()) if folder is not None and folder.exists() else []


def is_current(study: Study) -> bool:
    """Whether the study's tables are all there and were made from what lies there now."""
    from samestory.tables import TABLES

    whole = all((study.tables / f"{name}.parquet").exists() for name in TABLES)
    return whole and bool(stamp := read_stamp(study)) and stamp["fingerprint"] == fingerprint(study)


def prepare_if_stale(study: Study) -> None:
    """Annotate a study whose tables are missing or were made from something else than what lies there now."""
    if not is_current(study):
        prepare(study)


def read_stamp(study: Study) -> dict[str, Any]:
    """What :func:`prepare` wrote last: the fingerprint, and a hash of each event's tables; empty where nothing is."""
    try:
        return json.loads((study.results / STAMP).read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}


def event_hashes(annotations: Annotations) -> dict[str, str]:
    """A hash of the tables of each event: what its notebooks depend on."""
    events = sorted(annotations.articles.event.dropna().unique())
    found = {}
    for event in events:
        digest = hashlib.sha256()
        for name, data in annotations.event(event).tables():
            digest.update(name.encode())
            digest.update(data.to_csv(index=False).encode("utf-8", "surrogatepass"))
        found[event] = digest.hexdigest()
    return found
