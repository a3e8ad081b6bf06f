"""Versions side by side: every word of both stands there once, in the first one's order, with its changes marked."""

from __future__ import annotations

from dataclasses import fields, replace

import pandas as pd
import pytest

from samestory.annotation import Annotations
from samestory.articles import Article
from samestory.comparison.versions import versions
from samestory.segments import find_reuse, segment
from samestory.tables import concat, frame

WIRE = """Gunmen kill three in attack on a port

Gunmen opened fire on a customs post in the main port on Monday, killing three officers, the ministry said.

One of the attackers, a 23-year-old man, was believed to be still at large in the hills on Monday night.

The port was closed, and ships were told to wait outside the strait until the next morning came and the fog was gone.

Insurers said that they would raise their prices for every ship that calls at one of the ports."""
PAPER = """Gunmen kill three in attack on a port

Militants opened fire on a customs post in the main port on Monday, killing three officers, the ministry said.

Share this story with your friends on Facebook

The port was closed, and ships were told to wait outside the strait until the next morning came and the fog was gone.

The mayor told the paper that the town would not forget its dead.

One of the attackers, a 23-year-old man, was believed to be still at large in the hills on Monday night."""


def annotations(*texts: str) -> Annotations:
    articles = [Article(f"a{n}", f"outlet{n}", text, f"{n}.txt", "text") for n, text in enumerate(texts)]
    segments = concat("segments", [segment(article) for article in articles])
    reuse, edits = find_reuse(articles, segments)
    rows = [
        {"article_id": a.article_id, "outlet": a.outlet, "published_precision": "unknown", "format": "text",
         "source_file": a.source_file, "text_sha256": a.text_sha256, "n_chars": len(a.text), "n_words": 0,
         "n_body_words": 0}
        for a in articles
    ]  # fmt: skip
    tables = {field.name: frame(field.name) for field in fields(Annotations)}
    tables |= {"segments": segments, "reuse": reuse, "edits": edits, "articles": frame("articles", rows)}
    tables["texts"] = frame("texts", [{"article_id": a.article_id, "text": a.text} for a in articles])
    return Annotations(**tables)


def shown(rows: pd.DataFrame, side: str) -> list[str]:
    """Each row's wording, what was changed in brackets."""
    return ["".join(words if kind is None else f"[{words}]" for words, kind in pieces) for pieces in rows[side]]


def test_paragraphs_stand_side_by_side() -> None:
    rows = versions(annotations(WIRE, PAPER), "a0", "a1")
    wire = WIRE.split("\n\n")
    assert list(rows.kind) == ["headline", "shared", "moved", "shared", "inserted", "deleted"]
    assert shown(rows, "pieces") == [
        wire[0], wire[1].replace("Gunmen", "[Gunmen]"), wire[2], wire[3], f"[{wire[4]}]", "",
    ]  # fmt: skip
    paper = PAPER.split("\n\n")
    assert shown(rows, "other_pieces") == [
        paper[0], paper[1].replace("Militants", "[Militants]"), paper[5], paper[3], "", f"[{paper[4]}]",
    ]  # fmt: skip


def test_offsets_point_at_what_is_shown() -> None:
    rows = versions(annotations(WIRE, PAPER), "a0", "a1")
    for row in rows.itertuples():
        assert "".join(words for words, _ in row.pieces) == WIRE[row.start : row.end].rstrip()


def test_from_the_other_side() -> None:
    rows = versions(annotations(WIRE, PAPER), "a1", "a0")
    assert set(rows.kind) == {"headline", "shared", "moved", "inserted", "deleted"}
    assert shown(rows, "pieces")[1].startswith("[Militants]")


def test_without_texts_there_are_offsets_alone() -> None:
    whole = annotations(WIRE, PAPER)
    rows = versions(replace(whole, texts=frame("texts")), "a0", "a1")
    assert rows.pieces.isna().all() and rows.other_pieces.isna().all()
    assert rows.start.min() == 0 and rows.other_end.max() == len(PAPER)


def test_articles_that_share_nothing() -> None:
    found = annotations(WIRE, "Ferry sinks\n\nA ferry sank on Friday and thirty passengers are missing, it was said.")
    assert versions(found, "a0", "a1").empty
    with pytest.raises(KeyError, match="no article has the id 'a9'"):
        versions(found, "a0", "a9")
