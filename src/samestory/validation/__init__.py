"""Validity: readers of gold corpora, scoring of spans and codes, and the suite that runs the engines over all gold."""

from __future__ import annotations

from samestory.validation.corpora import CorpusAbsentError, find_shared
from samestory.validation.spans import Score, match_units, score_counts, score_spans

__all__ = ["CorpusAbsentError", "Score", "find_shared", "match_units", "score_counts", "score_spans"]
