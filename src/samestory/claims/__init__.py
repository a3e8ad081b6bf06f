"""Checkable statements: counts of people and ages, and how those of an event's articles stand to each other."""

from samestory.claims.extraction import find_claims
from samestory.claims.relations import relate

__all__ = ["find_claims", "relate"]
