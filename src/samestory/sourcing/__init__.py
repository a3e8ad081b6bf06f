"""Sourcing: who is cited for what, in whose words, and how far the text commits itself to it."""

from samestory.sourcing.attributions import Sourcing, find_attributions

__all__ = ["Sourcing", "find_attributions"]
