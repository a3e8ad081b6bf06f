"""What counts as story: segments of an article, reuse between articles, and the agency a text comes from."""

from samestory.segments.segmenting import segment
from samestory.segments.words import count_words

__all__ = ["count_words", "segment"]
