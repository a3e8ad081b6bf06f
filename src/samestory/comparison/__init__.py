"""Across outlets: contrasts of measures, distinctive words, omissions, and what cannot be concluded."""

from samestory.comparison.contrasts import compare, contrast

__all__ = ["compare", "contrast"]
