"""What counts as story: segments of an article, reuse between articles, and the agency a text comes from."""

from samestory.segments.agency import find_agency, own_wire
from samestory.segments.recurring import find_recurring
from samestory.segments.reuse import explain_origin, find_families, find_reuse, find_versions, spread_agency
from samestory.segments.segmenting import segment
from samestory.segments.words import count_words

__all__ = [
    "count_words",
    "explain_origin",
    "find_agency",
    "find_families",
    "find_recurring",
    "find_reuse",
    "find_versions",
    "own_wire",
    "segment",
    "spread_agency",
]
