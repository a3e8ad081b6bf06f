"""Agreement of two coders: whether they mark the same units, and whether they code these alike.

Between whom an agreement is stands beside it (see :mod:`samestory.coders`).
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from math import isnan

import pandas as pd

from samestory.coders import between
from samestory.statistics import alpha_interval
from samestory.validation.codings import Coding, read_coding
from samestory.validation.comparisons import CODES, MEASURES, code_pairs, matched, paired_sources, spans_of
from samestory.validation.spans import FEWEST_DOCUMENTS, Score, score_spans

EXTENTS = {
    "attributions": ("cue", "source", "content"),
    "certainty": ("span",),
    "labels": ("span",),
    "claims": ("span",),
}
MATCHED_BY = {"attributions": ("cue", "content")}


def score_agreement(gold: pd.DataFrame, seed: int) -> Iterator[tuple[str, Score]]:
    """For each pair of coders: F1 of the units that they mark, and alpha of codes on units that both mark.

    Units are matched by overlap, one to one. Alpha is nominal (Krippendorff 2011), documents are resampled.
    """
    for one, other in combinations(sorted(name for name in gold.coder.unique() if "adjudicated" not in name), 2):
        for score in _pair(read_coding(gold, one), read_coding(gold, other), f"{one} and {other}", seed):
            yield between((one, other)), score


def _pair(one: Coding, other: Coding, names: str, seed: int) -> Iterator[Score]:
    for table, fields in EXTENTS.items():
        texts = sorted(set(one.units.get(table, {})) & set(other.units.get(table, {})))
        if not texts:
            continue
        ours, theirs = one.of(table, texts), other.of(table, texts)
        for field in fields:
            gold, found = spans_of(ours, field), spans_of(theirs, field)
            measure = f"reliability.{MEASURES[table]}.units" + (f".{field}" if len(fields) > 1 else "")
            yield from score_spans(gold, found, metrics=("exact", "overlap"), measure=measure, corpus=names, seed=seed)
        pairs = matched(ours, theirs, *MATCHED_BY.get(table, fields))
        for name in CODES[table]:
            yield from _alpha(code_pairs(pairs, name), f"reliability.{MEASURES[table]}.{name}", names, seed)
        if table == "attributions":
            for name in CODES["sources"]:
                yield from _alpha(code_pairs(paired_sources(pairs), name), f"reliability.sourcing.{name}", names, seed)


def _alpha(pairs: dict[str, list[tuple[str, str]]], measure: str, names: str, seed: int) -> Iterator[Score]:
    ratings = [pair for document in pairs.values() for pair in document]
    documents = [text for text, document in pairs.items() for _ in document]
    if not ratings:
        return
    found = alpha_interval(ratings, clusters=documents, seed=seed)
    value = None if isnan(found.estimate) else found.estimate
    sure = value is not None and not isnan(found.low) and len(set(documents)) >= FEWEST_DOCUMENTS
    yield Score(measure, names, "all", len(set(documents)), len(ratings), "alpha", None, None, value,
                found.low if sure else None, found.high if sure else None)  # fmt: skip
