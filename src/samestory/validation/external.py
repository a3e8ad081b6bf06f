"""The engines on gold made by others, one function a corpus; sourcing and certainty have modules of their own.

Each takes the shared folder, a limit of documents and a seed, and gives scores. The engines see the whole text of a
document as body, so that what is scored is the engine and not what counts as story.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from samestory.document import Document
from samestory.tables import frame
from samestory.validation.codes import score_cells
from samestory.validation.corpora import Span, policy_frames
from samestory.validation.spans import Score, score_counts

BUNDLE = 50_000


def body(document_id: str, text: str) -> Document:
    """A document that is all body."""
    rows = [{"article_id": document_id, "start": 0, "end": len(text), "segment": "body", "rule": "gold"}]
    return Document(document_id, text, frame("segments", rows if text else []))


def bundles(texts: Mapping[str, str], size: int = BUNDLE) -> Iterator[tuple[Document, dict[str, int]]]:
    """Short texts joined by line ends to documents of about ``size`` characters, with the offset of each text.

    Parsing hundreds of tiny documents one by one is slow; no sentence crosses a line end.
    """
    joined, places = "", dict[str, int]()
    for name, text in texts.items():
        places[name] = len(joined)
        joined += text + "\n"
        if len(joined) >= size:
            yield body("bundle", joined), places
            joined, places = "", {}
    if places:
        yield body("bundle", joined), places


def score_frames(shared: Path | None, limit: int | None, seed: int) -> Iterator[Score]:
    """Policy frames of whole articles: those present, micro and macro F1, and F1 of each frame.

    The shipped weights were learnt from these articles, so each is judged by what is learnt anew without its fifth of
    them, thresholds too; the counts are means over ten splits. ``limit`` bounds what is scored, not what is learnt
    from.
    """
    from samestory.framing.policy_words import POLICY_WORDS
    from samestory.training.policy_frames import count_cells, read_samples

    documents = policy_frames.read(shared)
    samples = read_samples([d.text for d in documents], [frozenset(d.frames) for d in documents])
    cells = count_cells(samples)[:limit]
    names: dict[str, Any] = {"corpus": "SemEval-2023 frames", "part": "five folds", "seed": seed}
    yield from score_cells(cells, measure="framing.frames.policy", **names)
    for n, name in enumerate(POLICY_WORDS):
        yield score_counts(cells[:, n][:, [0, 1, 0, 2]], "f1", measure=f"framing.frames.policy.{name}", **names)


def spans_in(rows: pd.DataFrame) -> list[Span]:
    """The spans of a table's rows."""
    return [(int(start), int(end)) for start, end in zip(rows.start, rows.end, strict=True)]
