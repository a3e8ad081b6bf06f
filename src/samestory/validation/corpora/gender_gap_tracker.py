"""The evaluation set of the Gender Gap Tracker: quotations in Canadian news (Asr et al. 2021)."""

from __future__ import annotations

import json
from pathlib import Path

from samestory.validation.corpora.location import corpus_path
from samestory.validation.corpora.records import Quote, QuoteDocument


def read(shared: Path | None = None, limit: int | None = None) -> tuple[QuoteDocument, ...]:
    """The 50 articles with their 759 quotations, in order of their names."""
    folder = corpus_path(shared, "gold", "ggt")
    quotes = json.loads((folder / "quotes.json").read_text(encoding="utf-8"))
    return tuple(_document(folder, name, quotes[name]) for name in sorted(quotes)[:limit])


def _document(folder: Path, name: str, rows: list[dict]) -> QuoteDocument:
    with (folder / "text" / f"{name}.txt").open(encoding="utf-8", newline="") as file:
        text = file.read()
    quotes = (
        Quote(
            content=(row["content"][0], row["content"][1]),
            source=(row["source"][0], row["source"][1]) if row["source"] else None,
            verb=row["cue"],
        )
        for row in rows
    )
    return QuoteDocument(name, text, tuple(quotes))
