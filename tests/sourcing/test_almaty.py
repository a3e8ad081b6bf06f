"""The founding study: what a careful coder finds in the two pages, by cue and source."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from samestory.articles import read
from samestory.document import Document
from samestory.segments import segment
from samestory.sourcing import find_attributions

# Cue, and a word of the source; None where the text names no source.
CODED = {
    "ndtv.txt": [
        ("said", "witnesses"), ("said", "authorities"), ("said", "office"), ("described as", "authorities"),
        ("told", "One security source"), ("believed", "authorities"), ("are known to", None),
        ("have long warned", "authorities"), ("told", "Five witnesses"), ("heard", "they"), ("said", "shop worker"),
        ("saw", "We"), ("showed", "Footage"), ("said", "Interior Ministry"), ("did not name", "The ministry"),
        ("said", "The ministry"), ("was also suspected of", None), ("saw", "reporter"), ("was reported to", None),
        ("said", "KNB"),
    ],
    "sputnik.txt": [
        ("- Reports", None), ("according to", "Ministry"), ("announced", "law enforcement"),
        ("urged", "law enforcement"), ("said", "Ministry"), ("confirmed", "Local authorities"),
        ("According to", "Ministry"), ("is also suspected of", None), ("described", "witness accounts"),
        ("report", "Witnesses"), ("reports coming in", None), ("according", "Interior Ministry"),
        ("reported", "agency"), ("It's reported", None), ("reports", "media"),
    ],
}  # fmt: skip


@pytest.mark.corpora
def test_almaty(shared: Path) -> None:
    found, wanted = 0, 0
    for article in read([shared / "corpora" / "almaty"]).articles:
        document = Document(article.article_id, article.text, segment(article))
        rows = find_attributions(document).attributions
        pairs = [
            (article.text[r.cue_start : r.cue_end].split(), None if pd.isna(r.source_start) else r)
            for r in rows.dropna(subset=["cue_start"]).itertuples()
        ]
        for cue, word in CODED[Path(article.source_file).name]:
            wanted += 1
            hit = next((p for p in pairs if set(p[0]) & set(cue.split()) and _named(article.text, p[1], word)), None)
            if hit is not None:
                pairs.remove(hit)
                found += 1
    assert found == wanted == 35


def _named(text: str, row, word: str | None) -> bool:
    return row is None if word is None else row is not None and word in text[row.source_start : row.source_end]
