"""The engines on gold made by others, one function a corpus; sourcing has a module of its own.

Each takes the shared folder, a limit of documents and a seed, and gives scores. The engines see the whole text of a
document as body, so that what is scored is the engine and not what counts as story.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from samestory.document import Document
from samestory.statistics.resampling import bootstrap_weights, percentile_interval
from samestory.tables import frame
from samestory.validation.codes import score_sets
from samestory.validation.corpora import (
    CueDocument,
    Span,
    newswcl50,
    policy_frames,
    science_ratings,
    szeged_uncertainty,
)
from samestory.validation.spans import FEWEST_DOCUMENTS, N_RESAMPLES, Score, overlap, score_counts, score_spans

BUNDLE = 50_000
SZEGED_TYPES = ("hedge", "inquiry", "conditional")


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


def score_cues(shared: Path | None, limit: int | None, seed: int, genre: str = "news") -> Iterator[Score]:
    """Certainty cues on the Szeged corpus: any cue, cues of each type, and sentences that hold one.

    The corpus marks no boosters, approximators and bounds, so found ones are left out; it has no evidential type and
    marks such words among the hedges, so found evidentials count as hedges.
    """
    from samestory.certainty import find_certainty

    documents = szeged_uncertainty.read(genre, shared, limit)
    found: dict[str, list[tuple[str, Span]]] = {document.document_id: [] for document in documents}
    for bundle, places in bundles({document.document_id: document.text for document in documents}):
        names, starts = list(places), list(places.values())
        cues = find_certainty(bundle)
        types = cues.certainty_type.replace("evidential", "hedge")
        for kind, (start, end) in zip(types, spans_in(cues), strict=True):
            n = bisect_right(starts, start) - 1
            if kind in SZEGED_TYPES:
                found[names[n]].append((kind, (start - starts[n], end - starts[n])))
    common: dict[str, Any] = {"corpus": f"Szeged Uncertainty ({genre})", "part": "all", "seed": seed}
    for kind in (None, *SZEGED_TYPES):
        theirs = {d.document_id: [c[:2] for c in d.cues if kind in (None, c.certainty_type)] for d in documents}
        ours = {name: [span for own, span in cues if kind in (None, own)] for name, cues in found.items()}
        metrics = ("exact",) if kind else ("exact", "overlap")
        yield from score_spans(theirs, ours, metrics=metrics, measure=f"certainty.{kind or 'cue'}", **common)
    counts = [_sentences(document, [span for _, span in found[document.document_id]]) for document in documents]
    yield score_counts(counts, "sentence", measure="certainty.sentence", **common)


def score_ratings(shared: Path | None, limit: int | None, seed: int, part: str = "val") -> Iterator[Score]:
    """Pearson's r of the sentence score with readers' ratings of science findings; findings are resampled."""
    from samestory.certainty import find_certainty, score_sentences

    findings = science_ratings.read(part, shared, limit)
    scores = []
    for bundle, places in bundles({finding.document_id: finding.text for finding in findings}):
        starts = list(places.values())
        own: list[list[float]] = [[] for _ in starts]
        found = score_sentences(bundle, find_certainty(bundle))
        for sentence, score in zip(bundle.parse.sentences, found.values(), strict=True):
            own[bisect_right(starts, sentence.start) - 1].append(score)
        scores += [float(np.mean(values)) for values in own]
    ratings = np.array([finding.certainty for finding in findings])
    r = _correlation(np.array(scores), ratings, np.ones((1, len(findings))))
    low, high = None, None
    if len(findings) >= FEWEST_DOCUMENTS:
        weights = bootstrap_weights(len(findings), N_RESAMPLES, seed)
        low, high = percentile_interval(_correlation(np.array(scores), ratings, weights)) or (None, None)
    value = None if np.isnan(r[0]) else float(r[0])
    yield Score("certainty.score", "Science findings", part, len(findings), len(findings), "pearson_r", None, None,
                value, low, high)  # fmt: skip


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


def score_chains(shared: Path | None, limit: int | None, seed: int) -> Iterator[Score]:
    """Recall of label mentions on NewsWCL50, which marks chosen referents only: precision has no meaning there."""
    from samestory.framing import find_labels

    gold, found = {}, {}
    for document in newswcl50.read("dev", shared, limit):
        gold[document.document_id] = [span for chain in document.chains for span in chain.mentions]
        found[document.document_id] = spans_in(find_labels(body(document.document_id, document.text)))
    for score in score_spans(gold, found, metrics=("exact", "overlap"), measure="framing.labels", corpus="NewsWCL50",
                             part="dev", seed=seed):  # fmt: skip
        recalled = score.metric + "_recall"
        yield score._replace(metric=recalled, precision=None, score=score.recall, low=None, high=None)


def spans_in(rows: pd.DataFrame) -> list[Span]:
    """The spans of a table's rows."""
    return [(int(start), int(end)) for start, end in zip(rows.start, rows.end, strict=True)]


def _sentences(document: CueDocument, found: Sequence[Span]) -> tuple[int, int, int, int]:
    gold = [(cue.start, cue.end) for cue in document.cues]
    theirs, ours = _touched(document, gold), _touched(document, found)
    return len(ours & theirs), len(ours), len(ours & theirs), len(theirs)


def _touched(document: CueDocument, spans: Sequence[Span]) -> set[int]:
    """Numbers of the sentences that share a character with a span."""
    return {n for n, sentence in enumerate(document.sentences) if any(overlap([span], [sentence]) for span in spans)}


def _correlation(one: np.ndarray, other: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Pearson's r under each row of weights; NaN where a side does not vary."""
    total = weights.sum(axis=1)
    mean_one, mean_other = weights @ one / total, weights @ other / total
    covariance = weights @ (one * other) / total - mean_one * mean_other
    spread = (weights @ one**2 / total - mean_one**2) * (weights @ other**2 / total - mean_other**2)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(spread > 1e-12, covariance / np.sqrt(spread), np.nan)
