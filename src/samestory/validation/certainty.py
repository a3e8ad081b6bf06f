"""Certainty on gold made by others: the Szeged corpus of cues, and ratings of science findings.

The shipped network has learnt from both, so what it says of them would not show how well it reads what it has not seen.
Networks were trained without a part and read that part; what they said is kept in ``data/held_out`` (made by
:mod:`samestory.training.certainty`) and judged here, beside the rules alone.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from samestory.statistics.resampling import bootstrap_weights, percentile_interval
from samestory.validation.corpora import CueDocument, Span, science_ratings, szeged_uncertainty
from samestory.validation.corpora.location import CHECKOUT
from samestory.validation.external import bundles, spans_in
from samestory.validation.spans import FEWEST_DOCUMENTS, N_RESAMPLES, Score, overlap, score_counts, score_spans

SZEGED_TYPES = ("hedge", "inquiry", "conditional")
HELD_OUT = CHECKOUT / "data" / "held_out"
Found = Mapping[str, Sequence[tuple[str, Span]]]  # type and characters of what was found, by document


def score_by_rules(shared: Path | None, limit: int | None, seed: int, genre: str = "news") -> Iterator[Score]:
    """Certainty cues by rule alone: what stands in where the network is not installed."""
    from samestory.certainty.rules import find_by_rules

    documents = szeged_uncertainty.read(genre, shared, limit)
    found: dict[str, list[tuple[str, Span]]] = {}
    for bundle, places in bundles({document.document_id: document.text for document in documents}):
        cues = [(cue.type, (cue.start, cue.end)) for cue in find_by_rules(bundle.parse)]
        found |= _by_document(cues, places)
    yield from _score_cues(documents, found, f"Szeged Uncertainty ({genre})", "all, by rules", seed)


def score_held_out(
    shared: Path | None, limit: int | None, seed: int, name: str, part: str, genre: str = "news"
) -> Iterator[Score]:
    """Certainty cues that networks found in documents that they had not learnt from: ``data/held_out/NAME.csv``."""
    rows = pd.read_csv(HELD_OUT / f"{name}.csv", dtype={"document": "string", "certainty_type": "string"})
    read = pd.read_csv(HELD_OUT / "documents.csv", dtype="string")
    chosen = set(read.document[read.held_out == name])
    documents = [d for d in szeged_uncertainty.read(genre, shared) if d.document_id in chosen][:limit]
    found = {
        document: list(zip(own.certainty_type, spans_in(own), strict=True))
        for document, own in rows.groupby("document", sort=False)
    }
    yield from _score_cues(documents, found, f"Szeged Uncertainty ({genre})", part, seed)


def score_ratings(shared: Path | None, limit: int | None, seed: int) -> Iterator[Score]:
    """Pearson's r of scores with readers' ratings of science findings; findings are resampled.

    By five networks that had each not seen a fifth; and by the cues that rules find, without any rating learnt from.
    """
    from samestory.certainty.rules import find_by_rules
    from samestory.certainty.scores import grade

    findings = science_ratings.read(None, shared, limit)
    ratings = np.array([finding.certainty for finding in findings])
    kept = pd.read_csv(HELD_OUT / "ratings_folds.csv", dtype={"document": "string"}).set_index("document")
    folds = kept.certainty_score.reindex([finding.document_id for finding in findings]).to_numpy()
    yield _pearson("certainty.score", "five folds", folds, ratings, seed)
    scores: list[float] = []
    for bundle, places in bundles({finding.document_id: finding.text for finding in findings}):
        found = [((c.type, c.token.lemma.lower()), (c.start, c.end)) for c in find_by_rules(bundle.parse)]
        cues = _by_document(found, places)
        scores += [grade([kind for kind, _ in cues[name]]).score for name in places]
    yield _pearson("certainty.score", "no rating learnt from", np.array(scores), ratings, seed)


def _score_cues(documents: Sequence[CueDocument], found: Found, corpus: str, part: str, seed: int) -> Iterator[Score]:
    """Any cue, cues of each type, sentences that hold one; the same without conditionals.

    The corpus marks no boosters, approximators and bounds, so found ones are left out; it has no evidential type and
    marks such words among the hedges, so found evidentials count as hedges.
    """
    ours = {
        d.document_id: [
            ("hedge" if kind == "evidential" else kind, span)
            for kind, span in found.get(d.document_id, [])
            if kind in (*SZEGED_TYPES, "evidential")
        ]
        for d in documents
    }
    theirs = {d.document_id: [(c.certainty_type, (c.start, c.end)) for c in d.cues] for d in documents}
    groups = {"cue": SZEGED_TYPES, "cue.without_conditionals": ("hedge", "inquiry")} | {k: (k,) for k in SZEGED_TYPES}
    for name, kinds in groups.items():
        metrics = ("exact", "overlap") if name == "cue" else ("exact",)
        yield from score_spans(_of(theirs, kinds), _of(ours, kinds), metrics=metrics, measure=f"certainty.{name}",
                               corpus=corpus, part=part, seed=seed)  # fmt: skip
    for name, kinds in (("sentence", SZEGED_TYPES), ("sentence.without_conditionals", ("hedge", "inquiry"))):
        gold, own = _of(theirs, kinds), _of(ours, kinds)
        counts = [_sentences(d, gold[d.document_id], own[d.document_id]) for d in documents]
        yield score_counts(counts, "sentence", measure=f"certainty.{name}", corpus=corpus, part=part, seed=seed)


def _of(cues: Found, kinds: Sequence[str]) -> dict[str, list[Span]]:
    return {name: [span for kind, span in own if kind in kinds] for name, own in cues.items()}


def _by_document(cues: Sequence[tuple[Any, Span]], places: Mapping[str, int]) -> dict[str, list[tuple[Any, Span]]]:
    """What was found in a bundle, by document and in its characters."""
    names, starts = list(places), list(places.values())
    found: dict[str, list[tuple[Any, Span]]] = {name: [] for name in names}
    for kind, (start, end) in cues:
        n = bisect_right(starts, start) - 1
        found[names[n]].append((kind, (start - starts[n], end - starts[n])))
    return found


def _sentences(document: CueDocument, gold: Sequence[Span], found: Sequence[Span]) -> tuple[int, int, int, int]:
    theirs, ours = _touched(document, gold), _touched(document, found)
    return len(ours & theirs), len(ours), len(ours & theirs), len(theirs)


def _touched(document: CueDocument, spans: Sequence[Span]) -> set[int]:
    """Numbers of the sentences that share a character with a span."""
    return {n for n, sentence in enumerate(document.sentences) if any(overlap([span], [sentence]) for span in spans)}


def _pearson(measure: str, part: str, scores: np.ndarray, ratings: np.ndarray, seed: int) -> Score:
    r = _correlation(scores, ratings, np.ones((1, len(ratings))))
    low, high = None, None
    if len(ratings) >= FEWEST_DOCUMENTS:
        weights = bootstrap_weights(len(ratings), N_RESAMPLES, seed)
        low, high = percentile_interval(_correlation(scores, ratings, weights)) or (None, None)
    value = None if np.isnan(r[0]) else float(r[0])
    return Score(
        measure, "Science findings", part, len(ratings), len(ratings), "pearson_r", None, None, value, low, high
    )


def _correlation(one: np.ndarray, other: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Pearson's r under each row of weights; NaN where a side does not vary."""
    total = weights.sum(axis=1)
    mean_one, mean_other = weights @ one / total, weights @ other / total
    covariance = weights @ (one * other) / total - mean_one * mean_other
    spread = (weights @ one**2 / total - mean_one**2) * (weights @ other**2 / total - mean_other**2)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(spread > 1e-12, covariance / np.sqrt(spread), np.nan)
