"""The engines on gold made by others, one function a corpus; sourcing and certainty have modules of their own.

Each takes the shared folder, a limit of documents and a seed, and gives scores. The engines see the whole text of a
document as body, so that what is scored is the engine and not what counts as story.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
import pandas as pd

from samestory.document import Document
from samestory.tables import frame
from samestory.validation.codes import score_sets
from samestory.validation.corpora import Span, policy_frames
from samestory.validation.spans import Score

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
    """Policy frames of whole articles: those present, micro and macro F1.

    The shipped words were learnt from these articles, so each is judged by words and thresholds that are learnt anew
    without its tenth of the articles. ``limit`` bounds what is scored, not what is learnt from.
    """
    from samestory.framing.frames import count_words, score_words
    from samestory.training.policy_frames import FOLDS, SEED, common_words, learn

    documents = policy_frames.read(shared)
    counts, gold = [count_words(d.text) for d in documents], [frozenset(d.frames) for d in documents]
    folds = np.random.default_rng(SEED).permutation(len(documents)) % FOLDS
    found: dict[str, set[str]] = {}
    for fold in sorted(set(folds[:limit].tolist())):
        known = np.flatnonzero(folds != fold)
        model = learn(
            [counts[n] for n in known], [gold[n] for n in known], common_words([documents[n].text for n in known])
        )
        for n in np.flatnonzero(folds == fold):
            scores = {frame: score_words(counts[n], words) for frame, words in model.weights.items()}
            found[documents[n].document_id] = {f for f, score in scores.items() if score >= model.thresholds[f]}
    chosen = documents[:limit]
    yield from score_sets(
        {d.document_id: d.frames for d in chosen}, {d.document_id: found[d.document_id] for d in chosen},
        measure="framing.frames.policy", corpus="SemEval-2023 frames", part="ten folds", seed=seed,
    )  # fmt: skip


def spans_in(rows: pd.DataFrame) -> list[Span]:
    """The spans of a table's rows."""
    return [(int(start), int(end)) for start, end in zip(rows.start, rows.end, strict=True)]
