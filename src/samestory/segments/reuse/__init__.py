"""Shared copy: passages that two articles have in common, house edits in them, families of copy and their origin."""

from samestory.segments.reuse.families import explain_origin, find_families, find_versions, spread_agency
from samestory.segments.reuse.matching import find_reuse

__all__ = ["explain_origin", "find_families", "find_reuse", "find_versions", "spread_agency"]
