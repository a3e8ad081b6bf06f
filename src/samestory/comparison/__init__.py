"""Across outlets: contrasts of measures, distinctive words, omissions, and what cannot be concluded."""

from samestory.comparison.contrasts import compare, comparison_table, contrast, contrast_lines

__all__ = ["compare", "comparison_table", "contrast", "contrast_lines"]
