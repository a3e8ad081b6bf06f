"""Releases of real articles and of the specimen: no run of eight words of any article, no title, and they verify."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from samestory.articles import read, write_import
from samestory.release import verify_release, write_release
from samestory.study import Study, open_study, read_study

from .conftest import leaks

EVENTS = ("how_a_small_bird", "israel_approves")  # addresses and event names that repeat a title


def told(study: Study) -> list[str]:
    """Texts and titles of a study's articles."""
    return [text for article in read_study(study).articles for text in (article.text, article.title or "")]


def check(study: Study, texts: Path, folder: Path, raw: list[str]) -> pd.DataFrame:
    """The table of articles of the study's release, once it holds no text and verifies."""
    made = write_release(study, folder)
    assert leaks(made.folder, raw) == []
    found = verify_release(made.folder, texts)
    assert found.failed == () and sum(line.endswith(": identical") for line in found.said) == 15
    articles = pd.read_csv(made.folder / "tables" / "articles.csv", dtype="string")
    assert articles.title.isna().all()
    return articles


def test_the_specimen(root: Path, tmp_path: Path) -> None:
    """Two of its events are enough: each has all its formats."""
    folder = tmp_path / "specimen"
    kept = shutil.ignore_patterns("gold", "wire", "harbour-*", "mill-*", "minister-*", "river-*")
    shutil.copytree(root / "data" / "specimen", folder, ignore=kept)
    study = open_study(folder, tmp_path / "results")
    articles = check(study, folder / "articles", tmp_path / "out", told(study))
    assert sorted(articles.event.unique()) == ["disputed-election", "ferry-sinking"] and len(articles) == 8


def test_the_founding_study(root: Path, shared: Path, tmp_path: Path) -> None:
    texts = shared / "corpora" / "almaty"
    study = replace(open_study(root / "data" / "almaty-2016", tmp_path / "results"), articles=texts)
    raw = [path.read_text(encoding="utf-8") for path in texts.iterdir()]
    assert len(check(study, texts, tmp_path / "out", raw)) == 2
    for path in (root / "data" / "almaty-2016" / "tables").iterdir():
        assert (tmp_path / "out" / "tables" / path.name).read_bytes() == path.read_bytes()


@pytest.mark.parametrize("event", EVENTS)
def test_an_event_of_the_news_cluster(event: str, shared: Path, tmp_path: Path) -> None:
    """Looked for is all that the crawler's files say of an article, and not only what was read of them."""
    crawled, raw = tmp_path / "crawled", []
    crawled.mkdir()
    for path in sorted((shared / "corpora" / "news_cluster").glob("*.json")):
        if event in (content := path.read_text(encoding="utf-8")):
            shutil.copy(path, crawled)
            record = json.loads(content)
            raw += [str(record[name]) for name in ("title", "description", "text") if record.get(name)]
            raw += ["\n".join(raw[-3:])]
    study = open_study(write_import(read(crawled), tmp_path / "study"), tmp_path / "results")
    articles = check(study, crawled, tmp_path / "out", raw)
    assert articles.url.str.contains("/#sha256=").any() and articles.event.str.startswith(event).all()
    assert articles.event.str.len().max() < len(event) + 25
