"""What counts as story: segments of an article, reuse between articles, and the agency a text comes from."""

from samestory.segments.agency import find_agency
from samestory.segments.recurring import find_recurring
from samestory.segments.reuse import find_reuse
from samestory.segments.segmenting import segment
from samestory.segments.words import count_words

__all__ = ["count_words", "find_agency", "find_recurring", "find_reuse", "segment"]
