"""Scoring of codes: on units that gold and engine share, and of sets of codes that hold for a whole document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from samestory.validation.spans import N_RESAMPLES, Score, defined, document_interval, score_counts

MERGED = "rest"


def score_codes(
    pairs: Mapping[str, Sequence[tuple[str, str]]],
    *,
    measure: str,
    corpus: str = "gold",
    part: str = "all",
    n_resamples: int = N_RESAMPLES,
    seed: int = 0,
) -> tuple[Score, ...]:
    """Accuracy and macro-F1 of codes on matched units, with document-bootstrap intervals.

    ``pairs`` maps a document to (gold code, found code) of its matched units. Macro-F1 is the mean of F1 over the codes
    that either side uses. No pairs give no score.
    """
    names = sorted({code for document in pairs.values() for pair in document for code in pair})
    n_units = sum(len(document) for document in pairs.values())
    if not n_units:
        return ()
    place = {name: n for n, name in enumerate(names)}
    counts = np.zeros((len(pairs), len(names), 3))
    for row, document in zip(counts, pairs.values(), strict=True):
        for gold, found in document:
            row[place[gold], 0] += gold == found
            row[place[found], 1] += 1
            row[place[gold], 2] += 1
    common = {"n_units": n_units, "measure": measure, "corpus": corpus, "part": part, "n_resamples": n_resamples}
    return (
        _score(counts, "accuracy", _accuracy, seed=seed, **common),
        _score(counts, "macro_f1", _macro_f1, seed=seed, **common),
    )


def score_class(
    pairs: Mapping[str, Sequence[tuple[str, str]]], name: str, *, measure: str, corpus: str, part: str, seed: int = 0
) -> tuple[Score, ...]:
    """Precision, recall and F1 of one code on matched units; nothing where neither side uses it."""
    counts = [
        (sum(pair == (name, name) for pair in document), sum(found == name for _, found in document),
         sum(pair == (name, name) for pair in document), sum(gold == name for gold, _ in document))
        for document in pairs.values()
    ]  # fmt: skip
    used = any(found or gold for _, found, _, gold in counts)
    return (score_counts(counts, "f1", measure=measure, corpus=corpus, part=part, seed=seed),) if used else ()


def score_classes(
    pairs: Mapping[str, Sequence[tuple[str, str]]],
    *,
    least: int,
    measure: str,
    corpus: str,
    part: str,
    n_resamples: int = N_RESAMPLES,
    seed: int = 0,
) -> Iterator[Score]:
    """F1 of each code with at least ``least`` gold cases, the others merged, and the mean of these.

    The merged code counts in the mean where it has as many cases itself. Its score's ``reason``, and that of the mean,
    name what was merged. Nothing where no code has so many cases.
    """
    cases = Counter(gold for document in pairs.values() for gold, _ in document)
    codes = {code for document in pairs.values() for pair in document for code in pair}
    rare = sorted(code for code in codes if cases[code] < least)
    kept = sorted(codes - set(rare))
    if not kept:
        return
    if sum(cases[code] for code in rare) >= least:
        kept.append(MERGED)
    seen = {
        text: [tuple(MERGED if code in rare else code for code in pair) for pair in document]
        for text, document in pairs.items()
    }
    counts = np.array(
        [[(document.count((code, code)), sum(found == code for _, found in document),
           sum(gold == code for gold, _ in document)) for code in kept] for document in seen.values()],
        dtype=np.float64,
    )  # fmt: skip
    merged = f"merged as {MERGED}: {', '.join(rare)}" if rare else None
    names: dict[str, Any] = {"corpus": corpus, "part": part, "n_resamples": n_resamples, "seed": seed}
    mean = _score(counts, f"macro_f1_of_{least}", _macro_f1, n_units=sum(cases.values()), measure=measure, **names)
    yield mean._replace(reason=merged)
    for n, code in enumerate(kept):
        rows = counts[:, n][:, [0, 1, 0, 2]]
        score = score_counts(rows, "f1", measure=f"{measure}.{code}", **names)
        yield score._replace(reason=merged if code == MERGED else None)


def score_sets(
    gold: Mapping[str, Collection[str]],
    found: Mapping[str, Collection[str]],
    *,
    measure: str,
    corpus: str = "gold",
    part: str = "all",
    n_resamples: int = N_RESAMPLES,
    seed: int = 0,
) -> tuple[Score, ...]:
    """Micro and macro F1 of the codes that hold for each document; documents are those of ``gold``."""
    names = sorted({code for codes in [*gold.values(), *found.values()] for code in codes})
    counts = np.zeros((len(gold), len(names), 3))
    for row, (document, codes) in zip(counts, gold.items(), strict=True):
        ours = found.get(document, ())
        row[:] = [((name in codes) and (name in ours), name in ours, name in codes) for name in names]
    return score_cells(counts, measure=measure, corpus=corpus, part=part, n_resamples=n_resamples, seed=seed)


def score_cells(
    counts: NDArray[np.float64],
    *,
    measure: str,
    corpus: str = "gold",
    part: str = "all",
    n_resamples: int = N_RESAMPLES,
    seed: int = 0,
) -> tuple[Score, ...]:
    """Micro and macro F1 of codes that hold for each document, from what is right, found and gold (document, code, 3).

    The counts may be means over several runs.
    """
    names: dict[str, Any] = {"measure": measure, "corpus": corpus, "part": part, "n_resamples": n_resamples}
    sums = counts.sum(axis=1)
    micro = score_counts(sums[:, [0, 1, 0, 2]], "micro_f1", seed=seed, **names)
    return micro, _score(counts, "macro_f1", _macro_f1, n_units=micro.n_units, seed=seed, **names)


def _score(counts, metric, statistic, *, n_units, measure, corpus, part, n_resamples, seed) -> Score:
    documents, codes, columns = counts.shape
    flat = counts.reshape(documents, -1)

    def of_sums(sums: NDArray[np.float64]) -> NDArray[np.float64]:
        return statistic(sums.reshape(*sums.shape[:-1], codes, columns))

    low, high = document_interval(flat, of_sums, n_resamples=n_resamples, seed=seed)
    value = defined(of_sums(flat.sum(axis=0)))
    return Score(measure, corpus, part, documents, n_units, metric, None, None, value, low, high)


def _accuracy(counts: NDArray[np.float64]) -> NDArray[np.float64]:
    with np.errstate(invalid="ignore"):
        return counts[..., 0].sum(axis=-1) / counts[..., 2].sum(axis=-1)


def _macro_f1(counts: NDArray[np.float64]) -> NDArray[np.float64]:
    """Mean over codes of 2 right / (found + gold); a code that neither side uses in a resample is left out of it."""
    used = counts[..., 1] + counts[..., 2]
    with np.errstate(divide="ignore", invalid="ignore"):
        f1 = np.where(used > 0, 2 * counts[..., 0] / used, 0)
        return f1.sum(axis=-1) / (used > 0).sum(axis=-1)
