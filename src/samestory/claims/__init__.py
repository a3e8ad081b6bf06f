"""Checkable statements: counts, ages, amounts, dates and places, and how those of an event's articles relate."""

from samestory.claims.extraction import find_claims
from samestory.claims.relations import principal_claims, relate

__all__ = ["find_claims", "principal_claims", "relate"]
