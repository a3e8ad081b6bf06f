"""Intervals, tests, corrected estimates, refusals and reliability. Knows no news: clusters, units and counts only."""

from __future__ import annotations

from samestory.statistics.correction import Coded, Corrected, corrected_difference, corrected_ratio
from samestory.statistics.intervals import (
    Interval,
    bootstrap_mean,
    bootstrap_ratio,
    bootstrap_ratio_difference,
    superiority,
    t_interval,
    wilson_interval,
)
from samestory.statistics.permutation import (
    benjamini_hochberg,
    paired_permutation,
    relabel_ratios,
    swap_ratios,
    two_sample_permutation,
)
from samestory.statistics.power import Plan, Reach, expected_reach, plan_coding
from samestory.statistics.refusals import refuse_coded, refuse_paired, refuse_unpaired, smallest_p, smallest_paired_p
from samestory.statistics.reliability import alpha_interval, krippendorff_alpha

__all__ = [
    "Coded",
    "Corrected",
    "Interval",
    "Plan",
    "Reach",
    "alpha_interval",
    "benjamini_hochberg",
    "bootstrap_mean",
    "bootstrap_ratio",
    "bootstrap_ratio_difference",
    "corrected_difference",
    "corrected_ratio",
    "expected_reach",
    "krippendorff_alpha",
    "paired_permutation",
    "plan_coding",
    "refuse_coded",
    "refuse_paired",
    "refuse_unpaired",
    "relabel_ratios",
    "smallest_p",
    "smallest_paired_p",
    "superiority",
    "swap_ratios",
    "t_interval",
    "two_sample_permutation",
    "wilson_interval",
]
