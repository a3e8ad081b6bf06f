"""Readers of gold corpora made by others: text and gold units in the codebook's terms. Their texts never ship."""

from __future__ import annotations

from samestory.validation.corpora import (
    gender_gap_tracker,
    newswcl50,
    policy_frames,
    polnear,
    science_ratings,
    szeged_uncertainty,
)
from samestory.validation.corpora.location import CorpusAbsentError, find_shared
from samestory.validation.corpora.records import (
    Attribution,
    AttributionDocument,
    Chain,
    ChainDocument,
    Cue,
    CueDocument,
    Finding,
    FrameDocument,
    Pieces,
    Quote,
    QuoteDocument,
    Span,
)

__all__ = [
    "Attribution",
    "AttributionDocument",
    "Chain",
    "ChainDocument",
    "CorpusAbsentError",
    "Cue",
    "CueDocument",
    "Finding",
    "FrameDocument",
    "Pieces",
    "Quote",
    "QuoteDocument",
    "Span",
    "find_shared",
    "gender_gap_tracker",
    "newswcl50",
    "policy_frames",
    "polnear",
    "science_ratings",
    "szeged_uncertainty",
]
