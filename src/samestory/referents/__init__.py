"""Who is who: labels and sources that mean the same, within an article and across the outlets of an event."""

from samestory.referents.resolve import Resolution, resolve

__all__ = ["Resolution", "resolve"]
