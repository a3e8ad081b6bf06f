"""Intervals, tests, refusals and reliability. Knows no news: clusters, groups, units and codes only."""
