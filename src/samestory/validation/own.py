"""The project's own gold: its articles found by hash, annotated as any study is, and compared table by table."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from samestory.articles.record import Article
from samestory.validation.agreement import score_value_agreement
from samestory.validation.article_values import score_values
from samestory.validation.codings import Coding, annotated_coding, read_coding
from samestory.validation.comparisons import MEASURES, Names, compare_table
from samestory.validation.corpora.location import CHECKOUT, CorpusAbsentError, find_shared
from samestory.validation.corpora.web_pages import page_part, read_pages
from samestory.validation.gold import SPLIT, GoldError, read_gold, read_split
from samestory.validation.spans import Score

SPECIMEN, ALMATY, BASIL, NEWS_CLUSTER, WEB_PAGES = "specimen", "almaty", "basil", "news_cluster", "web_pages"
EVENT_NAME = 48  # the split gives names of events up to so many characters
FOLDERS = (CHECKOUT / "data" / "gold", CHECKOUT / "data" / "specimen" / "gold")


class CodedText(NamedTuple):
    """An article that gold codes: the corpus that holds it, and whether it serves development or test."""

    article: Article
    corpus: str
    part: str


class Unread(NamedTuple):
    """Gold that cannot be scored, and why."""

    corpus: str
    n_documents: int
    reason: str


def own_gold(folders: Iterable[Path] = FOLDERS) -> pd.DataFrame:
    """All own gold of these folders as one table; folders that are not there are left out."""
    from samestory.validation.gold import COLUMNS

    parts = [read_gold(folder) for folder in folders if folder.is_dir()]
    filled = [part for part in parts if len(part)]
    return pd.concat(filled, ignore_index=True) if filled else pd.DataFrame(columns=list(COLUMNS), dtype="string")


def coders(gold: pd.DataFrame) -> str:
    """Who coded: ``people``, ``model coders``, or both."""
    kinds = {"model coders" if "model-" in coder else "people" for coder in gold.coder.unique()}
    return " and ".join(sorted(kinds, reverse=True))


def coded_for(gold: pd.DataFrame, tables: Iterable[str]) -> pd.DataFrame:
    """The gold of texts that were coded for any of these tables."""
    units = read_coding(gold).units
    texts = {text for table in tables for text in units.get(table, {})}
    return gold[gold.text_sha256.isin(texts)]


def find_texts(gold: pd.DataFrame, split: pd.DataFrame | None) -> tuple[list[CodedText], list[Article], list[Unread]]:
    """The coded texts, every article of their events (relations need the others), and what could not be found."""
    wanted = set(gold.text_sha256)
    if not wanted:
        return [], [], []
    coded: list[CodedText] = []
    around: list[Article] = []
    for corpus, articles in _corpora():
        found = [article for article in articles if article.text_sha256 in wanted]
        coded += [CodedText(article, corpus, _part(corpus, article, split)) for article in found]
        events = {article.event for article in found}
        around += [article for article in articles if article.event in events or article in found]
    known = {text.article.text_sha256 for text in coded}
    files = gold[~gold.text_sha256.isin(known)].drop_duplicates("text_sha256").source_file
    absent = [Unread("own gold", len(files), _absent(files.tolist()))] if len(files) else []
    return coded, around, absent


def score_own(
    gold: pd.DataFrame, coded: Sequence[CodedText], around: Sequence[Article], seed: int, workers: int = 1
) -> Iterator[tuple[str, Score]]:
    """Scores of every table on every corpus and part, each with who coded it."""
    from samestory.annotation import annotate

    annotations = annotate(around, workers=workers)
    reference, found = read_coding(gold), annotated_coding(annotations)
    groups: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for text in coded:
        groups[text.corpus, text.part][text.article.text_sha256] = text.article.text
    for (corpus, part), texts in sorted(groups.items()):
        who = coders(gold[gold.text_sha256.isin(texts)])
        for table in MEASURES:
            for score in compare_table(table, _only(reference, texts), found, texts, Names(corpus, part, seed)):
                yield who, score
        for score in score_values(reference, annotations, texts, corpus, part, seed):
            yield who, score
    for note, score in score_value_agreement(gold, annotations, seed):
        yield coders(gold), score._replace(reason=note)


def _only(coding: Coding, texts: Iterable[str]) -> Coding:
    kept = set(texts)
    units = {table: {t: u for t, u in by_text.items() if t in kept} for table, by_text in coding.units.items()}
    return Coding(units, coding.files)


def _corpora() -> Iterator[tuple[str, tuple[Article, ...]]]:
    """Where own gold may come from; corpora that are not on this machine give nothing."""
    from samestory.articles import read

    specimen = CHECKOUT / "data" / "specimen" / "articles"
    if specimen.is_dir():
        yield SPECIMEN, read(specimen).articles
    with suppress(CorpusAbsentError):
        yield WEB_PAGES, read_pages()
    try:
        corpora = find_shared() / "corpora"
    except CorpusAbsentError:
        return
    if (corpora / ALMATY).is_dir():
        yield ALMATY, read(corpora / ALMATY, event="almaty-2016").articles
    if (corpora / BASIL).is_dir():
        yield BASIL, read(corpora / BASIL).articles
    if (corpora / NEWS_CLUSTER).is_dir():
        yield NEWS_CLUSTER, read(corpora / NEWS_CLUSTER).articles


def _part(corpus: str, article: Article, split: pd.DataFrame | None) -> str:
    """What the split or the table of pages says; shipped studies, and BASIL but for what it names, are development."""
    if corpus in (SPECIMEN, ALMATY):
        return "development"
    if corpus == WEB_PAGES and (part := page_part(article)) is not None:
        return part
    rows = (
        None if split is None else split[(split.corpus == corpus) & (split.event == (article.event or "")[:EVENT_NAME])]
    )
    if corpus == BASIL and (rows is None or rows.empty):
        return "development"
    if rows is None or len(rows) != 1:
        raise GoldError(f"{SPLIT} does not say whether event {article.event!r} of {corpus} is development or test")
    return str(rows.part.iloc[0])


def split_of(folder: Path) -> pd.DataFrame | None:
    """The split that a gold folder has, else the project's own."""
    for place in (folder, FOLDERS[0]):
        if (place / SPLIT).is_file():
            return read_split(place)
    return None


def _absent(files: list[str]) -> str:
    named = ", ".join(files[:2]) + (f" and {len(files) - 2} more" if len(files) > 2 else "")
    return f"the text is not on this machine: {named}"
