"""Across outlets: contrasts of measures, distinctive words, omissions, and what cannot be concluded."""

from samestory.comparison.contrast_tables import comparison_table
from samestory.comparison.contrasts import compare, contrast

__all__ = ["compare", "comparison_table", "contrast"]
