"""The Szeged Uncertainty Corpus: certainty cues in news and Wikipedia (Szarvas, Vincze, Farkas, Móra & Gurevych 2012).

The corpus holds single sentences. Those of one document are set on lines of their own, so that no parse crosses from
one to the next.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from samestory.validation.corpora.location import corpus_path
from samestory.validation.corpora.records import Cue, CueDocument

TYPES = {
    "speculation_modal_probable": "hedge",
    "speculation_modal_possible": "hedge",
    "speculation_hypo_doxastic": "hedge",
    "speculation_hypo_investigation": "inquiry",
    "speculation_hypo_condition": "conditional",
}


def read(genre: str = "news", shared: Path | None = None, limit: int | None = None) -> tuple[CueDocument, ...]:
    """The documents of one genre (``news`` or ``wikipedia``), in the corpus's order."""
    path = corpus_path(shared, "gold", "certainty", f"{genre}.jsonl")
    documents: dict[str, list[dict]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        documents.setdefault(row["doc"], []).append(row)
    return tuple(_document(name, rows) for name, rows in list(documents.items())[:limit])


def _document(name: str, rows: Sequence[dict]) -> CueDocument:
    start, sentences, cues = 0, [], []
    for row in rows:
        sentences.append((start, start + len(row["text"])))
        cues += [Cue(start + c["start"], start + c["end"], TYPES[c["type"]], c["type"]) for c in row["cues"]]
        start += len(row["text"]) + 1
    return CueDocument(name, "\n".join(row["text"] for row in rows), tuple(sentences), tuple(cues))
