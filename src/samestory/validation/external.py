"""The engines on gold made by others, one function a corpus.

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
from samestory.validation.codes import score_codes, score_sets
from samestory.validation.corpora import (
    CueDocument,
    QuoteDocument,
    Span,
    gender_gap_tracker,
    newswcl50,
    policy_frames,
    polnear,
    science_ratings,
    szeged_uncertainty,
)
from samestory.validation.spans import FEWEST_DOCUMENTS, N_RESAMPLES, Score, match_units, score_counts, score_spans

SHARES = (0.3, 0.8)  # of a quotation's length that must be found (Asr et al. 2021)
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


def score_polnear(shared: Path | None, limit: int | None, seed: int, part: str = "dev") -> Iterator[Score]:
    """Cue, source and content spans of attributions, on PolNeAR.

    The corpus gives each token to one attribution at most, so that it has no nested and no carried ones: found ones
    of a deeper layer or without a cue are left out.
    """
    from samestory.sourcing import find_attributions

    gold: dict[str, dict[str, list]] = {"cue": {}, "source": {}, "content": {}}
    found: dict[str, dict[str, list]] = {"cue": {}, "source": {}, "content": {}}
    texts = {}
    for name, text, attributions, _ in polnear.read(part, shared, limit):
        texts[name] = text
        for role, kept in gold.items():
            kept[name] = [pieces for one in attributions if (pieces := getattr(one, role))]
        sourcing = find_attributions(body(name, text))
        rows = sourcing.attributions
        cued = rows[rows.cue_start.notna() & (rows.layer == 1)]
        contents = sourcing.contents[sourcing.contents.attribution_id.isin(cued.attribution_id)]
        found["cue"][name] = _spans(cued, "cue_")
        found["source"][name] = _spans(cued.dropna(subset="source_start"), "source_")
        found["content"][name] = [tuple(_spans(part)) for _, part in contents.groupby("attribution_id", sort=False)]
    for role in gold:
        yield from score_spans(gold[role], found[role], texts, measure=f"sourcing.{role}", corpus="PolNeAR", part=part,
                               seed=seed)  # fmt: skip


def score_quotes(shared: Path | None, limit: int | None, seed: int) -> Iterator[Score]:
    """Quotations of the Gender Gap Tracker: content found to .3 and to .8 of its length; speaker and verb of those.

    Found are the contents of speech attributions of the outermost layer, each contiguous piece on its own.
    """
    from samestory.sourcing import find_attributions

    counts: dict[float, list[tuple[int, int, int, int]]] = {share: [] for share in SHARES}
    speakers, verbs = {}, {}
    for document in gender_gap_tracker.read(shared, limit):
        found = _found_quotes(find_attributions(body(document.document_id, document.text)))
        pairs = match_units([(q.content,) for q in document.quotes], [(content,) for content, _, _ in found])
        for share in SHARES:
            held = sum(_share(document.quotes[g].content, found[f][0]) >= share for g, f in pairs)
            counts[share].append((held, len(found), held, len(document.quotes)))
        near = [(g, f) for g, f in pairs if _share(document.quotes[g].content, found[f][0]) >= SHARES[0]]
        speakers[document.document_id] = [("right", _speaker(document, g, found[f][1])) for g, f in near]
        verbs[document.document_id] = [("right", _verb(document, g, found[f][2])) for g, f in near]
    common: dict[str, Any] = {"corpus": "Gender Gap Tracker", "part": "all", "seed": seed}
    for share in SHARES:
        yield score_counts(counts[share], f"content_{share:g}", measure="sourcing.quotes", **common)
    for measure, pairs_of in (("sourcing.quotes.speaker", speakers), ("sourcing.quotes.verb", verbs)):
        yield from score_codes(pairs_of, measure=measure, **common)[:1]  # accuracy: right or wrong has no classes


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
        for kind, (start, end) in zip(types, _spans(cues), strict=True):
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
        found[document.document_id] = _spans(find_labels(body(document.document_id, document.text)))
    for score in score_spans(gold, found, metrics=("exact", "overlap"), measure="framing.labels", corpus="NewsWCL50",
                             part="dev", seed=seed):  # fmt: skip
        recalled = score.metric + "_recall"
        yield score._replace(metric=recalled, precision=None, score=score.recall, low=None, high=None)


def _spans(rows: pd.DataFrame, prefix: str = "") -> list[Span]:
    starts, ends = rows[f"{prefix}start"], rows[f"{prefix}end"]
    return [(int(start), int(end)) for start, end in zip(starts, ends, strict=True)]


def _found_quotes(sourcing: Any) -> list[tuple[Span, Span | None, Span | None]]:
    """Content, source and cue of each piece of speech."""
    rows = sourcing.attributions
    outer = rows[(rows.attribution_kind == "speech") & (rows.layer == 1)].set_index("attribution_id")
    quotes = []
    for piece in sourcing.contents.itertuples():
        if piece.attribution_id in outer.index:
            row = outer.loc[piece.attribution_id].to_dict()
            quotes.append(((int(piece.start), int(piece.end)), _span_of(row, "source_"), _span_of(row, "cue_")))
    return quotes


def _span_of(row: Mapping[str, Any], prefix: str) -> Span | None:
    start, end = row[f"{prefix}start"], row[f"{prefix}end"]
    return None if pd.isna(start) else (int(start), int(end))


def _share(gold: Span, found: Span) -> float:
    """How much of the gold span is found."""
    return max(0, min(gold[1], found[1]) - max(gold[0], found[0])) / max(1, gold[1] - gold[0])


def _speaker(document: QuoteDocument, number: int, found: Span | None) -> str:
    source = document.quotes[number].source
    if source is None or found is None:
        return "right" if source == found else "wrong"
    return "right" if _share(source, found) > 0 else "wrong"


def _verb(document: QuoteDocument, number: int, found: Span | None) -> str:
    verb = document.quotes[number].verb.lower()
    words = document.text[slice(*found)].lower().split() if found else []
    return "right" if (verb in words if verb else not words) else "wrong"


def _sentences(document: CueDocument, found: Sequence[Span]) -> tuple[int, int, int, int]:
    gold = [(cue.start, cue.end) for cue in document.cues]
    theirs, ours = _touched(document, gold), _touched(document, found)
    return len(ours & theirs), len(ours), len(ours & theirs), len(theirs)


def _touched(document: CueDocument, spans: Sequence[Span]) -> set[int]:
    """Numbers of the sentences that share a character with a span."""
    return {n for n, sentence in enumerate(document.sentences) if any(_share(span, sentence) > 0 for span in spans)}


def _correlation(one: np.ndarray, other: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Pearson's r under each row of weights; NaN where a side does not vary."""
    total = weights.sum(axis=1)
    mean_one, mean_other = weights @ one / total, weights @ other / total
    covariance = weights @ (one * other) / total - mean_one * mean_other
    spread = (weights @ one**2 / total - mean_one**2) * (weights @ other**2 / total - mean_other**2)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(spread > 1e-12, covariance / np.sqrt(spread), np.nan)
