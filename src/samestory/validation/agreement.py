"""Agreement of two coders: whether they mark the same units, and whether they code these alike.

Between whom an agreement is stands beside it (see :mod:`samestory.coders`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from math import isnan
from typing import TYPE_CHECKING

import pandas as pd

from samestory.coders import between
from samestory.statistics import alpha_interval
from samestory.validation.article_values import CODED, PREFIX, coded_values
from samestory.validation.codings import Coding, read_coding
from samestory.validation.comparisons import CODES, MEASURES, code_pairs, matched, paired_sources, spans_of
from samestory.validation.spans import FEWEST_DOCUMENTS, Score, score_spans

if TYPE_CHECKING:
    from samestory.annotation import Annotations

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
    for one, other, note in _coder_pairs(gold):
        for score in _pair(read_coding(gold, one), read_coding(gold, other), f"{one} and {other}", seed):
            yield note, score


def score_value_agreement(gold: pd.DataFrame, annotations: Annotations, seed: int) -> Iterator[tuple[str, Score]]:
    """For each pair of coders: alpha of the values of whole articles, measure by measure, for intervals of numbers.

    ``annotations`` holds the articles that were coded; what a coder did not code is not compared.
    """
    for one, other, note in _coder_pairs(gold):
        codings = [read_coding(gold, name) for name in (one, other)]
        texts = [{text for table in set(CODED.values()) for text in coding.units.get(table, {})} for coding in codings]
        shared = annotations.articles.text_sha256.isin(texts[0] & texts[1])
        if not shared.any():
            continue
        chosen = annotations.select(annotations.articles.article_id[shared])
        ours, theirs = (coded_values(coding, chosen) for coding in codings)
        both = ours.merge(theirs, on=["article_id", "measure"], suffixes=("", "_other"))
        both = both[(both.denominator > 0) & (both.denominator_other > 0)]
        both = both.assign(one=both.numerator / both.denominator, other=both.numerator_other / both.denominator_other)
        for name, part in both.groupby("measure", sort=True):
            pairs = {row.article_id: [(float(row.one), float(row.other))] for row in part.itertuples()}
            for score in _alpha(pairs, f"reliability.{PREFIX}{name}", f"{one} and {other}", seed, "interval"):
                yield note, score


def _coder_pairs(gold: pd.DataFrame) -> Iterator[tuple[str, str, str]]:
    """Every two coders, and what their agreement may be called."""
    for one, other in combinations(sorted(name for name in gold.coder.unique() if "adjudicated" not in name), 2):
        yield one, other, between((one, other))


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


def _alpha(
    pairs: Mapping[str, Sequence[tuple]], measure: str, names: str, seed: int, level: str = "nominal"
) -> Iterator[Score]:
    ratings = [pair for document in pairs.values() for pair in document]
    documents = [text for text, document in pairs.items() for _ in document]
    if not ratings:
        return
    found = alpha_interval(ratings, level, documents, seed=seed)
    value = None if isnan(found.estimate) else found.estimate
    sure = value is not None and not isnan(found.low) and len(set(documents)) >= FEWEST_DOCUMENTS
    yield Score(measure, names, "all", len(set(documents)), len(ratings), "alpha", None, None, value,
                found.low if sure else None, found.high if sure else None)  # fmt: skip
