"""The specimen study: its articles are read whole, its gold fits them, its planted differences are there."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from samestory.articles.record import Article
from samestory.study import open_study, read_study
from samestory.tables import EDIT_KINDS
from samestory.validation.gold import COLUMNS, read_gold

OUTLETS = ("castrel-courier", "daily-lantern", "meridian-wire", "orvenia-one")
TABLES = ("attributions", "certainty", "claims", "frames", "labels", "segments")
FAMILY = ("edits", "reuse")


@pytest.fixture(scope="module")
def folder(root: Path) -> Path:
    return root / "data" / "specimen"


@pytest.fixture(scope="module")
def articles(folder: Path) -> dict[str, Article]:
    return {article.source_file: article for article in read_study(open_study(folder)).articles}


@pytest.fixture(scope="module")
def gold(folder: Path) -> pd.DataFrame:
    return read_gold(folder / "gold")


@pytest.fixture(scope="module")
def family(folder: Path) -> pd.DataFrame:
    parts = [pd.read_csv(folder / "wire" / f"{name}.csv", dtype="string") for name in FAMILY]
    for part in parts:
        assert tuple(part.columns) == COLUMNS
    return pd.concat(parts, ignore_index=True).astype({"start": "Int64", "end": "Int64"})


def words(gold: pd.DataFrame, articles: dict[str, Article], table: str, field: str) -> pd.Series:
    """The wording of every span of a field."""
    rows = gold[(gold.table == table) & (gold.field == field)]
    found = [articles[row.source_file].text[row.start : row.end] for row in rows.itertuples()]
    return pd.Series(found, index=rows.index, dtype="string")


def test_each_event_is_told_by_each_outlet(articles: dict[str, Article]) -> None:
    told = pd.Series([a.outlet for a in articles.values()], index=[a.event for a in articles.values()])
    assert told.groupby(level=0).apply(lambda outlets: tuple(sorted(outlets))).to_list() == [OUTLETS] * 6


def test_times_are_known_but_for_one_article(articles: dict[str, Article]) -> None:
    unknown = [name for name, article in articles.items() if article.published is None]
    assert unknown == ["disputed-election/daily-lantern.json"]


def test_oddities_of_the_files_are_kept(articles: dict[str, Article]) -> None:
    assert articles["minister-arrest/meridian-wire.txt"].text.count("\r\n") > 10
    assert "\u00a0" in articles["ferry-sinking/castrel-courier.txt"].text
    assert articles["mill-fire/castrel-courier.txt"].text.count('"') % 2 == 1
    assert "''He could swim,''" in articles["river-flood/castrel-courier.txt"].text


def test_gold_is_of_these_texts(gold: pd.DataFrame, family: pd.DataFrame, articles: dict[str, Article]) -> None:
    for rows in (gold, family):
        named = rows[["source_file", "text_sha256"]].drop_duplicates()
        assert {n: articles[n].text_sha256 for n in named.source_file} == dict(zip(*named.T.values, strict=True))


def test_every_article_has_gold_of_every_table(gold: pd.DataFrame, articles: dict[str, Article]) -> None:
    coded = gold.groupby("source_file").table.unique()
    assert {name: sorted(set(coded[name]) & set(TABLES)) for name in articles} == {
        name: list(TABLES) for name in articles
    }


def test_spans_are_words_of_the_text(gold: pd.DataFrame, articles: dict[str, Article]) -> None:
    spans = gold[gold.start.notna() & (gold.table != "segments")]
    for row in spans.itertuples():
        text = articles[row.source_file].text
        assert 0 <= row.start < row.end <= len(text)
        assert text[row.start : row.end].strip() == text[row.start : row.end], (row.source_file, row.unit)


def test_segments_cover_each_text_once(gold: pd.DataFrame, articles: dict[str, Article]) -> None:
    rows = gold[(gold.table == "segments") & (gold.field == "span")]
    for name, part in rows.groupby("source_file"):
        bounds = part.sort_values("start")
        assert [0, *bounds.end] == [*bounds.start, len(articles[str(name)].text)]


def test_heads_stand_in_their_labels(gold: pd.DataFrame, articles: dict[str, Article]) -> None:
    labels = gold[gold.table == "labels"].assign(words=words(gold, articles, "labels", "span"))
    key = ["source_file", "unit"]
    heads = labels[labels.field == "head"].merge(labels[labels.field == "span"][[*key, "words"]], on=key)
    assert len(heads) == (labels.field == "span").sum()
    assert [row.unit for row in heads.itertuples() if row.code not in row.words_y] == []


def test_every_code_of_the_lists_occurs(gold: pd.DataFrame) -> None:
    """The specimen shows each quotation type, stance and certainty type, and each relation but one."""
    from samestory import tables

    seen = gold.dropna(subset=["code"]).groupby("field").code.agg(set)
    assert seen["quote_type"] == set(tables.QUOTE_TYPES)
    assert seen["cue_stance"] == set(tables.CUE_STANCES)
    assert seen["certainty_type"] == set(tables.CERTAINTY_TYPES)
    assert seen["relation"] == set(tables.RELATIONS) - {"not_comparable"}
    assert seen["segment"] == set(tables.SEGMENTS)


def test_planted_edits_stand_in_both_texts(folder: Path, articles: dict[str, Article]) -> None:
    planted = pd.read_csv(folder / "planted.csv", dtype="string")
    assert set(planted.kind) <= set(EDIT_KINDS) and len(planted) > 40
    for row in planted.fillna("").itertuples():
        wire = articles[f"{row.event}/meridian-wire.txt"].text
        paper = articles[f"{row.event}/{row.article}"].text
        assert row.wire in wire and row.paper in paper
        assert bool(row.wire) == (row.kind != "inserted") and bool(row.paper) == (row.kind != "deleted")
        if row.kind == "deleted" and len(row.wire.split()) > 2:
            assert row.wire not in paper


def test_edits_of_the_family_are_the_planted_ones(
    folder: Path, family: pd.DataFrame, articles: dict[str, Article]
) -> None:
    edits = family[family.table == "edits"]
    ours = words(family, articles, "edits", "span").to_list()
    others = _other_words(edits, articles)
    planted = pd.read_csv(folder / "planted.csv", dtype="string")
    assert sorted(ours) == sorted(planted.paper.dropna()) and sorted(others) == sorted(planted.wire.dropna())


def test_reused_passages_share_most_of_their_words(family: pd.DataFrame, articles: dict[str, Article]) -> None:
    ours = words(family, articles, "reuse", "span").to_list()
    others = _other_words(family[family.table == "reuse"], articles)
    assert len(ours) == len(others) > 20
    for one, other in zip(ours, others, strict=True):
        shared = set(one.split()) & set(other.split())
        assert len(shared) > 0.7 * min(len(set(one.split())), len(set(other.split())))


def _other_words(rows: pd.DataFrame, articles: dict[str, Article]) -> list[str]:
    """The wording in the other article, in the order of the units."""
    key = ["source_file", "unit"]
    files = rows[rows.field == "other_source_file"].set_index(key).code
    spans = rows[rows.field == "other_span"]
    return [
        articles[files[row.source_file, row.unit]].text[row.start : row.end]
        for row in spans.itertuples()
    ]  # fmt: skip
