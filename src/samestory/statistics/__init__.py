"""Intervals, tests, refusals and reliability. Knows no news: clusters, groups, units and codes only."""

from __future__ import annotations

from samestory.statistics.intervals import Interval, bootstrap_mean, bootstrap_ratio, t_interval, wilson_interval
from samestory.statistics.permutation import benjamini_hochberg, paired_permutation, two_sample_permutation
from samestory.statistics.refusals import refuse_paired, refuse_unpaired, smallest_p, smallest_paired_p
from samestory.statistics.reliability import alpha_interval, krippendorff_alpha

__all__ = [
    "Interval",
    "alpha_interval",
    "benjamini_hochberg",
    "bootstrap_mean",
    "bootstrap_ratio",
    "krippendorff_alpha",
    "paired_permutation",
    "refuse_paired",
    "refuse_unpaired",
    "smallest_p",
    "smallest_paired_p",
    "t_interval",
    "two_sample_permutation",
    "wilson_interval",
]
