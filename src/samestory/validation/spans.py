"""Span scoring: how well the spans that an engine finds agree with those that a coder marked.

Documents are the unit of resampling: the spans of one document are not independent of each other.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import accumulate
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from samestory.statistics.resampling import FEWEST_CLUSTERS, cluster_interval
from samestory.validation.corpora.records import Pieces, Span

METRICS = ("strict", "exact", "begin", "overlap", "token")
N_RESAMPLES = 1000
FEWEST_DOCUMENTS = FEWEST_CLUSTERS  # below, a score has no interval
Units = Mapping[str, Iterable[Span | Pieces]]  # units by document
_TOKEN = re.compile(r"\w+|[^\w\s]")


class Score(NamedTuple):
    """How one measure fares against one gold, by one metric.

    ``score`` is F1 where precision and recall are given, else what ``metric`` names (accuracy, r, alpha). ``low`` and
    ``high`` are the 95 % interval of ``score`` from resampled documents. None is "undefined": nothing to divide by,
    or too few documents for an interval. ``n_units`` counts gold units. ``reason`` says what the numbers alone do not.
    """

    measure: str
    gold: str
    part: str
    n_documents: int
    n_units: int
    metric: str
    precision: float | None
    recall: float | None
    score: float | None
    low: float | None
    high: float | None
    reason: str | None = None


class _Counts(NamedTuple):
    """Of one document: found units that are right, found units, gold units that were found, gold units."""

    right: int
    found: int
    recalled: int
    gold: int


def score_spans(
    gold: Units,
    found: Units,
    texts: Mapping[str, str] | None = None,
    *,
    measure: str = "spans",
    corpus: str = "gold",
    part: str = "all",
    metrics: Sequence[str] | None = None,
    against: tuple[Units, Units] | None = None,
    n_resamples: int = N_RESAMPLES,
    seed: int = 0,
) -> tuple[Score, ...]:
    """Precision, recall and F1 of spans, one score for each metric, with document-bootstrap intervals of F1.

    ``gold`` and ``found`` map a document's name to its units: spans ``(start, end)``, or tuples of such pieces. The
    documents are those of ``gold``; one that ``found`` lacks counts as nothing found there. Doubles count once.

    strict: a unit as a whole, all its pieces alike. exact: a contiguous piece, start and end alike. begin: a piece
    that starts where one of the other side starts. overlap: a piece that shares a character with one of the other
    side. token: tokens (words and punctuation marks) inside any piece; needs ``texts``, and is left out without them.

    Where ``gold`` and ``found`` are units of one kind only (direct quotations, named sources), ``against`` gives all
    units of gold and all found: a gold unit is recalled by a found one of any kind, a found one is right by gold of any
    kind, so that a unit of another kind is a mistake of coding and not of finding.

    Raises ValueError for a document that gold does not know and for a metric that is none.
    """
    strange = sorted(set(found) - set(gold))
    if strange:
        raise ValueError(f"{measure}: found units in documents that {corpus} does not have: {', '.join(strange[:3])}")
    chosen = metrics or [metric for metric in METRICS if texts is not None or metric != "token"]
    n_units = sum(len(_units(units)) for units in gold.values())
    scores = []
    for metric in chosen:
        counts = count_spans(gold, found, metric, texts)
        if against is not None:
            right, recalled = (
                count_spans(against[0], found, metric, texts),
                count_spans(gold, against[1], metric, texts),
            )
            counts = np.column_stack([right[:, :2], recalled[:, 2:]])
        scores.append(
            score_counts(counts, metric, n_units, measure=measure, corpus=corpus, part=part, n_resamples=n_resamples,
                         seed=seed)
        )  # fmt: skip
    return tuple(scores)


def count_spans(gold: Units, found: Units, metric: str, texts: Mapping[str, str] | None = None) -> NDArray[np.float64]:
    """One row for each document of ``gold``: right, found, recalled, gold, as the metric counts them."""
    count = _counter(metric, texts)
    rows = [count(name, _units(units), _units(found.get(name, ()))) for name, units in gold.items()]
    return np.array(rows, dtype=np.float64).reshape(-1, 4)


def score_counts(
    counts: Sequence[tuple[int, int, int, int]] | NDArray[np.float64],
    metric: str,
    n_units: int | None = None,
    *,
    measure: str = "spans",
    corpus: str = "gold",
    part: str = "all",
    n_resamples: int = N_RESAMPLES,
    seed: int = 0,
) -> Score:
    """Precision, recall and F1 from counts of each document: (right, found, recalled, gold)."""
    table = np.array(counts, dtype=np.float64).reshape(-1, 4)
    total = table.sum(axis=0)
    low, high = document_interval(table, f1_of, n_resamples=n_resamples, seed=seed)
    return Score(
        measure=measure, gold=corpus, part=part, n_documents=len(table),
        n_units=int(total[3]) if n_units is None else n_units, metric=metric,
        precision=defined(_ratio(total[0], total[1])), recall=defined(_ratio(total[2], total[3])),
        score=defined(f1_of(total)), low=low, high=high,
    )  # fmt: skip


def document_interval(
    counts: NDArray[np.float64], statistic: Callable[[NDArray[np.float64]], NDArray[np.float64]], **options: int
) -> tuple[float, float] | tuple[None, None]:
    """The 95 % interval of a statistic of sums over documents (rows of ``counts``); none below six documents."""
    found = cluster_interval(counts, statistic, **options) if len(counts) >= FEWEST_DOCUMENTS else None
    return found or (None, None)


def token_spans(text: str) -> list[Span]:
    """Words and single punctuation marks."""
    return [match.span() for match in _TOKEN.finditer(text)]


def overlap(one: Iterable[Span], other: Iterable[Span]) -> int:
    """How many characters two units share; pieces of one unit do not overlap each other."""
    others = list(other)
    return sum(max(0, min(end, e) - max(start, s)) for start, end in one for s, e in others)


def match_units(gold: Sequence[Pieces], found: Sequence[Pieces]) -> list[tuple[int, int]]:
    """Pairs of gold and found units that overlap, one to one, so that codes can be compared.

    The pair that shares the greatest part of its joint length (Jaccard) is taken first, then the next among the rest;
    of equal ones the earlier. Pairs are numbers of units, in order of gold.
    """
    candidates = []
    for g, one in enumerate(gold):
        for f, other in enumerate(found):
            shared = overlap(one, other)
            if shared:
                joint = _length(one) + _length(other) - shared
                candidates.append((-shared / joint, g, f))
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, g, f in sorted(candidates):
        if g not in pairs and f not in taken:
            pairs[g] = f
            taken.add(f)
    return sorted(pairs.items())


def defined(value: float | np.floating | NDArray[np.float64]) -> float | None:
    """A plain number, or None for NaN."""
    return None if np.isnan(value) else float(value)


def _units(units: Iterable[Span | Pieces]) -> set[Pieces]:
    """Every unit as sorted pieces; empty pieces and empty units are none."""
    normal = set()
    for unit in units:
        pieces = (unit,) if unit and isinstance(unit[0], (int, np.integer)) else unit
        kept = tuple(sorted((int(start), int(end)) for start, end in pieces if end > start))
        if kept:
            normal.add(kept)
    return normal


def _counter(metric: str, texts: Mapping[str, str] | None) -> Callable[[str, set[Pieces], set[Pieces]], _Counts]:
    if metric == "token":
        if texts is None:
            raise ValueError("the metric token needs the texts")
        return lambda name, gold, found: _count_tokens(texts[name], gold, found)
    plain = {"strict": _count_whole, "exact": _count_exact, "begin": _count_begin, "overlap": _count_overlap}
    if metric not in plain:
        raise ValueError(f"no metric is named {metric}; there are {', '.join(METRICS)}")
    return lambda _, gold, found: plain[metric](gold, found)


def _count_whole(gold: set[Pieces], found: set[Pieces]) -> _Counts:
    right = len(gold & found)
    return _Counts(right, len(found), right, len(gold))


def _count_exact(gold: set[Pieces], found: set[Pieces]) -> _Counts:
    ours, theirs = _pieces(found), _pieces(gold)
    right = len(ours & theirs)
    return _Counts(right, len(ours), right, len(theirs))


def _count_begin(gold: set[Pieces], found: set[Pieces]) -> _Counts:
    ours, theirs = {s for s, _ in _pieces(found)}, {s for s, _ in _pieces(gold)}
    right = len(ours & theirs)
    return _Counts(right, len(ours), right, len(theirs))


def _count_overlap(gold: set[Pieces], found: set[Pieces]) -> _Counts:
    ours, theirs = _pieces(found), _pieces(gold)
    return _Counts(_touching(ours, theirs), len(ours), _touching(theirs, ours), len(theirs))


def _count_tokens(text: str, gold: set[Pieces], found: set[Pieces]) -> _Counts:
    tokens = token_spans(text)
    ends = [end for _, end in tokens]
    ours, theirs = _covered(tokens, ends, _pieces(found)), _covered(tokens, ends, _pieces(gold))
    right = len(ours & theirs)
    return _Counts(right, len(ours), right, len(theirs))


def _pieces(units: set[Pieces]) -> set[Span]:
    return {piece for unit in units for piece in unit}


def _touching(spans: set[Span], others: set[Span]) -> int:
    """How many spans overlap one of the others: one that starts before the span ends and ends after it starts."""
    ordered = sorted(others)
    starts = [start for start, _ in ordered]
    furthest = list(accumulate((end for _, end in ordered), max))
    touching = 0
    for start, end in spans:
        before = bisect_left(starts, end)
        touching += before > 0 and furthest[before - 1] > start
    return touching


def _covered(tokens: Sequence[Span], ends: Sequence[int], spans: set[Span]) -> set[int]:
    """Numbers of the tokens that share a character with a span."""
    covered: set[int] = set()
    for start, end in spans:
        n = bisect_left(ends, start + 1)
        while n < len(tokens) and tokens[n][0] < end:
            covered.add(n)
            n += 1
    return covered


def _length(unit: Pieces) -> int:
    return sum(end - start for start, end in unit)


def _ratio(part: NDArray[np.float64], whole: NDArray[np.float64]) -> NDArray[np.float64]:
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(whole > 0, part / whole, np.nan)


def f1_of(totals: NDArray[np.float64]) -> NDArray[np.float64]:
    """F1 of summed counts (right, found, recalled, gold); 0 where one side is empty, undefined where both are."""
    precision, recall = _ratio(totals[..., 0], totals[..., 1]), _ratio(totals[..., 2], totals[..., 3])
    harmonic = _ratio(2 * np.nan_to_num(precision) * np.nan_to_num(recall),
                      np.nan_to_num(precision) + np.nan_to_num(recall))  # fmt: skip
    something = totals[..., 1] + totals[..., 3] > 0
    return np.where(something, np.nan_to_num(harmonic), np.nan)
