"""Annotating: every table, the same on any number of workers and from any cache, every span inside its text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from samestory.annotation import Annotations, annotate, read_annotations
from samestory.articles import read
from samestory.articles.record import Article
from samestory.framing.schemes import Frame, Scheme
from samestory.tables import TABLES, check

EVENTS = ("harbour-attack", "mill-fire")
IDS = {"sentences": "sentence_id", "attributions": "attribution_id", "certainty": "cue_id", "labels": "label_id",
       "claims": "claim_id"}  # fmt: skip
ODD = ("", " \n\n", "…", "Fire", "\ufeffHe said.", "He said \0 “no”.\r\n" * 3, "Мэр сказал, что погибло 9 человек.",
       "said said said. At least may. “” '' ()", "🚢" * 50, "x" * 5000)  # fmt: skip


@pytest.fixture(scope="module")
def articles(root: Path) -> tuple[Article, ...]:
    """Two events of the specimen."""
    found = read([root / "data" / "specimen" / "articles"]).articles
    return tuple(article for article in found if article.event in EVENTS)


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="module")
def annotated(articles: tuple[Article, ...], cache: Path) -> Annotations:
    return annotate(articles, cache=cache)


def files(annotations: Annotations, folder: Path) -> dict[str, bytes]:
    annotations.write(folder)
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def spans(annotations: Annotations) -> Iterator[tuple[str, str, pd.DataFrame]]:
    """Every pair of offset columns of every table: name, prefix, and rows with article_id, start and end."""
    for name, data in annotations.tables():
        for start in [column for column in data if column.endswith("start")]:
            prefix = start.removesuffix("start")
            whose = "other_article_id" if prefix == "other_" else "article_id"
            rows = data[[whose, start, f"{prefix}end"]].dropna()
            yield name, prefix, rows.set_axis(["article_id", "start", "end"], axis=1)


def test_every_table_but_measures_is_written_and_read_back(annotated: Annotations, tmp_path: Path):
    written = files(annotated, tmp_path)
    assert set(written) == {f"{name}.parquet" for name in TABLES if name != "measures"}
    for (name, found), (_, expected) in zip(read_annotations(tmp_path).tables(), annotated.tables(), strict=True):
        pd.testing.assert_frame_equal(found, expected, obj=name)


def test_real_articles_fill_every_table(annotated: Annotations):
    assert not [name for name, data in annotated.tables() if data.empty]
    assert annotated.articles.groupby("event").size().to_dict() == dict.fromkeys(EVENTS, 4)


def test_two_workers_give_the_same_bytes_as_one(articles: tuple[Article, ...], annotated: Annotations, tmp_path: Path):
    shuffled = articles[::-1]
    assert files(annotate(shuffled, workers=2), tmp_path / "two") == files(annotated, tmp_path / "one")


def test_own_frames_are_added_and_a_changed_scheme_is_not_taken_from_the_cache(
    articles: tuple[Article, ...], annotated: Annotations, tmp_path: Path
):
    chosen = articles[:2]
    for word in ("the", "zeppelin"):
        scheme = Scheme("own", (Frame("odd", (word,), ()),))
        found = annotate(chosen, cache=tmp_path, scheme=scheme).frames
        own = found[found.scheme == "own"]
        assert list(own.frame) == ["odd", "odd"]
        assert own.present.tolist() == [word == "the"] * 2
    shipped = annotated.frames[annotated.frames.article_id.isin(own.article_id)].reset_index(drop=True)
    assert found[found.scheme != "own"].reset_index(drop=True).equals(shipped)


def test_cached_tables_are_the_fresh_ones_and_a_broken_file_is_replaced(
    articles: tuple[Article, ...], annotated: Annotations, cache: Path, tmp_path: Path
):
    fresh = files(annotated, tmp_path / "fresh")
    assert files(annotate(articles, cache=cache), tmp_path / "cached") == fresh
    kept = sorted(path for path in cache.rglob("*.cache"))
    assert len(kept) == len(articles) + len(EVENTS)
    for path in kept:
        path.write_bytes(path.read_bytes()[:-20])
    mended = [article for article in articles if article.event == EVENTS[0]]
    again = files(annotate(mended, cache=cache), tmp_path / "mended")
    assert again == files(annotated.event(EVENTS[0]), tmp_path / "event")
    assert again == files(annotate(mended, cache=cache), tmp_path / "mended-cached")


def test_every_offset_lies_in_its_text(annotated: Annotations):
    lengths = annotated.articles.set_index("article_id").n_chars
    texts = annotated.texts.set_index("article_id").text
    assert lengths.to_dict() == {name: len(text) for name, text in texts.items()}
    for name, prefix, found in spans(annotated):
        outside = found[found.end > found.article_id.map(lengths)]
        assert outside.empty, f"{name}, {prefix}end"
        assert ((found.start < found.end) | (name == "edits")).all(), f"{name}, {prefix}start"  # an insertion is empty


def test_every_character_is_in_one_segment(annotated: Annotations):
    lengths = annotated.articles.set_index("article_id").n_chars
    for article_id, own in annotated.segments.groupby("article_id"):
        ordered = own.sort_values("start")
        assert ordered.start.iloc[0] == 0 and ordered.end.iloc[-1] == lengths[article_id]
        assert ordered.start.tolist()[1:] == ordered.end.tolist()[:-1]


def test_ids_are_unique_and_begin_with_the_articles(annotated: Annotations):
    for name, column in IDS.items():
        data = getattr(annotated, name)
        assert data[column].is_unique, name
        assert all(row[column].startswith(f"{row['article_id']}-") for row in data.to_dict("records")), name
    assert annotated.articles.article_id.is_unique and annotated.referents.referent_id.is_unique


def test_every_reference_leads_somewhere(annotated: Annotations):
    known = {column: set(getattr(annotated, name)[column]) for name, column in IDS.items()}
    known["article_id"] = known["other_article_id"] = set(annotated.articles.article_id)
    known["other_claim_id"] = known["claim_id"]
    known["referent_id"] = set(annotated.referents.referent_id)
    known["nested_in"] = known["carried_from"] = known["attribution_id"]
    known["holder"] = known["voice"] = known["attribution_id"] | {"outlet"}
    known["subset_of"] = known["claim_id"]
    for name, data in annotated.tables():
        for column in known.keys() & set(data.columns):
            assert set(data[column].dropna()) <= known[column], f"{name}, {column}"


def test_holders_are_attributions_of_the_same_article(annotated: Annotations):
    for data, column in ((annotated.certainty, "holder"), (annotated.labels, "voice"), (annotated.claims, "holder")):
        held = data[data[column] != "outlet"].to_dict("records")
        assert held and all(row[column].startswith(f"{row['article_id']}-a") for row in held)


def test_every_attribution_has_a_source_and_content(annotated: Annotations):
    ids = set(annotated.attributions.attribution_id)
    assert set(annotated.sources.attribution_id) == ids
    refused = annotated.attributions.cue_stance == "refusal"  # "declined to comment" reports no words
    assert set(annotated.contents.attribution_id) >= ids - set(annotated.attributions.attribution_id[refused])


def test_an_event_alone_is_the_event_among_others(annotated: Annotations, tmp_path: Path):
    alone = annotated.event(EVENTS[1])
    assert set(alone.articles.event) == {EVENTS[1]} and set(alone.referents.event) == {EVENTS[1]}
    for name, data in alone.tables():
        check(name, data)
    with pytest.raises(KeyError, match="no event is named 'flood'; the events are harbour-attack, mill-fire"):
        annotated.event("flood")


def test_text_free_copy_holds_no_text_and_no_title(annotated: Annotations):
    bare = annotated.without_text()
    assert bare.texts.empty and bare.articles.title.isna().all()
    titles = set(annotated.articles.title.dropna())
    for name, data in bare.tables():
        for column in data.select_dtypes("string"):
            values = data[column].dropna()
            assert not titles & set(values), f"{name}, {column}"
            longest = max((len(value.split()) for value in values), default=0)
            assert column == "evidence" or longest < 12, f"{name}, {column}"


def test_articles_without_an_event_are_compared_with_nothing(articles: tuple[Article, ...]):
    lone = [replace(article, event=None) for article in articles[:2]]
    found = annotate(lone)
    assert found.reuse.empty and found.edits.empty and found.claim_relations.empty
    assert found.articles.event.isna().all() and found.referents.event.isna().all()
    shared = found.labels.dropna(subset="referent_id").groupby("referent_id").article_id.nunique()
    assert (shared == 1).all()


@pytest.mark.parametrize("text", ODD, ids=range(len(ODD)))
def test_any_text_can_be_annotated(text: str, articles: tuple[Article, ...]):
    bare = replace(articles[0], text=text, fields=(), title=None)
    found = annotate([replace(bare, article_id=name, outlet=name) for name in ("one", "two")])
    assert found.articles.n_chars.tolist() == [len(text)] * 2
    for name, data in found.tables():
        check(name, data)
    for name, prefix, rows in spans(found):
        assert (rows.end <= len(text)).all(), f"{name}, {prefix}end"


def test_no_articles_are_empty_tables():
    assert all(data.empty for _, data in annotate([]).tables())


def test_progress_counts_every_article(articles: tuple[Article, ...], cache: Path):
    seen: list[int] = []
    annotate(articles[:1], cache=cache, progress=seen.append)
    assert sum(seen) == 1
