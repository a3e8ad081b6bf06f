"""Articles into a study's folder: one file of JSON lines, the loss report, and a study.toml to begin with."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import astuple
from pathlib import Path

import pandas as pd

from samestory.articles.reading import REPORT, Reading, read
from samestory.articles.record import Article
from samestory.files import csv_text, read_csv, write_whole

ARTICLES = Path("articles") / "articles.jsonl"
REPORT_FILE = "import_report.csv"
KEPT = (
    "event",
    "outlet",
    "title",
    "published",
    "published_precision",
    "url",
    "language",
    "credit",
    "source_file",
    "format",
)


def write_import(reading: Reading, folder: str | Path) -> Path:
    """Write articles, loss report and, where there is none, study.toml into a study's folder; return the folder.

    Read back, the articles have the same ids, texts and offsets. What an earlier import wrote stays; an article that
    is there already is not written twice.
    """
    folder = Path(folder)
    path = folder / ARTICLES
    earlier = read(path).articles if path.exists() else ()
    articles = {article.article_id: article for article in (*earlier, *reading.articles)}
    write_whole(path, _json_lines(articles.values()))
    write_report(reading.report, folder / REPORT_FILE)
    if not (folder / "study.toml").exists():
        write_whole(folder / "study.toml", _settings(folder.resolve().name))
    return folder


def write_report(report: pd.DataFrame, path: str | Path) -> None:
    """Write a loss report; what an earlier one says of other files stays."""
    path = Path(path)
    write_whole(path, _joined_report(path, report))


def _json_lines(articles: Iterable[Article]) -> str:
    lines = []
    for article in articles:
        record = {name: getattr(article, name) for name in KEPT}
        record |= {"text": article.text, "fields": [list(astuple(field)) for field in article.fields]}
        lines.append(
            json.dumps({name: value for name, value in record.items() if value is not None}, ensure_ascii=False)
        )
    return "".join(line + "\n" for line in lines)


def _joined_report(path: Path, report: pd.DataFrame) -> str:
    if path.exists():
        earlier = read_csv(path, "string").reindex(columns=list(REPORT))
        again = earlier.source_file.isin(report.source_file)
        report = pd.concat([earlier[~again], report.astype("string")])
    return csv_text(report)


def _settings(name: str) -> str:
    quoted = json.dumps(name, ensure_ascii=False)
    return f'[study]\nname = {quoted}\ntitle = {quoted}\narticles = "articles"\n'
