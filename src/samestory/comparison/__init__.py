"""Across outlets: contrasts of measures, words and their context, omissions, and what cannot be concluded."""

from samestory.comparison.concordance import concordance
from samestory.comparison.contrast_tables import comparison_table
from samestory.comparison.contrasts import compare, contrast

__all__ = ["compare", "comparison_table", "concordance", "contrast"]
