"""Validity: readers of gold corpora, scoring of spans and codes, and the suite that runs the engines over all gold."""

from __future__ import annotations

from samestory.validation.corpora import CorpusAbsentError, find_shared
from samestory.validation.gold import GoldError, read_gold, read_split
from samestory.validation.results import read_scores, render, results_file, write_scores
from samestory.validation.spans import Score, match_units, score_counts, score_spans
from samestory.validation.suite import validate

__all__ = [
    "CorpusAbsentError",
    "GoldError",
    "Score",
    "find_shared",
    "match_units",
    "read_gold",
    "read_scores",
    "read_split",
    "render",
    "results_file",
    "score_counts",
    "score_spans",
    "validate",
    "write_scores",
]
