"""The project's own codes of source phrases, ``data/gold/sources.csv``, with the articles that they stand in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from samestory.articles import read as read_articles
from samestory.articles.record import text_hash
from samestory.validation.corpora.location import CHECKOUT, corpus_path
from samestory.validation.gold import SOURCES

FOLDER = CHECKOUT / "data" / "gold"


class CodedArticle(NamedTuple):
    """An article and the rows of its phrases: start, end, source_type, identification, anonymous."""

    text_sha256: str
    text: str
    phrases: pd.DataFrame


def read(shared: Path | None = None, limit: int | None = None, folder: Path = FOLDER) -> tuple[CodedArticle, ...]:
    """The coded articles in order of their hashes, each as its first reader coded it.

    Raises CorpusAbsentError where the corpora are not there, ValueError where one has changed: a text is missing.
    """
    rows = pd.read_csv(folder / SOURCES, dtype={"text_sha256": "string"})
    first = rows[rows.reading == "first"]
    wanted = set(first.text_sha256)
    texts = {name: text for text in _texts(shared) if (name := text_hash(text)) in wanted}
    if missing := wanted - set(texts):
        raise ValueError(
            f"{folder / SOURCES}: {len(missing)} articles are not in the corpora, {min(missing)[:12]} first"
        )
    by_text = first.sort_values(["text_sha256", "start", "end"]).groupby("text_sha256")
    return tuple(CodedArticle(str(name), texts[str(name)], own) for name, own in by_text)[:limit]


def _texts(shared: Path | None) -> Iterator[str]:
    for line in corpus_path(shared, "gold", "frames", "policy_frames_train.jsonl").open(encoding="utf-8"):
        yield json.loads(line)["text"].removeprefix("\ufeff")
    for line in corpus_path(shared, "corpora", "basil", "articles.jsonl").open(encoding="utf-8"):
        record = json.loads(line)
        yield f"{record['title']}\n\n{record['text']}"
    yield from (article.text for article in read_articles(corpus_path(shared, "corpora", "news_cluster")).articles)
